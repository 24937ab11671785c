import { endEvidence, endedBy, endOf, goawayEvidence, resetCode, unanswered } from '../endings.js';
import { startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { dialFailureOf, requestOf } from '../sights.js';

const resets = ['ECONNRESET', 'ECONNABORTED', 'EPIPE'];

export const rule = defineRule({
  code: 'server.reset',
  cause: 'server',
  severity: 'error',
  title: 'The server reset the connection',
  question: 'Did a RST come in place of an answer?',
  remedy:
    'Look for a crash of the server or a full accept queue. When it happens only with Upgrade in the request, a filter on the way sends the RST.',
  fixes: [
    { for: 'the server', text: 'Look into its log for a crash at that moment.' },
    {
      for: 'the network',
      text: 'Send the same request without Upgrade: if that is answered, something on the way minds WebSockets; use wss:// then.',
    },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const dialFailure = dialFailureOf(exchange);
    if (dialFailure && resets.includes(dialFailure.code)) {
      return { confidence: 0.85, evidence: [{ leg: 'server', what: 'connect', text: `${dialFailure.code}: ${dialFailure.message}` }] };
    }
    const end = endOf(exchange, 'server');
    const request = requestOf(exchange);
    if (!request || !unanswered(exchange) || endedBy(exchange) !== 'server' || end === undefined) return undefined;
    if (end.how !== 'reset' && !(end.how === 'error' && resets.includes(end.code))) return undefined;
    const code = resetCode(end);
    return {
      confidence: 0.88,
      evidence: [endEvidence(exchange, 'server'), ...goawayEvidence(exchange, 'server'), startLine(request)],
      ...(code === undefined ? {} : { title: `The server reset the stream (RST_STREAM with ${code})` }),
      culprit: null,
    };
  },
});
