import { type Clock, isoTime } from '../model/clock.js';
import { encodeEvent, encodeFirstLine } from './codec.js';
import { createDropped } from './dropped.js';
import type { Recorder } from './recorder.js';
import { createPacker, type Slab, slabBytes } from './slab.js';
import { createLineMaker } from './slab-lines.js';

/** How much is kept when nothing else is said, in bytes as they crossed; the oldest goes first. */
const defaultRingBytes = 64 * 1024 * 1024;

export interface MemoryRecorder extends Recorder {
  readonly path: null;
  /** What is kept now, as the bytes of a recording: give it to `readRecording` or write it to a file. */
  source(): AsyncIterable<Uint8Array>;
}

export interface MemoryRecorderOptions {
  readonly clock: Clock;
  readonly shakedown: string;
  /** Bytes that are kept; at least one slab is. */
  readonly maxBytes?: number | null;
}

const droppedLine = (at: string, bytes: number): string => {
  const text = `The recording is kept in memory: its oldest ${Math.ceil(bytes / 1024)} KiB were dropped.`;
  return `${encodeEvent({ at, exchange: '', type: 'notice', level: 'warning', text })}\n`;
};

/**
 * A recording that is never written (`--no-record`). Slabs are kept as they are, and become lines only when someone reads. Of the oldest ones, which
 * go, heads and other events stay as long as their exchange does.
 */
export const memoryRecorder = ({ clock, shakedown, maxBytes }: MemoryRecorderOptions): MemoryRecorder => {
  const ringBytes = maxBytes ?? defaultRingBytes;
  const firstLine = encodeFirstLine({ startedAt: isoTime(clock.now()), shakedown });
  const ring: Slab[] = [];
  const dropped = createDropped();
  let kept = 0;
  let droppedBytes = 0;
  const drop = (slab: Slab): void => {
    kept -= slab.buffer.byteLength;
    droppedBytes += slab.used;
    dropped.take(slab);
  };
  const packer = createPacker({
    take: (bytes) => new ArrayBuffer(bytes + (-bytes & 7)),
    give: ({ buffer, used }) => {
      // Whoever reads often gets slabs that are nearly empty: those are cut to size, or they would push the rest out.
      const slab = { buffer: used < slabBytes / 2 ? buffer.slice(0, used) : buffer, used };
      ring.push(slab);
      kept += slab.buffer.byteLength;
      while (kept > ringBytes && ring.length > 1) drop(ring.shift() as Slab);
    },
    began: () => {},
  });

  return {
    path: null,
    event: (event) => packer.line(encodeEvent(event)),
    bytes: (exchange, from, chunk, atMs) => {
      if (chunk.length > 0) packer.bytes(exchange, from, chunk, atMs);
    },
    flush: async () => {},
    close: async () => {},
    async *source() {
      packer.send();
      const slabs = [...ring];
      yield Buffer.from(`${firstLine}\n${droppedBytes > 0 ? droppedLine(isoTime(clock.now()), droppedBytes) : ''}`);
      yield* dropped.lines();
      const lines: Buffer[] = [];
      const makeLines = createLineMaker((bytes) => lines.push(Buffer.from(bytes)));
      for (const slab of slabs) {
        makeLines(slab);
        yield* lines.splice(0);
      }
    },
  };
};
