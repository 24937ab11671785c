/** Bytes that are given together: a write for each packet would cost more than the packet. */
const batchBytes = 256 * 1024;

/** Blocks one behind the other. */
export interface Batch {
  add(block: { readonly length: number; write(bytes: Buffer, at: number): void }): void;
  /** What is full; with `all` also what is not. The batch begins anew. */
  take(all?: 'all'): Buffer[];
}

export const createBatch = (): Batch => {
  let bytes = Buffer.allocUnsafe(batchBytes);
  let used = 0;
  let full: Buffer[] = [];
  const close = (): void => {
    if (used > 0) full.push(bytes.subarray(0, used));
    used = 0;
  };
  return {
    add: ({ length, write }) => {
      if (used + length > bytes.length) {
        close();
        bytes = Buffer.allocUnsafe(Math.max(batchBytes, length));
      }
      write(bytes, used);
      used += length;
    },
    take: (all) => {
      if (all) {
        close();
        bytes = Buffer.allocUnsafe(batchBytes);
      }
      const taken = full;
      full = [];
      return taken;
    },
  };
};
