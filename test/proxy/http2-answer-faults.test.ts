import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFault } from '../../src/faults/find.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { armed, findings, recordedBy } from './support/forced.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { callHttp2, extendedConnect } from './support/http2-caller.js';

let house: House;
let server: Http2Server;
beforeAll(async () => {
  server = await startHttp2Server(testCertificate());
  house = await startHouse({ insecure: ['127.0.0.1'] });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** One extended CONNECT while the fault is armed. */
const met = async (fault: string) => {
  const client = await callHttp2({ proxyPort: house.port, originPort: server.port, ca: house.ca });
  let status: unknown;
  let body = '';
  await armed(house, fault, async () => {
    const asked = client.ask(extendedConnect(`127.0.0.1:${server.port}`, { origin: 'https://staging.example' }));
    status = (await asked.answer)[':status'];
    body = (await asked.body).toString('latin1');
  });
  await client[Symbol.asyncDispose]();
  const [exchange] = await recordedBy(house, client.localPort, 1);
  return { status, body, exchange };
};

describe('an answer in place of the one to an extended CONNECT', () => {
  it.each([
    ['bad-gateway:brand=haproxy', 502, 'intermediary.bad-gateway'],
    ['waf-block:brand=f5', 403, 'intermediary.waf-block'],
    ['origin-refused:allow=https://app.example,brand=coder', 403, 'origin.rejected'],
    ['rate-limited', 429, 'intermediary.rate-limited'],
  ])('%s has its status and its body, which are on record', async (fault, status, code) => {
    const { exchange, ...got } = await met(fault);
    expect(got.status).toBe(status);
    expect(got.body).not.toBe('');
    expect(exchange?.body).toBe(got.body);
    expect(exchange?.heads.clientGot?.headers.map(([name]) => name)).not.toContain('connection');
    expect(findings(exchange)[0]).toBe(code);
  });

  it('a Close frame behind the 200 ends the stream', async () => {
    const { status, body, exchange } = await met('close-at-once:code=1013,reason=full');
    expect([status, body]).toEqual([200, '\x88\x06\x03\xf5full']);
    expect(exchange?.given.fromServer?.close).toEqual({ code: 1013, reason: 'full' });
    expect(findings(exchange)[0]).toBe('server.close-policy');
  });

  it('what is made of bytes works on HTTP/1.1 only, and says so', async () => {
    for (const id of ['foreign-banner', 'tls-port-answer', 'early-frame', 'informational', 'http-after', 'cut-open', 'dribble-answer'])
      expect(findFault(id).only).toBe('http/1.1');
  });
});
