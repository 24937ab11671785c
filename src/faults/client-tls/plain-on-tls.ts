import { defineFault } from '../fault.js';

/** What speaks first, or answers a ClientHello, on a port without TLS; captured from the products, versions left out. */
const brands: Readonly<Record<string, (text: string) => string>> = {
  nginx: () => {
    const body =
      '<html>\r\n<head><title>400 Bad Request</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
    return head(['Server: nginx', 'Content-Type: text/html', `Content-Length: ${body.length}`, 'Connection: close'], body);
  },
  apache: () => {
    const body =
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>400 Bad Request</title>\n</head><body>\n<h1>Bad Request</h1>\n<p>Your browser sent a request that this server could not understand.<br />\n</p>\n</body></html>\n';
    return head(
      ['Server: Apache', `Content-Length: ${body.length}`, 'Connection: close', 'Content-Type: text/html; charset=iso-8859-1'],
      body,
    );
  },
  go: () => head(['Content-Type: text/plain; charset=utf-8', 'Connection: close'], '400 Bad Request'),
  node: () => head(['Connection: close'], ''),
  haproxy: () =>
    head(
      ['Content-length: 90', 'Cache-Control: no-cache', 'Connection: close', 'Content-Type: text/html'],
      '<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid request.\n</body></html>\n',
    ),
  ssh: () => 'SSH-2.0-OpenSSH_9.6\r\n',
  smtp: () => '220 mail.example ESMTP Postfix\r\n',
  text: (text) => text,
};

const head = (fields: readonly string[], body: string): string => `HTTP/1.1 400 Bad Request\r\n${fields.join('\r\n')}\r\n\r\n${body}`;

export const fault = defineFault({
  id: 'plain-on-tls',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The port speaks plain text where TLS is due',
  about:
    'The ClientHello is answered as by a server that speaks no TLS: HTTP servers find no request in it and say 400, others say their banner. Then the connection ends.',
  imitates: 'A wss:// URL with the port of plain HTTP, a load balancer that forwards TLS to a plain backend, a listener without `ssl`.',
  params: {
    brand: {
      type: 'string',
      default: 'nginx',
      choices: ['nginx', 'apache', 'go', 'node', 'haproxy', 'ssh', 'smtp', 'text'],
      about: 'Whose answer; `text` is your own.',
    },
    text: { type: 'string', default: 'hello\n', anyText: true, about: 'With `brand=text`: these characters, one byte each.' },
  },
  example: 'plain-on-tls:brand=nginx',
  expects: ['url.scheme-mismatch-tls-to-plain', 'url.wrong-service'],
  effects: [
    { client: 'Node (ws)', sees: 'write EPROTO ... wrong version number.' },
    { client: 'Chromium', sees: 'net::ERR_SSL_PROTOCOL_ERROR.' },
    { client: 'Python websockets', sees: 'SSLError: WRONG_VERSION_NUMBER.' },
    { client: 'Go (gorilla)', sees: 'tls: first record does not look like a TLS handshake.' },
    { client: 'curl', sees: 'Exit code 35, wrong version number.' },
  ],
  refusedBy: {
    node: 'wrong version number',
    curl: '35 wrong version number',
    python: 'wrong version number',
    go: 'first record does not look like a TLS handshake',
    java: 'plaintext connection',
    chromium: 'ERR_SSL_PROTOCOL_ERROR',
    firefox: 'refused',
  },
  rows: ['url.tls-to-plain'],
  apply: (_, { brand, text }) => ({ instead: { bytes: brands[brand]?.(text) ?? text, end: 'fin' } }),
});
