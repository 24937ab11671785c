import { field } from '../../model/head.js';
import { fieldEvidence, startLine } from '../evidence.js';
import { answerOf, requestOf } from '../sights.js';
import {
  answeredAlike,
  type Conclude,
  type Conclusion,
  didOpen,
  firstEvidence,
  openedBy,
  outcomeText,
  statusOf,
  trialEvidence,
  trialsOf,
} from './trial.js';

const variants = ['no-origin', 'own-origin'] as const;

/**
 * Whether it was the Origin: the status of a refusal does not say, since servers answer 400, 401, 403 and 404 to an Origin that they do not
 * know. Opening with another Origin, or with none, does.
 */
export const concludeOrigin: Conclude = (tried) => {
  const { first } = tried;
  const request = requestOf(first);
  const tries = trialsOf(tried, ...variants);
  if (!request || tries.length === 0 || didOpen(first)) return [];
  const origin = field(request.head, 'Origin');
  const opened = openedBy(tried, ...variants);
  const answer = answerOf(first);
  if (opened) {
    const code = origin === undefined ? 'origin.missing' : origin === 'null' ? 'origin.null' : 'origin.rejected';
    const evidence = [trialEvidence(opened), ...(answer ? [startLine(answer)] : []), fieldEvidence(request, 'Origin')] as const;
    const title =
      origin === undefined
        ? `The server refuses a handshake without an Origin; ${opened.title} it opens`
        : `The server refused the Origin ${origin}; ${opened.title} it opens`;
    const because = `${opened.title} the same request opens`;
    const rulesOut = ['url.*', 'server.*', 'intermediary.*'].map((one) => ({ code: one, because }));
    return [{ code, verdict: { confidence: 0.98, evidence, title }, rulesOut }];
  }
  // A list may hold neither of the two. But a plain GET that is refused alike was refused for no Origin.
  const plain = trialsOf(tried, 'plain-get')[0];
  const same =
    tries.every(({ exchange }) => statusOf(exchange) === statusOf(first)) && plain !== undefined && answeredAlike(first, plain.exchange);
  if (!same || !plain || answer === undefined) return [];
  const because = `a plain GET is ${outcomeText(first)}, too`;
  return [
    {
      code: '',
      verdict: { confidence: 0, evidence: [firstEvidence(first)] },
      rulesOut: [{ code: 'origin.*', because }],
    } satisfies Conclusion,
  ];
};
