import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testCertificate } from '../support/test-certificate.js';
import { armed, echoed, findings, hello, recordedBy } from './support/forced.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { callHttp2, extendedConnect } from './support/http2-caller.js';

/** Polling with CORS for every page, and bytes that come back on an extended CONNECT. */
const server = createSecureServer({ ...testCertificate(), settings: { enableConnectProtocol: true } });
server.on('connect', () => {});
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  if (headers[':method'] === 'CONNECT') {
    stream.respond({ ':status': 200 });
    stream.once('data', () => stream.write(echoed));
    return;
  }
  const cors = { 'access-control-allow-origin': String(headers.origin), 'access-control-allow-credentials': 'true' };
  if (headers[':method'] === 'OPTIONS') return stream.respond({ ':status': 204, ...cors }, { endStream: true });
  stream.respond({ ':status': 200, 'content-type': 'text/plain', 'x-kept': 'yes', ...cors });
  stream.end('0{"sid":"one"}');
});

let house: House;
let port: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  house = await startHouse({ insecure: ['127.0.0.1'] });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  server.close();
});

const polling = '/socket.io/?EIO=4&transport=polling&t=abc';

describe('faults of plain HTTP answers inside HTTP/2', () => {
  it('strip-cors takes the CORS fields out of preflight and polling, and leaves the WebSocket beside them alone', async () => {
    const client = await callHttp2({ proxyPort: house.port, originPort: port, ca: house.ca });
    const ask = async (method: string) => {
      const asked = client.ask({ ':method': method, ':path': polling, origin: 'https://app.example' });
      return { fields: await asked.answer, body: (await asked.body).toString() };
    };
    const socket = client.ask(extendedConnect(`127.0.0.1:${port}`));
    expect((await socket.answer)[':status']).toBe(200);
    await armed(house, 'strip-cors', async () => {
      const preflight = await ask('OPTIONS');
      expect(preflight.fields).toMatchObject({ ':status': 204 });
      expect(Object.keys(preflight.fields).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      const given = await ask('GET');
      expect(Object.keys(given.fields).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect([given.fields[':status'], given.fields['x-kept'], given.body]).toEqual([200, 'yes', '0{"sid":"one"}']);
    });
    expect((await ask('GET')).fields['access-control-allow-origin']).toBe('https://app.example');
    socket.stream.write(hello);
    expect(await socket.bytes(echoed.length)).toEqual(echoed);
    await client[Symbol.asyncDispose]();
    const [webSocket, preflight, stripped, whole] = await recordedBy(house, client.localPort, 4);
    expect([webSocket, preflight, stripped, whole].map((exchange) => exchange?.applied.map(({ id, stage }) => [id, stage]))).toEqual([
      [],
      [['strip-cors', 'http-response']],
      [['strip-cors', 'http-response']],
      [],
    ]);
    expect(stripped?.heads.serverSent?.headers.map(([name]) => name)).toContain('access-control-allow-origin');
    expect(stripped?.heads.clientGot?.headers.map(([name]) => name)).not.toContain('access-control-allow-origin');
    expect(findings(stripped)[0]).toBe('origin.cors-on-http-leg');
    expect(findings(whole)).toEqual([]);
  });
});
