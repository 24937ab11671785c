import type { Exchange } from '../model/exchange.js';
import { authorityOf } from '../model/target.js';
import { splitAll } from '../wire/field-list.js';
import { volatileFields } from './lasting-fields.js';
import type { Kind } from './weights.js';

/** The values of one field of a head, in order; at least one. */
export type Values = readonly string[];
type Judge = (a: Values, b: Values) => Kind;

interface Rule {
  readonly missing: Kind;
  readonly other: Kind | Judge;
}

const text = (values: Values): string => values.join(', ');
const same = (a: string, b: string): boolean => a === b;

/** The names of cookies, or the scheme of credentials: what stays when only the secret is another. */
const cookieNames = (values: Values): string =>
  values
    .flatMap((value) => value.split(';'))
    .map((pair) => pair.split('=', 1)[0]?.trim() ?? '')
    .sort()
    .join(' ');
const schemeOf = (values: Values): string => text(values).split(' ', 1)[0]?.toLowerCase() ?? '';
const credentialsBy =
  (lasting: (values: Values) => string): Judge =>
  (a, b) =>
    same(lasting(a), lasting(b)) ? 'credentials-value' : 'credentials';

const namesUpgrade = (values: Values): boolean => splitAll(values).some((member) => member.toLowerCase() === 'upgrade');
const isKey = (values: Values): boolean => values.length === 1 && /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(values[0] ?? '');

const always = (kind: Kind): Rule => ({ missing: kind, other: kind });
const rules: Readonly<Record<string, Rule>> = {
  origin: always('origin'),
  host: always('host'),
  upgrade: { missing: 'upgrade', other: (a, b) => (same(text(a).toLowerCase(), text(b).toLowerCase()) ? 'case' : 'upgrade') },
  // Firefox says `keep-alive, Upgrade`.
  connection: { missing: 'upgrade', other: (a, b) => (namesUpgrade(a) && namesUpgrade(b) ? 'request-habit' : 'upgrade') },
  'sec-websocket-version': always('handshake-field'),
  'sec-websocket-key': { missing: 'handshake-field', other: (a, b) => (isKey(a) && isKey(b) ? 'noise' : 'handshake-field') },
  'sec-websocket-protocol': always('subprotocol'),
  'sec-websocket-extensions': always('extensions'),
  cookie: { missing: 'credentials', other: credentialsBy(cookieNames) },
  authorization: { missing: 'credentials', other: credentialsBy(schemeOf) },
  'user-agent': always('user-agent'),
  'content-length': always('body'),
  'transfer-encoding': always('body'),
};

/** What a client says of itself and its page; also every `Sec-CH-` and `Sec-Fetch-`. */
const habits = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'dnt', 'keep-alive', 'pragma', 'priority'],
  ...['proxy-connection', 'sec-gpc', 'te', 'upgrade-insecure-requests'],
]);

/** What it means that a field of the request stands on one side only, or has other values; `name` in lower case. */
export const requestKind = (name: string, a: Values, b: Values): Kind => {
  const missing = a.length === 0 || b.length === 0;
  if (volatileFields.has(name)) return missing ? 'request-habit' : 'noise';
  if (!missing && a.length !== b.length && name !== 'cookie') return 'duplicate';
  if (habits.has(name) || /^sec-(ch|fetch)-/.test(name)) return 'request-habit';
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (!rule) return missing ? 'field-missing' : 'field';
  if (missing) return rule.missing;
  return typeof rule.other === 'string' ? rule.other : rule.other(a, b);
};

const hostPort = /^(?:(?:ws|http)(s?):\/\/)?(.*?)\/?$/i;

/** Whether a Host, an Origin or an SNI names the very server that the exchange goes to: then the target says all that it says. */
export const namesOwnTarget = ({ target }: Pick<Exchange, 'target'>, value: string | undefined): boolean => {
  if (!target || value === undefined) return false;
  const [, , named = ''] = hostPort.exec(value.toLowerCase()) ?? [];
  const own = authorityOf({ ...target, host: target.host.toLowerCase() });
  return named === own || named === withoutPort(own) || named === target.host.toLowerCase();
};

const withoutPort = (authority: string): string => authority.slice(0, authority.lastIndexOf(':'));
