import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCli } from '../../src/cli/cli.js';
import { exitCodeOf } from '../../src/cli/exit-code.js';
import { Problem } from '../../src/model/problem.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli } from './support/shakedown.js';

const folder = testFolder();
afterAll(endAll);
// What runs in process must keep to the folder too.
vi.stubEnv('HOME', folder);
vi.stubEnv('XDG_DATA_HOME', join(folder, 'data'));

const firstLine = '{"format":"shakedown-recording","version":1,"startedAt":"2026-01-01T00:00:00.000000Z","shakedown":"0.1.0"}\n';
writeFileSync(join(folder, 'empty.jsonl'), '');
writeFileSync(join(folder, 'foreign.jsonl'), '{"log":{"version":"1.2"}}\n');
writeFileSync(join(folder, 'binary.jsonl'), Buffer.from([0, 159, 146, 150, 10, 27, 91, 49, 109]));
writeFileSync(join(folder, 'newer.jsonl'), firstLine.replace('"version":1', '"version":99'));
writeFileSync(join(folder, 'torn.jsonl'), firstLine.slice(0, 40));
writeFileSync(join(folder, 'a-file'), 'no folder');
mkdirSync(join(folder, 'damaged-ca'), { mode: 0o700 });
for (const name of ['ca.pem', 'ca-key.pem']) writeFileSync(join(folder, 'damaged-ca', name), 'no PEM', { mode: 0o600 });
writeFileSync(join(folder, 'bad-ca.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');

/** A use that cannot work, its exit code, and what stands on stderr; none of them may print a result. */
const wrongUses: readonly { words: string; code: number; said: readonly string[] }[] = [
  { words: 'start --prot 8080', code: 2, said: ['no flag --prot; did you mean --port?'] },
  { words: '--falt drop-upgrade', code: 2, said: ['no flag --falt; did you mean --fault?'] },
  { words: 'inspect a.jsonl --jsn', code: 2, said: ['did you mean --json?'] },
  { words: 'start -x', code: 2, said: ['no flag -x.'] },
  { words: 'inspekt a.jsonl', code: 2, said: ['no command inspekt; did you mean inspect?'] },
  { words: 'blabla', code: 2, said: ['no command blabla.', 'shakedown --help'] },
  { words: 'inspect', code: 2, said: ['Not enough non-option arguments'] },
  { words: 'start --fault drop-upgrad', code: 2, said: ['drop-upgrad is not a fault; did you mean drop-upgrade?'] },
  { words: 'start --fault bad-cert:kind=expird', code: 2, said: ['did you mean expired?', 'shakedown faults bad-cert'] },
  { words: 'start --fault bad-cert:knd=expired', code: 2, said: ['knd is not a parameter of it; did you mean kind?'] },
  { words: 'start --fault', code: 2, said: ['--fault needs a value.'] },
  { words: 'start --port', code: 2, said: ['--port needs a value.'] },
  { words: 'start --ready-file', code: 2, said: ['--ready-file needs a value.'] },
  { words: 'start --port abc', code: 2, said: ['--port "abc" is no whole number from 0 to 65535'] },
  { words: 'start --port 65536', code: 2, said: ['--port "65536"'] },
  { words: 'start --port=-1', code: 2, said: ['--port "-1"'] },
  { words: 'start --port 0 --port 1', code: 2, said: ['--port was given 2 times'] },
  { words: 'start --seed x', code: 2, said: ['--seed "x"'] },
  { words: 'start --host 0.0.0.0', code: 2, said: ['0.0.0.0 is not loopback'] },
  { words: 'start --reverse ftp://a', code: 2, said: ['--reverse takes ws, wss, http and https, not ftp'] },
  { words: 'start --reverse localhost', code: 2, said: ['is no URL'] },
  { words: 'run', code: 2, said: ['stands behind `--`', 'shakedown run'] },
  { words: 'run --', code: 2, said: ['stands behind `--`'] },
  { words: 'run node app.js', code: 2, said: ['stands behind `--`'] },
  { words: 'run --falt drop-upgrade -- true', code: 2, said: ['no flag --falt; did you mean --fault?'] },
  { words: 'run --json -- true', code: 2, said: ['stdout belongs to the command', '--record FILE'] },
  { words: 'run --fault nonsense -- true', code: 2, said: ['nonsense is not a fault'] },
  { words: 'run --upstream-ca missing.pem -- true', code: 3, said: ['missing.pem cannot be read'] },
  { words: 'start --upstream-proxy', code: 2, said: ['--upstream-proxy needs a value.'] },
  { words: 'start --upstream-proxy ftp://u:secret@a', code: 2, said: ['"ftp://***@a" has the scheme ftp'] },
  { words: 'start --upstream-proxy http://a/b', code: 2, said: ['has a path'] },
  { words: 'start --upstream-proxy http://a --upstream-proxy http://b', code: 2, said: ['--upstream-proxy was given 2 times'] },
  { words: 'start --no-proxy', code: 2, said: ['--no-proxy needs a value.'] },
  { words: 'start --no-proxy a.test', code: 2, said: ['there is none', 'Add --upstream-proxy URL'] },
  { words: 'start --upstream-proxy http://a --no-proxy 10.0.0.0/99', code: 2, said: ['"10.0.0.0/99" has no prefix length from 0 to 32'] },
  { words: 'start --resolve a.test', code: 2, said: ['--resolve "a.test" has no ='] },
  { words: 'faults bad-crt', code: 2, said: ['bad-crt is not a fault; did you mean bad-cert?'] },
  { words: 'findings url.dn', code: 2, said: ['did you mean url.dns?'] },
  { words: 'start --port 0 --ca-dir a-file', code: 3, said: ['a-file cannot be used'] },
  { words: 'start --port 0 --ca-dir damaged-ca', code: 3, said: ['damaged-ca/ca-key.pem is damaged', 'Move '] },
  { words: 'start --port 0 --upstream-ca missing.pem', code: 3, said: ['missing.pem cannot be read'] },
  { words: 'start --port 0 --upstream-ca foreign.jsonl', code: 3, said: ['holds no certificate'] },
  { words: 'start --port 0 --upstream-ca bad-ca.pem', code: 3, said: ['bad-ca.pem cannot be used'] },
  { words: 'start --port 0 --record foreign.jsonl', code: 3, said: ['foreign.jsonl'] },
  { words: 'start --port 0 --record a-file/x.jsonl', code: 3, said: ['a-file/x.jsonl'] },
  { words: 'inspect missing.jsonl', code: 3, said: ['missing.jsonl cannot be read: there is no such file'] },
  { words: 'inspect empty.jsonl', code: 3, said: ['empty.jsonl is empty'] },
  { words: 'inspect foreign.jsonl --json', code: 3, said: ['foreign.jsonl is not a recording of shakedown'] },
  { words: 'inspect binary.jsonl', code: 3, said: ['binary.jsonl is not a recording of shakedown'] },
  { words: 'inspect newer.jsonl --json', code: 3, said: ['format version 99', 'up to version 1'] },
  { words: 'inspect torn.jsonl', code: 3, said: ['cut short in its first line'] },
  { words: 'inspect .', code: 3, said: ['cannot be read'] },
  { words: 'replay missing.jsonl', code: 3, said: ['there is no such file'] },
  { words: 'replay empty.jsonl', code: 3, said: ['empty.jsonl is empty'] },
  { words: 'replay foreign.jsonl --json', code: 3, said: ['not a recording of shakedown'] },
  { words: 'replay newer.jsonl', code: 3, said: ['format version 99'] },
];

const thrownBy = async (words: readonly string[]): Promise<unknown> => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    await createCli(words).parseAsync();
  } catch (error) {
    return error;
  } finally {
    process.chdir(before);
  }
  return undefined;
};

/** One sentence and one piece of advice, no stack, nothing that a terminal obeys. */
const isPlain = (stderr: string) => {
  expect(stderr).toMatch(/^shakedown: .+\n {2}.+\n$/);
  expect(stderr).not.toMatch(/\n {4}at |[\x00-\x09\x0b-\x1f\x7f]/);
};

describe('a use that cannot work says so in a sentence', () => {
  // In process: a start of the program for each would take ten times as long.
  it.each(wrongUses)('shakedown $words: exit code $code', async ({ words, code, said }) => {
    const thrown = await thrownBy(words.split(' '));
    if (!(thrown instanceof Problem)) throw new Error(`no Problem: ${thrown}`);
    expect(exitCodeOf(thrown)).toBe(code);
    const text = `shakedown: ${thrown.message}\n  ${thrown.advice}\n`;
    for (const part of said) expect(text).toContain(part);
    isPlain(text);
  });

  it.each([
    ['start --prot 8080', 2, 'did you mean --port?'],
    ['inspekt a.jsonl', 2, 'did you mean inspect?'],
    ['start --fault drop-upgrad', 2, 'did you mean drop-upgrade?'],
    ['start --port 0 --ca-dir damaged-ca', 3, 'damaged-ca/ca-key.pem is damaged'],
    ['inspect foreign.jsonl --json', 3, 'not a recording of shakedown'],
    ['replay empty.jsonl --json', 3, 'empty.jsonl is empty'],
  ] as const)('and the program ends with it on stderr, and nothing on stdout: shakedown %s', async (words, code, said) => {
    const finished = await runCli(folder, words.split(' '));
    expect(finished).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) });
    isPlain(finished.stderr);
  });
});

describe('a port that is taken', () => {
  const holder = createServer();
  beforeAll(() => new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => holder.close(resolve)));

  it.each([['start --json'], ['start --record taken.jsonl']])('is named by %s, exit code 3, and no file is left', async (words) => {
    const { port } = holder.address() as AddressInfo;
    const finished = await runCli(folder, [...words.split(' '), '--port', String(port)]);
    expect(finished).toMatchObject({ code: 3, stdout: '' });
    expect(finished.stderr).toContain(`The port ${port} on 127.0.0.1 is in use.`);
    expect(existsSync(join(folder, 'taken.jsonl'))).toBe(false);
  });
});

it('a ready file that cannot be written ends the start, so that nobody waits for it beside a proxy that listens', async () => {
  const finished = await runCli(folder, ['start', '--port', '0', '--no-record', '--ready-file', 'nowhere/ready.json']);
  expect(finished).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere/ready.json cannot be written') });
});
