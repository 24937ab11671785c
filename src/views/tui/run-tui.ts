import type { Control } from '../../control/control.js';
import { faults } from '../../faults/catalogue.js';
import { plain } from '../paint.js';
import { type Leave, type Program, startProgram } from './program.js';
import { copyToClipboard, sizeOf, streamForInk, takeScreen } from './terminal.js';

/** How the screen was left; a signal stands by its name. */
export type ExitReason = Leave | { readonly why: 'over' } | { readonly why: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'terminal-lost' };

export interface TuiOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** NO_COLOR is read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the screen (`over`) when it settles: what the engine was started for has ended. */
  readonly until?: Promise<unknown>;
  /** Said on the screen until the first key. */
  readonly notice?: string;
  /** Whether the newest exchange is selected to begin with; it is, unless said otherwise. */
  readonly tail?: boolean;
  /** The list's filter to begin with. */
  readonly filter?: string;
  /** Called once, when the terminal has been restored and before the promise resolves. */
  readonly onExit?: (reason: ExitReason) => void;
}

const tickMs = 100;

/**
 * React chooses its slow development build by NODE_ENV at import; where CI is set, Ink writes nothing until the end and chalk takes the
 * terminal for one without colours. The environment is changed for the import only: a command that we start must not inherit it.
 */
export const loadTui = async () => {
  const { NODE_ENV, CI, CONTINUOUS_INTEGRATION } = process.env;
  const before = Object.entries({ NODE_ENV, CI, CONTINUOUS_INTEGRATION });
  for (const [name] of before) delete process.env[name];
  process.env.NODE_ENV = 'production';
  try {
    const [ink, react, app] = await Promise.all([import('ink'), import('react'), import('./app.js')]);
    return { render: ink.render, createElement: react.createElement, App: app.App };
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};

/**
 * The terminal UI over a control, on the alternate screen, until the user quits, a signal comes, the terminal goes away or the engine
 * does. Resolves when the terminal is as it was; rejects, after the same, when drawing failed (a bug). Stopping the engine, and ending the process after a signal, is the caller's.
 */
export const runTui = async (control: Control, { stdin, stdout, env, until, notice, tail, filter, onExit }: TuiOptions): Promise<void> => {
  const { render, createElement, App } = await loadTui();
  const colour = !env.NO_COLOR;
  const inkStdout = streamForInk(stdout);
  const reason = await new Promise<ExitReason>((resolve, reject) => {
    const program: Program = startProgram(control, {
      size: sizeOf(stdout),
      faults,
      leave: finish,
      now: Date.now,
      copy: (text) => copyToClipboard(stdout, text),
      ...(notice && { notice }),
      ...(tail !== undefined && { tail }),
      ...(filter !== undefined && { filter }),
    });
    let unmount = () => {};
    let over = false;
    const mount = () => {
      const instance = render(createElement(App, { program, colour }), {
        stdout: inkStdout,
        stdin,
        exitOnCtrlC: false,
        patchConsole: false,
        maxFps: 10,
        // Ink 6.8's incremental writer goes up a line too few after a frame that ends with a line feed: rows drift and go stale.
        incrementalRendering: false,
      });
      unmount = instance.unmount;
      // Rejects when drawing threw: a bug of ours.
      instance.waitUntilExit().catch(fail);
    };
    const gone = () => finish({ why: 'terminal-lost' });
    const screen = takeScreen(stdout, { before: () => unmount(), signalled: (why) => finish({ why }), lost: gone });
    // A new instance for a new size: the old one would erase as many lines as it wrote, and the terminal has moved them meanwhile.
    const resized = () => {
      unmount();
      program.resize(sizeOf(stdout));
      screen.clear();
      mount();
    };
    const timer = setInterval(() => void program.tick(), tickMs);
    const unsubscribe = control.subscribe((event) => {
      if (event.type === 'notice') program.notice(event.level, event.text);
    });
    stdout.on('resize', resized);
    stdin.once('end', gone);

    function close() {
      over = true;
      clearInterval(timer);
      unsubscribe();
      stdout.off('resize', resized);
      stdin.off('end', gone);
      screen.restore();
    }
    function finish(why: ExitReason) {
      if (over) return;
      close();
      if (why.why === 'engine-gone') stdout.write(`${plain(why.text)}\n`);
      resolve(why);
    }
    function fail(thrown: unknown) {
      if (over) return;
      close();
      reject(thrown);
    }
    const ended = () => finish({ why: 'over' });
    until?.then(ended, ended);
    try {
      mount();
      void program.tick();
    } catch (thrown) {
      fail(thrown);
    }
  });
  onExit?.(reason);
};
