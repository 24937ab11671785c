import { describe, expect, it } from 'vitest';
import { parseHead } from '../../../src/wire/http-head.js';
import { madeOfHead } from '../support/made-of-head.js';

const accept = 'Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=';
const earlier = 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const answer = (start: string, ...fields: string[]) => [start, ...fields, '', ''].join('\r\n');
const start = 'HTTP/1.1 101 Switching Protocols';
const switching = ['Upgrade: websocket', 'Connection: Upgrade', accept];
const opening = (...fields: string[]) => answer(start, ...switching, ...fields);
const but = (index: number, ...lines: string[]) => answer(start, ...switching.toSpliced(index, 1, ...lines));
const refusal = answer('HTTP/1.1 403 Forbidden', 'Content-Length: 0');
const h2 = (...fields: string[]) => answer('HTTP/2 200', ...fields);
const made = (choice: string, raw: string) => madeOfHead('response', choice, raw);

describe('what a fault makes of the standard 101', () => {
  it.each([
    ['wrong-accept:kind=earlier', but(2, earlier)],
    ['wrong-accept:kind=case', but(2, 'Sec-WebSocket-Accept: hsmrc0smlyukagmm5oppg2hagwk=')],
    ['wrong-accept:kind=empty', but(2, 'Sec-WebSocket-Accept: ')],
    ['wrong-accept:kind=missing', but(2)],
    ['wrong-accept:kind=twice', but(2, accept, accept)],
    ['cached-answer', but(2, earlier, 'Age: 37', 'X-Cache: HIT from cache.example')],
    ['lose-answer-upgrade', but(0)],
    ['wrong-answer-upgrade', but(0, 'Upgrade: h2c')],
    ['wrong-answer-upgrade:twice=true', but(0, 'Upgrade: websocket', 'Upgrade: websocket')],
    ['lose-answer-connection', but(1)],
    ['wrong-answer-connection:value="keep-alive, Upgrade"', but(1, 'Connection: keep-alive, Upgrade')],
    ['wrong-answer-connection:twice=true', but(1, 'Connection: Upgrade', 'Connection: Upgrade')],
    ['http10-answer', answer('HTTP/1.0 101 Switching Protocols', ...switching)],
    ['wrong-subprotocol', opening('Sec-WebSocket-Protocol: other')],
    ['wrong-subprotocol:kind=empty', opening('Sec-WebSocket-Protocol: ')],
    ['wrong-extension', opening('Sec-WebSocket-Extensions: x-foo')],
    ['wrong-extension:kind=bad-bits', opening('Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=7')],
    ['wrong-extension:kind=twice', opening('Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate')],
    ['duplicate-answer-field', but(2, accept, accept)],
    ['duplicate-answer-field:name=upgrade,value=h2c', but(0, 'Upgrade: websocket', 'Upgrade: h2c')],
    ['bad-answer-head:kind=no-colon', answer(start, 'bad header line', ...switching)],
    ['bad-answer-head:kind=bare-lf', opening().replaceAll('\r', '')],
    ['bad-answer-head:kind=space-before-colon', but(0, 'Upgrade : websocket')],
    ['bad-answer-head:kind=control-character', answer(start, 'X-Bad: a\x01b', ...switching)],
    ['bad-answer-head:kind=nul', answer(start, 'X-Bad: a\0b', ...switching)],
    ['bad-answer-head:kind=obs-fold', but(2, 'Sec-WebSocket-Accept:', ' HSmrc0sMlYUkAGmm5OPpG2HaGWk=')],
    ['bad-answer-head:kind=empty-name', answer(start, ': nothing', ...switching)],
    ['bad-answer-head:kind=content-length', opening('Content-Length: 0')],
    ['bad-answer-head:kind=transfer-encoding', opening('Transfer-Encoding: chunked')],
    ['bad-status-line', answer('http/1.1 101 Switching Protocols', ...switching)],
    ['bad-status-line:kind=two-spaces', answer('HTTP/1.1  101 Switching Protocols', ...switching)],
    ['long-answer-head:bytes=4,fields=2,name=X-P', opening('X-P-1: aa', 'X-P-2: aa')],
    ['answer-case:case=upper,what=names', answer(start, ...switching.map((line) => line.replace(/^[^:]+/, (name) => name.toUpperCase())))],
    ['answer-case:case=upper,what=values', answer(start, 'Upgrade: WEBSOCKET', 'Connection: UPGRADE', accept)],
    ['answer-order', answer(start, ...switching.toReversed())],
    ['answer-spacing:spacing=tab', opening().replaceAll(': ', ':\t')],
    ['odd-reason', answer('HTTP/1.1 101 Web Socket Protocol Handshake', ...switching)],
    ['odd-reason:reason=""', answer('HTTP/1.1 101 ', ...switching)],
    ['odd-reason:reason="",space=false', answer('HTTP/1.1 101', ...switching)],
    ['version-answer', opening('Sec-WebSocket-Version: 13')],
    ['edge-fields:brand=varnish', opening('Via: 1.1 varnish (Varnish/7.1)', 'X-Varnish: 32770', 'Age: 0')],
    [
      'answer-cookies:count=2,bytes=1',
      opening('Set-Cookie: shakedown-1=c; Path=/; HttpOnly', 'Set-Cookie: shakedown-2=c; Path=/; HttpOnly'),
    ],
    ['add-answer-field:name=upgrade,value=h2c', opening('upgrade: h2c')],
    ['remove-answer-field:name=Sec-WebSocket-Accept', but(2)],
    ['set-answer-field:name=connection,value=close', but(1, 'Connection: close')],
  ])('%s', (choice, after) => {
    expect(made(choice, opening())?.raw).toBe(after);
  });
});

describe('what a fault makes of other answers', () => {
  const chosen = 'Sec-WebSocket-Protocol: chat';
  it.each([
    ['wrong-subprotocol:kind=set', opening(chosen), opening('Sec-WebSocket-Protocol: other')],
    ['wrong-subprotocol:kind=drop', opening(chosen), opening()],
    ['wrong-subprotocol:kind=twice', opening(chosen), opening(chosen, chosen)],
    ['wrong-subprotocol:kind=list', opening(chosen), opening('Sec-WebSocket-Protocol: chat, other')],
    ['wrong-subprotocol', h2(), h2('Sec-WebSocket-Protocol: other')],
    ['wrong-extension:kind=strip', opening('Sec-WebSocket-Extensions: permessage-deflate'), opening()],
    ['bad-answer-head', refusal, answer('HTTP/1.1 403 Forbidden', 'bad header line', 'Content-Length: 0')],
    ['http10-answer', refusal, refusal.replace('1.1', '1.0')],
  ])('%s of %j', (choice, before, after) => {
    expect(made(choice, before)?.raw).toBe(after);
  });

  it.each([
    ['wrong-accept', refusal],
    ['cached-answer', answer('HTTP/1.1 200 OK', accept)],
    ['lose-answer-upgrade', answer('HTTP/1.1 426 Upgrade Required', 'Upgrade: websocket')],
    ['wrong-answer-upgrade', refusal],
    ['lose-answer-connection', answer('HTTP/1.1 403 Forbidden', 'Connection: close')],
    ['wrong-answer-connection', answer('HTTP/1.1 403 Forbidden', 'Connection: close')],
    ['wrong-subprotocol', refusal],
    ['wrong-subprotocol:kind=drop', opening()],
    ['wrong-extension', refusal],
    ['wrong-extension:kind=strip', opening()],
    ['duplicate-answer-field:name=X', opening()],
    ['remove-answer-field:name=X', opening()],
    ['version-answer', refusal],
  ])('%s finds nothing to change in %j', (choice, raw) => {
    expect(made(choice, raw)).toBeUndefined();
  });
});

it('makes another accept value of 20 bytes, the same with the same seed', () => {
  const wrong = () => parseHead(made('wrong-accept', opening())?.raw ?? '', 'response').headers[2]?.[1] ?? '';
  expect(Buffer.from(wrong(), 'base64')).toHaveLength(20);
  expect(wrong()).not.toBe('HSmrc0sMlYUkAGmm5OPpG2HaGWk=');
  expect(wrong()).toBe(wrong());
});

it('sends the answer in pieces', () => {
  expect(made('split-answer:bytes=2,ms=0', opening())).toEqual({ raw: opening(), slice: { bytes: 2, everyMs: 0 } });
});
