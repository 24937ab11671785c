import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/model/exchange.js';
import { openRawClient, type RawClient, upgradeRequest } from '../support/raw-client.js';
import { type RawServer, readHead, send, silence, startRawServer } from '../support/raw-server.js';
import { armed, findings, recordedBy } from './support/forced.js';
import { bugsOf, type House, startHouse } from './support/house.js';

const opening =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const greeting = '\x81\x05hello';

let house: House;
let server: RawServer;
beforeAll(async () => {
  house = await startHouse();
  server = await startRawServer([readHead, send(Buffer.from(opening + greeting, 'latin1')), silence]);
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** One raw handshake through CONNECT while the fault is armed; gives all that the client got, and the exchange. */
const met = async (
  fault: string,
  play: (client: RawClient) => Promise<unknown>,
): Promise<{ got: string; exchange: Exchange | undefined }> => {
  const target = { host: '127.0.0.1', port: server.port };
  let got = '';
  let port = 0;
  await armed(house, fault, async () => {
    using client = await openRawClient({ target, via: { type: 'connect', proxy: { host: '127.0.0.1', port: house.port } } });
    port = client.socket.localPort ?? 0;
    await client.send(upgradeRequest(target));
    await play(client);
    got = client.received().toString('latin1');
    client.reset();
  });
  const [exchange] = await recordedBy(house, port, 1);
  return { got, exchange };
};

describe('what a fault gives in place of an answer', () => {
  it('is on record as one 1xx head each and a final one', async () => {
    const { got, exchange } = await met('informational:code=103,count=2', (client) => client.until('hello'));
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </app.css>; rel=preload; as=style\r\n\r\n';
    expect(got).toBe(hints + hints + opening + greeting);
    expect(exchange?.given.informational?.map(({ raw }) => raw)).toEqual([hints, hints]);
    expect(exchange?.informational).toEqual([]);
    expect(exchange?.heads.clientGot?.raw).toBe(opening);
    expect(exchange?.client.bytesOut).toBe(Buffer.byteLength(got, 'latin1') + 'HTTP/1.1 200 Connection established\r\n\r\n'.length);
    expect(findings(exchange)).toContain('server.informational');
  });

  it('is on record as far as it came when the client leaves in the middle', async () => {
    const { got, exchange } = await met('dribble-answer:bytes=10,ms=15', async (client) => {
      await client.until('HTTP/1.1 101 Switch');
    });
    const given = exchange?.heads.clientGot?.raw ?? '';
    expect(given.length).toBeGreaterThanOrEqual(got.length);
    expect(given.length).toBeLessThan(opening.length);
    expect(opening.startsWith(given)).toBe(true);
    expect(exchange?.outcome).not.toBe('closed');
  });

  it('arrives whole, in pieces, with what the server says behind it', async () => {
    const { got, exchange } = await met('dribble-answer:bytes=30,ms=2', (client) => client.until('hello'));
    expect(got).toBe(opening + greeting);
    expect(exchange?.heads.clientGot?.raw).toBe(opening);
    expect(exchange?.frames.fromServer.messages).toBe(1);
  });

  it('is a Close frame of ours behind the 101, and nothing of the server', async () => {
    const { got, exchange } = await met('close-at-once:code=4401,reason=token expired', (client) => client.ended);
    expect(got).toBe(`${opening}\x88\x0f\x11\x31token expired`);
    expect(exchange?.given.fromServer?.close).toEqual({ code: 4401, reason: 'token expired' });
    expect(findings(exchange)[0]).toBe('server.close-policy');
  });

  it('is HTTP text behind the 101', async () => {
    const { got, exchange } = await met('http-after:what=101', (client) => client.ended);
    expect(got).toBe(opening + opening);
    expect(findings(exchange)[0]).toBe('server.double-handler');
  });

  it('is the beginning of a body, and the end', async () => {
    const { got, exchange } = await met('cut-body:framing=length,share=0.1', (client) => client.ended);
    const [, said, body] = /Content-Length: (\d+)[\s\S]*?\r\n\r\n([\s\S]*)$/.exec(got) ?? [];
    expect(body?.length).toBe(Math.floor(Number(said) * 0.1));
    expect(exchange?.body).toBe(body);
    expect(findings(exchange)[0]).toBe('server.internal-error');
  });

  it.each([
    ['reset-answer', 'reset', 'server.reset'],
    ['empty-answer', 'fin', 'server.empty-reply'],
  ])('%s is an end without a byte', async (fault, how, code) => {
    let ending: unknown;
    const { got, exchange } = await met(fault, async (client) => {
      ending = await client.ended;
    });
    expect([got, ending]).toEqual(['', { how, code: how === 'reset' ? 'ECONNRESET' : '' }]);
    expect(findings(exchange)[0]).toBe(code);
  });

  it('reset-on-upgrade keeps the handshake from the server', async () => {
    const { got, exchange } = await met('reset-on-upgrade', (client) => client.ended);
    expect(got).toBe('');
    expect(exchange?.heads.serverGot).toBeNull();
    expect(exchange?.client.end).toMatchObject({ how: 'reset', by: 'shakedown' });
    expect(findings(exchange)[0]).toBe('server.reset');
  });

  it('a late 101 brings what the server has said meanwhile, and is told of', async () => {
    const { got, exchange } = await met('hold-101:ms=2050', (client) => client.until('hello'));
    expect(got).toBe(opening + greeting);
    expect(findings(exchange)).toContain('server.slow');
  });
});
