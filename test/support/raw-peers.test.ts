import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BareRelay, startBareRelay } from './bare-relay.js';
import { openRawClient, upgradeRequest } from './raw-client.js';
import * as raw from './raw-server.js';
import { testCertificate } from './test-certificate.js';
import { headIsThere } from './watched-socket.js';

let relay: BareRelay;
beforeAll(async () => {
  relay = await startBareRelay();
});
afterAll(async () => {
  await relay[Symbol.asyncDispose]();
});

const answer = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';
const host = '127.0.0.1';

describe('the raw peers', () => {
  it.each(['direct', 'connect'] as const)('exchange exact bytes and a FIN (%s)', async (type) => {
    await using server = await raw.startRawServer([raw.readHead, raw.send(answer), raw.send(Buffer.from([0x81, 0x02, 0x68])), raw.fin]);
    const target = { host, port: server.port };
    const via = type === 'direct' ? { type } : { type, proxy: { host, port: relay.port } };
    using client = await openRawClient({ target, via });
    const request = upgradeRequest(target);
    await client.send(request.slice(0, 5), request.slice(5));

    expect(await client.ended).toEqual({ how: 'fin', code: '' });
    expect(client.received().toString('latin1')).toBe(`${answer}\x81\x02h`);
    expect(client.reply.toString()).toBe(type === 'direct' ? '' : 'HTTP/1.1 200 Connection established\r\n\r\n');
    expect((await server.connection(0)).received().toString()).toBe(request);
    expect(server.failures).toEqual([]);
  });

  it('speak TLS inside a tunnel', async () => {
    const tls = testCertificate();
    await using server = await raw.startRawServer([raw.readHead, raw.send(answer), raw.silence], tls);
    const target = { host, port: server.port };
    using client = await openRawClient({ target, via: { type: 'connect', proxy: { host, port: relay.port } }, tls: { ca: tls.cert } });
    await client.send(upgradeRequest(target));
    expect((await client.until(headIsThere)).toString()).toBe(answer);
  });

  it('tell a reset from an end', async () => {
    await using server = await raw.startRawServer([raw.readHead, raw.reset]);
    using client = await openRawClient({ target: { host, port: server.port } });
    await client.send('GET / HTTP/1.1\r\n\r\n');
    expect(await client.ended).toEqual({ how: 'reset', code: 'ECONNRESET' });
    await expect(client.until('101')).rejects.toThrow('the peer ended (reset ECONNRESET) after ""');
  });

  it('keep chunks apart by a gate of the test', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await using server = await raw.startRawServer([raw.send('one'), raw.wait(() => gate), raw.send('two'), raw.fin]);
    using client = await openRawClient({ target: { host, port: server.port } });
    expect((await client.until('one')).toString()).toBe('one');
    open();
    expect((await client.until('two')).toString()).toBe('onetwo');
  });

  it('speak SOCKS5 as RFC 1928 has it', async () => {
    await using proxy = await raw.startRawServer([
      raw.until((bytes) => bytes.length === 3),
      raw.send(Buffer.from([5, 0])),
      raw.until((bytes) => bytes.length === 3 + 7 + 9),
      raw.send(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])),
      raw.send('hello'),
      raw.silence,
    ]);
    const via = { type: 'socks5', proxy: { host, port: proxy.port } } as const;
    using client = await openRawClient({ target: { host: 'localhost', port: 258 }, via });
    expect((await client.until('hello')).toString()).toBe('hello');
    expect([...client.reply]).toEqual([5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    const said = (await proxy.connection(0)).received();
    expect(said.toString('latin1')).toBe('\x05\x01\x00\x05\x01\x00\x03\x09localhost\x01\x02');
  });

  it('hand over the refusal of a proxy', async () => {
    await using proxy = await raw.startRawServer([raw.readHead, raw.send('HTTP/1.1 407 No\r\n\r\n'), raw.fin]);
    const via = { type: 'connect', proxy: { host, port: proxy.port } } as const;
    using client = await openRawClient({ target: { host, port: 1 }, via, tls: {} });
    expect(client.reply.toString()).toBe('HTTP/1.1 407 No\r\n\r\n');
    expect((await client.ended).how).toBe('fin');
  });
});
