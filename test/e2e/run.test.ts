import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { openTerminal } from '../support/tmux.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { endRuns, runToEnd, startRun } from './support/run-command.js';
import { environment, program, runCli } from './support/shakedown.js';

const folder = testFolder();
const app = (name: string) => join(import.meta.dirname, '../support/run-apps', name);
let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer({ answers: { '/gone': 404 } });
});
afterAll(async () => {
  endRuns();
  await server.close();
});
const python = '/usr/bin/python3';
const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('shakedown-run-'));

describe('the exit code of run', () => {
  it('is the one of the command; when nothing came through, the usual reasons are told', async () => {
    const { code, stdout, stderr } = await runToEnd({ folder, command: ['sh', '-c', 'exit 7'] });
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toMatch(/^shakedown: nothing came through the proxy/);
    expect(stderr).toContain("shakedown run --port 8101 --reverse ws://HOST:PORT -- sh -c 'exit 7'");
  });

  it('is 128 + n when it died by signal n', async () => {
    expect(await runToEnd({ folder, command: ['sh', '-c', 'kill -KILL $$'] })).toMatchObject({ code: 137, signal: null });
  });

  it('is 127 when there is no such command, and then no recording is left', async () => {
    const end = await runCli(folder, ['run', '--', 'no-such-command']);
    expect(end).toMatchObject({ code: 127, stdout: '', stderr: expect.stringContaining('"no-such-command" was not found') });
    const recordings = join(folder, 'data', 'shakedown', 'recordings');
    expect(existsSync(recordings) ? readdirSync(recordings) : []).toEqual([]);
  });
});

describe('what passes between the command and the outside', () => {
  it('is every byte of stdin and stdout, 10 MB of them', async () => {
    const bytes = Buffer.alloc(10_000_000, 'every byte \0\x1b\xff\r\n', 'latin1');
    const { child, finished } = startRun({ folder, command: ['cat'] });
    child.stdin.end(bytes);
    const { code, stdout } = await finished;
    expect([code, stdout.equals(bytes)]).toEqual([0, true]);
  });

  it('is every word of the command line, as it was typed', async () => {
    const words = ['', ' a b', '--port', '007', '1e3', '--', '--help', '$HOME', '--no-x', '-x=1'];
    const { stdout } = await runToEnd({
      folder,
      command: [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--', ...words],
    });
    expect(JSON.parse(stdout)).toEqual(words);
  });

  it('is the environment, with the files it names in a private folder that is gone afterwards', async () => {
    const source = `const { statSync, readFileSync } = require('node:fs'); const { dirname } = require('node:path');
      const { env } = process;
      console.log(JSON.stringify({ kept: env.KEPT, mode: statSync(dirname(env.SSL_CERT_FILE)).mode & 0o777, folder: dirname(env.SSL_CERT_FILE),
        ours: readFileSync(env.SSL_CERT_FILE, 'utf8').includes(readFileSync(env.SHAKEDOWN_CA, 'utf8').trim()),
        roots: readFileSync(env.SSL_CERT_FILE, 'utf8').split('BEGIN CERTIFICATE').length, proxy: env.https_proxy }))`;
    const { stdout } = await runToEnd({ folder, command: [process.execPath, '-e', source], env: { KEPT: 'as it was' } });
    const seen = JSON.parse(stdout);
    expect(seen).toMatchObject({ kept: 'as it was', mode: 0o700, ours: true, proxy: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(seen.roots).toBeGreaterThan(20);
    expect(existsSync(seen.folder)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('is the ready file, written before the command starts', async () => {
    const ready = join(folder, 'run.ready.json');
    const { stdout, recording } = await runToEnd({ folder, flags: ['--ready-file', ready], command: ['cat', ready] });
    expect(JSON.parse(stdout)).toMatchObject({ proxy: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/), recording });
  });
});

describe('what run says on stderr', () => {
  it('is what failed and why, in the words of the live lines', async () => {
    const source = `import(${JSON.stringify(import.meta.resolve('ws'))}).then(({ WebSocket }) =>
      new WebSocket(process.argv[1]).on('error', (error) => console.log(error.message)))`;
    const { code, stdout, stderr, recording } = await runToEnd({ folder, command: [process.execPath, '-e', source, `${server.url}gone`] });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Unexpected server response: 404\n' });
    const [tally, line, last] = stderr.split('\n');
    expect(tally).toBe('shakedown: 1 exchange came through: 1 WebSocket; 1 has a finding');
    expect(line).toContain(`refused  404 ${server.url}gone · url.`);
    expect(last).toBe(`shakedown: the recording is ${recording}`);
  });

  it('is one line an event with --verbose, a fault among them', async () => {
    const { code, stderr } = await runToEnd({
      folder,
      flags: ['--verbose', '--fault', 'drop-upgrade'],
      command: [process.execPath, app('npm-ws.mjs'), server.url],
    });
    expect(code).toBe(1);
    for (const text of ['listens on', 'armed  drop-upgrade', `opening  ${server.url}`, 'fault    drop-upgrade'])
      expect(stderr).toContain(text);
  });

  it.skipIf(!existsSync('/proc/self/net/tcp') || !existsSync(python))('is which connections went past, and how to see them', async () => {
    const { child, told, finished } = startRun({ folder, flags: ['--verbose'], command: [python, app('python.py'), 'raw', server.url] });
    // The script holds its connection until its stdin ends.
    await told('went past: python3');
    child.stdin.end();
    const { code, stderr } = await finished;
    expect(code).toBe(0);
    expect(stderr).toContain('shakedown: nothing came through the proxy\nshakedown: 1 connection went past shakedown:\n');
    expect(stderr).toMatch(new RegExp(`^ {2}python3 \\(pid \\d+\\) to 127\\.0\\.0\\.1:${server.port}$`, 'm'));
    expect(stderr).toContain(`shakedown run --port 8101 --reverse ws://127.0.0.1:${server.port} -- ${python}`);
  });
});

describe('signals', () => {
  const waiting = (trap: string) => ['sh', '-c', `trap '${trap}' TERM INT; echo waiting; while :; do sleep 0.05; done`];

  it.each([
    ['SIGTERM', 'the command decides', 'exit 9', 9],
    ['SIGINT', 'the command decides, where no terminal has told it', 'exit 5', 5],
    ['SIGHUP', 'it dies of it', '', 129],
  ] as const)('%s reaches the command: %s', async (signal, _what, trap, code) => {
    const { child, said, finished } = startRun({ folder, command: waiting(trap) });
    await said('waiting');
    child.kill(signal);
    expect(await finished).toMatchObject({ code, signal: null });
    expect(leftovers()).toEqual([]);
  });

  it('leave a whole recording of a client that was in the middle of it', async () => {
    const source = `import(${JSON.stringify(import.meta.resolve('ws'))}).then(({ WebSocket }) => {
      const socket = new WebSocket(process.argv[1]).on('open', () => socket.send('hello')).on('message', () => console.log('echoed')); })`;
    const { child, said, finished, recording } = startRun({ folder, command: [process.execPath, '-e', source, server.url] });
    await said('echoed');
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({ code: 143, stderr: expect.stringContaining(`the recording is ${recording}`) });
    expect(await readRows(recording)).toMatchObject([{ url: server.url, messages: { fromClient: 1, fromServer: 1 } }]);
    const [closed, stopped] = readFileSync(recording, 'utf8').trimEnd().split('\n').slice(-2);
    expect([closed, stopped]).toEqual([expect.stringContaining('"type":"closed"'), expect.stringContaining('"type":"stopped"')]);
  });

  const tmux = findProgram('tmux');
  it.skipIf('missing' in tmux)('Ctrl-C in a terminal goes to the command, once', async () => {
    const { HOME = '', XDG_DATA_HOME = '' } = environment(folder);
    await using terminal = await openTerminal('path' in tmux ? tmux.path : '', {
      columns: 100,
      rows: 30,
      folder,
      env: { HOME, XDG_DATA_HOME },
    });
    const command = `trap 'echo caught; n=$((n+1)); [ $n = 2 ] && exit 6' INT; echo waiting; while :; do sleep 0.05; done`;
    writeFileSync(join(folder, 'trap.sh'), command);
    await terminal.line(`'${process.execPath}' '${program}' run --no-record -- sh trap.sh; echo "code $?"`);
    await terminal.until(/^waiting$/m);
    await terminal.press('C-c');
    await terminal.until('caught');
    expect(await terminal.screen()).not.toContain('code 6');
    await terminal.press('C-c');
    expect(await terminal.until('code 6')).toMatch(/caught[\s\S]*caught/);
  });
});
