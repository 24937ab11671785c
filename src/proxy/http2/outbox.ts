/** Bytes that are due to a receiver who has no room for them yet, in order, and what comes behind them. */
export interface Outbox {
  readonly length: number;
  push(bytes: Buffer): void;
  /** At most so many, which leave it. */
  take(most: number): Buffer;
  /** Done behind all that waits here now. */
  behind(act: () => void): void;
  /** Does what is due when nothing waits any more. */
  settle(): void;
}

export const createOutbox = (): Outbox => {
  let chunks: Buffer[] = [];
  let length = 0;
  let acts: (() => void)[] = [];

  const settle = (): void => {
    if (length > 0) return;
    const due = acts;
    acts = [];
    for (const act of due) act();
  };

  return {
    get length() {
      return length;
    },
    push: (bytes) => {
      chunks.push(bytes);
      length += bytes.length;
    },
    take: (most) => {
      if (most <= 0 || length === 0) return Buffer.alloc(0);
      const all = Buffer.concat(chunks);
      const taken = all.subarray(0, most);
      chunks = taken.length === all.length ? [] : [all.subarray(most)];
      length -= taken.length;
      return taken;
    },
    behind: (act) => {
      acts.push(act);
      settle();
    },
    settle,
  };
};
