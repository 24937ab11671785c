import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerBody, type BodyReader, lastChunk, requestBody, writeChunk } from '../../src/wire/body-reader.js';
import { parseHead } from '../../src/wire/http-head.js';

const bodyOf = (fields: string, method = 'GET', status = 200): BodyReader =>
  answerBody(parseHead(`HTTP/1.1 ${status} X\r\n${fields}\r\n`, 'response'), method);

const read = (body: BodyReader, text: string, cut = text.length): { readonly data: string; readonly rest: string } => {
  const parts = [text.slice(0, cut), text.slice(cut)].map((part) => body.push(Buffer.from(part, 'latin1')));
  return {
    data: Buffer.concat(parts.flatMap(({ data }) => data)).toString('latin1'),
    rest: Buffer.concat(parts.map(({ rest }) => rest)).toString('latin1'),
  };
};

describe('a body', () => {
  const rows: readonly (readonly [title: string, body: () => BodyReader, wire: string, data: string, rest: string, done: boolean])[] = [
    ['ends by its length', () => bodyOf('Content-Length: 3\r\n'), 'abcdef', 'abc', 'def', true],
    ['is missing bytes', () => bodyOf('Content-Length: 9\r\n'), 'abc', 'abc', '', false],
    [
      'ends by its last chunk',
      () => bodyOf('Transfer-Encoding: chunked\r\n'),
      '3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\nrest',
      'abcde',
      'rest',
      true,
    ],
    ['has trailers', () => bodyOf('Transfer-Encoding: chunked\r\n'), '1\r\na\r\n0\r\nX: 1\r\n\r\n', 'a', '', true],
    ['is broken', () => bodyOf('Transfer-Encoding: chunked\r\n'), 'zz\r\nabc', 'abc', '', false],
    ['lasts until the end', () => bodyOf(''), 'abc', 'abc', '', false],
    ['is not there behind HEAD', () => bodyOf('Content-Length: 3\r\n', 'HEAD'), '', '', '', true],
    ['is not there behind 304', () => bodyOf('Content-Length: 3\r\n', 'GET', 304), '', '', '', true],
    ['of a request without a length is none', () => requestBody(parseHead('GET / HTTP/1.1\r\n\r\n', 'request')), 'next', '', 'next', true],
  ];
  it.each(rows)('%s, wherever its bytes are cut', (_title, body, wire, data, rest, done) => {
    for (let cut = 0; cut <= wire.length; cut++) {
      const reader = body();
      expect({ ...read(reader, wire, cut), done: reader.done }).toEqual({ data, rest, done });
    }
  });

  it('is what was written in chunks, trailers included', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 })), (pieces) => {
        const reader = bodyOf('Transfer-Encoding: chunked\r\n');
        const wire = Buffer.concat([...pieces.map(writeChunk), lastChunk([['x-sum', '9']])]);
        expect(Buffer.concat(reader.push(wire).data)).toEqual(Buffer.concat(pieces));
        expect([reader.done, reader.trailers]).toEqual([true, [['x-sum', '9']]]);
      }),
    );
  });

  it('gives up on a line without an end', () => {
    const reader = bodyOf('Transfer-Encoding: chunked\r\n');
    reader.push(Buffer.alloc(20_000, 0x31));
    expect(Buffer.concat(reader.push(Buffer.from('x')).data).toString()).toBe('x');
  });
});
