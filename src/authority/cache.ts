import type { Clock } from '../model/clock.js';

export interface CacheLimits {
  /** Entries; the one that was asked for longest ago goes. */
  readonly most: number;
  /** Milliseconds after which an entry is made anew. */
  readonly keptMs: number;
  readonly clock: Clock;
}

/**
 * Keeps what was made under a key. Whoever asks while it is being made gets the same promise; what failed is forgotten at once.
 * `make` gets the time that the entry counts from.
 */
export const createCache = <T>({ most, keptMs, clock }: CacheLimits): ((key: string, make: (now: number) => Promise<T>) => Promise<T>) => {
  const kept = new Map<string, { readonly at: number; readonly value: Promise<T> }>();
  return (key, make) => {
    const now = clock.now();
    const known = kept.get(key);
    kept.delete(key);
    const entry = known && now - known.at < keptMs ? known : { at: now, value: make(now) };
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    entry.value.catch(() => kept.get(key) === entry && kept.delete(key));
    return entry.value;
  };
};
