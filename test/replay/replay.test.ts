import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../src/control/engine.js';
import { hidesNothing } from '../../src/control/hiding.js';
import type { EngineOptions } from '../../src/control/options.js';
import { unbounded } from '../../src/control/options.js';
import { replayFile } from '../../src/control/replay-file.js';
import { parseReverse } from '../../src/control/reverse-target.js';
import { loopbackOnly } from '../../src/proxy/access/access.js';
import { plainTls } from '../../src/proxy/tls-options.js';
import { straightOut } from '../../src/proxy/upstream/way-out.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { startEchoServer } from '../support/echo-server.js';
import { openRawClient, upgradeRequest, type Via } from '../support/raw-client.js';
import { testCertificate } from '../support/test-certificate.js';

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const leave of leftovers.splice(0).reverse()) await leave();
});

const folderOf = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-replay-'));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const optionsIn = (folder: string, more: Partial<EngineOptions> = {}): EngineOptions => ({
  host: '127.0.0.1',
  port: 0,
  reverse: [],
  keepHost: false,
  faults: [],
  seed: 1,
  record: { type: 'file', path: join(folder, `${Math.random()}.jsonl`) },
  insecure: [],
  upstreamCa: null,
  lenient: false,
  bounds: unbounded,
  hiding: hidesNothing,
  access: loopbackOnly,
  http2: 'mirror',
  out: straightOut,
  tls: plainTls,
  caDir: null,
  dataFolder: folder,
  ...more,
});
const engineWith = async (options: EngineOptions) => {
  const engine = await startEngine(options);
  leftovers.push(() => engine.control.stop());
  const proxy = engine.info.proxy ?? '';
  return { ...engine, proxy, via: { host: '127.0.0.1', port: Number(new URL(proxy).port) } };
};
/** The id of the newest exchange, once it has ended. */
const recorded = async ({ control }: Pick<Engine, 'control'>): Promise<string> => {
  const newest = async () => (await control.rows({ from: 0, limit: 100 })).rows.at(-1);
  return new Promise((resolve) => {
    const look = async () => {
      const row = await newest();
      if (!row || (row.outcome !== 'closed' && row.outcome !== 'refused' && row.outcome !== 'failed')) return;
      unsubscribe();
      resolve(row.id);
    };
    const unsubscribe = control.subscribe(() => void look());
    void look();
  });
};
const echo = async (options: Parameters<typeof startEchoServer>[0] = {}) => {
  const server = await startEchoServer(options);
  leftovers.push(server.close);
  return server;
};
const where = ({ differences }: { readonly differences: readonly { readonly where: string }[] }): string[] =>
  differences.map((difference) => difference.where);

describe('a replay through the real engine', () => {
  it('is the same when nothing has changed, and an exchange of its own', async () => {
    const server = await echo();
    const engine = await engineWith(optionsIn(folderOf()));
    expect(await withNpmWs({ url: server.url, proxy: engine.proxy })).toMatchObject({ echoed: true });
    const id = await recorded(engine);
    const result = await engine.control.replay(id, []);
    expect(result).toMatchObject({ same: true, differences: [] });
    expect(result.exchanges).not.toContain(id);
    const [first, second] = server.seen;
    expect(second).toEqual(first);
  });

  it('names the status first when the server answers otherwise', async () => {
    const answers: Record<string, 404> = {};
    const server = await echo({ answers });
    const engine = await engineWith(optionsIn(folderOf()));
    await withNpmWs({ url: server.url, proxy: engine.proxy });
    const id = await recorded(engine);
    answers['/'] = 404;
    const result = await engine.control.replay(id, []);
    expect(result.same).toBe(false);
    expect(result.differences[0]).toEqual({ exchange: id, where: 'status', recorded: '101', now: '404' });
  });

  it('differs under a fault, which is gone again behind it', async () => {
    const server = await echo();
    const engine = await engineWith(optionsIn(folderOf()));
    await withNpmWs({ url: server.url, proxy: engine.proxy });
    const id = await recorded(engine);
    const result = await engine.control.replay(id, ['drop-upgrade']);
    expect(result.differences[0]).toMatchObject({ where: 'status', recorded: '101' });
    expect(where(result)).toContain('finding');
    expect(await engine.control.replay(id, [])).toMatchObject({ same: true });
  });

  it('takes an exchange that is still open as far as it has come', async () => {
    const server = await echo();
    const engine = await engineWith(optionsIn(folderOf()));
    const target = { host: '127.0.0.1', port: server.port };
    const client = await openRawClient({ target, via: { type: 'connect', proxy: engine.via } });
    leftovers.push(() => client.socket.destroy());
    await client.send(upgradeRequest(target), Buffer.from([0x81, 0x82, 1, 2, 3, 4, 0x68 ^ 1, 0x69 ^ 2]));
    await client.until('\x81\x02hi');
    expect(await engine.control.replay('1', [])).toMatchObject({ same: true, differences: [] });
  });

  it('sees a dead server', async () => {
    const server = await echo();
    const engine = await engineWith(optionsIn(folderOf()));
    await withNpmWs({ url: server.url, proxy: engine.proxy });
    const id = await recorded(engine);
    await server.close();
    const result = await engine.control.replay(id, []);
    expect(result.differences[0]).toMatchObject({ where: 'dial', now: 'failed (ECONNREFUSED)' });
  });
});

describe('a replay of TLS', () => {
  const secured = async () => {
    const certificate = testCertificate();
    const folder = folderOf();
    const ca = join(folder, 'server.pem');
    writeFileSync(ca, certificate.cert);
    const server = await echo({ tls: certificate });
    const engine = await engineWith(optionsIn(folder, { upstreamCa: ca }));
    // By its name: https-proxy-agent checks an address against the certificate's name `localhost`.
    return { url: `wss://localhost:${server.port}/`, engine, ca: readFileSync(engine.info.ca ?? '', 'utf8') };
  };

  it('is the same when nothing has changed', async () => {
    const { url, engine, ca } = await secured();
    expect(await withNpmWs({ url, proxy: engine.proxy, ca })).toMatchObject({ echoed: true });
    expect(await engine.control.replay(await recorded(engine), [])).toMatchObject({ same: true, differences: [] });
  });

  it('refuses a bad certificate as the recorded client would have', async () => {
    const { url, engine, ca } = await secured();
    await withNpmWs({ url, proxy: engine.proxy, ca });
    const result = await engine.control.replay(await recorded(engine), ['bad-cert:kind=expired']);
    expect(result.differences.slice(0, 2)).toMatchObject([
      { where: 'client-tls', now: 'broken off by the client' },
      { where: 'status', recorded: '101', now: 'none' },
    ]);
  });

  it('is the same for a client that refused, under the fault that made it, and different without', async () => {
    const { url, engine, ca } = await secured();
    await engine.control.arm('bad-cert:kind=expired,times=1');
    expect(await withNpmWs({ url, proxy: engine.proxy, ca })).toMatchObject({ opened: false });
    const id = await recorded(engine);
    expect(await engine.control.replay(id, ['bad-cert:kind=expired'])).toMatchObject({ same: true, differences: [] });
    expect((await engine.control.replay(id, [])).differences[0]).toMatchObject({ where: 'client-tls', now: 'no objection of the client' });
  });

  it('is the same for a client that does not know our CA', async () => {
    const { url, engine } = await secured();
    expect(await withNpmWs({ url, proxy: engine.proxy })).toMatchObject({ opened: false });
    expect(await engine.control.replay(await recorded(engine), [])).toMatchObject({ same: true, differences: [] });
  });
});

describe('a replay of a recording', () => {
  const mask = Buffer.from([0x81, 0x82, 1, 2, 3, 4, 0x68 ^ 1, 0x69 ^ 2]);
  const close = Buffer.from([0x88, 0x82, 1, 2, 3, 4, 0x03 ^ 1, 0xe8 ^ 2]);
  /** Opens, sends `hi`, has it echoed, closes. */
  const talk = async (via: Via, target: { readonly host: string; readonly port: number }, form: 'origin' | 'absolute' = 'origin') => {
    const client = await openRawClient({ target, via });
    leftovers.push(() => client.socket.destroy());
    await client.send(upgradeRequest({ ...target, form }));
    await client.until('\r\n\r\n');
    await client.send(mask);
    await client.until('\x81\x02hi');
    await client.send(close);
    await client.ended;
    client.end();
  };

  it.each(['connect', 'socks5', 'absolute', 'reverse'] as const)('goes in again by the entrance %s', async (entrance) => {
    const server = await echo();
    const folder = folderOf();
    const reverse = parseReverse(entrance === 'reverse' ? [`ws://127.0.0.1:${server.port}`] : []);
    const engine = await engineWith(optionsIn(folder, { reverse }));
    if (entrance === 'reverse') await talk({ type: 'direct' }, engine.via);
    else
      await talk(
        { type: entrance, proxy: engine.via },
        { host: '127.0.0.1', port: server.port },
        entrance === 'absolute' ? 'absolute' : 'origin',
      );
    await recorded(engine);
    await engine.control.stop();
    const notes: string[] = [];
    const result = await replayFile(engine.info.recording ?? '', [], { options: optionsIn(folder), note: (text) => notes.push(text) });
    expect(result).toMatchObject({ same: true, differences: [], exchanges: ['1'] });
    expect(notes).toEqual([]);
    expect(server.seen[1]).toEqual(server.seen[0]);
  });

  it('goes in again to the targets of several paths', async () => {
    const [chat, feed] = [await echo(), await echo()];
    const folder = folderOf();
    const reverse = parseReverse([`/chat=${chat.url}`, `/feed=${feed.url}v2`]);
    const engine = await engineWith(optionsIn(folder, { reverse }));
    for (const path of ['/chat/room', '/feed?from=7'])
      expect(await withNpmWs({ url: `ws://127.0.0.1:${engine.via.port}${path}` })).toMatchObject({ echoed: true });
    await engine.control.stop();
    const result = await replayFile(engine.info.recording ?? '', [], { options: optionsIn(folder), note: () => {} });
    expect(result).toMatchObject({ same: true, differences: [], exchanges: ['1', '2'] });
    expect(chat.seen.map(({ url }) => url)).toEqual(['/room', '/room']);
    expect(feed.seen.map(({ url }) => url)).toEqual(['/v2?from=7', '/v2?from=7']);
  });

  it('replays in the order of the record, and only what was named', async () => {
    const server = await echo();
    const folder = folderOf();
    const engine = await engineWith(optionsIn(folder));
    const target = { host: '127.0.0.1', port: server.port };
    for (let count = 0; count < 3; count++) await talk({ type: 'connect', proxy: engine.via }, target);
    await recorded(engine);
    await engine.control.stop();
    const path = engine.info.recording ?? '';
    const replay = (ids: readonly string[]) => replayFile(path, ids, { options: optionsIn(folder), note: () => {} });
    expect((await replay([])).exchanges).toHaveLength(3);
    expect((await replay(['3', '2'])).exchanges).toHaveLength(2);
    await expect(replay(['9'])).rejects.toMatchObject({ code: 'SHK_NOT_FOUND' });
  });
});
