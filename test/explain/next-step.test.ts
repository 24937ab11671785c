import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.js';

const commandOf = (text: string): string | undefined => explain(text)[0]?.next.command;

describe('the one command that would settle it', () => {
  it.each([
    ["Connection to 'https://chat.example.com:0/ws#' was not upgraded to websocket", 'shakedown doctor wss://chat.example.com/ws'],
    [
      "Connection to 'http://10.0.2.2:8080/ws#' was not upgraded to websocket, HTTP status code: 404",
      'shakedown doctor ws://10.0.2.2:8080/ws',
    ],
    ['Error: connect ECONNREFUSED 127.0.0.1:8080', 'shakedown doctor ws://127.0.0.1:8080'],
    ['WebSocket error: connect ECONNREFUSED ::1:8080', "shakedown doctor 'ws://[::1]:8080'"],
    ['WebSocket: getaddrinfo ENOTFOUND chat.example.com', 'shakedown doctor wss://chat.example.com'],
    ['websocket: x509: certificate is valid for a.example, not b.example', 'shakedown doctor wss://b.example'],
    [
      'upstream prematurely closed connection while reading response header from upstream, client: 10.0.0.9, server: x, request: "GET /ws?a=1&b=2 HTTP/1.1", upstream: "http://127.0.0.1:8080/ws", host: "app.example"',
      "shakedown doctor 'wss://app.example/ws?a=1&b=2'",
    ],
    [
      '[2026-05-10T00:37:31.783Z] "GET /ws HTTP/1.1" 503 UC upstream_reset_before_response_started{connection_termination} - "-" 0 95 12 - "-" "websocket-client" "-" "ws.example.com" "10.28.1.4:8443"',
      'shakedown doctor wss://ws.example.com/ws',
    ],
  ])('takes from %j where to look', (text, command) => {
    expect(commandOf(text)).toBe(command);
  });

  it('takes the URL that is nearest', () => {
    const text =
      'opening wss://one.example/\nopened\nopening wss://two.example/\nError: Unexpected server response: 403\nopening wss://three.example/';
    expect(commandOf(text)).toBe('shakedown doctor wss://two.example/');
  });

  it('brings the Origin along, also where it has no URL', () => {
    expect(commandOf('Request origin not allowed: https://app.example\nFailed to upgrade to WebSocket')).toBe(
      'shakedown doctor URL --origin https://app.example',
    );
  });

  it('quotes what a shell would take apart', () => {
    expect(commandOf('Unexpected server response: 403 wss://a.example/?q=$(id)&x')).toBe("shakedown doctor 'wss://a.example/?q=$(id)&x'");
  });

  it('leaves to the page what only a page meets', () => {
    const text =
      "Refused to connect to 'wss://a.example/' because it violates the following Content Security Policy directive: \"connect-src 'self'\".";
    expect(commandOf(text)).toBe('shakedown open');
  });
});
