import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { pcapngFormat } from '../../../../src/formats/pcapng/pcapng.js';
import { recordedExchanges } from '../../../../src/formats/recorded-exchanges.js';
import type { Sender } from '../../../../src/model/frame.js';
import type { Source } from '../../../../src/recording/lines.js';
import { createFrameDecoder } from '../../../../src/wire/frame-decoder.js';

const context = { shakedown: '0.0.0', recording: 'session.jsonl', startedAt: '2026-01-31T09:05:00.000000Z', redaction: null };

export const partsOf = async function* (source: Source) {
  for await (const part of pcapngFormat.write(recordedExchanges(source), context)) yield Buffer.from(part as Uint8Array);
};

export const writeCapture = async (source: Source, path: string): Promise<void> => {
  const file = createWriteStream(path);
  for await (const part of partsOf(source)) file.write(part);
  file.end();
  await finished(file);
};

/** A frame, as both we and tshark tell of it. */
export interface Seen {
  readonly opcode: number;
  readonly fin: boolean;
  readonly rsv: number;
  readonly masked: boolean;
  readonly length: number;
}

/** Our own reading: the frames of each exchange that has any, in the order in which they were complete. */
export const framesOf = async (source: Source): Promise<Seen[][]> => {
  const all: Seen[][] = [];
  for await (const recorded of recordedExchanges(source)) {
    if (recorded.exchange.marks.open === null || recorded.exchange.http2) continue;
    const decoders: Record<Sender, ReturnType<typeof createFrameDecoder>> = {
      client: createFrameDecoder({ from: 'client' }),
      server: createFrameDecoder({ from: 'server' }),
    };
    const seen: Seen[] = [];
    for await (const batch of recorded.chunks()) {
      for (const { from, chunk } of batch) {
        for (const { header } of decoders[from].push(chunk)) {
          const rsv = (header.rsv1 ? 4 : 0) | (header.rsv2 ? 2 : 0) | (header.rsv3 ? 1 : 0);
          seen.push({ opcode: header.opcode, fin: header.fin, rsv, masked: header.masked, length: header.length });
        }
      }
    }
    if (seen.length > 0) all.push(seen);
  }
  return all;
};
