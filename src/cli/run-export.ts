import { stat } from 'node:fs/promises';
import type { Filter } from '../filter/filter.js';
import type { ExportFormat } from '../formats/format.js';
import { redactedCopy } from '../formats/redacted-copy.js';
import { redactionWords } from '../formats/redaction-words.js';
import { Problem } from '../model/problem.js';
import type { RedactionSummary } from '../redaction/summary.js';
import { visible } from '../wire/visible.js';
import { type Chosen, chooseExchanges } from './choose-exchanges.js';
import { type Leftovers, leaveNothing } from './leftovers.js';
import { openOutStream } from './out-stream.js';
import type { Output } from './output.js';
import { createProgress, type Progress } from './progress.js';
import { writeExport } from './write-export.js';

export interface ExportRequest {
  readonly file: string;
  readonly ids: readonly string[];
  readonly filter: Filter | null;
  readonly redact: boolean;
  /** Undefined: stdout. */
  readonly out: string | undefined;
  readonly force: boolean;
  formatFor(source: string): Promise<ExportFormat>;
}

/** What `export --json` prints. */
export interface Written {
  readonly format: string;
  readonly out: string | null;
  readonly exchanges: number;
  readonly messages: number;
  readonly bytes: number;
  /** What was taken out; null: nothing was, because of `--no-redact`. */
  readonly redacted: RedactionSummary['kinds'] | null;
  readonly blanked: number;
}

interface Ears {
  readonly output: Output;
  readonly note: (text: string) => void;
}

/** Exports a recording; null when no exchange was left to export. Throws a Problem. */
export const runExport = async (request: ExportRequest, ears: Ears): Promise<Written | null> => {
  const { file, out } = request;
  // Before any work: an unknown format or a place that cannot be written to.
  await request.formatFor(file);
  if (out !== undefined && (await sameFile(file, out)))
    throw new Problem('SHK_USAGE', `${out} is the recording itself, which is never written to.`, 'Give --out another name.');
  const leftovers = leaveNothing();
  const stream = out === undefined ? null : await openOutStream(out, { force: request.force, leftovers });
  const progress = createProgress();
  try {
    const written = await through(request, ears, {
      leftovers,
      progress,
      write: stream ? stream.write : toStdout(ears.output),
    });
    if (written) await stream?.finish();
    else await stream?.abandon();
    return written;
  } catch (error) {
    await stream?.abandon();
    throw error;
  } finally {
    progress.end();
  }
};

interface Means {
  readonly leftovers: Leftovers;
  readonly progress: Progress;
  readonly write: (part: string | Uint8Array) => Promise<void>;
}

const through = async (request: ExportRequest, { note }: Ears, { leftovers, progress, write }: Means): Promise<Written | null> => {
  const { file, ids, filter, out } = request;
  const chosen = await chooseExchanges(file, {
    ids,
    filter,
    onExchange: (count) => progress.tell(() => `shakedown: reading, ${count} exchanges`),
  });
  for (const sentence of chosen.sentences) note(sentence);
  if (chosen.ids.size === 0) {
    note(chosen.of === 0 ? 'this recording holds no exchange.' : `none of the ${chosen.of} exchanges fits the filter.`);
    return null;
  }
  progress.tell(() => 'shakedown: looking for secrets');
  const copy = request.redact ? await redactedCopy(file, { wanted: (id) => chosen.ids.has(id) }) : null;
  if (copy) leftovers.add(copy.path);
  try {
    const source = copy?.path ?? file;
    const format = await request.formatFor(source);
    const redaction = copy?.summary ?? null;
    const { exchanges, bytes } = await writeExport(
      { source, recording: file, format, chosen, redaction },
      {
        write,
        onPart: (count, size) =>
          progress.tell(() => `shakedown: writing, ${count} of ${chosen.ids.size} exchanges, ${Math.round(size / 1e6)} MB`),
      },
    );
    progress.end();
    note(redactionNote(redaction, chosen));
    return {
      format: format.id,
      out: out ?? null,
      exchanges,
      messages: chosen.messages,
      bytes,
      redacted: redaction?.kinds ?? null,
      blanked: redaction?.blanked ?? 0,
    };
  } finally {
    await copy?.remove();
    if (copy) leftovers.forget(copy.path);
  }
};

const redactionNote = (redaction: RedactionSummary | null, { credentials }: Chosen): string => {
  if (redaction)
    return `${redactionWords(redaction)}${redaction.kinds.length > 0 || redaction.blanked > 0 ? '; --no-redact keeps them' : ''}.`;
  if (credentials.length === 0) return 'not redacted.';
  return `warning: not redacted, and it holds credentials (${credentials.join(', ')}).`;
};

/** A terminal gets no character that it would obey; a file and a pipe get what was written. */
const toStdout = (output: Output) => {
  const { stdout } = process;
  const terminal = stdout.isTTY === true;
  return async (part: string | Uint8Array): Promise<void> => {
    stdout.write(terminal && typeof part === 'string' ? visible(part.replace(/^\ufeff|\r(?=\n)/g, ''), { keepLf: true }) : part);
    await output.room();
  };
};

const sameFile = async (one: string, other: string): Promise<boolean> => {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)));
  return Boolean(a && b && a.ino === b.ino && a.dev === b.dev);
};
