import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { sentenceOf } from '../model/problem.js';
import { asLived, onItsLeg } from './as-lived.js';
import { rules as catalogue } from './catalogue.js';
import { culpritOf } from './culprits.js';
import { wasHandshake } from './hops.js';
import { preparationOf } from './http-legs.js';
import { blameRefusal, makeFinding } from './make-finding.js';
import { rank } from './rank.js';
import type { Rule } from './rule.js';
import { answerOf } from './sights.js';

export interface Diagnosis {
  /** Most likely first; none for a healthy handshake. */
  readonly findings: readonly Finding[];
  /** Rules that threw, in the catalogue's order: bugs of ours, never a reason to keep the other findings back. */
  readonly failures: readonly { readonly code: string; readonly message: string }[];
}

/** Runs every rule over one exchange. */
export const examine = (recorded: Exchange, rules: readonly Rule[] = catalogue): Diagnosis => {
  const due = concern(recorded);
  if (due === null) return { findings: [], failures: [] };
  const lived = asLived(recorded);
  const { exchange } = lived;
  const findings: Finding[] = [];
  const failures: { code: string; message: string }[] = [];
  const answer = answerOf(exchange);
  const brand = answer && culpritOf(answer.head, answer.body);
  for (const rule of rules) {
    if (rule.of === 'url' || rule.of === 'client' || (rule.of ?? 'handshake') !== due) continue;
    try {
      const verdict = rule.examine(exchange);
      if (!verdict) continue;
      const [first, ...more] = verdict.evidence;
      const evidence = [onItsLeg(first, lived), ...more.map((piece) => onItsLeg(piece, lived))] as const;
      // What the client seems to have done was done in its place.
      const inItsPlace = evidence.some(({ leg }, at) => leg === 'server' && verdict.evidence[at]?.leg === 'client');
      findings.push(makeFinding(exchange, { rule, verdict: { ...verdict, evidence, ...(inItsPlace && { culprit: null }) } }, brand));
    } catch (thrown) {
      failures.push({ code: rule.code, message: sentenceOf(thrown) });
    }
  }
  return { findings: blameRefusal(exchange, rank(findings, exchange)), failures };
};

/** What is wrong with an exchange, most likely first; empty when it is healthy. */
export const diagnose = (exchange: Exchange): readonly Finding[] => examine(exchange).findings;

/**
 * Which rules look at an exchange. Plain HTTP and opaque tunnels are none of ours (null), but for a request that clearly was a handshake once,
 * or prepares one, and for HTTP/2 that a client was told of and that could not be read.
 */
const concern = (exchange: Exchange): 'handshake' | 'http-leg' | null => {
  const { kind, heads, client } = exchange;
  if (kind === 'tunnel') return client.tls?.alpn === 'h2' ? 'handshake' : null;
  if (kind !== 'http' || (heads.clientSent !== null && wasHandshake(heads.clientSent))) return 'handshake';
  return preparationOf(exchange) === undefined ? null : 'http-leg';
};
