import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { RecordedExchange } from '../../../src/formats/format.js';
import { har } from '../../../src/formats/har/export.js';
import { isoTime } from '../../../src/model/clock.js';
import type { Message } from '../../../src/wire/messages.js';
import { clientSays, connectHead, granted, type Moment, recordedOf, requestHead, switching, tunnel } from '../../replay/sample.js';
import { context, written } from '../support/files.js';
import { harFaults } from '../support/har-schema.js';

interface Entry {
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown> & { readonly content: Record<string, unknown> };
  readonly timings: Record<string, number>;
  readonly time: number;
  readonly _webSocketMessages?: readonly Record<string, unknown>[];
  readonly _webSocketClose?: unknown;
  readonly _shakedown: Record<string, unknown>;
}

/** A made-up exchange; what it says is told by the moments, its messages by hand where they are not to be read off the bytes. */
const exchangeOf = (moments: readonly Moment[], messages: readonly Message[] = []): RecordedExchange => {
  const { exchange, chunks } = recordedOf(moments);
  return {
    exchange,
    findings: diagnose(exchange),
    messages: async function* () {
      yield messages.map((message) => ({ message, at: isoTime(Date.UTC(2026, 0, 1) + 20) }));
    },
    chunks: async function* () {
      yield chunks.map(({ from, chunk, atMs }) => ({ from, chunk, atMs, offset: 0 }));
    },
    events: async function* () {
      yield [];
    },
  };
};
async function* all(...exchanges: readonly RecordedExchange[]) {
  yield* exchanges;
}
const entryOf = async (exchange: RecordedExchange): Promise<Entry> => {
  const log = JSON.parse(await written(har, all(exchange)));
  expect(harFaults(log)).toEqual([]);
  return log.log.entries[0];
};
const said = (more: Partial<Message> & Pick<Message, 'type'>, bytes: Uint8Array): Message => ({
  from: 'client',
  bytes,
  length: bytes.length,
  wireBytes: bytes.length + 6,
  frames: 1,
  cut: false,
  compressed: false,
  ...more,
});

const opened: readonly Moment[] = [
  ...tunnel,
  [6, { type: 'target', target: { scheme: 'ws', host: 'api.test', port: 80, path: '/chat?a=b%20c&d' }, kind: 'websocket' }],
  [7, { type: 'head', site: 'clientSent', raw: requestHead('Cookie: a=1; b=2') }],
  [8, { type: 'head', site: 'serverGot', sameAs: 'clientSent' }],
  [10, { type: 'head', site: 'serverSent', raw: switching('Set-Cookie: id=7; Path=/; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT') }],
  [11, { type: 'head', site: 'clientGot', sameAs: 'serverSent' }],
];
const answered = (fields: readonly string[], body: Uint8Array): readonly Moment[] => [
  ...opened.slice(0, 9),
  [10, { type: 'head', site: 'serverSent', raw: `${['HTTP/1.1 403 Forbidden', ...fields].join('\r\n')}\r\n\r\n` }],
  [11, { type: 'head', site: 'clientGot', sameAs: 'serverSent' }],
  [12, { from: 'server', chunk: body }],
  [14, { type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' }],
  [15, { type: 'closed', client: { in: 1, out: 2 }, server: { in: 3, out: 4 } }],
];

describe('a WebSocket in a HAR', () => {
  it("has its messages as Chromium's DevTools write them, and the frames that they leave out", async () => {
    const { _webSocketMessages } = await entryOf(
      exchangeOf(opened, [
        said({ type: 'text' }, Buffer.from('grüße')),
        said({ type: 'binary', from: 'server', frames: 3, compressed: true }, Uint8Array.of(0, 255)),
        said({ type: 'ping', from: 'server' }, Buffer.from('hi')),
        said({ type: 'text', cut: true, length: 9_000_000 }, Buffer.from('begin')),
        said({ type: 'text', error: 'The text is not valid UTF-8 (RFC 6455 section 8.1).' }, Uint8Array.of(0x61, 0xff)),
        said({ type: 'close' }, Uint8Array.of(0x03, 0xe8)),
      ]),
    );
    const time = Date.UTC(2026, 0, 1) / 1000 + 0.02;
    expect(_webSocketMessages).toEqual([
      { type: 'send', time, opcode: 1, data: 'grüße' },
      { type: 'receive', time, opcode: 2, data: 'AP8=', _shakedown: { frames: 3, compressed: true } },
      { type: 'receive', time, opcode: 9, data: 'aGk=' },
      { type: 'send', time, opcode: 1, data: 'begin', _shakedown: { bytes: 9_000_000 } },
      { type: 'send', time, opcode: 1, data: 'a\ufffd', _shakedown: { base64: 'Yf8=', error: expect.stringContaining('UTF-8') } },
      { type: 'send', time, opcode: 8, data: 'A+g=' },
    ]);
  });

  it('has both heads as the client saw them, with cookies, query and sizes', async () => {
    const { request, response } = await entryOf(exchangeOf(opened));
    expect(request).toMatchObject({
      method: 'GET',
      url: 'ws://api.test/chat?a=b%20c&d',
      httpVersion: 'HTTP/1.1',
      cookies: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
      queryString: [
        { name: 'a', value: 'b c' },
        { name: 'd', value: '' },
      ],
      headersSize: requestHead('Cookie: a=1; b=2').length,
    });
    expect(response).toMatchObject({
      status: 101,
      statusText: 'Switching Protocols',
      cookies: [{ name: 'id', value: '7', path: '/', httpOnly: true, secure: false, expires: '2026-10-21T07:28:00.000Z' }],
    });
  });

  it('says how it was closed, and nothing while it is open', async () => {
    const closing: readonly Moment[] = [
      ...opened,
      [20, clientSays('x')],
      [30, { type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' }],
      [31, { type: 'closed', client: { in: 1, out: 2 }, server: { in: 3, out: 4 } }],
    ];
    expect((await entryOf(exchangeOf(opened)))._webSocketClose).toBeUndefined();
    expect((await entryOf(exchangeOf(closing)))._webSocketClose).toBe('aborted');
    const close = { from: 'server', chunk: Uint8Array.of(0x88, 5, 0x0f, 0xa1, 0x62, 0x79, 0x65) } as const;
    const closed = exchangeOf(
      [...opened, [20, close]],
      [said({ type: 'close', from: 'server' }, Uint8Array.of(0x0f, 0xa1, 0x62, 0x79, 0x65))],
    );
    expect((await entryOf(closed))._webSocketClose).toEqual({ code: 4001, reason: 'bye', timestamp: Date.UTC(2026, 0, 1) / 1000 + 0.02 });
  });

  it('counts the time of the whole as the sum of its phases, and a phase that is not known as -1', async () => {
    const entry = await entryOf(exchangeOf(answered(['Content-Length: 2'], Buffer.from('no'))));
    expect(entry.timings).toEqual({ blocked: 9, dns: -1, connect: -1, ssl: -1, send: 0, wait: 2, receive: 4 });
    expect(entry.time).toBe(15);
  });

  it('has under _shakedown what HAR has no field for: both legs, the heads that differ, findings', async () => {
    const { _shakedown } = await entryOf(exchangeOf(answered(['Content-Length: 18'], Buffer.from('Origin not allowed'))));
    expect(_shakedown).toMatchObject({
      version: 1,
      id: '7',
      outcome: 'refused',
      door: { request: connectHead, reply: granted },
      heads: { clientSent: { raw: requestHead('Cookie: a=1; b=2') }, serverGot: { sameAs: 'clientSent' } },
      client: { peer: { address: '127.0.0.1', port: 50000 }, bytesIn: 1 },
      server: { peer: { address: '192.0.2.1', port: 80 }, end: { how: 'fin' } },
      findings: [{ code: 'origin.missing' }],
    });
  });
});

describe('a body in a HAR', () => {
  const html = `<p>${'gezippt é '.repeat(100)}</p>`;

  it('is text without its codings and its chunks', async () => {
    const zipped = gzipSync(html);
    const half = zipped.subarray(0, 20);
    const rest = zipped.subarray(20);
    const chunked = Buffer.concat([
      Buffer.from(`14\r\n`),
      half,
      Buffer.from(`\r\n${rest.length.toString(16)}\r\n`),
      rest,
      Buffer.from('\r\n0\r\n\r\n'),
    ]);
    const fields = ['Content-Type: text/html', 'Content-Encoding: gzip', 'Transfer-Encoding: chunked'];
    const { response } = await entryOf(exchangeOf(answered(fields, chunked)));
    expect(response.content).toEqual({
      size: Buffer.byteLength(html),
      compression: Buffer.byteLength(html) - zipped.length,
      mimeType: 'text/html',
      text: html,
    });
    expect(response.bodySize).toBe(zipped.length);
  });

  it('is base64 where it is no UTF-8, or says that it is another character set', async () => {
    const binary = await entryOf(exchangeOf(answered(['Content-Length: 2'], Uint8Array.of(0xff, 0))));
    expect(binary.response.content).toMatchObject({ text: '/wA=', encoding: 'base64' });
    const latin = await entryOf(
      exchangeOf(answered(['Content-Type: text/plain; charset=iso-8859-1', 'Content-Length: 1'], Buffer.from('a'))),
    );
    expect(latin.response.content).toMatchObject({ text: 'YQ==', encoding: 'base64' });
  });

  it('that inflates to a gigabyte is cut, and says so', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const { response } = await entryOf(exchangeOf(answered(['Content-Encoding: gzip', `Content-Length: ${bomb.length}`], bomb)));
    expect(response.content).toMatchObject({ size: 1024 * 1024, _cut: true });
  });

  it('whose coding is unknown or broken stays as it was sent, and says so', async () => {
    const unknown = await entryOf(exchangeOf(answered(['Content-Encoding: zstd', 'Content-Length: 2'], Buffer.from('no'))));
    expect(unknown.response.content).toMatchObject({ text: 'no', _codings: ['zstd'] });
    const broken = await entryOf(exchangeOf(answered(['Content-Encoding: gzip', 'Content-Length: 2'], Buffer.from('no'))));
    expect(broken.response.content).toMatchObject({
      text: 'no',
      _codings: ['gzip'],
      comment: expect.stringContaining('could not be decoded'),
    });
  });
});

describe('what never became an exchange of heads', () => {
  it('is an entry without an answer, which says why', async () => {
    const failure = { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 192.0.2.1:80', attempts: [] };
    const { request, response } = await entryOf(
      exchangeOf([
        ...tunnel.slice(0, 4),
        [4, { type: 'dial-failed', failure }],
        [5, { type: 'closed', client: { in: 0, out: 0 }, server: null }],
      ]),
    );
    expect(request).toMatchObject({ method: 'CONNECT', url: 'tcp://api.test:80/' });
    expect(response).toMatchObject({ status: 0, headers: [], _error: failure.message });
  });

  it('is left out where it has no URL, and counted', async () => {
    const nowhere = exchangeOf([tunnel[0] as Moment]);
    const { log } = JSON.parse(await written(har, all(nowhere, exchangeOf(opened))));
    expect(log.entries).toHaveLength(1);
    expect(log.comment).toContain('1 exchange without a URL is not in it.');
    expect(log._shakedown).toMatchObject({ leftOut: 1, without: ['7'] });
  });

  it('has a URL that RFC 3986 allows, whatever the client asked for', async () => {
    const target = { scheme: 'http', host: 'api.test', port: 80, path: '/a b|"<>%zz%41?é#[' } as const;
    const { request } = await entryOf(exchangeOf([...tunnel, [6, { type: 'target', target, kind: 'http' }]]));
    expect(request.url).toBe('http://api.test/a%20b%7C%22%3C%3E%25zz%41?%C3%A9%23%5B');
  });
});

describe('the writing of a HAR', () => {
  it('says what was redacted, and by whom it was made', async () => {
    const redaction = { kinds: [{ kind: 'cookie', places: 3 }], blanked: 1 };
    const { log } = JSON.parse(await written(har, all(), { ...context, redaction }));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'shakedown', version: '0.1.0' }, pages: [], entries: [] });
    expect(log.comment).toBe(
      'Made by shakedown from session.jsonl. Redacted: cookie (3). 1 payloads that could not be searched were blanked.',
    );
    expect(log._shakedown.redaction).toEqual(redaction);
  });

  it('gives every batch of messages before it asks for the next one', async () => {
    let asked = 0;
    const exchange: RecordedExchange = {
      ...exchangeOf(opened),
      messages: async function* () {
        for (; asked < 1000; asked++) yield [{ message: said({ type: 'text' }, Buffer.from('x')), at: isoTime(0) }];
      },
    };
    let parts = 0;
    for await (const part of har.write(all(exchange), context)) {
      if (String(part).includes('"opcode":1')) expect(asked).toBe(parts++);
    }
    expect(parts).toBe(1000);
  });

  it('lets no control character and no change of the reading direction reach a terminal', async () => {
    const text = await written(har, all(exchangeOf(opened, [said({ type: 'text' }, Buffer.from('\u001b]0;x\u0007\u009b2J\u202e'))])));
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });
});
