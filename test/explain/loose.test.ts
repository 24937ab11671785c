import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.js';

const first = (text: string) => {
  const [match] = explain(text);
  return match && { client: match.client, code: match.codes[0], status: match.status, saysNothing: match.saysNothing };
};

describe('a message that no table has', () => {
  it.each([
    ['MyClient: websocket handshake failed with HTTP 502', 502, 'intermediary.bad-gateway'],
    ['[wsbridge] upgrade of wss://a.example rejected, status code: 404', 404, 'url.not-found'],
    ['"GET /app/ws HTTP/1.1" 403 153 "-" "Mozilla/5.0"', 403, 'origin.rejected'],
    ['[WS-Client] RX: HTTP/1.1 426 Upgrade Required', 426, 'server.upgrade-required'],
  ])('is explained by the status in %j', (text, status, code) => {
    expect(first(text)).toEqual({ client: 'any client', code, status, saysNothing: false });
  });

  it.each([
    ['[EROR] websocket connect err: websocket: origin was not allowed', 'origin.rejected'],
    ["websocket: could not find upgrade header with token 'websocket'", 'intermediary.upgrade-stripped'],
    ["websocket: could not find connection header with token 'upgrade'", 'intermediary.connection-header-lost'],
    ["AcmeWebSocket: a pong wasn't received before the timeout of 5000ms", 'frame.ping-timeout'],
    ['acme websocket error: the TLS negotiation failed', 'certificate.unknown-ca'],
    ['AcmeWebSocket died: connection lost unexpectedly', 'frame.abnormal-close'],
    ['acme: cannot send, the websocket is not open', 'client.not-open'],
  ])('is explained by the words of %j', (text, code) => {
    expect(first(text)).toEqual({ client: 'any client', code, status: null, saysNothing: false });
  });

  it('says that it tells nothing where it tells nothing', () => {
    expect(first('acme: could not open the WebSocket')).toEqual({
      client: 'any client',
      code: 'client.no-detail',
      status: null,
      saysNothing: true,
    });
  });

  it('is not looked for where a table has another', () => {
    const text = 'acme: could not open the WebSocket, origin not allowed\nError: Unexpected server response: 404';
    expect(explain(text).map(({ text: said }) => said)).toEqual(['Unexpected server response: 404']);
  });

  it.each([
    'WebSocket connection established',
    'websocket server is listening on port 8080',
    'npm error 404 websocket-foo is not in this registry',
    "Error: Cannot find module 'websocket-stream'",
    'fatal error: libwebsockets.h: No such file or directory',
    'GET /api/users HTTP/1.1" 502 150',
    'payment failed with status code: 402',
  ])('is not seen in %j', (text) => {
    expect(explain(text)).toEqual([]);
  });

  it('takes a time in proportion to the text, however hostile', () => {
    for (const piece of [
      'websocket error certificate ',
      'websocket error\n',
      'websocket 404 ',
      'wss:// failed upgrade origin ',
      'websocket fail ping pong ',
    ]) {
      const text = piece.repeat(Math.ceil((1024 * 1024) / piece.length)).slice(0, 1024 * 1024);
      const began = performance.now();
      explain(text);
      expect({ piece, inTime: performance.now() - began < 4000 }).toEqual({ piece, inTime: true });
    }
  });
});

describe('a code of closing', () => {
  it.each([
    ['Websocket closing: 4007 - Invalid reconnect', 4007],
    ['pubsub ERROR Disconnected unexpectedly: [1006] ', 1006],
    ['Connection failed (Code: 1006).', 1006],
    ['acme websocket: closed, StatusCode(4403)', 4403],
  ])('is found in %j', (text, code) => {
    expect(explain(text)[0]?.closeCode).toBe(code);
  });
});

describe('strings of a terminal', () => {
  it('are no part of a message', () => {
    const text =
      '\x1b]0;title\x07\x1b[31mError: Unexpected \x1b]8;;https://e.example/\x1b\\server\x1b]8;;\x1b\\ resp\x1b[0monse: \x9b1m403';
    expect(explain(text)[0]).toMatchObject({ text: 'Unexpected server response: 403', status: 403 });
  });
});
