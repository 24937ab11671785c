import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptFor } from '../../src/wire/accept-key.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { call } from './support/caller.js';
import { bye, echoed, findings, hello, recordedBy } from './support/forced.js';
import { bugsOf, type House, startHouse } from './support/house.js';

const own = testCertificate();
let house: House;
let modern: Http2Server;
beforeAll(async () => {
  modern = await startHttp2Server(own);
  house = await startHouse({ insecure: ['127.0.0.1'], http2: 'force' });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await modern[Symbol.asyncDispose]();
});

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const handshakeOf = (port: number, path = '/chat', more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`;

describe('a client of HTTP/1.1 at a server of HTTP/2', () => {
  const caller = async (port: number) => {
    const peer = await call({ way: 'connect', proxyPort: house.port, originPort: port, ca: house.ca });
    let at = 0;
    const read = async (count: number): Promise<Buffer> => {
      await peer.bytes(at + count);
      at += count;
      return peer.received().subarray(at - count, at);
    };
    /** Up to and with that text, or all that comes. */
    const until = async (text: string): Promise<string> => {
      for (;;) {
        const end = peer.received().indexOf(text, at);
        if (end !== -1) return (await read(end + text.length - at)).toString('latin1');
        if (peer.sights.length > 0) return peer.received().toString('latin1', at);
        await peer.bytes(peer.length() + 1);
      }
    };
    return { ...peer, write: (text: Uint8Array) => void peer.send(text), end: peer.fin, read, until, head: () => until('\r\n\r\n') };
  };

  it('has its Upgrade carried as an extended CONNECT', async () => {
    const client = await caller(modern.port);
    client.write(Buffer.from(handshakeOf(modern.port, '/chat', 'Sec-WebSocket-Protocol: chat\r\n')));
    const head = await client.head();
    expect(head).toContain('HTTP/1.1 101 Switching Protocols\r\n');
    expect(head).toContain(`sec-websocket-accept: ${acceptFor(key)}\r\n`);
    client.write(hello);
    expect(await client.read(echoed.length)).toEqual(echoed);
    client.write(bye);
    client.end();
    const [exchange] = await recordedBy(house, client.localPort, 1);
    expect(exchange).toMatchObject({ kind: 'websocket', outcome: 'closed', status: 200, http2: { stream: 1 } });
    expect(exchange?.http2?.settings.server).toMatchObject({ ENABLE_CONNECT_PROTOCOL: 1 });
    expect(exchange?.heads.clientSent?.raw).toBe(handshakeOf(modern.port, '/chat', 'Sec-WebSocket-Protocol: chat\r\n'));
    expect(exchange?.heads.serverGot?.startLine).toBe('CONNECT /chat HTTP/2');
    expect(exchange?.heads.serverSent?.startLine).toBe('HTTP/2 200');
    expect(exchange?.heads.clientGot?.startLine).toBe('HTTP/1.1 101 Switching Protocols');
    expect(exchange?.frames).toMatchObject({ fromClient: { messages: 1 }, fromServer: { messages: 1 } });
    expect([exchange?.client.tls?.alpn, exchange?.server?.tls?.alpn]).toEqual([null, 'h2']);
    expect(findings(exchange)).toEqual([]);
  });

  it('takes a second connection where the SETTINGS do not allow it', async () => {
    await using old = await startHttp2Server({ ...own, extended: false });
    const client = await caller(old.port);
    client.write(Buffer.from(handshakeOf(old.port)));
    expect(await client.head()).toContain('HTTP/1.1 101 ');
    client.write(hello);
    expect(await client.read(echoed.length)).toEqual(echoed);
    client.write(bye);
    client.end();
    const [exchange] = await recordedBy(house, client.localPort, 1);
    expect(exchange).toMatchObject({ kind: 'websocket', outcome: 'closed', status: 101, server: { tls: { alpn: 'http/1.1' } } });
    expect(exchange?.heads.serverGot?.raw).toBe(exchange?.heads.clientSent?.raw);
    expect(findings(exchange)).toEqual([]);
  });

  it('has its ordinary requests carried, one after the other, to a server that speaks nothing else', async () => {
    await using only = await startHttp2Server({ ...own, http1: false });
    const client = await caller(only.port);
    client.write(Buffer.from(`GET /page HTTP/1.1\r\nHost: 127.0.0.1:${only.port}\r\n\r\n`));
    expect(await client.head()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*transfer-encoding: chunked\r\n/i);
    expect(await client.until('0\r\n\r\n')).toContain('a page over HTTP/2');
    const body = 'y'.repeat(200_000);
    client.write(Buffer.from(`POST /post HTTP/1.1\r\nHost: 127.0.0.1:${only.port}\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
    expect(await client.head()).toContain('HTTP/1.1 200 OK\r\n');
    expect((await client.until('0\r\n\r\n')).replace(/[^y]/g, '').length).toBe(body.length);
    client.end();
    const exchanges = await recordedBy(house, client.localPort, 2);
    expect(exchanges.map(({ kind, outcome, http2 }) => [kind, outcome, http2?.stream])).toEqual([
      ['http', 'answered', 1],
      ['http', 'answered', 3],
    ]);
    expect(exchanges[0]?.heads.serverGot?.startLine).toBe('GET /page HTTP/2');
    expect(exchanges[0]?.heads.serverSent?.startLine).toBe('HTTP/2 200');
  });

  it('is refused with the status and body of the server, and may ask again', async () => {
    await using strict = await startHttp2Server({ ...own, origins: ['https://good.test'] });
    const client = await caller(strict.port);
    client.write(Buffer.from(handshakeOf(strict.port, '/chat', 'Origin: https://evil.test\r\n')));
    expect(await client.head()).toContain('HTTP/1.1 403 Forbidden\r\n');
    expect(await client.until('0\r\n\r\n')).toContain('origin not allowed');
    client.write(Buffer.from(handshakeOf(strict.port, '/chat', 'Origin: https://good.test\r\n')));
    expect(await client.head()).toContain('HTTP/1.1 101 ');
    client.write(bye);
    client.end();
    const [first, second] = await recordedBy(house, client.localPort, 2);
    expect(findings(first)[0]).toBe('origin.rejected');
    expect(second).toMatchObject({ status: 200, outcome: 'closed', http2: { stream: 3 } });
    expect(findings(second)).toEqual([]);
  });

  it('sees RST_STREAM as a reset', async () => {
    await using strict = await startHttp2Server({ ...own });
    const client = await caller(strict.port);
    client.write(Buffer.from(handshakeOf(strict.port, '/reset')));
    await client.ended();
    const [exchange] = await recordedBy(house, client.localPort, 1);
    expect(exchange).toMatchObject({ server: { end: { how: 'reset', by: 'peer', code: 'H2_REFUSED_STREAM' } } });
  });
});
