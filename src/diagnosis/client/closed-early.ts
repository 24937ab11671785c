import { endEvidence, endedBy, saidOtherwise, waitedMs } from '../endings.js';
import { startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { clientRequestOf } from '../sights.js';

export const rule = defineRule({
  code: 'client.closed-early',
  cause: 'client',
  severity: 'error',
  title: 'The client left before the answer',
  question: 'Did the client close while the handshake was still under way?',
  remedy:
    'Look at who calls close() on a socket that is still CONNECTING: the clean-up of a component that is mounted twice, a navigation, a timeout of the client.',
  fixes: [
    {
      for: 'React',
      text: 'Strict mode mounts twice in development: open the socket outside the effect, or close it only once it is open.',
      config: "return () => ws.readyState === WebSocket.OPEN ? ws.close() : ws.addEventListener('open', () => ws.close());",
    },
    { for: 'the client', text: 'Raise its handshake timeout, if it has one.' },
  ],
  rfc: 'WHATWG WebSockets 3.1',
  examine: (exchange) => {
    const { heads, notAHead, refusal, dialFailure, client } = exchange;
    // Nothing at all is no half request: a client that refused the certificate, or a browser's connection kept in reserve.
    if (notAHead.clientSent?.why === 'truncated' && notAHead.clientSent.raw !== '') {
      return {
        confidence: 0.9,
        evidence: [
          {
            leg: 'client',
            what: 'request-head',
            text: notAHead.clientSent.raw.slice(-200),
            offset: Math.max(0, notAHead.clientSent.raw.length - 200),
          },
          ...(client.end ? [endEvidence(exchange, 'client')] : []),
        ],
        title: 'The client left in the middle of its request',
        culprit: 'the client',
      };
    }
    const request = clientRequestOf(exchange);
    if (!request || heads.serverSent || heads.clientGot || saidOtherwise(exchange) || refusal || dialFailure || client.end?.by !== 'peer')
      return undefined;
    if (exchange.server?.tlsFailure || endedBy(exchange) !== 'client') return undefined;
    const waited = (waitedMs(exchange) ?? 0) / 1000;
    return {
      confidence: waited < 3 ? 0.93 : 0.5,
      evidence: [
        endEvidence(exchange, 'client'),
        { leg: 'client', what: 'timing', text: `${waited.toFixed(2)} s after it came, without an answer` },
        startLine(request),
      ],
      culprit: 'the client',
    };
  },
});
