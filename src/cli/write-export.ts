import { basename } from 'node:path';
import { version } from '../control/version.js';
import type { ExportFormat, RecordedExchange } from '../formats/format.js';
import { recordedExchanges } from '../formats/recorded-exchanges.js';
import type { RedactionSummary } from '../redaction/summary.js';
import type { Chosen } from './choose-exchanges.js';

/** Writes the chosen exchanges in a format, part by part. `source` is what is read: the recording, or its redacted copy. */
export const writeExport = async (
  {
    source,
    recording,
    format,
    chosen,
    redaction,
  }: {
    readonly source: string;
    readonly recording: string;
    readonly format: ExportFormat;
    readonly chosen: Chosen;
    readonly redaction: RedactionSummary | null;
  },
  {
    write,
    onPart,
  }: { readonly write: (part: string | Uint8Array) => Promise<void>; readonly onPart: (exchanges: number, bytes: number) => void },
): Promise<{ readonly exchanges: number; readonly bytes: number }> => {
  let exchanges = 0;
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<RecordedExchange> {
    for await (const recorded of recordedExchanges(source, { wanted: (id) => chosen.ids.has(id) })) {
      exchanges++;
      yield recorded;
    }
  };
  const context = { shakedown: version, recording: basename(recording), startedAt: chosen.startedAt, redaction };
  for await (const part of format.write(counted(), context)) {
    await write(part);
    bytes += typeof part === 'string' ? Buffer.byteLength(part) : part.length;
    onPart(exchanges, bytes);
  }
  return { exchanges, bytes };
};
