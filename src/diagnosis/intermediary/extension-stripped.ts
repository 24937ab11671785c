import { field } from '../../model/head.js';
import { fieldEvidence } from '../evidence.js';
import { defineRule } from '../rule.js';
import { clientRequestOf, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.extension-stripped',
  cause: 'intermediary',
  severity: 'info',
  title: 'The offer of compression was lost between client and server',
  question: 'Did the client offer extensions of which the server never heard?',
  remedy:
    'Nothing is broken: messages are only not compressed. Let Sec-WebSocket-Extensions through, in both directions, if they should be.',
  fixes: [{ for: 'the network', text: 'Look for a rule that removes Sec-WebSocket-Extensions from requests.' }],
  rfc: 'RFC 6455 9.1, RFC 7692 5',
  examine: (exchange) => {
    const sent = clientRequestOf(exchange);
    const got = requestOf(exchange);
    const name = 'Sec-WebSocket-Extensions';
    if (!sent || !got || field(sent.head, name) === undefined || field(got.head, name) !== undefined) return undefined;
    return { confidence: 0.97, evidence: [fieldEvidence(got, name), fieldEvidence(sent, name)], culprit: null };
  },
});
