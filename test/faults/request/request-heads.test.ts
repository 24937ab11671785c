import { describe, expect, it } from 'vitest';
import { parseChoice } from '../../../src/faults/choice.js';
import { findFault } from '../../../src/faults/find.js';
import { madeOfHead } from '../support/made-of-head.js';

const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
const version = 'Sec-WebSocket-Version: 13';
const request = (start: string, ...fields: string[]) => [start, ...fields, '', ''].join('\r\n');
const get = (...fields: string[]) => request('GET /ws?room=1 HTTP/1.1', ...fields);
const upgrade = ['Host: chat.example', 'Connection:  Upgrade', 'Upgrade: websocket', key, version];
const h2 = (...fields: string[]) => request('CONNECT /ws HTTP/2', ':protocol: websocket', ':authority: chat.example', ...fields);
const made = (choice: string, raw: string) => madeOfHead('request', choice, raw);

/** The standard request with one line replaced, or without it. */
const but = (index: number, ...lines: string[]) => get(...upgrade.toSpliced(index, 1, ...lines));

describe('what a fault makes of the standard handshake', () => {
  it.each([
    ['lose-connection', but(1)],
    ['lose-connection:value=close', but(1, 'Connection:  close')],
    ['wrong-upgrade', but(2, 'Upgrade: h2c')],
    ['wrong-upgrade:twice=true', but(2, 'Upgrade: websocket', 'Upgrade: h2c')],
    ['http10-request', request('GET /ws?room=1 HTTP/1.0', ...upgrade)],
    ['http10-request:connection=close', request('GET /ws?room=1 HTTP/1.0', ...upgrade.toSpliced(1, 1, 'Connection:  close'))],
    ['rewrite-path', request('GET /nowhere?room=1 HTTP/1.1', ...upgrade)],
    ['rewrite-path:path=/a b#c,query=drop', request('GET /a%20b%23c HTTP/1.1', ...upgrade)],
    ['rewrite-path:strip=/ws', request('GET /?room=1 HTTP/1.1', ...upgrade)],
    ['rewrite-host', but(0, 'Host: backend')],
    ['rewrite-host:host=10.0.0.1:8080', but(0, 'Host: 10.0.0.1:8080')],
    ['wrong-method', request('POST /ws?room=1 HTTP/1.1', ...upgrade)],
    ['wrong-version', but(4, 'Sec-WebSocket-Version: 12')],
    ['wrong-version:version=""', but(4)],
    ['wrong-version:twice=true,version=8', but(4, version, 'Sec-WebSocket-Version: 8')],
    ['bad-key:kind=missing', but(3)],
    ['bad-key:kind=empty', but(3, 'Sec-WebSocket-Key: ')],
    ['bad-key:kind=short', but(3, 'Sec-WebSocket-Key: dGhlIHNhbXBs')],
    ['bad-key:kind=long', but(3, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQAAAA==')],
    ['bad-key:kind=not-base64', but(3, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!!==')],
    ['bad-key:kind=twice', but(3, key, key)],
    ['nginx-hop', request('GET /ws?room=1 HTTP/1.0', 'Host: backend', 'Connection:  close', key, version)],
    ['nginx-hop:host="",version=1.1', get('Host: chat.example', 'Connection:  close', key, version)],
    [
      'squid-hop',
      get(
        'Host: chat.example',
        'Connection:  keep-alive',
        key,
        version,
        'Via: 1.1 proxy.example (squid/5.7)',
        'X-Forwarded-For: 192.168.1.20',
        'Cache-Control: max-age=259200',
      ),
    ],
    ['proxy-fields:style=via', get(...upgrade, 'Via: 1.1 proxy.example')],
    [
      'proxy-fields:style=x-forwarded,proto=http,address=192.0.2.1',
      get(...upgrade, 'X-Forwarded-For: 192.0.2.1', 'X-Forwarded-Proto: http', 'X-Forwarded-Host: chat.example'),
    ],
    ['proxy-fields:style=forwarded,address=2001:db8::1', get(...upgrade, 'Forwarded: for="[2001:db8::1]";proto=https;host="chat.example"')],
    ['long-head:bytes=5,name=X-P', get(...upgrade, 'X-P: aaaaa')],
    ['long-head:bytes=6,fields=3,name=X-P', get(...upgrade, 'X-P-1: aa', 'X-P-2: aa', 'X-P-3: aa')],
    ['header-case', get(...upgrade.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())))],
    ['header-order', get(...upgrade.toReversed())],
    ['header-order:order=sorted', get(...[1, 0, 3, 4, 2].map((index) => upgrade[index] ?? ''))],
    ['header-spacing:spacing=none', get(...upgrade.map((line) => line.replace(/: +/, ':')))],
    ['duplicate-field', but(4, version, version)],
    ['duplicate-field:name=host,value=other', but(0, 'Host: chat.example', 'Host: other')],
    ['fold-field', but(3, 'Sec-WebSocket-Key:', ' dGhlIHNhbXBsZSBub25jZQ==')],
    ['bare-lf', get(...upgrade).replaceAll('\r', '')],
    ['space-before-colon', but(2, 'Upgrade : websocket')],
    ['absolute-target', request('GET https://chat.example/ws?room=1 HTTP/1.1', ...upgrade)],
    ['absolute-target:scheme=ws', request('GET wss://chat.example/ws?room=1 HTTP/1.1', ...upgrade)],
    ['add-field:name=Via,value="1.1 a, 1.0 b"', get(...upgrade, 'Via: 1.1 a, 1.0 b')],
    ['remove-field:name=host', but(0)],
    ['set-field:name=upgrade,value=WebSocket', but(2, 'Upgrade: WebSocket')],
    ['change-subprotocol:mode=add', get(...upgrade, 'Sec-WebSocket-Protocol: other')],
  ])('%s', (choice, after) => {
    expect(made(choice, get(...upgrade))?.raw).toBe(after);
  });
});

describe('what a fault makes of other requests', () => {
  const offer = 'Sec-WebSocket-Protocol: chat, superchat';
  it.each([
    ['lose-cookie', get('Cookie: a=1', 'X: 1', 'authorization: b'), get('X: 1')],
    ['lose-cookie:what=cookie', get('Cookie: a=1', 'authorization: b'), get('authorization: b')],
    ['lose-cookie:what=authorization', get('Cookie: a=1', 'authorization: b'), get('Cookie: a=1')],
    [
      'lose-cookie:names=SERVERID route',
      get('Cookie: a=1; SERVERID=2; route=3', 'Authorization: b'),
      get('Cookie: a=1', 'Authorization: b'),
    ],
    ['lose-extensions', get('sec-websocket-extensions: x', 'X: 1'), get('X: 1')],
    ['change-subprotocol', get(offer, 'X: 1'), get('X: 1')],
    ['change-subprotocol:mode=replace,value=v2', get(offer), get('Sec-WebSocket-Protocol: v2')],
    ['change-subprotocol:mode=add,value=v2', get(offer), get('Sec-WebSocket-Protocol: chat, superchat, v2')],
    [
      'rewrite-path',
      request('GET http://a.example:81/ws HTTP/1.1', 'Host: a'),
      request('GET http://a.example:81/nowhere HTTP/1.1', 'Host: a'),
    ],
    ['rewrite-path', h2(), h2().replace('/ws', '/nowhere')],
    ['rewrite-host', h2(), h2().replace('chat.example', 'backend')],
    ['wrong-version', h2(version), h2('Sec-WebSocket-Version: 12')],
  ])('%s of %j', (choice, before, after) => {
    expect(made(choice, before)?.raw).toBe(after);
  });

  it.each([
    ['lose-connection', get(key)],
    ['wrong-upgrade', get(key)],
    ['http10-request', request('GET / HTTP/1.0', key)],
    ['rewrite-path:strip=/api', get(key)],
    ['lose-cookie', get(key)],
    ['lose-cookie:names=route', get('Cookie: a=1', 'Authorization: b')],
    ['lose-extensions', get(key)],
    ['change-subprotocol', get(key)],
    ['wrong-version', get(key)],
    ['bad-key', get(version)],
    ['remove-field', get(key)],
    ['duplicate-field:name=X', get(key)],
    ['absolute-target', request('GET http://a/ HTTP/1.1', 'Host: a')],
    ['cut-request:bytes=60000', get(key)],
  ])('%s finds nothing to change in %j', (choice, raw) => {
    expect(made(choice, raw)).toBeUndefined();
  });
});

describe('how the request is sent', () => {
  const raw = get(key);
  it.each([
    ['split-head:bytes=3,ms=2', { raw, slice: { bytes: 3, everyMs: 2 } }],
    ['cut-request:bytes=6,end=reset,ms=5', { raw: 'GET /w', end: 'reset', endMs: 5 }],
    ['slow-request:ms=20', { raw, holdMs: 20 }],
    ['slow-request', { raw, holdMs: 3000 }],
    ['slow-request:ms=0', { raw, holdMs: Number.POSITIVE_INFINITY }],
    ['leave-early:end=fin', { raw, end: 'fin', endMs: 0, other: 'waits' }],
  ])('%s', (choice, delivery) => {
    expect(made(choice, raw)).toEqual(delivery);
  });
});

it('shuffles the fields by the seed: the same one gives the same order', () => {
  const shuffled = () => made('header-order:order=shuffled', get(...upgrade))?.raw ?? '';
  expect(shuffled()).toBe(shuffled());
  expect(shuffled().split('\r\n').toSorted()).toEqual(
    get(...upgrade)
      .split('\r\n')
      .toSorted(),
  );
});

it.each(['add-field', 'set-field', 'remove-field', 'duplicate-field', 'fold-field', 'space-before-colon', 'long-head'])(
  '%s refuses what cannot be the name of a field when it is armed',
  (id) => {
    expect(findFault(id).params.name?.fieldName).toBe(true);
    for (const name of ['a b', 'a:', 'ä', '""'])
      expect(() => parseChoice(`${id}:name=${name}`), name).toThrow(/cannot be the name of a header field/);
  },
);
