import type { Control } from '../../control/control.js';
import { faults } from '../../faults/catalogue.js';
import { plain } from '../paint.js';
import { type Leave, type Program, startProgram } from './program.js';
import { sizeOf, streamForInk, takeScreen } from './terminal.js';

/** How the screen was left; a signal stands by its name. */
export type ExitReason = Leave | { readonly why: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'terminal-lost' };

export interface TuiOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** NO_COLOR is read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called once, when the terminal has been restored and before the promise resolves. */
  readonly onExit?: (reason: ExitReason) => void;
}

const tickMs = 100;

/**
 * React chooses its slow development build, and Ink writes nothing until the end (its idea of CI), by the environment at import:
 * it is set for the import only, so that a command that we start does not inherit it.
 */
const importApp = async () => {
  const before = {
    NODE_ENV: process.env['NODE_ENV'],
    CI: process.env['CI'],
    CONTINUOUS_INTEGRATION: process.env['CONTINUOUS_INTEGRATION'],
  };
  process.env['NODE_ENV'] = 'production';
  process.env['CI'] = 'false';
  process.env['CONTINUOUS_INTEGRATION'] = 'false';
  try {
    const [ink, react, app] = await Promise.all([import('ink'), import('react'), import('./app.js')]);
    return { render: ink.render, createElement: react.createElement, App: app.App };
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};

/**
 * The terminal UI over a control, on the alternate screen, until the user quits, a signal comes, the terminal goes away or the engine
 * does. Resolves when the terminal is as it was. Stopping the engine, and ending the process after a signal, is the caller's.
 */
export const runTui = async (control: Control, { stdin, stdout, env, onExit }: TuiOptions): Promise<void> => {
  const { render, createElement, App } = await importApp();
  const colour = !env['NO_COLOR'];
  const inkStdout = streamForInk(stdout);
  const reason = await new Promise<ExitReason>((resolve) => {
    const program: Program = startProgram(control, { size: sizeOf(stdout), faults, leave: finish, now: Date.now });
    const mount = () =>
      render(createElement(App, { program, colour }), {
        stdout: inkStdout,
        stdin,
        exitOnCtrlC: false,
        patchConsole: true,
        maxFps: 10,
        // Ink 6.8's incremental writer goes up a line too few after a frame that ends with a line feed: rows drift and go stale.
        incrementalRendering: false,
      });
    let instance: ReturnType<typeof mount> | undefined;
    const screen = takeScreen(stdout, {
      before: () => instance?.unmount(),
      signalled: (why) => finish({ why }),
      lost: () => finish({ why: 'terminal-lost' }),
    });
    // A new instance for a new size: the old one would erase as many lines as it wrote, and the terminal has moved them meanwhile.
    const resized = () => {
      instance?.unmount();
      program.resize(sizeOf(stdout));
      screen.clear();
      instance = mount();
    };
    const gone = () => finish({ why: 'terminal-lost' });
    const timer = setInterval(() => void program.tick(), tickMs);
    stdout.on('resize', resized);
    stdin.once('end', gone);
    let over = false;
    function finish(why: ExitReason) {
      if (over) return;
      over = true;
      clearInterval(timer);
      stdout.off('resize', resized);
      stdin.off('end', gone);
      screen.restore();
      if (why.why === 'engine-gone') stdout.write(`${plain(why.text)}\n`);
      resolve(why);
    }
    instance = mount();
    void program.tick();
  });
  onExit?.(reason);
};
