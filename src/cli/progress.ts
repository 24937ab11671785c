/** A line on stderr that tells how far a long command is, from its second second on, where stderr is a terminal. */
export interface Progress {
  tell(text: () => string): void;
  /** Takes the line away. */
  end(): void;
}

const quietMs = 1000;
const betweenMs = 200;

export const createProgress = (): Progress => {
  let next = performance.now() + quietMs;
  let shown = 0;
  const show = (text: string): void => {
    process.stderr.write(`\r${text.padEnd(shown)}`);
    shown = text.length;
  };
  const end = (): void => {
    if (shown === 0) return;
    show('');
    process.stderr.write('\r');
    shown = 0;
  };
  process.once('exit', end);
  return {
    tell: (text) => {
      if (!process.stderr.isTTY || performance.now() < next) return;
      next = performance.now() + betweenMs;
      show(text());
    },
    end,
  };
};
