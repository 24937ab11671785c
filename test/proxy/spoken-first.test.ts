import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { call } from './support/caller.js';
import { clientHello } from './support/client-hello.js';
import { within } from './support/deadline.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { startOrigin } from './support/origin.js';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
});

const handshake = 'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n';

/** What an SSH server makes of a client: its banner, the client's first words, its farewell. */
const talk = async (asked: string | Buffer) => {
  await using origin = await startOrigin();
  const caller = await call({ way: 'connect', proxyPort: house.port, originPort: origin.port });
  const server = await origin.next();
  await server.send(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'));
  await caller.bytes(21);
  await caller.send(Buffer.from(asked as string));
  await server.bytes(asked.length);
  await server.send(Buffer.from('Invalid SSH identification string.\r\n'));
  server.fin();
  await caller.bytes(21 + 36);
  caller.fin();
  const [exchange] = await within(house.exchanges(caller.localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return { exchange, heard: caller.received().toString('latin1'), got: server.received().toString('latin1') };
};

describe('a server that speaks first', () => {
  it('meets a handshake with its banner: every byte crosses, and the finding names the service', async () => {
    const { exchange, heard, got } = await talk(handshake);
    expect(got).toBe(handshake);
    expect(heard).toBe('SSH-2.0-OpenSSH_9.2\r\nInvalid SSH identification string.\r\n');
    expect(exchange).toMatchObject({
      kind: 'websocket',
      outcome: 'failed',
      target: { scheme: 'ws', path: '/chat' },
      heads: { clientSent: { raw: handshake }, serverGot: { raw: handshake }, serverSent: null },
      notAHead: { serverSent: { raw: 'SSH-2.0-OpenSSH_9.2\r\n', why: 'unknown-bytes' } },
      server: { bytesIn: 57, bytesOut: handshake.length },
    });
    expect(diagnose(exchange)[0]).toMatchObject({ code: 'url.wrong-service', title: expect.stringContaining('speaks SSH') });
  });

  it('meets a ClientHello with its banner: TLS failed, and the finding names the service', async () => {
    const { exchange } = await talk(await clientHello('app.example'));
    expect(exchange).toMatchObject({
      kind: 'unknown',
      target: { scheme: 'wss' },
      client: { hello: { sni: 'app.example' } },
      server: { tlsFailure: { code: 'SHK_NO_TLS', firstBytes: 'SSH-2.0-OpenSSH_9.2\r\n', sni: 'app.example' } },
    });
    expect(diagnose(exchange)[0]).toMatchObject({ code: 'url.wrong-service', title: expect.stringContaining('speaks SSH') });
  });

  it('stays an opaque tunnel for a client that speaks its language', async () => {
    const { exchange, got } = await talk('SSH-2.0-client\r\n');
    expect(got).toBe('SSH-2.0-client\r\n');
    expect(exchange).toMatchObject({ kind: 'tunnel', outcome: 'tunnelled', heads: { clientSent: null } });
    expect(diagnose(exchange)).toEqual([]);
  });
});
