import { describe, expect, it } from 'vitest';
import { parseHead } from '../../src/wire/http-head.js';
import { isHandshake, judgeRequest, judgeResponse, type Offer } from '../../src/wire/upgrade.js';

const request = (...fields: string[]) =>
  parseHead(`GET /chat HTTP/1.1\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`, 'request');
const good = [
  'Host: server.example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];
const without = (name: string) => good.filter((field) => !field.startsWith(`${name}:`));
const answer = (...fields: string[]) =>
  parseHead(`HTTP/1.1 101 Switching Protocols\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`, 'response');
const goodAnswer = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo='];
const answerWithout = (name: string) => goodAnswer.filter((field) => !field.startsWith(`${name}:`));
const offer: Offer = { key: 'dGhlIHNhbXBsZSBub25jZQ==', protocols: [], extensions: [] };
const codes = (flaws: readonly { readonly code: string }[]) => flaws.map(({ code }) => code);

describe('judgeRequest', () => {
  it('finds nothing wrong with the handshake of RFC 6455 section 1.2', () => {
    expect(judgeRequest(request(...good))).toEqual([]);
  });

  it('takes lower case, lists and two Connection lines', () => {
    expect(
      judgeRequest(request('host: a', 'UPGRADE: WebSocket', 'connection: keep-alive', 'connection: x, upgrade', ...good.slice(3))),
    ).toEqual([]);
  });

  it.each([
    ['no-host', without('Host')],
    ['missing-upgrade', without('Upgrade')],
    ['bad-upgrade', [...without('Upgrade'), 'Upgrade: h2c']],
    ['missing-connection', without('Connection')],
    ['bad-connection', [...without('Connection'), 'Connection: keep-alive']],
    ['key-missing', without('Sec-WebSocket-Key')],
    ['key-malformed', [...without('Sec-WebSocket-Key'), 'Sec-WebSocket-Key: dG9vIHNob3J0']],
    ['version-missing', without('Sec-WebSocket-Version')],
    ['version-other', [...without('Sec-WebSocket-Version'), 'Sec-WebSocket-Version: 8']],
    ['protocol-malformed', [...good, 'Sec-WebSocket-Protocol: chat, chat']],
    ['duplicate-headers', [...good, 'Sec-WebSocket-Version: 13']],
  ])('names %s', (code, fields) => {
    expect(codes(judgeRequest(request(...fields)))).toEqual([code]);
  });

  it('names another method and an old version in the start line', () => {
    const head = parseHead(`POST /chat HTTP/1.0\r\n${good.join('\r\n')}\r\n\r\n`, 'request');
    expect(codes(judgeRequest(head))).toEqual(['method', 'http-version']);
  });

  it('points at the offending line', () => {
    const [flaw] = judgeRequest(request(...without('Upgrade'), 'Upgrade: h2c'));
    expect(flaw?.offset).toBe('GET /chat HTTP/1.1\r\n'.length + without('Upgrade').join('\r\n').length + 2);
  });
});

describe('judgeResponse', () => {
  it('finds nothing wrong with the answer of RFC 6455 section 1.2', () => {
    expect(judgeResponse(answer(...goodAnswer), offer)).toEqual([]);
  });

  it('has one flaw for any other status', () => {
    expect(codes(judgeResponse(parseHead('HTTP/1.1 403 Forbidden\r\n\r\n', 'response'), offer))).toEqual(['status']);
  });

  it.each([
    ['missing-upgrade', answerWithout('Upgrade')],
    ['bad-upgrade', [...answerWithout('Upgrade'), 'Upgrade: h2c']],
    ['missing-connection', answerWithout('Connection')],
    ['bad-connection', [...answerWithout('Connection'), 'Connection: close']],
    ['accept-missing', answerWithout('Sec-WebSocket-Accept')],
    ['accept-mismatch', [...answerWithout('Sec-WebSocket-Accept'), 'Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=']],
    ['duplicate-headers', [...goodAnswer, 'Upgrade: websocket']],
    ['subprotocol-unrequested', [...goodAnswer, 'Sec-WebSocket-Protocol: chat']],
    ['extension-unrequested', [...goodAnswer, 'Sec-WebSocket-Extensions: x-foo']],
  ])('names %s', (code, fields) => {
    expect(codes(judgeResponse(answer(...fields), offer))).toEqual([code]);
  });

  it('calls a list in Connection and an unanswered offer of subprotocols legal', () => {
    const flaws = judgeResponse(answer(...answerWithout('Connection'), 'Connection: keep-alive, Upgrade'), {
      ...offer,
      protocols: ['chat'],
    });
    expect(flaws.map(({ code, legal }) => [code, legal])).toEqual([
      ['bad-connection', true],
      ['subprotocol-missing', true],
    ]);
  });

  it.each([
    ['subprotocol-mismatch', 'Sec-WebSocket-Protocol: other'],
    ['subprotocol-mismatch', 'Sec-WebSocket-Protocol: Chat'],
    ['subprotocol-duplicate', 'Sec-WebSocket-Protocol: chat, superchat'],
  ])('names %s for %s when chat and superchat were offered', (code, field) => {
    expect(codes(judgeResponse(answer(...goodAnswer, field), { ...offer, protocols: ['chat', 'superchat'] }))).toEqual([code]);
  });

  it.each([
    ['permessage-deflate', []],
    ['permessage-deflate; server_max_window_bits=10', []],
    ['permessage-deflate; server_max_window_bits="10"', []],
    ['permessage-deflate; server_max_window_bits=7', ['extension-params']],
    ['permessage-deflate; server_max_window_bits', ['extension-params']],
    ['permessage-deflate; client_max_window_bits=10', ['extension-params']],
    ['permessage-deflate; server_no_context_takeover=1', ['extension-params']],
    ['permessage-deflate; mystery', ['extension-params']],
    ['permessage-deflate, permessage-deflate', ['extension-malformed']],
    ['', ['extension-malformed']],
  ])('judges the extensions "%s" against an offer of permessage-deflate', (value, wanted) => {
    const flaws = judgeResponse(answer(...goodAnswer, `Sec-WebSocket-Extensions: ${value}`), {
      ...offer,
      extensions: ['permessage-deflate'],
    });
    expect(codes(flaws)).toEqual(wanted);
  });
});

describe('isHandshake', () => {
  it('takes a request that lost its Upgrade for a handshake', () => {
    expect(isHandshake(request(...without('Upgrade')))).toBe(true);
    expect(isHandshake(request('Host: a', 'Upgrade: websocket'))).toBe(true);
  });

  it('does not take plain HTTP or another upgrade for one', () => {
    expect(isHandshake(request('Host: a'))).toBe(false);
    expect(isHandshake(request('Host: a', 'Upgrade: h2c', 'Connection: Upgrade'))).toBe(false);
  });
});
