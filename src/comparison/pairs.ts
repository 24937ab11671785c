import type { Exchange } from '../model/exchange.js';
import { authorityOf, urlOf } from '../model/target.js';

/** What pairing looks at. */
export type Pairable = Pick<Exchange, 'kind' | 'target'>;

export interface Pairing<T> {
  /** In the order of the first recording. */
  readonly pairs: readonly (readonly [a: T, b: T])[];
  readonly unpaired: { readonly a: readonly T[]; readonly b: readonly T[] };
}

/** Undefined: this exchange does not take part in that round. */
type Key = (exchange: Pairable) => string | undefined;

const withoutQuery = (path: string): string => path.split('?', 1)[0] ?? '';
const isPage = ({ kind }: Pairable): boolean => kind === 'http';

/** From the surest to the boldest: a page's requests are paired by their URL alone, a WebSocket also with one on another server or path. */
const rounds: readonly Key[] = [
  ({ target }) => (target ? urlOf(target) : undefined),
  ({ target }) => (target ? urlOf({ ...target, path: withoutQuery(target.path) }) : undefined),
  ({ target }) => (target ? `${authorityOf(target)}${withoutQuery(target.path)}` : undefined),
  (exchange) => (isPage(exchange) || !exchange.target ? undefined : withoutQuery(exchange.target.path) || undefined),
  (exchange) => (isPage(exchange) || !exchange.target ? undefined : authorityOf(exchange.target)),
  (exchange) => (isPage(exchange) ? undefined : exchange.target?.host),
  ({ target, kind }) => (target ? undefined : kind),
];

/** Pairs the exchanges of two recordings: by URL, and those of one URL by their order. */
export const pairUp = <T extends Pairable>(a: readonly T[], b: readonly T[]): Pairing<T> => {
  const partner = new Map<T, T>();
  let [restA, restB] = [a, b];
  for (const key of rounds) {
    const waiting = new Map<string, T[]>();
    for (const one of restB) {
      const name = key(one);
      if (name === undefined) continue;
      const queue = waiting.get(name);
      if (queue) queue.push(one);
      else waiting.set(name, [one]);
    }
    // From the end of a turned queue: shift() would make this quadratic.
    for (const queue of waiting.values()) queue.reverse();
    const taken = new Set<T>();
    restA = restA.filter((one) => {
      const name = key(one);
      const other = name === undefined ? undefined : waiting.get(name)?.pop();
      if (other === undefined) return true;
      partner.set(one, other);
      taken.add(other);
      return false;
    });
    restB = restB.filter((one) => !taken.has(one));
  }
  const pairs = a.flatMap((one): [T, T][] => {
    const other = partner.get(one);
    return other === undefined ? [] : [[one, other]];
  });
  return { pairs, unpaired: { a: restA, b: restB } };
};
