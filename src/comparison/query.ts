import type { Difference } from './contrast.js';
import { sameButNonces } from './nonces.js';
import type { Kind } from './weights.js';

/** More parameters than a person reads are compared as one text. */
const most = 100;

const holdsCredentials = /^(access_?token|api_?key|auth|authorization|jwt|key|password|secret|sig|signature|ticket|token)$/i;

const parametersOf = (query: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const part of query.split('&', most)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    const before = found.get(name);
    const value = equals === -1 ? '' : part.slice(equals + 1);
    found.set(name, before === undefined ? value : `${before} | ${value}`);
  }
  return found;
};

const kindOf = (name: string, a: string | undefined, b: string | undefined): Kind => {
  const missing = a === undefined || b === undefined;
  if (holdsCredentials.test(name)) return missing ? 'credentials' : 'credentials-value';
  // `t` is how socket.io keeps caches away, and `sid` names one session of it.
  if (!missing && (name === 't' || name === 'sid' || sameButNonces(a, b))) return 'noise';
  return 'query';
};

/** What differs between two queries, parameter by parameter; their order counts only when nothing else differs. */
export const contrastQuery = ([a, b]: readonly [a: string, b: string]): Difference[] => {
  if (a === b) return [];
  const [one, other] = [parametersOf(a), parametersOf(b)];
  const found = [...new Set([...one.keys(), ...other.keys()])].sort().flatMap((name): Difference[] => {
    const [first, second] = [one.get(name), other.get(name)];
    if (first === second) return [];
    const shown = (value: string | undefined) => (value === undefined ? '' : `${name}=${value}`);
    return [{ kind: kindOf(name, first, second), where: `request.query.${name}`, a: shown(first), b: shown(second) }];
  });
  return found.length > 0 ? found : [{ kind: 'order', where: 'request.query', a, b }];
};
