import type { Exchange, Outcome } from '../model/exchange.js';
import type { Leg } from '../model/leg.js';

export type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** The Exchange while it is being folded: without what is derived from it at each look. */
export type Draft = Writable<Omit<Exchange, 'outcome' | 'frames' | 'given' | 'client' | 'server' | 'heads' | 'notAHead' | 'marks'>> & {
  client: Writable<Leg>;
  server: Writable<Leg> | null;
  heads: Writable<Exchange['heads']>;
  notAHead: Writable<Exchange['notAHead']>;
  marks: Writable<Exchange['marks']>;
};

export const emptyLeg = (side: Leg['side']): Writable<Leg> => ({ side, peer: null, timings: {}, bytesIn: 0, bytesOut: 0 });

export const emptyDraft = (id: string): Draft => ({
  id,
  connection: 0,
  startedAt: '',
  endedAt: null,
  kind: 'unknown',
  entrance: null,
  door: { request: '', reply: '' },
  target: null,
  client: emptyLeg('client'),
  server: null,
  upstream: null,
  dialFailure: null,
  dialAttempts: [],
  resolveOverride: [],
  mirrored: null,
  heads: { clientSent: null, serverGot: null, serverSent: null, clientGot: null },
  informational: [],
  notAHead: {},
  status: 0,
  body: '',
  applied: [],
  faultFailures: [],
  refusal: null,
  lostBytes: 0,
  marks: { open: null, lastByte: null, closed: null },
});

export const outcomeOf = (draft: Draft): Outcome => {
  const ended = draft.endedAt !== null;
  if (draft.marks.open !== null) return ended ? 'closed' : 'open';
  if (draft.refusal) return draft.refusal.why === 'landing-page' ? 'answered' : 'failed';
  if (draft.heads.clientGot) return draft.kind === 'http' ? 'answered' : 'refused';
  if (draft.kind === 'tunnel' && !draft.dialFailure) return 'tunnelled';
  return ended ? 'failed' : 'pending';
};
