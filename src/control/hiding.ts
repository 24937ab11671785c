/** What views leave out unless they are asked for all of it; the recording has it all the same. Plain data, so that it can cross to a worker. */
export interface Hiding {
  /** Globs of target hosts: a browser's own business. */
  readonly hosts: readonly string[];
}

export const hidesNothing: Hiding = { hosts: [] };
