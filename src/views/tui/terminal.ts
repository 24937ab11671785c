import type { Size } from './state.js';

const enter = '\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l';
const leave = '\x1b[?25h\x1b[?1049l';
const clear = '\x1b[2J\x1b[H';

type Out = NodeJS.WriteStream;
type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
const signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The alternate screen, and the ways in which a process can leave it: `restore` is called once, whichever comes first. Ink 6 has no
 * alternate screen of its own. `before` runs ahead of the restoring (Ink's last words belong on the screen that goes away).
 */
export const takeScreen = (
  stdout: Out,
  { before, signalled, lost }: { readonly before: () => void; readonly signalled: (signal: Signal) => void; readonly lost: () => void },
): { readonly restore: () => void; readonly clear: () => void } => {
  let taken = true;
  const write = (text: string) => {
    if (stdout.writable) stdout.write(text);
  };
  const restore = () => {
    if (!taken) return;
    taken = false;
    before();
    write(leave);
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
    // Later: when the last other listener is gone within the signal's own round, signal-exit (Ink's) kills the process with it again.
    setImmediate(() => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    });
  };
  const handlers = signals.map((signal) => [signal, () => signalled(signal)] as const);
  // The monitor runs before Node prints the error, which would else vanish with the alternate screen; it changes nothing else.
  process.on('uncaughtExceptionMonitor', restore);
  process.on('exit', restore);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  // After a hang-up writing to the terminal fails with EIO: that is an end, not a crash. The listener stays: errors come late.
  stdout.on('error', lost);
  write(enter);
  return { restore, clear: () => write(clear) };
};

/** xterm takes no longer sequence; others take less or more. */
const mostClipboard = 74_994;

/** OSC 52, base64: the one way to a clipboard that works over SSH too. False: the text is too long, and nothing was written. */
export const copyToClipboard = (stdout: Pick<Out, 'write'>, text: string): boolean => {
  const coded = Buffer.from(text).toString('base64');
  if (coded.length > mostClipboard) return false;
  stdout.write(`\x1b]52;c;${coded}\x07`);
  return true;
};

/** A terminal that tells no size is taken for 80 by 24. */
export const sizeOf = (stdout: Pick<Out, 'columns' | 'rows'>): Size => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });

/**
 * The same stream for Ink, with two changes: it is told of no resize (its own answer paints the old frame over the new size), and of a
 * height that no frame reaches, because for a frame as tall as the terminal it clears the screen and the user's scrollback with it.
 */
export const streamForInk = (stdout: Out): Out =>
  new Proxy(stdout, {
    get: (target, key) => {
      if (key === 'rows') return 10_000;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key !== 'on' && key !== 'off') return value.bind(target);
      return (event: string, listener: () => void) => (event === 'resize' ? stdout : value.call(target, event, listener));
    },
  });
