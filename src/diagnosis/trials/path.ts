import { field, requestLine } from '../../model/head.js';
import { startLine } from '../evidence.js';
import { answerOf, requestOf } from '../sights.js';
import { allOut, answeredAlike, type Conclude, didOpen, trialEvidence, trialsOf } from './trial.js';

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
  const [unknown] = trialsOf(tried, 'unknown-path');
  if (unknown && answer && answeredAlike(first, unknown.exchange)) {
    // One endpoint may refuse what another takes: with an Origin in the request that is the next best reason.
    const confidence = field(request.head, 'Origin') === undefined ? 0.85 : 0.8;
    const because = `a path that nobody has is refused just so, and ${works} opens`;
    return [
      {
        code: 'url.not-found',
        verdict: {
          confidence,
          evidence: [trialEvidence(unknown), trialEvidence(opened), startLine(request), startLine(answer)],
          title: `The path is most likely wrong: the server says ${answer.text} to ${target} as to a path that nobody has, and ${works} opens`,
          fix: [
            { for: 'the client', text: `Open ${works} in place of ${target}.` },
            { for: 'Starlette, FastAPI, Django Channels', text: `They answer 403 where no WebSocket route fits: add one for ${target}.` },
          ],
        },
        rulesOut: allOut(because, 'server.forbidden', 'origin.missing'),
      },
    ];
  }
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
      rulesOut: allOut(because, 'server.*', 'origin.*', 'intermediary.*'),
    },
  ];
};
