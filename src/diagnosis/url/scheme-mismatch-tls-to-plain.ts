import { defineRule } from '../rule.js';
import { targetName } from '../sights.js';
import { tlsFailuresOf } from '../tls-failures.js';

export const rule = defineRule({
  code: 'url.scheme-mismatch-tls-to-plain',
  cause: 'url',
  severity: 'error',
  title: 'TLS was spoken to a port that speaks plain HTTP',
  question: 'Was a ClientHello answered with the bytes of HTTP instead of TLS?',
  remedy: 'Use ws:// for this port, or let the port speak TLS.',
  fixes: [
    { for: 'the client', text: 'Use ws:// instead of wss://, or the port on which TLS is terminated (often 443).' },
    { for: 'nginx', text: 'Let the port speak TLS.', config: 'listen 443 ssl;' },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const hello = exchange.notAHead.clientSent?.raw;
    if (hello?.startsWith('\x16\x03')) {
      return {
        confidence: 0.95,
        evidence: [{ leg: 'client', what: 'request-head', text: '16 03: a TLS ClientHello where a request was due', offset: 0 }],
        title: 'The client speaks TLS where plain HTTP was due',
        culprit: 'the client',
      };
    }
    const seen = tlsFailuresOf(exchange).find(({ leg }) => leg === 'server');
    if (!seen || seen.failure.alert !== null) return undefined;
    const { firstBytes, code, message } = seen.failure;
    const http = /^HTTP\/|^</.test(firstBytes);
    // SSH, SMTP and the like: url.wrong-service tells.
    if (!http && firstBytes !== '') return undefined;
    if (!http && !/WRONG_VERSION_NUMBER|HTTP_REQUEST|wrong version number/i.test(`${code} ${message}`)) return undefined;
    const shown = firstBytes.split(/\r?\n/)[0] ?? '';
    return {
      confidence: http ? 0.98 : 0.9,
      evidence: [http ? { leg: 'server', what: 'tls', text: shown, offset: 0 } : seen.evidence],
      title: `${targetName(exchange)} speaks plain HTTP, not TLS`,
    };
  },
});
