/** Gathers bytes that come in pieces, and keeps at most a limit of them. */
export interface ByteStore {
  /** Copies `bytes[start..end)`; what goes beyond the limit is left out. */
  add(bytes: Uint8Array, start: number, end: number): void;
  /** The bytes kept, as an array of its own. The store is empty afterwards. */
  take(): Uint8Array;
}

const nothing = new Uint8Array(0);

/**
 * `limit` is in bytes. Memory follows what has arrived and never what a header announced: a peer may claim a terabyte. One growing
 * buffer and no list of pieces, because a message can come as a million fragments of one byte.
 */
export const createByteStore = (limit: number): ByteStore => {
  let kept = nothing;
  let length = 0;
  const makeRoom = (needed: number) => {
    if (needed <= kept.length) return;
    const grown = new Uint8Array(length === 0 ? needed : Math.min(limit, Math.max(needed, 2 * kept.length)));
    grown.set(kept.subarray(0, length));
    kept = grown;
  };
  return {
    add: (bytes, start, end) => {
      const stop = Math.min(end, start + limit - length);
      if (stop <= start) return;
      makeRoom(length + stop - start);
      kept.set(bytes.subarray(start, stop), length);
      length += stop - start;
    },
    take: () => {
      const taken = length === kept.length ? kept : kept.slice(0, length);
      kept = nothing;
      length = 0;
      return taken;
    },
  };
};
