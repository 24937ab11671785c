import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long a text may take to come up on a machine that is busy with other tests. */
const patienceMs = 15_000;
const lookAgainMs = 25;

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  /** The shell's working folder, a temporary one: the terminal's socket lies there, too. */
  readonly folder: string;
  /** Added to the environment of the shell. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a program can change about a terminal and must give back. */
export interface Modes {
  readonly cursorVisible: boolean;
  readonly alternateScreen: boolean;
  readonly mouse: boolean;
  readonly keypad: boolean;
}

/** A shell in a real terminal of tmux, on a socket of its own. */
export interface Terminal extends AsyncDisposable {
  /** Keys by tmux's names (`Enter`, `C-c`, `Down`, `q`). */
  press(...keys: readonly string[]): Promise<void>;
  /** Text as it stands, then Enter. */
  line(text: string): Promise<void>;
  /** The lines on the screen, trailing space removed. */
  screen(): Promise<string>;
  /** The screen, as soon as it fits; fails with the screen as it stands after 15 s. */
  until(fits: string | RegExp | ((screen: string) => boolean)): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  modes(): Promise<Modes>;
}

/** The prompt of the shell, on a line of its own end. */
export const prompt = 'ready>';

let opened = 0;

/** Opens a terminal with a shell that waits at its prompt. `tmux` is the path of the program. */
export const openTerminal = async (tmux: string, { columns, rows, folder, env = {} }: TerminalOptions): Promise<Terminal> => {
  const socket = `shakedown-test-${process.pid}-${++opened}`;
  // tmux leaves its socket behind: in the folder of the test it goes with that.
  const options = { env: { ...process.env, TMUX_TMPDIR: folder } };
  const ask = async (...args: readonly string[]): Promise<string> =>
    (await run(tmux, ['-L', socket, '-f', '/dev/null', ...args], options)).stdout;
  const given = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  // sh reads no start file of its user when ENV is empty.
  await ask('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', folder, '-e', 'ENV=', ...given, 'sh');
  // The status line would take a row, and remain-on-exit shows what a dying shell said.
  await ask('set-option', '-g', 'status', 'off', ';', 'resize-window', '-x', `${columns}`, '-y', `${rows}`);

  const screen = async () => (await ask('capture-pane', '-p')).replace(/[^\S\n]+$/gm, '').trimEnd();
  const until: Terminal['until'] = async (fits) => {
    const holds = (text: string) =>
      typeof fits === 'string' ? text.includes(fits) : typeof fits === 'function' ? fits(text) : fits.test(text);
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const text = await screen();
      if (holds(text)) return text;
      if (performance.now() > deadline) throw new Error(`The terminal does not show ${String(fits)} but:\n${text}`);
      await wait(lookAgainMs);
    }
  };
  const terminal: Terminal = {
    press: async (...keys) => void (await ask('send-keys', ...keys)),
    line: async (text) => void (await ask('send-keys', '-l', text, ';', 'send-keys', 'Enter')),
    screen,
    until,
    resize: async (width, height) => void (await ask('resize-window', '-x', `${width}`, '-y', `${height}`)),
    modes: async () => {
      const flags = await ask('display-message', '-p', '#{cursor_flag} #{alternate_on} #{mouse_any_flag} #{keypad_flag}');
      const [cursorVisible = false, alternateScreen = false, mouse = false, keypad = false] = flags
        .trim()
        .split(' ')
        .map((flag) => flag === '1');
      return { cursorVisible, alternateScreen, mouse, keypad };
    },
    [Symbol.asyncDispose]: async () => void (await ask('kill-server').catch(() => {})),
  };
  // Not every sh takes PS1 from its environment. In two pieces, so that the typed line is not taken for the prompt; then a clear screen.
  await terminal.line(`PS1='${prompt.slice(0, 1)}''${prompt.slice(1)} '; printf '\\033[H\\033[2J'`);
  await until((text) => text === prompt);
  return terminal;
};
