/** What a real client said of one attempt to open a WebSocket and have one text message echoed. */
export interface Outcome {
  readonly opened: boolean;
  readonly echoed: boolean;
  /** The client's own words, '' when it had none. */
  readonly error: string;
  /** Close code as the client reports it; null when it reports none. */
  readonly closeCode: number | null;
}

/** How to get there. `proxy` is an HTTP proxy as `http://127.0.0.1:8101`; `ca` is a PEM text to trust. */
export interface Attempt {
  readonly url: string;
  readonly proxy?: string;
  readonly ca?: string;
  readonly origin?: string;
  readonly protocols?: readonly string[];
  /** Milliseconds after which the driver gives up and says so (10,000). */
  readonly timeoutMs?: number;
}

export const greeting = 'hello from a real client';
export const defaultTimeoutMs = 10_000;

/** An outcome in the making: drivers note what happens, and `settle` ends it once. */
export const watchOutcome = (timeoutMs = defaultTimeoutMs) => {
  const seen = { opened: false, echoed: false, error: '', closeCode: null as number | null };
  let resolve: (outcome: Outcome) => void = () => {};
  const outcome = new Promise<Outcome>((done) => {
    resolve = done;
  });
  const settle = () => {
    clearTimeout(timer);
    resolve({ ...seen });
  };
  const timer = setTimeout(() => {
    seen.error ||= `nothing decided within ${timeoutMs} ms`;
    settle();
  }, timeoutMs);
  return { seen, outcome, settle };
};
