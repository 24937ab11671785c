import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { testFolder } from './support/folder.js';
import { inspect, readRows } from './support/inspect.js';
import { endAll, environment, program, runCli, startShakedown } from './support/shakedown.js';
import { converse } from './support/talk.js';

const folder = testFolder();
const texts = ['first', 'grüße', 'x'.repeat(70_000)];
let server: EchoServer;
let recording: string;

beforeAll(async () => {
  server = await startEchoServer({ origins: ['http://good.example'] });
  const open = await startEchoServer();
  const { ready, stop } = await startShakedown(folder);
  await converse(ready.proxy, open.url, ...texts);
  await converse(ready.proxy, server.url).catch(() => {});
  await stop();
  await open.close();
  recording = ready.recording ?? '';
});
afterAll(async () => {
  endAll();
  await server.close();
});

const lines = (text: string) => text.split('\n').slice(0, -1);
const parsed = (text: string) => lines(text).map((line) => JSON.parse(line));

describe('inspect', () => {
  it('prints one line an exchange, with its findings', async () => {
    const { code, stdout, stderr } = await runCli(folder, ['inspect', recording]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^1 .* closed {2}101 {2}ws:.* messages 3 from the client, 3 from the server$/m);
    expect(stdout).toMatch(/^2 .* refused {2}403 {2}ws:/m);
    expect(stdout).toContain('origin.missing');
  });

  it('prints one object a message with --messages --json', async () => {
    const messages = parsed((await runCli(folder, ['inspect', recording, '--messages', '--json'])).stdout);
    const talk = messages.filter(({ type }) => type === 'text').map(({ from, text }) => [from, text]);
    expect(talk).toEqual(
      texts.flatMap((text) => [
        ['client', text],
        ['server', text],
      ]),
    );
    expect(messages[0]).toMatchObject({ exchange: '1', from: 'client', type: 'text', bytes: 5, wireBytes: 11, frames: 1 });
    expect(messages.at(-1)).toMatchObject({ type: 'close' });
  });

  it('prints only the exchanges that fit a filter, by their heads, their findings and what was said in them', async () => {
    const fitting = async (filter: string): Promise<string[]> => {
      const { code, stdout, stderr } = await runCli(folder, ['inspect', recording, '--json', '--filter', filter]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return parsed(stdout).map(({ id }) => id);
    };
    expect(await fitting('status = 101 && messages > 5')).toEqual(['1']);
    expect(await fitting('finding = origin.* or status = 200')).toEqual(['2']);
    expect(await fitting('message.server ~ "GRÜSSE" || message ~ grüß')).toEqual(['1']);
    expect(await fitting('message ~ nothing-of-the-kind')).toEqual([]);
    const { code, stderr: why } = await runCli(folder, ['inspect', recording, '--filter', 'id = 1 && hots = a']);
    expect(code).toBe(2);
    expect(why).toBe(
      [
        'shakedown: The filter cannot be read: there is no field "hots"; did you mean host?',
        '  id = 1 && hots = a',
        '            ^',
        '  The fields and operators: docs/filter.md',
        '',
      ].join('\n'),
    );
    const { stderr } = await runCli(folder, ['inspect', recording, '--filter', 'id = 99']);
    expect(stderr).toBe('shakedown: none of the 2 exchanges fits the filter.\n');
  });

  it('reads a recording that is still being written', async () => {
    const { ready, stop } = await startShakedown(folder);
    await converse(ready.proxy, server.url).catch(() => {});
    // The recording is flushed within 100 ms; until then the exchange is pending or not there yet.
    for (;;) if ((await readRows(ready.recording))[0]?.outcome === 'refused') break;
    expect(await inspect(folder, ready.recording ?? '')).toMatchObject([{ status: 403, outcome: 'refused' }]);
    await stop();
  });

  it('leaves out a damaged line and a torn end, says so on stderr, and shows the rest', async () => {
    const whole = readFileSync(recording, 'latin1').split('\n');
    whole.splice(3, 0, '{"at":"garbage');
    writeFileSync(join(folder, 'damaged.jsonl'), whole.join('\n').slice(0, -10), 'latin1');
    const { code, stdout, stderr } = await runCli(folder, ['inspect', 'damaged.jsonl', '--json']);
    expect(code).toBe(0);
    expect(parsed(stdout)).toMatchObject([
      { id: '1', messages: { fromClient: 3, fromServer: 3 } },
      { id: '2', status: 403 },
    ]);
    expect(lines(stderr)).toEqual([
      'shakedown: this recording has no end: its process was killed or is still running; up to the last 100 ms may be missing, and the last line is torn and was left out.',
      'shakedown: 1 damaged line was left out, the first is line 4.',
    ]);
  });

  it('never writes to what it reads', async () => {
    const before = readFileSync(recording);
    await runCli(folder, ['inspect', recording]);
    await runCli(folder, ['replay', recording, '--no-record', '--json']);
    expect(readFileSync(recording).equals(before)).toBe(true);
  });
});

describe('the catalogues as JSON', () => {
  it('faults: the promised fields, and one by its id', async () => {
    const all = JSON.parse((await runCli(folder, ['faults', '--json'])).stdout);
    expect(all.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['drop-upgrade', 'bad-cert', 'wrong-origin']));
    for (const fault of all) {
      expect(fault).toMatchObject({
        id: expect.stringMatching(/^[a-z0-9-]+$/),
        stage: expect.any(String),
        leg: expect.stringMatching(/^(client|server|both)$/),
        title: expect.any(String),
        about: expect.any(String),
        params: expect.any(Array),
        expects: expect.any(Array),
      });
      for (const code of fault.expects) expect(code).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
    }
    const [one, ...others] = JSON.parse((await runCli(folder, ['faults', 'bad-cert', '--json'])).stdout);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      id: 'bad-cert',
      params: [{ name: 'kind', default: 'expired', choices: expect.arrayContaining(['wrong-host']) }],
    });
  });

  it('findings: the promised fields, every code of a fault among them, and one by its code', async () => {
    const all: { code: string }[] = JSON.parse((await runCli(folder, ['findings', '--json'])).stdout);
    for (const finding of all) {
      expect(finding).toMatchObject({
        code: expect.stringMatching(/^[a-z]+\.[a-z0-9-]+$/),
        cause: expect.stringMatching(/^(url|origin|intermediary|certificate|server|client|frame)$/),
        title: expect.any(String),
        question: expect.stringMatching(/\?$/),
        remedy: expect.stringMatching(/./),
      });
    }
    const codes = all.map(({ code }) => code);
    const faults: { expects: string[] }[] = JSON.parse((await runCli(folder, ['faults', '--json'])).stdout);
    expect(codes).toEqual(expect.arrayContaining(faults.flatMap(({ expects }) => expects)));
    const one = JSON.parse((await runCli(folder, ['findings', 'origin.rejected', '--json'])).stdout);
    expect(one).toMatchObject([{ code: 'origin.rejected', cause: 'origin' }]);
  });
});

describe('help', () => {
  it.each([['start'], ['inspect'], ['replay'], ['faults'], ['findings']])('of %s has an example', async (command) => {
    const { code, stdout, stderr } = await runCli(folder, [command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}shakedown ${command} `));
  });

  it('of the whole lists the commands, and the version is that of the package', async () => {
    const { code, stdout } = await runCli(folder, ['--help']);
    expect(code).toBe(0);
    for (const name of ['start', 'inspect', 'replay', 'faults', 'findings']) expect(stdout).toContain(`shakedown ${name}`);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runCli(folder, ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

const sh = async (line: string, env: Record<string, string> = {}) =>
  promisify(execFile)('/bin/sh', ['-c', line], {
    cwd: folder,
    env: environment(folder, { NODE: process.execPath, PROGRAM: program, ...env }),
  });

describe('a pipe', () => {
  it.each([['inspect "$FILE" --json --messages'], ['findings']])(
    'whose reader leaves after a line is no error: %s | head -1',
    async (words) => {
      const { stdout, stderr } = await sh(`{ "$NODE" "$PROGRAM" ${words}; echo "exit code $?" >&2; } | head -n 1`, { FILE: recording });
      expect(lines(stdout)).toHaveLength(1);
      expect(stderr).toBe('exit code 0\n');
    },
  );
});

const terminal = findProgram('script');

describe.skipIf('missing' in terminal)('on a terminal', () => {
  const inTerminal = async (words: string, env: Record<string, string> = {}) =>
    (await sh(`script -qec '"$NODE" "$PROGRAM" ${words}' /dev/null </dev/null`, { FILE: recording, TERM: 'xterm-256color', ...env }))
      .stdout;

  it('findings have colours, unless NO_COLOR or --no-color says otherwise', async () => {
    const coloured = /\x1b\[[\d;]+m/;
    expect(await inTerminal('inspect "$FILE" --no-ui')).toMatch(coloured);
    expect(await inTerminal('inspect "$FILE" --no-ui', { NO_COLOR: '1' })).not.toMatch(coloured);
    expect(await inTerminal('inspect "$FILE" --no-ui --no-color')).not.toMatch(coloured);
    expect(await inTerminal('inspect "$FILE" --json')).not.toMatch(coloured);
  });
});
