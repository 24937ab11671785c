import { defineRule } from '../rule.js';
import { targetName } from '../sights.js';
import { tlsFailuresOf } from '../tls-failures.js';

const signatures: readonly { readonly pattern: RegExp; readonly service: string; readonly confidence: number }[] = [
  { pattern: /^SSH-/, service: 'SSH', confidence: 0.98 },
  { pattern: /^\x00\x00[\s\S]\x04[\s\S]\x00\x00\x00\x00/, service: 'HTTP/2 only', confidence: 0.97 },
  { pattern: /^[\s\S]\x00\x00\x00\x0a[\d.]+/, service: 'MySQL or MariaDB', confidence: 0.97 },
  { pattern: /^RFB \d/, service: 'VNC', confidence: 0.97 },
  { pattern: /^220[ -][^\r\n]*(smtp|mail)/i, service: 'SMTP', confidence: 0.95 },
  { pattern: /^220[ -]/, service: 'FTP or SMTP', confidence: 0.9 },
  { pattern: /^\+OK/, service: 'POP3 or Redis', confidence: 0.9 },
  { pattern: /^\* OK/, service: 'IMAP', confidence: 0.95 },
  { pattern: /^-(ERR|DENIED)/, service: 'Redis', confidence: 0.95 },
  { pattern: /^AMQP/, service: 'AMQP', confidence: 0.97 },
  { pattern: /^E[\s\S]{4}S(ERROR|FATAL)/, service: 'PostgreSQL', confidence: 0.95 },
  { pattern: /^(\x05[\x00-\xff]|\x00\x5b)/, service: 'SOCKS', confidence: 0.75 },
];

/** What other rules explain better: HTTP, also behind what a script has printed, HTML without a head, TLS records, WebSocket frames. */
const notForeign = /^(\s*HTTP\/|\s*<|[\x15\x16]\x03|[\x81\x82\x88\x89\x8a])|\nHTTP\/1\.[01] \d{3}[ \r\n]/i;

export const rule = defineRule({
  code: 'url.wrong-service',
  cause: 'url',
  severity: 'error',
  title: 'Another service lives on that port',
  question: 'Are the first bytes of the answer, to a request or a ClientHello, those of another protocol?',
  remedy: 'Correct the port.',
  fixes: [{ for: 'the client', text: 'Correct the port: the server speaks another protocol there.' }],
  rfc: 'RFC 9112 2',
  examine: (exchange) => {
    const answer = exchange.notAHead.serverSent;
    const inTls = tlsFailuresOf(exchange).find(({ leg }) => leg === 'server')?.failure.firstBytes ?? '';
    const raw = answer?.why === 'unknown-bytes' ? answer.raw : inTls;
    if (raw === '' || notForeign.test(raw)) return undefined;
    const known = signatures.find(({ pattern }) => pattern.test(raw));
    return {
      confidence: known?.confidence ?? 0.75,
      evidence: [{ leg: 'server', what: raw === inTls ? 'tls' : 'response-head', text: raw.slice(0, 64), offset: 0 }],
      title: known
        ? `${targetName(exchange)} speaks ${known.service}`
        : `${targetName(exchange)} speaks no ${raw === inTls ? 'TLS' : 'HTTP'}`,
    };
  },
});
