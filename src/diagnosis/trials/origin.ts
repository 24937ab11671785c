import type { Exchange } from '../../model/exchange.js';
import { field } from '../../model/head.js';
import { isActionCableRefusal } from '../action-cable.js';
import { fieldEvidence, startLine } from '../evidence.js';
import { answerOf, requestOf } from '../sights.js';
import {
  allOut,
  answeredAlike,
  type Conclude,
  type Conclusion,
  didOpen,
  firstEvidence,
  openedBy,
  openFor,
  outcomeText,
  statusOf,
  type Trial,
  type Tried,
  trialEvidence,
  trialsOf,
} from './trial.js';

const variants = ['no-origin', 'own-origin'] as const;
/** Of these no answer is that to the same handshake. */
const others: ReadonlySet<string> = new Set([...variants, 'plain-get']);

/** What a server says to an Origin that it does not take, when it says that one is refused. */
const refuses = (status: number): boolean => status === 401 || status === 403;
/** What is said of the rest of a request. A handshake without an Origin is called bad as well, 400, by who wants one: that says nothing of this one. */
const goesOn = (status: number): boolean => (status >= 300 && status < 400) || [404, 405, 410, 426].includes(status);

/**
 * What is refused, and answered otherwise as soon as the Origin is another, was refused for its Origin, though something behind that refuses it,
 * too. That the server does not just change its mind is shown by a trial that keeps the Origin and is answered as the first one was.
 */
const movedBy = (tried: Tried): Trial | undefined => {
  const status = statusOf(tried.first);
  const steady = tried.trials.some((trial) => !others.has(trial.id) && statusOf(trial.exchange) === status);
  if (!steady || !refuses(status)) return undefined;
  return trialsOf(tried, ...variants).find(({ exchange }) => goesOn(statusOf(exchange)));
};

/** An end that comes within so many milliseconds is an answer to the handshake. */
const atOnceMs = 1000;

/**
 * The server said 101 and a Close, and nothing else: gevent-websocket and others have sent the 101 before the application is asked, so that what it
 * refuses is closed, mostly without a code.
 */
export const closedAtOnce = ({ first, findings, holdMs }: Pick<Tried, 'first' | 'findings' | 'holdMs'>): boolean => {
  const { close, messages } = first.frames.fromServer;
  const otherwise = findings.some(({ code, severity }) => severity === 'error' && code !== 'server.close-policy');
  return didOpen(first) && close !== null && messages === 0 && !otherwise && openFor(first) < Math.min(atOnceMs, holdMs);
};

/** How long another attempt has to stay open to be told from one that was closed at once, milliseconds. */
export const stayMs = (first: Exchange): number => Math.round(Math.min(atOnceMs, 250 + 3 * Math.min(openFor(first), atOnceMs)));

const stayed = (first: Exchange, { exchange }: Trial): boolean => didOpen(exchange) && openFor(exchange) >= stayMs(first);

/** The Origin of a handshake that opened and was closed at once. */
const closedFor = (tried: Tried): readonly Conclusion[] => {
  const { first } = tried;
  const request = requestOf(first);
  const { close } = first.frames.fromServer;
  const other = trialsOf(tried, ...variants).find((trial) => stayed(first, trial));
  if (!request || !close || !other) return [];
  const origin = field(request.head, 'Origin');
  const code = origin === undefined ? 'origin.missing' : origin === 'null' ? 'origin.null' : 'origin.rejected';
  const what = origin === undefined ? 'the handshake, which has no Origin' : `the Origin ${origin}`;
  const because = `${other.title} it stays open`;
  return [
    {
      code,
      verdict: {
        confidence: 0.95,
        evidence: [
          { leg: 'server', what: 'trial', text: because },
          { leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() },
          fieldEvidence(request, 'Origin'),
        ],
        title: `The server opened, and closed at once for ${what}; ${because}`,
      },
      rulesOut: allOut(because, 'server.*', 'url.*', 'intermediary.*'),
    },
  ];
};

/**
 * Whether it was the Origin: the status of a refusal does not say, since servers answer 400, 401, 403 and 404 to an Origin that they do not
 * know. Opening with another Origin, or with none, does.
 */
export const concludeOrigin: Conclude = (tried) => {
  const { first, findings } = tried;
  const request = requestOf(first);
  const tries = trialsOf(tried, ...variants);
  if (closedAtOnce(tried)) return closedFor(tried);
  if (!request || tries.length === 0 || didOpen(first)) return [];
  const origin = field(request.head, 'Origin');
  const opened = openedBy(tried, ...variants);
  const answer = answerOf(first);
  if (opened) {
    const isRewritten = findings.some(({ code: one }) => one === 'origin.host-rewritten');
    const refused = isRewritten ? 'origin.host-rewritten' : 'origin.rejected';
    const code = origin === undefined ? 'origin.missing' : origin === 'null' ? 'origin.null' : refused;
    const evidence = [trialEvidence(opened), ...(answer ? [startLine(answer)] : []), fieldEvidence(request, 'Origin')] as const;
    const title =
      origin === undefined
        ? `The server refuses a handshake without an Origin; ${opened.title} it opens`
        : `The server refused the Origin ${origin}; ${opened.title} it opens${isRewritten ? ': a proxy in front of it changes the Host that it compares' : ''}`;
    const because = `${opened.title} the same request opens`;
    return [{ code, verdict: { confidence: 0.98, evidence, title }, rulesOut: allOut(because, 'url.*', 'server.*', 'intermediary.*') }];
  }
  const moved = movedBy(tried);
  if (moved && answer) {
    const code = origin === undefined ? 'origin.missing' : origin === 'null' ? 'origin.null' : 'origin.rejected';
    const what = origin === undefined ? 'a handshake without an Origin' : `the Origin ${origin}`;
    const because = `${moved.title} the same request is ${outcomeText(moved.exchange)}`;
    const title = `The server refused ${what}; ${because}, which is the next thing to mend`;
    const evidence = [firstEvidence(first), trialEvidence(moved), startLine(answer), fieldEvidence(request, 'Origin')] as const;
    return [{ code, verdict: { confidence: 0.95, evidence, title }, rulesOut: allOut(because, 'url.*', 'server.*', 'intermediary.*') }];
  }
  // A list may hold neither of the two. But a plain GET that is refused alike was refused for no Origin.
  const plain = trialsOf(tried, 'plain-get')[0];
  const same =
    tries.every(({ exchange }) => statusOf(exchange) === statusOf(first)) && plain !== undefined && answeredAlike(first, plain.exchange);
  // Action Cable does not tell its own refusals apart.
  if (!same || !plain || answer === undefined || isActionCableRefusal(answer)) return [];
  const because = `a plain GET is ${outcomeText(first)}, too`;
  return [
    {
      code: '',
      verdict: { confidence: 0, evidence: [firstEvidence(first)] },
      rulesOut: [{ code: 'origin.*', because }],
    } satisfies Conclusion,
  ];
};
