import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../src/model/event.js';
import { legsPane } from '../../src/views/tui/panes/legs.js';
import { upstreamOf } from '../../src/views/way-out-wording.js';
import { detailOf } from './fake-control.js';

const opened: EventBody[] = [
  { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 51234 }, entrance: 'connect' },
  { type: 'target', target: { scheme: 'tcp', host: 'app.test', port: 443, path: '' }, kind: 'unknown' },
];
const proxy = { scheme: 'http', host: 'proxy.test', port: 3128 } as const;
const pane = (bodies: readonly EventBody[]): string =>
  legsPane(detailOf('1', [...opened, ...bodies]).exchange, 100)
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');

describe('the way out, on the screen', () => {
  it('shows what the upstream proxy was told and what it answered, without the password', () => {
    const text = pane([
      { type: 'upstream', proxy, request: '' },
      { type: 'dial', host: 'proxy.test', port: 3128 },
      { type: 'resolved', addresses: ['192.0.2.1', '192.0.2.2'] },
      { type: 'dialled', peer: { address: '192.0.2.2', port: 3128 }, attempts: [{ address: '192.0.2.1', code: 'ECONNREFUSED', ms: 1.25 }] },
      { type: 'upstream', proxy, request: 'CONNECT app.test:443 HTTP/1.1\r\nProxy-Authorization: Basic dTpw\r\n\r\n' },
      {
        type: 'upstream-reply',
        reply: 'HTTP/1.1 403 Forbidden\r\nServer: squid/5.7\r\n\r\n<p>\x1b[2Jno',
        outcome: 'refused',
        status: 403,
        why: 'it answered 403 Forbidden',
      },
    ]);
    expect(text).toContain('SERVER LEG: upstream proxy 192.0.2.2:3128');
    expect(text).toContain(
      'upstream proxy http://proxy.test:3128: it answered 403 Forbidden\n  192.0.2.1 failed: ECONNREFUSED after 1.3 ms\n',
    );
    expect(text).toContain(
      '  > CONNECT app.test:443 HTTP/1.1\n  > Proxy-Authorization: Basic ***\n  < HTTP/1.1 403 Forbidden\n  < Server: squid/5.7\n',
    );
    expect(text).not.toContain('dTpw');
    expect(text).not.toContain('\x1b');
  });

  it('shows SOCKS5 as hex', () => {
    const text = pane([
      { type: 'upstream', proxy: { ...proxy, scheme: 'socks5' }, request: '\x05\x01\0' },
      { type: 'upstream-reply', reply: '\x05\xff', outcome: 'refused', status: null, why: 'it wants credentials' },
    ]);
    expect(text).toContain('  > 05 01 00\n  < 05 ff\n');
  });

  it('shows what --resolve named, and addresses that were outrun', () => {
    const text = pane([
      { type: 'dial', host: 'app.test', port: 443 },
      { type: 'resolved', addresses: ['::1', '127.0.0.1'], override: ['app.test=::1', 'app.test=127.0.0.1'] },
      { type: 'dialled', peer: { address: '127.0.0.1', port: 443 }, attempts: [{ address: '::1', code: 'SHK_OUTRUN', ms: 251 }] },
    ]);
    expect(text).toContain(
      '  the address is that of --resolve app.test=::1, app.test=127.0.0.1\n  ::1 was outrun by another address after 251 ms\n',
    );
  });

  it('says of an upstream proxy that could not be dialled that it is not the server', () => {
    const text = pane([
      { type: 'upstream', proxy, request: '' },
      { type: 'dial-failed', failure: { code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND proxy.test', attempts: [] } },
    ]);
    expect(text.replace(/\s+│\s+|\n\s*/g, ' ')).toContain('no connection to the upstream proxy: ENOTFOUND');
  });

  it('says in one line how the way was opened', () => {
    const talk = { proxy, request: '', reply: '', status: 200, tls: null, tlsFailure: null };
    expect(upstreamOf({ ...talk, outcome: 'ok', why: '200 OK' })).toBe('http://proxy.test:3128 opened the way: 200 OK');
    expect(upstreamOf({ ...talk, outcome: null, why: '' })).toBe('http://proxy.test:3128');
  });
});
