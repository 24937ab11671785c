/** Turns one parsed line of version n into one of version n + 1. */
export type Step = (line: Record<string, unknown>) => Record<string, unknown>;

/** The version that is written. Adding an event type or an optional field does not raise it; changing or removing one does. */
export const currentVersion = 1;

/** By the version that a step starts from. Version 1 is the first, so there is nothing to lift yet. */
const steps: ReadonlyMap<number, Step> = new Map();

export interface Lineage {
  readonly current: number;
  readonly steps: ReadonlyMap<number, Step>;
}

/** What lifts a line of `version` to the current one; `'newer'` when this shakedown is too old for the file, `'unknown'` when a step is missing. */
export const migrationFrom = (version: number, lineage: Lineage = { current: currentVersion, steps }): Step | 'newer' | 'unknown' => {
  if (version > lineage.current) return 'newer';
  const chain: Step[] = [];
  for (let at = version; at < lineage.current; at++) {
    const step = lineage.steps.get(at);
    if (!step) return 'unknown';
    chain.push(step);
  }
  return (line) => chain.reduce((value, step) => step(value), line);
};
