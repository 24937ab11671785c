import { sameButNonces } from './nonces.js';

export interface JsonDifference {
  /** `$.user.roles[2]`: the first place that matters, or the first one. */
  readonly path: string;
  /** All that differs is named as an id or a time is. */
  readonly small: boolean;
}

/** Deeper is not looked into, and counts as different: nobody reads a path of that length, and recursion has an end. */
const deepest = 100;
/** Longer keys are cut in the path. */
const longestKey = 40;

const namedAsNonce = /^(?:_?id|.*_id|.*Id|ids?|seq|ts|time|timestamp|date|nonce|uuid|guid|sid|.*(?:_at|At)|.*[tT]ime(?:stamp)?|.*_ts)$/;

/** Where two JSON texts differ; `same` when they mean the same, undefined when one of them is no JSON object or array. */
export const jsonDifference = (a: string, b: string): JsonDifference | 'same' | undefined => {
  const [one, other] = [parse(a), parse(b)];
  if (one === undefined || other === undefined) return undefined;
  let small: string | undefined;

  /** The path of the first difference that matters, undefined when there is none. */
  const walk = (
    first: unknown,
    second: unknown,
    path: string,
    { key, depth }: { readonly key: string; readonly depth: number },
  ): string | undefined => {
    if (Object.is(first, second)) return undefined;
    if (depth < deepest && isObject(first) && isObject(second) && Array.isArray(first) === Array.isArray(second)) {
      for (const name of namesOf(first, second)) {
        const below = Array.isArray(first) ? `${path}[${name}]` : `${path}.${name.slice(0, longestKey)}`;
        const value = (from: object) => (Object.hasOwn(from, name) ? (from as Record<string, unknown>)[name] : undefined);
        const found = walk(value(first), value(second), below, { key: name, depth: depth + 1 });
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (!isNonce(first, second, key)) return path;
    small ??= path;
    return undefined;
  };
  const path = walk(one, other, '$', { key: '', depth: 0 });
  if (path !== undefined) return { path, small: false };
  return small === undefined ? 'same' : { path: small, small: true };
};

/** Sorted, so that both directions of comparing find the same place; those of arrays are in their order. */
const namesOf = (a: object, b: object): Iterable<string> =>
  Array.isArray(a) && Array.isArray(b)
    ? Object.keys(a.length > b.length ? a : b)
    : [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isNonce = (a: unknown, b: unknown, key: string): boolean => {
  if (typeof a !== typeof b || (typeof a !== 'string' && typeof a !== 'number')) return false;
  return namedAsNonce.test(key) || sameButNonces(String(a), String(b));
};

const parse = (text: string): object | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
