import { endEvidence, endedBy, endOf, goawayEvidence, goneBeforeRequest, unanswered } from '../endings.js';
import { startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.empty-reply',
  cause: 'server',
  severity: 'error',
  title: 'The server closed without a word',
  question: 'Did the server end the connection after the request, without one byte?',
  remedy:
    'Look for an upgrade handler that destroys the socket, a wrong path at socket.io (it closes after about a second), an address filter, or a port that speaks TLS.',
  fixes: [
    {
      for: 'libwebsockets',
      text: 'It hangs up on a subprotocol that it does not serve, and so do mosquitto and Janus: offer theirs.',
      config: "new WebSocket(url, ['mqtt']);   // mosquitto; 'janus-protocol' for Janus",
    },
    ...remediesFor('handler'),
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    if (endOf(exchange, 'server')?.how === 'fin' && goneBeforeRequest(exchange)) {
      const title = 'The server closed the connection before it was asked anything';
      return { confidence: 0.75, evidence: [endEvidence(exchange, 'server')], title, culprit: null };
    }
    const request = requestOf(exchange);
    if (!request || !unanswered(exchange) || endedBy(exchange) !== 'server' || endOf(exchange, 'server')?.how !== 'fin') return undefined;
    return {
      confidence: 0.85,
      evidence: [endEvidence(exchange, 'server'), ...goawayEvidence(exchange, 'server'), startLine(request)],
      culprit: null,
    };
  },
});
