import { Problem } from '../model/problem.js';
import type { Source } from '../recording/lines.js';
import { readRecording } from '../recording/reader.js';
import type { ExportFormat } from './format.js';
import { recordedExchanges } from './recorded-exchanges.js';
import { redactedCopy } from './redacted-copy.js';

/** The most that is made into one text, characters: no clipboard is for more. */
const longest = 8 * 1024 * 1024;

/**
 * One exchange in a text format, for a clipboard: what `shakedown export FILE ID` writes. A source in memory must be one that can be read more than
 * once. Throws a Problem: SHK_NOT_FOUND without such an exchange, SHK_USAGE when it is too long for a text or the format is binary.
 */
export const exportExchange = async (
  source: Source,
  id: string,
  options: {
    /** `source` is what will be read. */
    readonly format: (source: Source) => Promise<ExportFormat>;
    readonly redact: boolean;
    /** The version of shakedown. */
    readonly shakedown: string;
    /** The recording's file name, without its folders. */
    readonly recording: string;
  },
): Promise<string> => {
  const { shakedown, recording } = options;
  const wanted = (one: string): boolean => one === id;
  const copy = options.redact ? await redactedCopy(source, { wanted }) : null;
  try {
    const from = copy?.path ?? source;
    const format = await options.format(from);
    if (format.binary) throw new Problem('SHK_USAGE', `${format.id} is a binary format.`, 'Export to a file.');
    const { first } = await readRecording(from, { onEvent: () => {} }, { until: 0 });
    let found = 0;
    const counted = async function* () {
      for await (const recorded of recordedExchanges(from, { wanted })) {
        found++;
        yield recorded;
      }
    };
    let text = '';
    for await (const part of format.write(counted(), {
      shakedown,
      recording,
      startedAt: first.startedAt,
      redaction: copy?.summary ?? null,
    })) {
      text += typeof part === 'string' ? part : Buffer.from(part).toString('utf8');
      if (text.length > longest) throw new Problem('SHK_USAGE', `Exchange ${id} is too long for a text.`, 'Export it to a file.');
    }
    if (found === 0) throw new Problem('SHK_NOT_FOUND', `There is no exchange ${id}.`, 'It may have been dropped from memory.');
    return text;
  } finally {
    await copy?.remove();
  }
};
