import { originAgainstHost, originAndHost, originRefusal } from '../origins.js';
import { faultOnRequestField } from '../own-faults.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'origin.mismatch-scheme-port',
  cause: 'origin',
  severity: 'error',
  title: 'Page and WebSocket share the host, but not scheme or port',
  question: 'Was a handshake refused whose Origin and Host differ in scheme or port only?',
  remedy:
    'An origin is scheme, host and port together: list it in full. Behind a TLS terminator the server has to learn the scheme from X-Forwarded-Proto.',
  fixes: [
    { for: 'the server', text: 'List the full Origin, port included.' },
    { for: 'nginx', text: 'Tell the server the scheme of the outside.', config: 'proxy_set_header X-Forwarded-Proto $scheme;' },
    ...remediesFor('origin'),
  ],
  rfc: 'RFC 6454 4',
  examine: (exchange) => {
    const refusal = originRefusal(exchange);
    if (!refusal || faultOnRequestField(exchange, 'Origin') || originAgainstHost(exchange, refusal.request) !== 'same-host')
      return undefined;
    return {
      confidence: Math.max(refusal.confidence, 0.75),
      evidence: [...refusal.evidence, ...originAndHost(refusal.request)],
      title: `The server ${refusal.words}: the Origin ${refusal.origin} differs from the server in scheme or port`,
    };
  },
});
