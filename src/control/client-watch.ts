export interface ClientWatchPorts {
  /** Whether anybody has connected yet. */
  came(): boolean;
  /** Calls back once after so many milliseconds, unless the function that it returns is called before. */
  after(ms: number, look: () => void): () => void;
  /** A sentence for people. */
  tell(text: string): void;
}

/** Who points an app here and starts it has seen a line by then. */
const patienceMs = 30_000;

/** Says once why no client may have come, when none has after a while. Returns the function that ends it. */
export const watchForClients = ({ came, after, tell }: ClientWatchPorts): (() => void) =>
  after(patienceMs, () => {
    if (came()) return;
    tell(
      `Nothing has arrived for ${patienceMs / 1000} s. If an app should have come by now: many clients read no proxy setting (npm ws, fetch of Node, Python websockets), or leave out localhost (browsers, Go, NO_PROXY). \`shakedown run -- CMD\` and \`shakedown open\` see to both; docs/guides/troubleshooting.md has the rest.`,
    );
  });
