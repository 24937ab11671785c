import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLine } from '../../src/recording/codec.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { openRawClient } from '../support/raw-client.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { endAll, runCli, spawnCli, startShakedown } from './support/shakedown.js';
import { converse, echo, openThrough } from './support/talk.js';

const folder = testFolder();
let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(async () => {
  endAll();
  await server.close();
});

/** Every line of it as an event; throws for a line that is none. */
const eventsOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const decoded = decodeLine(line, undefined);
      if (decoded.type !== 'event') throw new Error(`no event: ${line}`);
      return decoded.event;
    });

describe('the ready file', () => {
  it('is for its owner alone and says where everything is', async () => {
    const { ready, readyFile, child, stop } = await startShakedown(folder, ['--ca-dir', 'own-ca', '--record', 'ready.jsonl']);
    expect(statSync(readyFile).mode & 0o777).toBe(0o600);
    expect(ready).toEqual({
      proxy: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
      ca: join(folder, 'own-ca', 'ca.pem'),
      recording: join(folder, 'ready.jsonl'),
      pid: child.pid,
    });
    expect(readFileSync(ready.ca, 'utf8')).toContain('BEGIN CERTIFICATE');
    expect(statSync(ready.recording ?? '').mode & 0o777).toBe(0o600);
    await stop();
  });
});

describe('where the recording goes', () => {
  it('is a new file in the data folder, whose path is printed', async () => {
    const cli = spawnCli(folder, ['start', '--port', '0', '--no-control']);
    const [first] = await once(createInterface({ input: cli.child.stdout ?? process.stdin }), 'line');
    cli.child.kill('SIGINT');
    expect((await cli.finished).code).toBe(130);
    const recordings = join(folder, 'data', 'shakedown', 'recordings');
    const [name] = readdirSync(recordings);
    expect(first).toContain(join(recordings, name ?? ''));
  });

  it('is nowhere with --no-record', async () => {
    const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const before = new Set(files());
    const { ready, readyFile, stop } = await startShakedown(folder, ['--no-record']);
    await converse(ready.proxy, server.url, 'hello');
    expect((await stop()).code).toBe(130);
    expect(ready.recording).toBeNull();
    expect(files().flatMap((path) => (before.has(path) ? [] : [join(folder, path)]))).toEqual([]);
    expect(existsSync(readyFile)).toBe(false);
  });
});

describe('the end', () => {
  it('by Ctrl-C has exit code 130, and the recording holds everything up to it', async () => {
    const { ready, stop } = await startShakedown(folder);
    const socket = await openThrough(ready.proxy, server.url);
    const texts = Array.from({ length: 50 }, (_, index) => `message ${index}`);
    await echo(socket, ...texts);
    const closed = once(socket, 'close');
    // Nothing in between: what came back a moment ago is in the file all the same.
    expect(await stop()).toMatchObject({ code: 130, stderr: '' });
    await closed;
    const events = eventsOf(readFileSync(ready.recording ?? '', 'utf8').replace(/^.*\n/, ''));
    expect(events.filter(({ type }) => type === 'closed')).toHaveLength(1);
    expect(await readRows(ready.recording)).toMatchObject([
      { url: server.url, outcome: 'closed', messages: { fromClient: 50, fromServer: 50 } },
    ]);
  });

  it.each([['SIGTERM'], ['SIGHUP']] as const)('by %s is as orderly, with exit code 143', async (signal) => {
    const { ready, child, finished } = await startShakedown(folder);
    await converse(ready.proxy, server.url, 'hello');
    child.kill(signal);
    expect(await finished).toMatchObject({ code: 143, stderr: '' });
    expect(await readRows(ready.recording)).toMatchObject([{ outcome: 'closed', findings: [] }]);
  });
});

describe('start --json', () => {
  it('prints the events of the recording and nothing else, bytes included', async () => {
    const { ready, stop } = await startShakedown(folder, ['--json', '--fault', 'wrong-origin:mode=null']);
    await converse(ready.proxy, server.url, 'one', 'two');
    const { stdout } = await stop();
    const events = eventsOf(stdout);
    expect(events[0]).toMatchObject({ type: 'listening', proxy: ready.proxy, recording: ready.recording });
    const types = new Set(events.map(({ type }) => type));
    for (const type of ['armed', 'opened', 'entrance', 'target', 'dialled', 'head', 'fault', 'bytes', 'end', 'closed'])
      expect(types).toContain(type);
    for (const { at } of events) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    const [firstLine, ...lines] = readFileSync(ready.recording ?? '', 'utf8').split('\n');
    expect(JSON.parse(firstLine ?? '')).toMatchObject({ format: 'shakedown-recording', version: 1 });
    expect(stdout.split('\n')).toEqual(lines);
  });

  it('goes on when its reader is gone, and the recording with it', async () => {
    const { ready, child, stop } = await startShakedown(folder, ['--json']);
    child.stdout?.destroy();
    await converse(ready.proxy, server.url, 'one');
    await converse(ready.proxy, server.url, 'two');
    expect(await stop()).toMatchObject({ code: 130, stderr: '' });
    expect(await readRows(ready.recording)).toHaveLength(2);
  });

  it('leaves out and counts what a reader does not read, and holds up nobody', async () => {
    const { ready, child, stop } = await startShakedown(folder, ['--json']);
    child.stdout?.pause();
    const socket = await openThrough(ready.proxy, server.url);
    const text = 'x'.repeat(500_000);
    for (let sent = 0; sent < 20; sent++) await echo(socket, text);
    child.stdout?.resume();
    await echo(socket, 'again');
    await converse(ready.proxy, server.url, 'last');
    socket.terminate();
    const events = eventsOf((await stop()).stdout);
    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.text] : []));
    expect(notices).toEqual(expect.arrayContaining([expect.stringMatching(/^\d+ events were left out here/)]));
    // The one that ended first comes first.
    const [second, first] = await readRows(ready.recording);
    expect(first).toMatchObject({ id: '1', messages: { fromClient: 21, fromServer: 21 } });
    expect(second).toMatchObject({ id: '2', messages: { fromClient: 1, fromServer: 1 } });
  });
});

describe('start with lines', () => {
  it('tells each exchange in a few words, and passes no control character of captured data on', async () => {
    const { ready, stop } = await startShakedown(folder);
    await converse(ready.proxy, server.url, 'hello');
    const port = Number(new URL(ready.proxy).port);
    const via = { type: 'connect', proxy: { host: '127.0.0.1', port } } as const;
    using client = await openRawClient({ target: { host: '127.0.0.1', port: server.port }, via });
    const nasty = '\x1b[31m\x9b31m\x07\u202e';
    await client.send(`GET /${nasty} HTTP/1.1\r\nHost: x${nasty}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: ${nasty}\r\n\r\n`);
    await client.ended;
    const { stdout } = await stop();
    expect(stdout).toContain(`listens on ${ready.proxy}`);
    expect(stdout).toMatch(/open +101 ws:\/\/127\.0\.0\.1:/);
    const texts = [stdout, (await runCli(folder, ['inspect', ready.recording ?? ''])).stdout];
    for (const text of texts) expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });
});

it('a second start at the same time shares the authority and not the port', async () => {
  const [one, other] = await Promise.all([startShakedown(folder), startShakedown(folder)]);
  expect(one.ready.ca).toBe(other.ready.ca);
  expect(one.ready.proxy).not.toBe(other.ready.proxy);
  await Promise.all([one.stop(), other.stop()]);
  expect(existsSync(one.ready.recording ?? '')).toBe(true);
});
