import { fieldEvidence } from '../evidence.js';
import { originAgainstHost, originRefusal } from '../origins.js';
import { faultOnRequestField } from '../own-faults.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { clientRequestOf } from '../sights.js';

export const rule = defineRule({
  code: 'origin.rejected',
  cause: 'origin',
  severity: 'error',
  title: 'The server refused the Origin of the page',
  question: 'Did the server refuse a handshake that carries an Origin which may not be on its list?',
  remedy:
    'Add the Origin of the page (scheme, host and port) to the list of the server. No CORS field helps: browsers apply no CORS to WebSockets, the server decides.',
  fixes: [
    ...remediesFor('origin'),
    {
      for: 'the client',
      text: 'To prove it, try once with the Origin of the server itself and once with none: if one of them opens, it is the Origin.',
      config:
        "curl -i -N --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' -H 'Origin: https://app.example' https://HOST/PATH",
    },
  ],
  rfc: 'RFC 6455 4.2.2, 10.2',
  examine: (exchange) => {
    const refusal = originRefusal(exchange);
    if (!refusal || refusal.origin === undefined) return undefined;
    const changed = faultOnRequestField(exchange, 'Origin') !== undefined;
    const sameOrigin = originAgainstHost(exchange, refusal.request) === 'same';
    const sent = clientRequestOf(exchange);
    return {
      confidence: sameOrigin && refusal.confidence < 0.9 ? 0.3 : refusal.confidence,
      evidence: [
        ...refusal.evidence,
        fieldEvidence(refusal.request, 'Origin'),
        ...(changed && sent ? [fieldEvidence(sent, 'Origin')] : []),
      ],
      title: `The server ${refusal.words} to the Origin ${refusal.origin}`,
    };
  },
});
