import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.js';
import { wordsFor } from '../../src/explain/words.js';

const only = (text: string) => {
  const [match, ...others] = explain(text);
  expect(others.map(({ text: said }) => said)).toEqual([]);
  if (!match) throw new Error(`nothing in ${text}`);
  return match;
};

describe('explain', () => {
  it('reads a line of the console of Chrome whole, and takes the codes of its status', () => {
    const line = "WebSocket connection to 'wss://app.example/chat' failed: Error during WebSocket handshake: Unexpected response code: 403";
    expect(only(`app.js:12 ${line}`)).toMatchObject({
      client: 'Chromium',
      text: line,
      cause: 'origin',
      status: 403,
      saysNothing: false,
      codes: ['origin.rejected', 'server.forbidden', 'intermediary.waf-block', 'intermediary.connect-refused'],
      next: { command: 'shakedown doctor wss://app.example/chat' },
    });
  });

  it('takes the codes of another status for the same words', () => {
    expect(only('Error: Unexpected server response: 426').codes[0]).toBe('server.upgrade-required');
    expect(only('Error: Unexpected server response: 502').codes[0]).toBe('intermediary.bad-gateway');
    expect(only('Error: Unexpected server response: 599').codes).toEqual(['server.status-unexpected', 'server.internal-error']);
  });

  it('finds the message in a stack trace', () => {
    const trace = [
      'node:events:496',
      '      throw er; // Unhandled',
      'Error: Server sent an invalid subprotocol',
      '    at ClientRequest.<anonymous> (/srv/node_modules/ws/lib/websocket.js:926:9)',
      '    at Socket.socketOnData (node:_http_client:598:11)',
    ].join('\n');
    expect(only(trace)).toMatchObject({
      client: 'ws',
      codes: ['server.subprotocol-mismatch', 'server.subprotocol-duplicate'],
      cause: 'server',
    });
  });

  it('tells the cause that Python hides behind another exception', () => {
    const trace = [
      'websockets.exceptions.ProtocolError: control frame too long',
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      'websockets.exceptions.ConnectionClosedError: sent 1002 (protocol error); no close frame received',
    ].join('\n');
    expect(explain(trace)[0]).toMatchObject({ client: 'Python websockets', codes: ['frame.control-too-long'] });
  });

  it('names the package in Go by the words around an error that all of them share', () => {
    const inner = 'dial tcp 127.0.0.1:8080: connect: connection refused';
    expect(only(`failed to WebSocket dial: failed to send handshake request: Get "http://127.0.0.1:8080/ws": ${inner}`).client).toBe(
      'coder/websocket',
    );
    expect(only(`websocket.Dial ws://127.0.0.1:8080/ws: ${inner}`).client).toBe('golang.org/x/net/websocket');
    expect(only(inner).clients).toContain('gorilla/websocket');
  });

  it('gives one entry for a message that stands there many times, and says how many', () => {
    const log = Array.from({ length: 7 }, (_, second) => `08:15:0${second} ERROR websocket: bad handshake`).join('\n');
    expect(only(log)).toMatchObject({ times: 7, client: 'gorilla/websocket', saysNothing: true });
  });

  it('puts the most telling message first in a log of several', () => {
    const log = [
      '08:15:01 connect_error Error: websocket error',
      ...Array.from({ length: 40 }, (_, line) => `08:15:02 something else entirely, line ${line}`),
      "08:16:00 Hostname/IP does not match certificate's altnames: Host: a.example. is not in the cert's altnames: DNS:b.example",
      '08:17:00 Opening handshake has timed out',
    ].join('\n');
    expect(explain(log).map(({ codes, saysNothing }) => (saysNothing ? 'nothing' : codes[0]))).toEqual([
      'certificate.name-mismatch',
      'server.slow',
      'nothing',
    ]);
  });

  it('lets a message that says nothing stand aside for one beside it that says something', () => {
    const log = 'connect_error Error: websocket error\n  description: Error: Unexpected server response: 401';
    expect(only(log)).toMatchObject({ saysNothing: false, codes: ['server.auth', 'origin.rejected', 'origin.credentials-missing'] });
  });

  it.each([
    ['Firefox', 'Firefox can’t establish a connection to the server at wss://app.example/.'],
    ['Chrome without a reason', "WebSocket connection to 'ws://localhost:8080/' failed: "],
    ['undici', 'error message="" error=TypeError: '],
    ['socket.io', 'Error: websocket error'],
    [
      'SignalR',
      'Error: WebSocket failed to connect. The connection could not be found on the server, either the endpoint may not be a SignalR endpoint, the connection ID is not present on the server, or there is a proxy blocking WebSockets. If you have multiple servers check that sticky sessions are enabled.',
    ],
    ['gorilla', 'dial: websocket: bad handshake'],
    ['a made-up code', 'closed with 1006'],
  ])('says of what %s gives that it says nothing, and how to see more', (_, text) => {
    expect(only(text)).toMatchObject({ saysNothing: true, seeMore: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  it('finds a message that a terminal coloured, a JSON log escaped or an issue tracker wrapped', () => {
    expect(only('\x1b[31mError: \x1b[1mserver rejected WebSocket connection: HTTP 404\x1b[0m').status).toBe(404);
    expect(only('{"msg":"Server did not set Connection header to \\"upgrade\\"."}').codes).toContain('server.bad-connection');
    expect(only("Error during WebSocket handshake:\n   'Upgrade' header is missing").codes[0]).toBe('server.missing-upgrade');
  });

  it('believes a general error beside a word of WebSockets, and not beside that of another protocol', () => {
    expect(only('wss://app.example: connect ECONNREFUSED 10.0.0.1:443').codes[0]).toBe('url.refused');
    expect(explain('redis: connect ECONNREFUSED 10.0.0.1:6379')).toEqual([]);
    expect(explain('Error: connect ECONNREFUSED 10.0.0.1:5432')).toEqual([]);
  });
});

describe('close codes', () => {
  it.each([
    ['code 1006', 1006, 'frame.abnormal-close'],
    ['1008', 1008, 'server.close-policy'],
    ['closed with 1011', 1011, 'server.close-policy'],
    ["CloseEvent {isTrusted: true, wasClean: false, code: 1009, reason: ''}", 1009, 'frame.too-big'],
    ['[ws] disconnected, code=4401 reason=token expired', 4401, 'server.close-policy'],
    ['received 1013 (try again later); then sent 1013 (try again later)', 1013, 'server.overloaded'],
    ['WebSocket closed. Code: 1015', 1015, 'certificate.unknown-ca'],
    ['{"event":"close","code":1007}', 1007, 'frame.utf8'],
  ])('are explained in %s', (text, code, first) => {
    expect(only(text)).toMatchObject({ closeCode: code, client: 'any client', codes: expect.arrayContaining([first]) });
  });

  it('tells that nothing is wrong with 1000', () => {
    expect(only('closed with code 1000')).toMatchObject({ closeCode: 1000, codes: [], cause: null });
  });

  it('are not seen in numbers that only look like them', () => {
    for (const text of [
      'took 1006 ms',
      'port 1008',
      'ERROR 1008 (HY000)',
      'closed ticket 4012',
      '#1011',
      '10.0.0.1:1006',
      'closed 1011 stale files',
    ]) {
      expect({ text, matches: explain(text).length }).toEqual({ text, matches: 0 });
    }
  });
});

describe('the one command', () => {
  const commandFor = (text: string) => only(text).next.command;

  it('is doctor with the URL, without the full stop of the sentence, quoted for a shell', () => {
    expect(commandFor('ws://a.example/x. I get: Unexpected server response: 404')).toBe('shakedown doctor ws://a.example/x');
    expect(commandFor('Unexpected server response: 404 for wss://a.example/x?room=1&user=2')).toBe(
      "shakedown doctor 'wss://a.example/x?room=1&user=2'",
    );
    expect(commandFor('Unexpected server response: 404 for ws://a.example/$(id)')).toBe("shakedown doctor 'ws://a.example/$(id'");
  });

  it('names the Origin where the text tells it', () => {
    const text =
      "Mixed Content: The page at 'https://app.example/a/b' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://api.example/'. This request has been blocked; this endpoint must be available over WSS.";
    expect(commandFor(text)).toBe('shakedown doctor ws://api.example/ --origin https://app.example');
  });

  it('is open for a browser and run for a program where no URL stands, or only the own client shows it', () => {
    expect(commandFor("Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value")).toBe('shakedown open');
    expect(commandFor('Error: Unexpected server response: 404')).toBe('shakedown run -- COMMAND');
    expect(commandFor('ws://a.example: RangeError: Invalid WebSocket frame: RSV1 must be clear')).toBe('shakedown run -- COMMAND');
  });
});

describe('wordsFor', () => {
  it('knows what client families say of a finding, the clearest first', () => {
    const words = wordsFor('server.accept-missing');
    expect(words[0]?.alsoFor).toBe(0);
    expect(words.map(({ text }) => text)).toContain("Error during WebSocket handshake: 'Sec-WebSocket-Accept' header is missing");
    expect(words.map(({ alsoFor }) => alsoFor)).toEqual(words.map(({ alsoFor }) => alsoFor).sort((a, b) => a - b));
  });

  it('puts the statuses of a finding into the messages that hold one', () => {
    expect(wordsFor('intermediary.rate-limited').map(({ text }) => text)).toContain('Unexpected server response: 429');
  });

  it('leaves out sentences that say nothing', () => {
    expect(wordsFor('url.refused').some(({ text }) => text.includes("can't establish a connection"))).toBe(false);
  });
});
