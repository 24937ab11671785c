import { compileFilter, type Known } from '../filter/filter.js';
import type { Occasion, Stage } from '../model/fault-choice.js';
import { Problem } from '../model/problem.js';
import type { Fault } from './fault.js';
import { matchTrouble } from './occasion.js';

/** What is decided before any traffic. */
export interface Ground {
  /** Whether HTTP/2 is spoken: never, between peers that both speak it, or also where only one does. */
  readonly http2: 'off' | 'mirror' | 'force';
}

type What = Pick<Fault, 'id' | 'stage' | 'only'>;

/** Why faults of one occasion would never be due; undefined: they may be. */
export const occasionTrouble = ({ nth, first, every, after, until }: Occasion): string | undefined => {
  if (nth !== undefined && first !== undefined && nth > first) return `number ${nth} is not among the first ${first}`;
  if (nth !== undefined && every !== undefined && nth % every !== 0) return `number ${nth} is not among every ${every}`;
  if (first !== undefined && every !== undefined && every > first) return `among the first ${first} there is no number ${every}`;
  if (after !== undefined && until !== undefined && until <= after) return `until ${until} ms is over when after ${after} ms begins`;
  return undefined;
};

/** Why a fault can apply to no exchange that a match lets through; undefined: it may. Throws a Problem when the match cannot be read. */
export const fitTrouble = (match: string | undefined, fault: What, { http2 }: Ground): string | undefined => {
  if (fault.only === 'h2' && http2 === 'off') return 'it works on HTTP/2 only, and HTTP/2 is off (--http2=off)';
  if (match === undefined) return undefined;
  const trouble = matchTrouble(match, fault.stage);
  if (trouble !== undefined) return trouble;
  const { couldFit } = compileFilter(match);
  const base: Known = { ...kindOf(fault.stage), ...(http2 === 'off' && { stream: [] }) };
  if (!couldFit(base))
    return http2 === 'off' && !couldFit({ stream: [] })
      ? 'HTTP/2 is off (--http2=off)'
      : fault.stage === 'http-response'
        ? 'it works on plain HTTP only'
        : 'it works on WebSockets only';
  const { why, places } = placesOf(fault, http2);
  return places.some((place) => couldFit({ ...base, ...place })) ? undefined : `it works on ${why} only`;
};

const kindOf = (stage: Stage): Known => {
  if (stage === 'http-response') return { kind: ['http'] };
  return ['request', 'response', 'message', 'frame', 'close'].includes(stage) ? { kind: ['websocket'] } : {};
};

const connect: Known = { entrance: ['connect'] };
const socks: readonly Known[] = [{ entrance: ['socks5'] }, { entrance: ['socks4a'] }];

/** What holds of the exchanges that a fault works on: one of these. */
const placesOf = ({ stage, only }: What, http2: Ground['http2']): { readonly why: string; readonly places: readonly Known[] } => {
  if (only === 'connect') return { why: 'CONNECT', places: [connect] };
  if (only === 'socks') return { why: 'SOCKS', places: socks };
  if (stage === 'entrance') return { why: 'CONNECT and SOCKS', places: [connect, ...socks] };
  if (only === 'tls') return { why: 'TLS', places: [{ scheme: ['wss'] }, { scheme: ['https'] }] };
  if (only === 'h2') return { why: 'HTTP/2', places: [{ stream: 'some' }] };
  // A stream that is bridged to a server of HTTP/1.1 has both.
  if (only === 'http/1.1' && http2 !== 'force') return { why: 'HTTP/1.1', places: [{ stream: [] }] };
  return { why: '', places: [{}] };
};

/** Throws a Problem (SHK_FAULT) where a fault would never apply. */
export const checkFit = (occasion: Occasion, fault: What, ground: Ground): void => {
  const never = occasionTrouble(occasion);
  if (never !== undefined) {
    throw new Problem('SHK_FAULT', `${fault.id}: it would never apply: ${never}.`, 'Change nth, first, every, after or until.');
  }
  const trouble = fitTrouble(occasion.match, fault, ground);
  if (trouble === undefined) return;
  const said = occasion.match === undefined ? '' : `the match ${JSON.stringify(occasion.match)} will not do: `;
  throw new Problem(
    'SHK_FAULT',
    `${fault.id}: ${said}${trouble}.`,
    'Match on something that is known earlier and that such exchanges have, or take a fault of a later stage.',
  );
};
