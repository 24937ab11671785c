import type { LegEnd } from '../../model/leg.js';
import { endEvidence, endedBy, endOf, goawayEvidence, goneBeforeRequest, resetCode, unanswered } from '../endings.js';
import { startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { dialFailureOf, requestOf } from '../sights.js';

const resets = ['ECONNRESET', 'ECONNABORTED', 'EPIPE'];

const isReset = ({ how, code }: LegEnd): boolean => how === 'reset' || (how === 'error' && resets.includes(code));

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
    if (end && isReset(end) && goneBeforeRequest(exchange)) {
      const title = 'The server reset the connection before it was asked anything';
      return { confidence: 0.8, evidence: [endEvidence(exchange, 'server')], title, culprit: null };
    }
    const request = requestOf(exchange);
    if (!request || !unanswered(exchange) || endedBy(exchange) !== 'server' || end === undefined) return undefined;
    if (!isReset(end)) return undefined;
    const code = resetCode(end);
    return {
      confidence: 0.88,
      evidence: [endEvidence(exchange, 'server'), ...goawayEvidence(exchange, 'server'), startLine(request)],
      ...(code === undefined ? {} : { title: `The server reset the stream (RST_STREAM with ${code})` }),
      culprit: null,
    };
  },
});
