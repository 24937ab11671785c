import { execFile } from 'node:child_process';

/** What shells, curl, terminals and the eye take for something else than text. Latin1, one character a byte; none has NUL, CR or LF. */
export const hostileTexts: readonly string[] = [
  ...["'", "''", "'\\''", '"', '\\', '\\\\', '`touch pwned`', '$(touch pwned)', '$((1+1))', `$\{IFS}`, '$HOME', '~', '~root'],
  ...['; touch pwned', '&& touch pwned', '| touch pwned', '> pwned', '>> pwned', '< /etc/passwd', '& touch pwned &', '(touch pwned)'],
  ...["'; touch pwned; '", "'$(touch pwned)'", '"$(touch pwned)"', "\\'; touch pwned #", '# touch pwned', '!!', '!touch', '!-1', '^a^b'],
  ...['*', '?', '[a-z]', '{a,b}', '{1..3}', '=ls', '%1', '-x', '--', '-', '-K pwned', '@/etc/passwd', '@-', '<(touch pwned)'],
  ...['\x1b[2J', '\x1b]52;c;cm0gLXJm\x07', '\x1b[201~touch pwned', '\x07', '\x08\x08\x08', '\x7f', '\x9b31m', '\t', '\x0b', '\x01\x02'],
  ...['%s%n', '%%', '%d', '\\n', '\\045', '\\x41', '\\c', '\\0', '\xff\xfe', '\xc3', '\xc3\xa9', '\xe2\x80\xae', '\xf0\x9f\x98\x80'],
  ...['a\\', "a'", 'a b', ' ', '  a', '<script>', 'http://x/y', 'a=b', 'A'.repeat(300), '\x80\x81', '\u00a0', '$\x01(touch pwned)'],
];

/** Numbers that look like chance and are the same in each run. */
export const seededBytes = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
};

/** Bytes that a word can hold, as latin1. */
export const randomText = (next: () => number): string =>
  Array.from({ length: 1 + (next() % 24) }, () => {
    const byte = next();
    return byte === 0 || byte === 10 || byte === 13 ? "'" : String.fromCharCode(byte);
  }).join('');

/** Gives a script to a shell and returns what it wrote, byte for byte. */
export const runScript = (shell: string, script: string, { cwd, args = [] }: { cwd: string; args?: readonly string[] }): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? '', HOME: cwd };
    const child = execFile(
      shell,
      [...args],
      { cwd, env, encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
      (error, stdout, stderr) => (error && error.code === undefined ? reject(new Error(String(stderr))) : resolve(stdout)),
    );
    child.stdin?.end(script);
  });
