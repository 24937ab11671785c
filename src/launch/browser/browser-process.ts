import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { sentenceOf } from '../../model/problem.js';

/** How a browser ended. `log` is the end of what it wrote to stderr, at most 8 KiB. */
export interface BrowserEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly aliveMs: number;
  readonly log: string;
  /** It never ran: why. */
  readonly failure: string | null;
}

export interface BrowserProcess {
  readonly ended: Promise<BrowserEnd>;
  /** Asks it to end, and after 5 s makes it. */
  end(): Promise<void>;
  /** Ends it and everything it started, without a word. */
  kill(): void;
}

const mostLog = 8192;
const patienceMs = 5000;

/** Starts a browser in a process group of its own: Ctrl-C in our terminal is not for it, and its helpers end with it. */
export const startBrowser = (
  path: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly now: () => number },
): BrowserProcess => {
  const startedAt = options.now();
  const grouped = process.platform !== 'win32';
  const child: ChildProcess = spawn(path, [...args], { detached: grouped, stdio: ['ignore', 'ignore', 'pipe'], env: options.env });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-mostLog);
  });
  child.stderr?.on('error', () => {});

  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      if (grouped) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // The group is gone.
    }
  };
  const ended = new Promise<BrowserEnd>((resolve) => {
    const end = (code: number | null, by: NodeJS.Signals | null, failure: string | null) => {
      kill();
      child.stderr?.destroy();
      resolve({ code, signal: by, aliveMs: options.now() - startedAt, log, failure });
    };
    child.once('error', (error) => end(null, null, sentenceOf(error)));
    // `close` would wait for every helper that holds on to stderr; what the browser itself wrote is read by the next turn.
    child.once('exit', (code, by) => setImmediate(() => end(code, by, null)));
  });
  const end = async (): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    // Only the browser itself: its helpers end with it, and a browser that loses them first leaves things behind in the temp folder.
    child.kill('SIGTERM');
    const timer = setTimeout(kill, patienceMs);
    await gone;
    clearTimeout(timer);
  };
  return { ended, end, kill };
};
