import { describe, expect, it } from 'vitest';
import type { HeaderField } from '../../src/model/head.js';
import { acceptFor } from '../../src/wire/accept-key.js';
import { parseHead } from '../../src/wire/http-head.js';
import {
  type Asked,
  answerToHttp1,
  answerToHttp2,
  requestFraming,
  requestToHttp1,
  requestToHttp2,
} from '../../src/wire/http2/translate.js';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const handshake = [
  'GET /chat?a=1 HTTP/1.1',
  'Host: app.test',
  'Upgrade: websocket',
  'Connection: keep-alive, Upgrade',
  `Sec-WebSocket-Key: ${key}`,
  'Sec-WebSocket-Version: 13',
  'Origin: https://app.test',
];
const head = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const toHttp2 = (lines: readonly string[]) => requestToHttp2(parseHead(head(lines), 'request'), 'https');
const without = (name: string) => handshake.filter((line) => !line.startsWith(name));

const extended: HeaderField[] = [
  [':method', 'CONNECT'],
  [':protocol', 'websocket'],
  [':scheme', 'https'],
  [':authority', 'app.test'],
  [':path', '/chat?a=1'],
  ['sec-websocket-version', '13'],
  ['origin', 'https://app.test'],
];

describe('a request of HTTP/1.1 in HTTP/2', () => {
  it('is an extended CONNECT where it is a handshake', () => {
    expect(toHttp2(handshake)).toEqual(extended);
  });

  it.each(['Upgrade', 'Connection', 'Sec-WebSocket-Key'])('stays a GET without %s, as a server of HTTP/1.1 reads it', (name) => {
    expect(toHttp2(without(name)).slice(0, 2)).toEqual([
      [':method', 'GET'],
      [':scheme', 'https'],
    ]);
  });

  const ordinary: readonly (readonly [title: string, line: string, field: HeaderField | null])[] = [
    ['lower-cases a name', 'X-Cased: Value', ['x-cased', 'Value']],
    ['drops what Connection names', 'X-Hop: 1', null],
    ['drops Transfer-Encoding', 'Transfer-Encoding: chunked', null],
    ['drops Keep-Alive', 'Keep-Alive: timeout=5', null],
    ['drops TE that HTTP/2 forbids', 'TE: gzip', null],
    ['keeps TE: trailers', 'TE: trailers', ['te', 'trailers']],
    ['drops a name that is no token', 'bad name: 1', null],
    ['keeps Content-Length', 'Content-Length: 5', ['content-length', '5']],
  ];
  it.each(ordinary)('%s', (_title, line, field) => {
    const fields = toHttp2(['POST /p HTTP/1.1', 'Host: a', 'Connection: X-Hop', line]);
    expect(fields.slice(0, 4)).toEqual([
      [':method', 'POST'],
      [':scheme', 'https'],
      [':authority', 'a'],
      [':path', '/p'],
    ]);
    expect(fields.slice(4)).toEqual(field ? [field] : []);
  });

  it('takes authority and path out of an absolute target', () => {
    expect(toHttp2(['GET https://b.test?q HTTP/1.1', 'Host: a.test']).slice(2)).toEqual([
      [':authority', 'b.test'],
      [':path', '/?q'],
    ]);
  });
});

describe('a request of HTTP/2 in HTTP/1.1', () => {
  it('is an Upgrade with a key where it is an extended CONNECT', () => {
    expect(requestToHttp1(extended, { key, framing: 'chunked' })).toBe(
      head([
        'GET /chat?a=1 HTTP/1.1',
        'host: app.test',
        'upgrade: websocket',
        'connection: Upgrade',
        `sec-websocket-key: ${key}`,
        'sec-websocket-version: 13',
        'origin: https://app.test',
      ]),
    );
  });

  it('comes back as it was after both translations', () => {
    const raw = requestToHttp1(extended, { key, framing: 'none' }) ?? '';
    expect(requestToHttp2(parseHead(raw, 'request'), 'https')).toEqual(extended);
  });

  const get: HeaderField[] = [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':authority', 'a'],
    [':path', '/'],
  ];
  const rows: readonly (readonly [title: string, fields: readonly HeaderField[], lines: readonly string[] | null])[] = [
    [
      'joins cookies',
      [...get, ['cookie', 'a=1'], ['x', 'y'], ['cookie', 'b=2']],
      ['GET / HTTP/1.1', 'host: a', 'cookie: a=1; b=2', 'x: y'],
    ],
    ['says a Host that is the :authority once', [...get, ['host', 'a']], ['GET / HTTP/1.1', 'host: a']],
    ['keeps a Host that is another one, to be refused', [...get, ['host', 'b']], ['GET / HTTP/1.1', 'host: a', 'host: b']],
    ['drops fields of the connection', [...get, ['connection', 'x'], ['upgrade', 'h2c']], ['GET / HTTP/1.1', 'host: a']],
    ['has no line for a path with a space', [...get.slice(0, 3), [':path', '/a b']], null],
    ['has no line for a path with a line break', [...get.slice(0, 3), [':path', '/a\r\nx: y']], null],
    ['has no line without a path', get.slice(0, 3), null],
  ];
  it.each(rows)('%s', (_title, fields, lines) => {
    expect(requestToHttp1(fields, { key, framing: 'none' })).toBe(lines && head(lines));
  });

  it('marks a body off by its length, or by chunks', () => {
    const sized: HeaderField[] = [...get, ['content-length', '3']];
    expect([requestFraming(get, true), requestFraming(get, false), requestFraming(sized, false)]).toEqual(['none', 'chunked', 'length']);
    expect(requestToHttp1(get, { key, framing: 'chunked' })).toContain('\r\ntransfer-encoding: chunked\r\n');
  });
});

describe('an answer of HTTP/1.1 in HTTP/2', () => {
  const rows: readonly (readonly [title: string, lines: readonly string[], extended: boolean, fields: readonly HeaderField[]])[] = [
    [
      '101 is 200',
      [
        'HTTP/1.1 101 Switching Protocols',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Accept: x',
        'Sec-WebSocket-Protocol: chat',
      ],
      true,
      [
        [':status', '200'],
        ['sec-websocket-protocol', 'chat'],
      ],
    ],
    [
      'a 200 that did not switch opens nothing',
      ['HTTP/1.1 200 OK', 'Content-Length: 2'],
      true,
      [
        [':status', '502'],
        ['content-length', '2'],
      ],
    ],
    [
      'a refusal is itself',
      ['HTTP/1.1 403 Forbidden', 'Connection: close', 'Content-Type: text/plain', 'Transfer-Encoding: chunked'],
      true,
      [
        [':status', '403'],
        ['content-type', 'text/plain'],
      ],
    ],
    ['200 to an ordinary request is 200', ['HTTP/1.1 200 OK'], false, [[':status', '200']]],
    ['101 to an ordinary request is none', ['HTTP/1.1 101 Switching Protocols'], false, [[':status', '502']]],
    [
      'says a field once of which HTTP/2 takes one',
      ['HTTP/1.1 200 OK', 'Content-Type: a', 'Content-Type: b', 'Set-Cookie: a', 'Set-Cookie: b'],
      false,
      [
        [':status', '200'],
        ['content-type', 'a'],
        ['set-cookie', 'a'],
        ['set-cookie', 'b'],
      ],
    ],
  ];
  it.each(rows)('%s', (_title, lines, isExtended, fields) => {
    expect(answerToHttp2(parseHead(head(lines), 'response'), isExtended)).toEqual(fields);
  });
});

describe('an answer of HTTP/2 in HTTP/1.1', () => {
  const get: Asked = { method: 'GET', key: null, endStream: false };
  const rows: readonly (readonly [
    title: string,
    fields: readonly HeaderField[],
    asked: Asked,
    lines: readonly string[],
    framing: string,
  ])[] = [
    [
      '200 to an extended CONNECT is 101 with the accept of the key',
      [
        [':status', '200'],
        ['sec-websocket-protocol', 'chat'],
      ],
      { ...get, key },
      [
        'HTTP/1.1 101 Switching Protocols',
        'upgrade: websocket',
        'connection: Upgrade',
        `sec-websocket-accept: ${acceptFor(key)}`,
        'sec-websocket-protocol: chat',
      ],
      'data',
    ],
    [
      'a refusal keeps its status',
      [[':status', '403']],
      { ...get, key },
      ['HTTP/1.1 403 Forbidden', 'transfer-encoding: chunked'],
      'chunked',
    ],
    [
      'a length is kept',
      [
        [':status', '200'],
        ['content-length', '2'],
      ],
      get,
      ['HTTP/1.1 200 OK', 'content-length: 2'],
      'length',
    ],
    ['an empty body is said', [[':status', '200']], { ...get, endStream: true }, ['HTTP/1.1 200 OK', 'content-length: 0'], 'none'],
    [
      'HEAD has no body',
      [
        [':status', '200'],
        ['content-length', '9'],
      ],
      { ...get, method: 'HEAD' },
      ['HTTP/1.1 200 OK', 'content-length: 9'],
      'none',
    ],
    ['204 has no body', [[':status', '204']], get, ['HTTP/1.1 204 No Content'], 'none'],
    [
      '103 has no body',
      [
        [':status', '103'],
        ['link', '</a>'],
      ],
      get,
      ['HTTP/1.1 103 Early Hints', 'link: </a>'],
      'none',
    ],
  ];
  it.each(rows)('%s', (_title, fields, asked, lines, framing) => {
    expect(answerToHttp1(fields, asked)).toEqual({ raw: head(lines), framing });
  });
});
