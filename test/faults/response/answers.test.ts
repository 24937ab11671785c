import { describe, expect, it } from 'vitest';
import { findFault } from '../../../src/faults/find.js';
import { answer, foreignPage, handshake, make, plain, plainOnly } from '../support/make-answer.js';

describe('an answer in place of the 101', () => {
  it.each([
    ['cloudflare-error', { code: '520' }, 'intermediary.bad-gateway', 'HTTP/1.1 520 <none>'],
    ['cloudflare-error', { code: '530' }, 'intermediary.bad-gateway', 'HTTP/1.1 530 <none>'],
    ['captive-portal', { code: '302' }, 'intermediary.captive-portal', 'Location: http://captive.portal.example/login\r\n'],
    ['captive-portal', { code: '511' }, 'intermediary.captive-portal', 'HTTP/1.1 511 '],
    ['redirect-https', { brand: 'nginx' }, 'intermediary.redirect-https', 'Location: https://chat.example/ws\r\n'],
    ['redirect-https', { brand: 'apache', code: '308' }, 'intermediary.redirect-https', 'HTTP/1.1 308 '],
    ['redirect-https', { brand: 'haproxy' }, 'intermediary.redirect-https', 'location: https://chat.example/ws\r\n'],
    ['redirect', {}, 'server.redirect', 'Location: /moved/\r\n'],
    ['redirect', { code: '300', location: '' }, 'server.redirect', 'HTTP/1.1 300 '],
    ['login-required', {}, 'server.auth', 'WWW-Authenticate: Bearer realm="app"'],
    ['login-required', { how: 'redirect' }, 'server.auth', 'Location: /login?next=%2F'],
    ['version-refused', {}, 'server.version-unsupported', 'Sec-WebSocket-Version: 8\r\n'],
    ['version-refused', { code: '400' }, 'server.version-unsupported', 'HTTP/1.1 400 '],
    ['page-200', {}, 'server.status-200', 'Content-Type: text/html'],
    ['page-200', { type: 'json' }, 'server.status-200', 'application/json'],
    ['no-content', {}, 'server.status-unexpected', 'HTTP/1.1 204 No Content\r\n'],
    ['socketio-400', { reason: 'transport' }, 'url.socketio-params', 'HTTP/1.1 400 '],
    ['socketio-400', { reason: 'version', form: 'text' }, 'url.socketio-params', 'Content-type: text/html'],
    ['socketio-400', { reason: 'session' }, 'intermediary.sticky-session', 'HTTP/1.1 400 '],
    ['overloaded', { seconds: 7 }, 'server.overloaded', 'Retry-After: 7\r\n'],
    ['proxy-auth-late', {}, 'intermediary.proxy-auth-required', 'Proxy-Authenticate: Basic realm="proxy"'],
    ['host-refused', { brand: 'vite' }, 'url.wrong-host', 'HTTP/1.1 403 '],
    ['host-refused', { brand: 'webpack' }, 'url.wrong-host', 'HTTP/1.1 403 '],
    ['host-refused', { brand: 'rails' }, 'url.wrong-host', 'HTTP/1.1 403 '],
    ['host-refused', { brand: 'django' }, 'url.wrong-host', 'HTTP/1.1 400 '],
    ['host-refused', { brand: 'misdirected' }, 'url.wrong-host', 'HTTP/1.1 421 '],
    ['tls-port-answer', { brand: 'alert' }, 'url.scheme-mismatch-plain-to-tls', '\x15\x03\x01\x00\x02\x02\x46'],
    ['tls-port-answer', { brand: 'nginx' }, 'url.scheme-mismatch-plain-to-tls', 'HTTP/1.1 400 '],
    ['tls-port-answer', { brand: 'apache' }, 'url.scheme-mismatch-plain-to-tls', 'HTTP/1.1 400 '],
    ['tls-port-answer', { brand: 'go' }, 'url.scheme-mismatch-plain-to-tls', 'HTTP/1.1 400 '],
    ['tls-port-answer', { brand: 'node' }, 'server.empty-reply', ''],
    ['empty-answer', {}, 'server.empty-reply', ''],
    ['reset-answer', {}, 'server.reset', ''],
    ['cut-body', { framing: 'length' }, 'server.internal-error', 'Content-Length: '],
    ['cut-body', { framing: 'chunked' }, 'server.internal-error', 'Transfer-Encoding: chunked'],
    ['early-frame', {}, 'server.early-data', ''],
    ['http-after', { what: '400' }, 'server.double-handler', 'HTTP/1.1 101 '],
    ['http-after', { what: 'html' }, 'server.http-after-101', 'HTTP/1.1 101 '],
    ['http-after', { what: '101' }, 'server.double-handler', 'HTTP/1.1 101 '],
    ['cut-open', { end: 'fin' }, 'server.close-after-101', 'HTTP/1.1 101 '],
    ['cut-open', { end: 'reset' }, 'server.rst-after-101', 'HTTP/1.1 101 '],
    ['close-at-once', { code: 4401, reason: 'token expired' }, 'server.close-policy', 'HTTP/1.1 101 '],
    ['close-at-once', { code: 1008, reason: 'origin not allowed' }, 'origin.rejected', 'HTTP/1.1 101 '],
  ] as const)('%s %j is found as %s', (id, params, code, bytes) => {
    const { output, codes, culprit } = make(id, params, plainOnly.includes(id) ? { at: plain } : {});
    expect(output?.raw).toContain(bytes);
    expect(codes[0]).toBe(code);
    expect(culprit).toBe(`shakedown's fault ${id}`);
  });

  it.each(findFault('foreign-banner').params['service']?.choices ?? [])('foreign-banner speaks as %s, and is known for it', (service) => {
    const { output, codes, culprit } = make('foreign-banner', { service });
    expect(output?.raw).not.toContain('HTTP/');
    expect([codes[0], culprit]).toEqual(['url.wrong-service', "shakedown's fault foreign-banner"]);
  });
});

describe('the bytes behind, before and in time', () => {
  it('a Close frame stands behind the 101, as a server writes it', () => {
    const { output } = make('close-at-once', { code: 1013, reason: 'full' });
    expect(output).toMatchObject({ raw: answer.raw, body: '\x88\x06\x03\xf5full', end: 'fin' });
  });

  it('a reason of any length leaves the Close frame one that is allowed', () => {
    expect(make('close-at-once', { reason: 'é'.repeat(200) }).output?.body?.length).toBe(127);
  });

  it('a frame stands before the status line', () => {
    expect(make('early-frame').output).toEqual({ raw: answer.raw, ahead: '\x81\x05early' });
  });

  it('a 1xx is a whole head in front of the 101', () => {
    expect(make('informational', { code: '100', count: 2 }).output).toEqual({
      raw: answer.raw,
      ahead: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n',
    });
  });

  it('what waits and what dribbles keeps its bytes', () => {
    expect(make('hold-101', { ms: 700 }).output).toEqual({ raw: answer.raw, holdMs: 700 });
    expect(make('dribble-answer', { bytes: 3, ms: 9 }).output).toEqual({ raw: answer.raw, slice: { bytes: 3, everyMs: 9 } });
    expect(make('gateway-timeout', { ms: 900 }).output).toMatchObject({ holdMs: 900, end: 'fin' });
    expect(make('empty-answer', { ms: 900 }).output).toEqual({ raw: '', end: 'fin', holdMs: 900 });
  });

  it('a chunked body breaks off inside its chunk, and one with a length is shorter', () => {
    const chunked = make('cut-body', { framing: 'chunked' }).output;
    expect(chunked?.body).toMatch(/^[0-9a-f]+\r\n<html>/);
    expect(chunked?.body).not.toContain('\r\n0\r\n');
    const { raw = '', body = '' } = make('cut-body', { framing: 'length', share: 0.25 }).output ?? {};
    expect(body.length / Number(/Content-Length: (\d+)/.exec(raw)?.[1])).toBeCloseTo(0.25, 1);
  });

  it('a list of Origins lets its own pass, with stars, and asks nothing of who has none', () => {
    const ask = (allow: string, request = handshake) => make('origin-refused', { allow }, { request }).output;
    expect(ask('https://chat.example')).toBeUndefined();
    expect(ask('https://other.example https://*.example')).toBeUndefined();
    expect(ask('https://other.example')?.raw).toContain('HTTP/1.1 403 Forbidden');
    expect(ask('')?.body).toBe('Cross origin websockets not allowed');
    const native = handshake.replace(/Origin: .*\r\n/, '');
    expect(ask('', native)).toBeUndefined();
    expect(make('origin-refused', { missing: 'refuse' }, { request: native }).codes[0]).toBe('origin.missing');
  });

  it('a limit leaves shorter heads alone', () => {
    expect(make('header-limit', { bytes: handshake.length }).output).toBeUndefined();
    expect(make('header-limit', { bytes: handshake.length - 1, brand: 'node' }).output).toMatchObject({
      raw: 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n',
    });
  });

  it.each(plainOnly)('%s leaves handshakes in TLS alone', (id) => {
    expect(make(id).output).toBeUndefined();
  });

  it('the Date is that of the server, because a fault knows no time', () => {
    expect(make('bad-gateway').output?.raw).toContain('\r\nDate: Mon, 23 Nov 2026 05:02:28 GMT\r\n');
  });
});

describe('what is found first is what the bytes say, as it would be without us', () => {
  it.each([
    ['forbidden', 'nginx', handshake, 'server.forbidden'],
    ['forbidden', 'express', foreignPage, 'origin.rejected'],
    ['origin-refused', 'coder', foreignPage, 'origin.rejected'],
    ['not-found', 'express', handshake, 'url.not-found'],
  ])('%s as %s', (id, brand, request, code) => {
    expect(make(id, { brand }, { request }).codes[0]).toBe(code);
  });
});
