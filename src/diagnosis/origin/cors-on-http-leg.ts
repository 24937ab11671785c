import { field, type Head, statusLine } from '../../model/head.js';
import { fieldEvidence, type Seen, startLine } from '../evidence.js';
import { preparationOf } from '../http-legs.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { hostField, isSecure, splitHost, splitOrigin } from '../sights.js';

/** Why a browser keeps this answer from a page of that Origin (Fetch, CORS check); undefined: it does not. */
const trouble = (request: Head, answer: Head, origin: string): 'missing' | 'other' | 'star' | undefined => {
  const allowed = field(answer, 'Access-Control-Allow-Origin');
  if (allowed === undefined) return 'missing';
  if (allowed === origin) return undefined;
  if (allowed !== '*') return 'other';
  // A browser sends cookies to another site only in a request with credentials, which no star allows.
  return field(request, 'Cookie') === undefined ? undefined : 'star';
};

const isSameOrigin = (request: Head, origin: string, secure: boolean): boolean => {
  const page = splitOrigin(origin);
  const host = splitHost(field(request, hostField(request)) ?? '', secure);
  return page !== undefined && (page.scheme === 'https') === secure && page.hostname === host.hostname && page.port === host.port;
};

const words = {
  missing: 'has no Access-Control-Allow-Origin',
  other: 'allows another Origin',
  star: 'allows every Origin, which does not count for a request with cookies',
} as const;

export const rule = defineRule({
  code: 'origin.cors-on-http-leg',
  of: 'http-leg',
  cause: 'origin',
  severity: 'error',
  title: 'CORS refuses the HTTP request in front of the WebSocket',
  question: 'Does the answer to a negotiation or a polling request of another Origin lack the CORS fields that a browser asks for?',
  remedy:
    'Let the server send the CORS fields on that route, or let the client leave that request out. The WebSocket itself needs none: CORS does not apply to it.',
  fixes: [
    ...remediesFor('cors'),
    {
      for: 'the client',
      text: 'Without that request there is nothing to refuse: open the WebSocket at once.',
      config: "io(url, { transports: ['websocket'] })",
    },
  ],
  rfc: 'Fetch, CORS protocol',
  examine: (exchange) => {
    const { clientSent, clientGot } = exchange.heads;
    const of = preparationOf(exchange);
    const origin = clientSent ? field(clientSent, 'Origin') : undefined;
    if (of === undefined || !clientSent || !clientGot || origin === undefined) return undefined;
    if (isSameOrigin(clientSent, origin, isSecure(exchange))) return undefined;
    const found = trouble(clientSent, clientGot, origin);
    if (found === undefined) return undefined;
    const answer: Seen = { leg: 'client', head: clientGot };
    const request: Seen = { leg: 'client', head: clientSent };
    return {
      // Who answers an error seldom sends the fields: then the error is what has to be mended.
      confidence: statusLine(clientGot).status < 400 ? 0.95 : 0.6,
      evidence: [
        fieldEvidence(answer, 'Access-Control-Allow-Origin'),
        fieldEvidence(request, 'Origin'),
        startLine(request),
        startLine(answer),
      ],
      title: `CORS: the answer to the ${of} ${words[found]}`,
    };
  },
});
