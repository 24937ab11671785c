import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyEndOf, keepsConnection } from '../../src/wire/body-end.js';
import { parseHead } from '../../src/wire/http-head.js';
import { cutAt, pieces } from './streams.js';

const answer = (...lines: string[]) => parseHead(`${lines.join('\r\n')}\r\n\r\n`, 'response');
const request = (...lines: string[]) => parseHead(`${['GET / HTTP/1.1', ...lines].join('\r\n')}\r\n\r\n`, 'request');
const chunked = answer('HTTP/1.1 403 No', 'Transfer-Encoding: chunked');

/** How many bytes of the stream are body, fed in these pieces; null when the end was not reached. */
const endOf = (head: ReturnType<typeof answer>, stream: readonly Uint8Array[], method?: string): number | null => {
  const body = bodyEndOf(head, method);
  let taken = 0;
  for (const piece of stream) if (!body.done) taken += body.push(piece);
  return body.done ? taken : null;
};

describe('the end of a body', () => {
  it.each([
    ['a length', answer('HTTP/1.1 403 No', 'Content-Length: 3'), 'abcd', 3],
    ['a length of nothing', answer('HTTP/1.1 403 No', 'content-length:0'), 'x', 0],
    ['204', answer('HTTP/1.1 204 No', 'Content-Length: 3'), 'abc', 0],
    ['304', answer('HTTP/1.1 304 No', 'Content-Length: 3'), 'abc', 0],
    ['no length', answer('HTTP/1.1 403 No'), 'abc', null],
    ['a length that is none', answer('HTTP/1.1 403 No', 'Content-Length: 3x'), 'abc', null],
    ['chunks', chunked, '3\r\nabc\r\n0\r\n\r\nmore', 13],
    ['chunks with extensions and odd sizes', chunked, '0003;a="b;c"\r\nabc\r\nA ; x\r\n0123456789\r\n0;last\r\n\r\n', 48],
    ['chunks with trailers', chunked, '0\r\nX-Trailer: 1\r\nY:2\r\n\r\nrest', 24],
    ['chunks with bare line feeds', chunked, '1\na\n0\n\n', 7],
    [
      'another coding under the chunks, and a length beside them',
      answer('HTTP/1.1 403 No', 'Transfer-Encoding: gzip, Chunked', 'Content-Length: 1'),
      '0\r\n\r\n',
      5,
    ],
    ['a coding that is not chunked', answer('HTTP/1.1 403 No', 'Transfer-Encoding: gzip', 'Content-Length: 1'), 'a', null],
    ['a broken chunk size', chunked, 'zz\r\nabc', null],
    ['a chunk size over 48 bits', chunked, `${'f'.repeat(13)}\r\n`, null],
    ['a chunk that is longer than it says', chunked, '1\r\nabc\r\n0\r\n\r\n', null],
  ])('%s', (_, head, text, end) => {
    const bytes = Buffer.from(text);
    expect(endOf(head, [bytes])).toBe(end);
    for (const cut of bytes.keys()) expect(endOf(head, cutAt(bytes, [cut]))).toBe(end);
    expect(endOf(head, cutAt(bytes, [...bytes.keys()]))).toBe(end);
  });

  it('comes at once behind the head of an answer to HEAD', () => {
    expect(endOf(answer('HTTP/1.1 403 No', 'Content-Length: 3'), [], 'HEAD')).toBe(0);
  });

  it('is where the chunks end, however they are cut', () => {
    const stream = fc
      .array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 })
      .map((chunks) =>
        Buffer.concat([
          ...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
          Buffer.from('0\r\n\r\n'),
        ]),
      );
    fc.assert(
      fc.property(pieces(stream), (cut) => {
        expect(endOf(chunked, cut)).toBe(cut.reduce((sum, piece) => sum + piece.length, 0));
      }),
    );
  });

  it('is found in 8 MiB without delay, and anything is taken', () => {
    const started = performance.now();
    expect(endOf(chunked, [Buffer.from('800000\r\n'), Buffer.alloc(0x800000), Buffer.from('\r\n0\r\n\r\n')])).toBe(0x800000 + 15);
    expect(performance.now() - started).toBeLessThan(200);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(bodyEndOf(chunked).push(bytes)).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('a connection after an answer', () => {
  it.each([
    ['stays by default', request(), answer('HTTP/1.1 403 No'), true],
    ['ends when the server says so', request(), answer('HTTP/1.1 403 No', 'connection: Close'), false],
    ['ends when the server says so in a list', request(), answer('HTTP/1.1 403 No', 'Connection: a', 'Connection: b, close'), false],
    ['ends when the client says so', request('Connection: close'), answer('HTTP/1.1 403 No'), false],
    ['ends with HTTP/1.0', request(), answer('HTTP/1.0 403 No'), false],
    ['stays with HTTP/1.0 and keep-alive', request(), answer('HTTP/1.0 403 No', 'Connection: keep-alive'), true],
  ])('%s', (_, asked, answered, stays) => {
    expect(keepsConnection(asked, answered)).toBe(stays);
  });
});
