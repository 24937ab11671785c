/** What a connection's first bytes say that it speaks. `more`: not enough bytes yet. */
export type Speech = 'tls' | 'http' | 'http2' | 'socks5' | 'socks4' | 'unknown' | 'more';

const preface = 'PRI * HTTP/2.0\r\n';
/** A first line over this length is none, unless its method is one that everyone knows. */
const longestLine = 8192;

/**
 * Decides, in this order:
 * 1. 0x16 0x03 is a TLS handshake record (RFC 8446 section 5.1).
 * 2. 0x05 is a SOCKS5 greeting, 0x04 0x01 a SOCKS4 CONNECT.
 * 3. `PRI * HTTP/2.0` is the preface of HTTP/2 with prior knowledge (RFC 9113 section 3.4).
 * 4. A well-known method in any case and a space: an HTTP/1 request line, whatever follows.
 * 5. A token of at most 32 characters, a space, and ` HTTP/` and a digit before the line ends: another method. Without those it may be
 *    SSH, IRC or SMTP, whose first line is a word and a space too.
 * 6. Anything else is unknown.
 */
export const sniff = (bytes: Uint8Array): Speech => {
  const [first, second] = bytes;
  if (first === undefined) return 'more';
  if (first === 0x16) return second === undefined ? 'more' : second === 0x03 ? 'tls' : 'unknown';
  if (first === 0x05) return 'socks5';
  if (first === 0x04) return second === undefined ? 'more' : second === 0x01 ? 'socks4' : 'unknown';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestLine)).toString('latin1');
  if (text.startsWith(preface)) return 'http2';
  if (preface.startsWith(text)) return 'more';
  const method = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32})( |$)/.exec(text);
  if (!method) return 'unknown';
  if (method[2] !== ' ') return 'more';
  if (/^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/i.test(method[1] ?? '')) return 'http';
  const end = text.indexOf('\n');
  if (end === -1) return text.length < longestLine ? 'more' : 'unknown';
  return / HTTP\/\d/i.test(text.slice(0, end)) ? 'http' : 'unknown';
};
