import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../src/wire/sniff.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('what a connection speaks', () => {
  it.each([
    ['an upgrade request', 'GET /socket HTTP/1.1\r\n', 'http'],
    ['a well-known method as soon as its space is there', 'GET ', 'http'],
    ['a well-known method in lower case', 'get /', 'http'],
    ['CONNECT', 'CONNECT a:443 HTTP/1.1\r\n', 'http'],
    ['a request line without a version', 'POST /x\r\n', 'http'],
    ['a method that is not well known', 'BREW /pot HTTP/1.1\r\n', 'http'],
    ['a method with odd characters', "M-SEARCH!#$%&'*+.^_`|~1 * HTTP/1.1\n", 'http'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'http2'],
    ['TLS', '\x16\x03\x01', 'tls'],
    ['a SOCKS5 greeting', '\x05', 'socks5'],
    ['a SOCKS4 CONNECT', '\x04\x01', 'socks4'],
    ['SOCKS4 BIND', '\x04\x02', 'unknown'],
    ['0x16 that is no TLS', '\x16\x04', 'unknown'],
    ['an SSH client with a comment', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', 'unknown'],
    ['IRC', 'CAP LS 302\r\n', 'unknown'],
    ['SMTP', 'EHLO me\r\n', 'unknown'],
    ['a line end first', '\r\nGET / HTTP/1.1', 'unknown'],
    ['a word of 33 characters', 'A'.repeat(33), 'unknown'],
    ['an unknown word and a line that never ends', `BREW ${'x'.repeat(9000)}`, 'unknown'],
    ['zeros', '\0\0\0\0', 'unknown'],
    ['latin1', '\xe9\xe9 \xe9', 'unknown'],
    ['nothing', '', 'more'],
    ['half a TLS record', '\x16', 'more'],
    ['half a word', 'GE', 'more'],
    ['half a preface', 'PRI * HTT', 'more'],
    ['a method that is not well known, and no line end', 'BREW /pot HTTP/1.1', 'more'],
  ])('%s', (_, text, speech) => {
    expect(sniff(latin1(text))).toBe(speech);
  });

  it('never changes its mind: more bytes only end the waiting', () => {
    const line = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom('PRI * HTTP/2.0\r\n', 'BREW / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\n', 'SSH-2.0-x y\r\n', '\x16\x03\x01').map(latin1),
    );
    fc.assert(
      fc.property(line, (bytes) => {
        const said = [...bytes.keys()].map((end) => sniff(bytes.subarray(0, end + 1)));
        expect(new Set(said.filter((speech) => speech !== 'more')).size).toBeLessThanOrEqual(1);
      }),
    );
  });
});
