import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { field, statusLine } from '../model/head.js';
import { isActionCableRefusal } from './action-cable.js';
import { culpritOf } from './culprits.js';
import { devServerComplaint, isLetIn, lacksViteToken } from './dev-servers.js';
import { endedAtOnce } from './endings.js';
import { bodyExcerpt, fieldEvidence, type Seen, startLine } from './evidence.js';
import { faultOnRequestField } from './own-faults.js';
import { refusalTexts } from './refusal-texts.js';
import { type Answer, hostField, isSecure, refusedWith, requestOf, splitHost, splitOrigin } from './sights.js';

/** A refusal in which the Origin may have been the reason. */
export interface OriginRefusal {
  readonly request: Seen;
  /** The Origin that the server got, or undefined. */
  readonly origin: string | undefined;
  /** 0.9 and more: the server says so, or our own fault changed the field and nothing else. */
  readonly confidence: number;
  /** The answer, and what it says. */
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** Its status, or its Close, in words. */
  readonly words: string;
}

/**
 * The status alone proves nothing: 400, 401, 403, 404 and 101 with Close were all seen as the answer to a refused Origin. ws says 401,
 * Action Cable 404, gorilla, tornado, Phoenix and Spring 403, webpack-dev-server closes after the 101.
 */
export const originRefusal = (exchange: Exchange): OriginRefusal | undefined => {
  const request = requestOf(exchange);
  if (!request) return undefined;
  const origin = field(request.head, 'Origin');
  const changed = faultOnRequestField(exchange, 'Origin') !== undefined;
  const closed = complainedFirst(exchange, request) ?? closedForOrigin(exchange, changed);
  if (closed) return { request, origin, ...closed };
  const answer = refusedWith(exchange, 400, 401, 403, 404);
  if (!answer) return undefined;
  const inReason = refusalTexts.origin.test(statusLine(answer.head).reason);
  const said = refusalTexts.origin.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, refusalTexts.origin) : undefined;
  // What breaks the syntax of HTTP is refused before anybody looks at the Origin.
  if (!said && !inReason && answer.status === 400 && request.head.defects.length > 0) return undefined;
  const product = culpritOf(answer.head, answer.body)?.name ?? '';
  const isForeign = originAgainstHost(exchange, request) === 'other-host';
  const guess = lacksViteToken(answer, request) && isLetIn(request) ? 0.9 : guessFrom(answer, product, isForeign);
  const confidence = said || inReason || changed ? 0.95 : guess;
  if (confidence === 0) return undefined;
  return { request, origin, confidence, evidence: [startLine(answer), ...(said ? [said] : [])], words: `answered ${answer.text}` };
};

const complainedFirst = (exchange: Exchange, request: Seen): ReturnType<typeof closedForOrigin> => {
  const said = devServerComplaint(exchange);
  if (!said || !isLetIn(request)) return undefined;
  return { confidence: 0.93, evidence: [said], words: 'opened, complained and closed' };
};

const closedForOrigin = (exchange: Exchange, changed: boolean): Pick<OriginRefusal, 'confidence' | 'evidence' | 'words'> | undefined => {
  const { close } = exchange.frames.fromServer;
  if (!close || !endedAtOnce(exchange)) return undefined;
  const says = refusalTexts.origin.test(close.reason);
  if (!says && !(changed && (close.code === 1008 || close.code >= 3000))) return undefined;
  return {
    confidence: says ? 0.95 : 0.9,
    evidence: [{ leg: 'server', what: 'frames', text: `Close ${close.code} ${close.reason}`.trim() }],
    words: `opened and closed at once with ${close.code}`,
  };
};

const guessFrom = (answer: Answer, product: string, isForeign: boolean): number => {
  const { status, head, body } = answer;
  // gorilla's Upgrade says 403 for this one reason (server.go), and names its version beside it.
  if (status === 403 && product === 'gorilla/websocket') return 0.92;
  // nginx's own page: its rules (deny, auth_request) seldom look at the Origin, unless it is that of another site.
  if (status === 403) return /<hr><center>(nginx|openresty)/.test(body) ? (isForeign ? 0.62 : 0.5) : 0.72;
  // engine.io says this for allowRequest alone, which its documentation shows with a look at the Origin.
  if (status === 400 && product === 'socket.io' && body === 'Forbidden') return 0.72;
  if (status === 401 && product === 'ws (Node)' && field(head, 'WWW-Authenticate') === undefined) return 0.72;
  if (product === 'Rails' && isActionCableRefusal(answer)) return 0.92;
  return status === 404 && product === 'Rails' ? 0.8 : 0;
};

/** How the Origin stands to the Host that the server got. */
export const originAgainstHost = (exchange: Exchange, { head }: Seen): 'same' | 'same-host' | 'other-host' | 'unknown' => {
  const origin = splitOrigin(field(head, 'Origin') ?? '');
  const host = field(head, hostField(head));
  if (!origin || host === undefined) return 'unknown';
  const secure = isSecure(exchange);
  const { hostname, port } = splitHost(host, secure);
  if (origin.hostname !== hostname) return 'other-host';
  return origin.port === port && (origin.scheme === 'https') === secure ? 'same' : 'same-host';
};

export const originAndHost = (request: Seen): Evidence[] => [
  fieldEvidence(request, 'Origin'),
  fieldEvidence(request, hostField(request.head)),
];
