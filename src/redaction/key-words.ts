import type { Reach } from './find.js';

/**
 * What the name of a value says. `strong`: the value is a secret wherever it stands. `digits`: when it is a number as PINs are. `query`: in the query of a
 * URL and in forms only, because `code` and `key` name harmless things elsewhere. `random`: when the value looks made by chance.
 */
export interface KeyClass {
  readonly when: 'strong' | 'digits' | 'query' | 'random';
  readonly reach: Reach;
  /** The values of an object under this key are secrets too. */
  readonly deep: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const passwords = words('password passwd passwort pwd passphrase passcode pass');
const tokens = words(
  'secret token jwt authorization apikey otp totp mnemonic signature sig assertion samlresponse accesstoken bearer authtoken csrftoken xsrftoken',
);
const many = words('passwords secrets tokens cookies credential credentials authorization');
const sessions = words('session sessionid sessid sid cookie phpsessid jsessionid csrf xsrf');
const digits = words('pin cvv cvv2 cvc');
const inQueries = words('code hmac');
const byChance = words('auth authentication ticket verifier');
/** Before `key` these make it one that opens something. */
const keyOwners = words(
  'api app access account private secret client auth encryption signing session service shared master security ssh deploy stream storage subscription functions webhook admin license',
);
/** Behind the noun these change nothing: `passwordConfirmation`, `token_value`. */
const neutral = words(
  'value string text raw plain plaintext b64 base64 hex header confirm confirmation repeat again new old current prod test dev 1 2 3 hash',
);
/** In front they make a switch, a count or an address of it. */
const notIts = words(
  'is has no show hide forgot forgotten min max num n total count require requires required use uses enable disable with supports',
);
/** Names without a border between their words. */
const glued =
  /(?:passw(?:or)?d|passphrase|passcode|secret|token|apikey|privatekey|accesskey|secretkey|sharedkey|authkey|sessionid|sessid|credentials|authorization)$/;

const strong = (reach: Reach, deep = false): KeyClass => ({ when: 'strong', reach, deep });

const classify = (key: string): KeyClass | null => {
  const parts = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
  while (parts.length > 1 && neutral.has(parts.at(-1) ?? '')) parts.pop();
  if (parts.length > 1 && notIts.has(parts[0] ?? '')) return null;
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (last === 'key' || last === 'keys') return keyClass(parts);
  if (last === 'id' && (before === 'session' || before === 'secret')) return strong('random');
  if (last === 'response' && before === 'saml') return strong('token');
  if (last === 'verifier' && before === 'code') return strong('token');
  if (last === 'code' && (before === 'auth' || before === 'authorization' || before === 'mfa' || before === 'otp')) return strong('token');
  if (last === 'pass' && parts.length > 1 && !/^(?:user|db|smtp|ftp|mail|my|mqtt|redis|proxy|admin|root|login)$/.test(before)) return null;
  if (passwords.has(last)) return strong('password');
  if (many.has(last)) return strong('token', true);
  if (tokens.has(last)) return strong('token');
  if (sessions.has(last)) return last === 'sid' ? { when: 'random', reach: 'random', deep: false } : strong('random');
  if (digits.has(last)) return { when: 'digits', reach: 'here', deep: false };
  if (byChance.has(last) && parts.length === 1) return { when: 'random', reach: 'random', deep: false };
  if (inQueries.has(last) && parts.length === 1) return { when: 'query', reach: 'random', deep: false };
  if (parts.length === 1 && glued.test(last)) return strong(/pass/.test(last) ? 'password' : 'token');
  return null;
};

const keyClass = (parts: readonly string[]): KeyClass | null => {
  const before = parts.at(-2) ?? '';
  if (before === 'idempotency' || before === 'public') return null;
  if (keyOwners.has(before)) return strong('token');
  // X-Whatever-Key, as a header says it; a bare `key` counts in queries only.
  if (parts[0] === 'x' && parts.length > 2) return strong('token');
  return parts.length === 1 ? { when: 'query', reach: 'random', deep: false } : null;
};

const mostKnown = 4096;
const longestKey = 64;

/** Classes by key, remembered, because the same keys come again with each message. */
const createKeyClasses = (): ((key: string) => KeyClass | null) => {
  const known = new Map<string, KeyClass | null>();
  return (key) => {
    if (key.length > longestKey) return null;
    let found = known.get(key);
    if (found === undefined) {
      if (known.size >= mostKnown) known.clear();
      found = classify(key);
      known.set(key, found);
    }
    return found;
  };
};

export const keyClassOf = createKeyClasses();
