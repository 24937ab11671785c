import { requestLine } from '../../model/head.js';
import { startLine } from '../evidence.js';
import { answerOf, requestOf } from '../sights.js';
import { type Conclude, didOpen, trialEvidence, trialsOf } from './trial.js';

/** Whether another path of the same server opens: then the path was wrong, whatever the server said to it. */
export const concludePath: Conclude = (tried) => {
  const { first } = tried;
  if (didOpen(first)) return [];
  const opened = trialsOf(tried, 'path').find(({ exchange }) => didOpen(exchange));
  const answer = answerOf(first);
  const request = requestOf(first);
  if (!opened || !request) return [];
  const works = opened.exchange.target?.path ?? '';
  const { target } = requestLine(request.head);
  const code = answer && (answer.status === 404 || answer.status === 410) ? 'url.not-found' : 'url.wrong-endpoint';
  const because = `the same request opens at ${works}`;
  return [
    {
      code,
      verdict: {
        confidence: 0.97,
        evidence: [trialEvidence(opened), startLine(request), ...(answer ? [startLine(answer)] : [])],
        title: `The path is wrong: ${target} takes no WebSocket, ${works} does`,
        fix: [{ for: 'the client', text: `Open ${works} in place of ${target}.` }],
      },
      rulesOut: ['server.*', 'origin.*', 'intermediary.*'].map((one) => ({ code: one, because })),
    },
  ];
};
