export type ParamValue = string | number | boolean;
export type ParamValues = Readonly<Record<string, ParamValue>>;

/** In the order in which a connection meets them. */
export const stages = ['accept', 'entrance', 'client-tls', 'request', 'dial', 'server-tls', 'response', 'bytes', 'frame', 'close'] as const;
export type Stage = (typeof stages)[number];

/** One armed fault: which, with what parameters, how often. Chance and count belong here, never to the fault. */
export interface FaultChoice {
  /** Unique among the armed ones; stable while armed. */
  readonly key: string;
  readonly fault: string;
  readonly params: ParamValues;
  /** 0 to 1; drawn per exchange from the seed. */
  readonly probability: number;
  /** How many exchanges it still applies to; null is without end. */
  readonly times: number | null;
}

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
