import { fieldEvidence } from '../evidence.js';
import { originRefusal } from '../origins.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'origin.missing',
  cause: 'origin',
  severity: 'error',
  title: 'The server wants an Origin, and the request has none',
  question: 'Did the server refuse a handshake without an Origin?',
  remedy: 'Let the client that is no browser send an Origin that the server accepts, or let the server accept requests without one.',
  fixes: [
    {
      for: 'the client',
      text: 'Send the Origin of the site.',
      config: "new WebSocket(url, { origin: 'https://app.example' });   // ws (Node)",
    },
    ...remediesFor('origin'),
  ],
  rfc: 'RFC 6455 4.1, 10.2',
  examine: (exchange) => {
    const refusal = originRefusal(exchange);
    if (!refusal || refusal.origin !== undefined) return undefined;
    return {
      confidence: refusal.confidence >= 0.9 ? refusal.confidence : 0.45,
      evidence: [...refusal.evidence, fieldEvidence(refusal.request, 'Origin')],
      title: `The server ${refusal.words} to a request without an Origin`,
    };
  },
});
