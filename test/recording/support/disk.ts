import { createLineFile } from '../../../src/recording/line-file.js';

export const failure = (code: string) => Object.assign(new Error(`${code}, write`), { code });

/** A disk in memory that takes `room` bytes, and says ENOSPC behind them after writing what still fits; `refuse` may fail a write at once. */
export const memoryDisk = (start: string, room = Number.POSITIVE_INFINITY) => {
  const state = {
    bytes: Buffer.from(start),
    room,
    writes: 0,
    refuse: (_write: number): string => '',
  };
  const file = createLineFile(state.bytes.length, {
    write: (bytes, { from, length, position }) => {
      const code = state.refuse(++state.writes);
      if (code !== '') throw failure(code);
      const fits = Math.min(length, state.room - position);
      if (fits <= 0) throw failure('ENOSPC');
      state.bytes = Buffer.concat([state.bytes.subarray(0, position), bytes.subarray(from, from + fits)]);
      return fits;
    },
    truncate: (length) => {
      state.bytes = state.bytes.subarray(0, length);
    },
    read: (end, length) => Uint8Array.from(state.bytes.subarray(end - length, end)),
  });
  return { state, file, text: () => state.bytes.toString() };
};
