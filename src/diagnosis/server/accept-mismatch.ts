import { field } from '../../model/head.js';
import { acceptFor } from '../../wire/accept-key.js';
import { fieldEvidence } from '../evidence.js';
import { flawEvidence, flawOf } from '../flaws.js';
import { defineRule } from '../rule.js';
import { clientRequestOf, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.accept-mismatch',
  cause: 'server',
  severity: 'error',
  title: 'Sec-WebSocket-Accept does not belong to the key',
  question: 'Is the accept value something else than base64(SHA-1(key + GUID))?',
  remedy:
    'Hash the key as it stands in the field, not decoded, together with the GUID of RFC 6455. A proxy that opens a handshake of its own has to compute the value again.',
  fixes: [
    {
      for: 'the server',
      text: 'Compute it like this.',
      config: "createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')   // Node",
    },
    { for: 'the server', text: 'Better leave the handshake to a WebSocket library.' },
  ],
  rfc: 'RFC 6455 1.3, 4.1, 4.2.2',
  examine: (exchange) => {
    const seen = flawOf(exchange, 'accept-mismatch');
    const request = seen?.leg === 'client' ? clientRequestOf(exchange) : requestOf(exchange);
    if (!seen || !request) return undefined;
    const key = field(request.head, 'Sec-WebSocket-Key') ?? '';
    const got = field(seen.head, 'Sec-WebSocket-Accept') ?? '';
    // websocket-client compares without case (source): a value whose case was changed passes there and nowhere else.
    const byCase = got !== acceptFor(key) && got.toLowerCase() === acceptFor(key).toLowerCase();
    return {
      confidence: 0.97,
      evidence: [
        ...flawEvidence(seen),
        fieldEvidence(request, 'Sec-WebSocket-Key'),
        { leg: seen.leg, what: 'response-head', text: `right would be ${acceptFor(key)}` },
      ],
      ...(byCase ? { title: 'Sec-WebSocket-Accept has the right letters in the wrong case' } : {}),
    };
  },
});
