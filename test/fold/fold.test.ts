import { describe, expect, it } from 'vitest';
import { startFold } from '../../src/fold/fold.js';
import type { Event, EventBody } from '../../src/model/event.js';

const at = '2026-01-01T00:00:00.000000Z';
const told = (...bodies: readonly EventBody[]) => {
  const fold = startFold('1');
  for (const body of bodies) fold.apply({ at, exchange: '1', ...body } as Event);
  return fold;
};

const handshake: readonly EventBody[] = [
  { type: 'opened', connection: 3, peer: { address: '127.0.0.1', port: 5 }, entrance: null },
  { type: 'target', target: { scheme: 'ws', host: 'a', port: 80, path: '/' }, kind: 'websocket' },
  { type: 'head', site: 'clientSent', raw: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' },
  { type: 'head', site: 'serverGot', sameAs: 'clientSent' },
];

describe('the fold of an exchange', () => {
  it('takes a head that crossed unchanged from where it was seen before', () => {
    const { exchange } = told(...handshake);
    expect(exchange.heads.serverGot?.raw).toBe('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(exchange.outcome).toBe('pending');
  });

  it('is open from the 101 on, and closed in the end', () => {
    const fold = told(
      ...handshake,
      { type: 'head', site: 'serverSent', raw: 'HTTP/1.1 101 S\r\n\r\n' },
      { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
    );
    expect(fold.exchange).toMatchObject({ outcome: 'open', status: 101 });
    fold.apply({ at, exchange: '1', type: 'closed', client: { in: 7, out: 8 }, server: { in: 9, out: 10 } });
    expect(fold.exchange).toMatchObject({
      outcome: 'closed',
      endedAt: at,
      client: { bytesIn: 7, bytesOut: 8 },
      server: { bytesIn: 9, bytesOut: 10 },
    });
  });

  it('keeps the body of a refusal and no frames of it', () => {
    const fold = told(
      ...handshake,
      { type: 'head', site: 'serverSent', raw: 'HTTP/1.1 403 No\r\n\r\n' },
      { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
    );
    fold.bytes('server', Buffer.alloc(20_000, 'x'), 0);
    expect(fold.exchange).toMatchObject({ outcome: 'refused', frames: { fromServer: { bytes: 0 } } });
    expect(fold.exchange.body).toBe('x'.repeat(16 * 1024));
  });

  it('remembers 200 faults of a recording that claims 40,000, and stays quick', () => {
    const fault = { id: 'f', params: {}, stage: 'request', leg: 'server', before: '', after: '' } as const;
    const started = performance.now();
    const { exchange } = told(
      ...Array.from({ length: 40_000 }, (): EventBody => ({ type: 'fault', fault })),
      ...Array.from({ length: 40_000 }, (): EventBody => ({ type: 'fault-failed', id: 'f', message: 'm' })),
    );
    expect(exchange.applied).toHaveLength(200);
    expect(exchange.faultFailures).toHaveLength(200);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
