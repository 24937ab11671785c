import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withNpmWs } from '../support/clients/npm-ws.js';
import type { Attempt } from '../support/clients/outcome.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { serverAuthority } from './support/server-authority.js';
import { endAll, runCli, startShakedown } from './support/shakedown.js';
import { converse } from './support/talk.js';

// Recordings of real traffic through the program, replayed by the program: the same outcome, and another one with a fault.
const folder = testFolder();
let plain: EchoServer;
let secure: EchoServer;
let strict: EchoServer;
let serverCa: string;

beforeAll(async () => {
  const { caPath, tls } = await serverAuthority(folder);
  serverCa = caPath;
  plain = await startEchoServer();
  secure = await startEchoServer({ tls });
  strict = await startEchoServer({ origins: ['http://good.example'] });
});
afterAll(async () => {
  endAll();
  await Promise.all([plain.close(), secure.close(), strict.close()]);
});

interface Result {
  readonly same: boolean;
  readonly differences: readonly { readonly exchange: string; readonly where: string; readonly recorded: string; readonly now: string }[];
  readonly recording: string;
}

const replay = async (...words: readonly string[]) => {
  const { code, stdout, stderr } = await runCli(folder, ['replay', ...words, '--upstream-ca', serverCa, '--json']);
  if (stdout.split('\n').length !== 2) throw new Error(`not one line of JSON: ${stdout}${stderr}`);
  return { code, stderr, result: JSON.parse(stdout) as Result };
};

/** One conversation of a real client through a real start, and its recording. */
const recorded = async (flags: readonly string[], attempt: (proxy: string, ca: string) => Attempt): Promise<string> => {
  const { ready, stop } = await startShakedown(folder, ['--upstream-ca', serverCa, ...flags]);
  await withNpmWs(attempt(ready.proxy, readFileSync(ready.ca, 'utf8')));
  await stop();
  return ready.recording ?? '';
};

const ways = [
  { way: 'CONNECT to a plain server', entrance: 'connect', record: () => recorded([], (proxy) => ({ url: plain.url, proxy })) },
  {
    way: 'CONNECT and TLS',
    entrance: 'connect',
    record: () => recorded([], (proxy, ca) => ({ url: `wss://localhost:${secure.port}/chat`, proxy, ca })),
  },
  {
    way: 'the reverse mode',
    entrance: 'reverse',
    record: () => recorded(['--reverse', plain.url], (proxy) => ({ url: `${proxy.replace('http', 'ws')}/chat?room=1` })),
  },
  {
    way: 'the reverse mode to a TLS server',
    entrance: 'reverse',
    record: () => recorded(['--reverse', `wss://localhost:${secure.port}`], (proxy) => ({ url: `${proxy.replace('http', 'ws')}/chat` })),
  },
] as const;

describe.each(ways)('an exchange that was recorded through $way', ({ entrance, record }) => {
  let file: string;
  beforeAll(async () => {
    file = await record();
  });

  it('is the same when it is replayed, and the replay is a recording of its own', async () => {
    const { code, stderr, result } = await replay(file);
    expect({ code, stderr, same: result.same, differences: result.differences }).toEqual({
      code: 0,
      stderr: '',
      same: true,
      differences: [],
    });
    const [before] = await readRows(file);
    const [after] = await readRows(result.recording);
    expect(before).toMatchObject({ entrance, status: 101, outcome: 'closed', messages: { fromClient: 1, fromServer: 1 }, findings: [] });
    expect(after).toMatchObject({ entrance, status: 101, outcome: 'closed', messages: { fromClient: 1, fromServer: 1 }, findings: [] });
    expect(after?.heads.serverGot).toBe(before?.heads.serverGot);
  });

  it('differs with drop-upgrade, which the replay names', async () => {
    const { code, result } = await replay(file, '--fault', 'drop-upgrade');
    expect({ code, same: result.same }).toEqual({ code: 1, same: false });
    expect(result.differences).toEqual(
      expect.arrayContaining([
        { exchange: '1', where: 'status', recorded: '101', now: '200' },
        { exchange: '1', where: 'finding', recorded: 'none', now: 'intermediary.upgrade-stripped' },
      ]),
    );
    const [after] = await readRows(result.recording);
    expect(after).toMatchObject({ status: 200, faults: [{ id: 'drop-upgrade' }], findings: [{ code: 'intermediary.upgrade-stripped' }] });
  });
});

describe.concurrent('a replay', () => {
  it('of a refusal is the same as long as the server refuses, and tells when a fault hides the cause', async () => {
    const file = await recorded([], (proxy) => ({ url: strict.url, proxy, origin: 'http://evil.example' }));
    expect(await replay(file)).toMatchObject({ code: 0, result: { same: true } });
    const { code, result } = await replay(file, '--fault', 'wrong-origin:value=http://good.example');
    expect(code).toBe(1);
    expect(result.differences).toEqual(expect.arrayContaining([{ exchange: '1', where: 'status', recorded: '403', now: '101' }]));
  });

  it('shows a client that trusts the CA a bad certificate, and the client breaks off', async () => {
    const file = await recorded([], (proxy, ca) => ({ url: `wss://localhost:${secure.port}/chat`, proxy, ca }));
    const { code, result } = await replay(file, '--fault', 'bad-cert:kind=expired');
    expect(code).toBe(1);
    const where = result.differences.map((difference) => difference.where);
    expect(where).toEqual(expect.arrayContaining(['client-tls', 'finding']));
    expect(result.differences.find((difference) => difference.where === 'finding')?.now).toBe('certificate.expired');
  });

  it('takes the exchanges that are named, and says which are not there', async () => {
    const { ready, stop } = await startShakedown(folder);
    for (const name of ['one', 'two', 'three']) await converse(ready.proxy, plain.url, name);
    await stop();
    const file = ready.recording ?? '';
    const { code, result } = await replay(file, '2', '3');
    expect({ code, same: result.same }).toEqual({ code: 0, same: true });
    expect(await readRows(result.recording)).toHaveLength(2);
    const missing = await runCli(folder, ['replay', file, '7', '--no-record', '--json']);
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('holds no exchange "7"') });
  });

  it('of a recording whose writer was killed plays what there is', async () => {
    const { ready, child, finished } = await startShakedown(folder);
    await converse(ready.proxy, plain.url, 'whole');
    // Two more: what is on the disk by then is at least the first.
    for (const name of ['one', 'two']) await converse(ready.proxy, plain.url, name);
    for (;;) if ((await readRows(ready.recording)).length > 0) break;
    child.kill('SIGKILL');
    await finished;
    expect(await replay(ready.recording ?? '', '1')).toMatchObject({ code: 0, result: { same: true } });
  });
});
