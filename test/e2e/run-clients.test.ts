import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlOf } from '../../src/model/target.js';
import { readExchangeBytes, readExchanges } from '../../src/recording/exchanges.js';
import { agreedDeflate } from '../../src/wire/extensions.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { findNode } from '../support/find-node.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { endRuns, runToEnd, startRun } from './support/run-command.js';
import { serverAuthority } from './support/server-authority.js';

const folder = testFolder();
const app = (name: string) => join(import.meta.dirname, '../support/run-apps', name);
let plain: EchoServer;
let secure: EchoServer;
let flags: readonly string[];
let urls: readonly [string, string];
beforeAll(async () => {
  const { caPath, tls } = await serverAuthority(folder);
  [plain, secure] = await Promise.all([startEchoServer(), startEchoServer({ tls })]);
  flags = ['--upstream-ca', caPath];
  urls = [`ws://localhost:${plain.port}/plain`, `wss://localhost:${secure.port}/secure`];
});
afterAll(async () => {
  endRuns();
  await Promise.all([plain.close(), secure.close()]);
});

const python = '/usr/bin/python3';
const hasPython = (module: string): boolean => {
  const found = spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
  if (!found) console.warn(`skipped: the Python package ${module} is not installed here`);
  return found;
};
const node22 = findNode(22);
const node24 = findNode(24);
const java = findProgram('java');
const curl = findProgram('curl');

/** The messages on record, with the URL they were said to. */
const messagesOf = async (recording: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const { exchange, span } of readExchanges(recording)) {
    if (exchange.kind !== 'websocket' || !exchange.target || !exchange.heads.clientGot) continue;
    const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
    const readers = { client: createMessageReader({ from: 'client', deflate }), server: createMessageReader({ from: 'server', deflate }) };
    for await (const batch of readExchangeBytes(recording, { id: exchange.id, span })) {
      for (const { from, chunk } of batch)
        for (const { type, bytes } of readers[from].push(chunk))
          if (type === 'text') found.push(`${urlOf(exchange.target)} ${from}: ${Buffer.from(bytes)}`);
    }
  }
  return found;
};

type Client = readonly [name: string, here: boolean, command: () => readonly string[], greeting: string];
const clients: readonly Client[] = [
  ['npm ws', true, () => [process.execPath, app('npm-ws.mjs'), ...urls], 'ws'],
  ['npm ws with Node 22', 'path' in node22, () => ['path' in node22 ? node22.path : '', app('npm-ws.mjs'), ...urls], 'ws'],
  ['npm ws with Node 24', 'path' in node24, () => ['path' in node24 ? node24.path : '', app('npm-ws.mjs'), ...urls], 'ws'],
  [
    "this Node's own WebSocket and fetch",
    true,
    () => [process.execPath, '--experimental-websocket', '--no-warnings', app('node-global.mjs'), ...urls],
    'global',
  ],
  [
    "Node 22's own WebSocket and fetch",
    'path' in node22,
    () => ['path' in node22 ? node22.path : '', app('node-global.mjs'), ...urls],
    'global',
  ],
  [
    "Node 24's own WebSocket and fetch",
    'path' in node24,
    () => ['path' in node24 ? node24.path : '', app('node-global.mjs'), ...urls],
    'global',
  ],
  ["Python's websocket-client", hasPython('websocket'), () => [python, app('python.py'), 'websocket-client', ...urls], 'websocket-client'],
  ["Python's aiohttp", hasPython('aiohttp'), () => [python, app('python.py'), 'aiohttp', ...urls], 'aiohttp'],
  ["the JDK's WebSocket", 'path' in java, () => ['path' in java ? java.path : '', app('java-app.java'), ...urls], 'java'],
];

describe('an unmodified client under run, over ws and wss', () => {
  for (const [name, here, command, greeting] of clients) {
    it.skipIf(!here)(`goes through, trusts, and is on record: ${name}`, { timeout: 60_000 }, async () => {
      const { code, stdout, stderr, recording } = await runToEnd({ folder, flags, command: command() });
      const echoes = urls.map((url) => `echo ${greeting} to ${url}`);
      expect({ code, stdout, stderr: stderr.replace(/^Picked up JAVA_TOOL_OPTIONS.*\n/, '') }).toEqual({
        code: 0,
        stdout: expect.stringContaining(echoes[0] ?? ''),
        stderr: expect.stringMatching(/^shakedown: \d exchanges came through: 2 WebSockets.*\nshakedown: the recording is .*\n$/),
      });
      expect(stdout).toContain(echoes[1]);
      const sockets = (await readRows(recording)).filter(({ kind }) => kind === 'websocket');
      for (const { findings, status } of sockets) expect({ findings, status }).toEqual({ findings: [], status: 101 });
      expect(sockets.find(({ url }) => url === urls[1])?.client.tls).not.toBeNull();
      expect(await messagesOf(recording)).toEqual(
        expect.arrayContaining(urls.flatMap((url) => ['client', 'server'].map((from) => `${url} ${from}: ${greeting} to ${url}`))),
      );
    });
  }

  it.skipIf('missing' in curl)('goes through, trusts, and is on record: curl', async () => {
    const fields = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    const asked = urls.map((url) => url.replace(/^ws/, 'http'));
    const words = ['-sS', '--http1.1', '--no-buffer', '--max-time', '15', '--dump-header', '-', '--output', '/dev/null'];
    // curl before 8.11 waits for more after a 101, until it is ended.
    const script = `curl "$@" ${asked[0]} & one=$!; curl "$@" ${asked[1]} & two=$!; read line; kill $one $two; wait`;
    const command = ['sh', '-c', script, 'sh', ...words, ...fields.flatMap((text) => ['-H', text])];
    const { child, said, finished, recording } = startRun({ folder, flags, command });
    await said((stdout) => stdout.match(/^HTTP\/1\.1 101 /gm)?.length === 2);
    child.stdin.end();
    await finished;
    expect((await readRows(recording)).map(({ url, status }) => `${status} ${url}`).sort()).toEqual(urls.map((url) => `101 ${url}`));
  });
});

describe.skipIf(!hasPython('websockets'))("Python's websockets under run", () => {
  const version = spawnSync(python, ['-c', 'import importlib.metadata as m; print(m.version("websockets"))'], { encoding: 'utf8' }).stdout;
  const readsProxyVariables = Number.parseInt(version ?? '', 10) >= 15;

  it('goes through from version 15 on, and an older one is told to have gone past', async () => {
    const { child, told, finished, recording } = startRun({
      folder,
      flags: [...flags, '--verbose'],
      command: [python, app('python.py'), 'websockets', urls[0]],
    });
    await told(readsProxyVariables ? `opening  ${urls[0]}` : 'went past: python3');
    child.stdin.end();
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: `echo websockets to ${urls[0]}\n` });
    expect((await readRows(recording)).map(({ url }) => url)).toEqual(readsProxyVariables ? [urls[0]] : []);
    const place = new RegExp(`^ {2}python3 \\(pid \\d+\\) to \\S+:${plain.port}$`, 'm');
    if (!readsProxyVariables) expect(stderr).toMatch(place);
  });
});

describe('what the preload does to the rest of Node', () => {
  const ways = [
    'http.get 200',
    'a named import 200',
    'https.request 200',
    'agent false 200',
    'a stock agent 200',
    expect.stringMatching(/^a refused port ECONNREFUSED /),
    'a worker from a worker',
    'an agent of its own 200',
  ];
  it.each([
    ['this Node', { path: process.execPath }],
    ['Node 22', node22],
    ['Node 24', node24],
  ])('sends every request through but that of an agent which chooses its way: %s', { timeout: 60_000 }, async (_name, found) => {
    if ('missing' in found) return;
    const command = [found.path, app('node-http.mjs'), `http://localhost:${plain.port}/p`, `https://localhost:${secure.port}/s`, urls[0]];
    const { stdout, stderr, recording } = await runToEnd({ folder, flags, command });
    expect(stdout.trim().split('\n')).toEqual(ways);
    expect(stderr).toMatch(/an agent of its own.*OwnAgent/);
    const rows = await readRows(recording);
    expect(rows.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(rows.filter(({ status, messages }) => status === 101 && messages.fromServer === 1)).toHaveLength(1);
  });
});
