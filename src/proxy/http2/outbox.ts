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
  const chunks: Buffer[] = [];
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
      const taken: Buffer[] = [];
      let left = Math.min(most, length);
      for (let [first] = chunks; first && left > 0; [first] = chunks) {
        const part = first.subarray(0, left);
        taken.push(part);
        left -= part.length;
        length -= part.length;
        if (part.length === first.length) chunks.shift();
        else chunks[0] = first.subarray(part.length);
      }
      return Buffer.concat(taken);
    },
    behind: (act) => {
      acts.push(act);
      settle();
    },
    settle,
  };
};
