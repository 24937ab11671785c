export type ParamValue = string | number | boolean;
export type ParamValues = Readonly<Record<string, ParamValue>>;

/** In the order in which a connection meets them. */
export const stages = [
  'accept',
  'entrance',
  'client-tls',
  'dial',
  'server-tls',
  'http2',
  'request',
  'response',
  'http-response',
  'message',
  'frame',
  'close',
  'bytes',
] as const;
export type Stage = (typeof stages)[number];

/** Which exchanges get a fault. Chance, count and matching belong here, never to the fault. */
export interface Occasion {
  /** 0 to 1; drawn per exchange from the seed. */
  readonly probability: number;
  /** How many exchanges it still applies to; null is without end. */
  readonly times: number | null;
  /** In the filter language; without it every exchange matches. */
  readonly match?: string;
  /** Of the exchanges that match, counted from 1 since it was armed: this one; the first so many; each so-manieth. */
  readonly nth?: number;
  readonly first?: number;
  readonly every?: number;
  /** Milliseconds after arming from which it applies, and until which. */
  readonly after?: number;
  readonly until?: number;
}

/** One armed fault: which, with what parameters, on what occasion. */
export interface FaultChoice extends Occasion {
  /** Unique among the armed ones; stable while armed. */
  readonly key: string;
  readonly fault: string;
  readonly params: ParamValues;
  /** The rule that armed it; its faults share one count of exchanges. */
  readonly rule?: string;
}

/** The id under which stands what a person changed, put in or ended by hand; no fault of the catalogue has it. */
export const byHand = 'by-hand';

/** A fault as it was applied to one exchange. */
export interface AppliedFault {
  readonly id: string;
  readonly params: ParamValues;
  readonly stage: Stage;
  readonly leg: 'client' | 'server';
  /** What would have crossed, and what did: heads as latin1 text, certificates as one line of facts. */
  readonly before: string;
  readonly after: string;
}
