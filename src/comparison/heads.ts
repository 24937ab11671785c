import type { Exchange } from '../model/exchange.js';
import { fieldValues, type Head, type HeadSite, isHttp2, opens, requestLine, statusLine } from '../model/head.js';
import { acceptFor } from '../wire/accept-key.js';
import { type Difference, differ } from './contrast.js';
import { lastingPart, volatileFields } from './lasting-fields.js';
import { contrastQuery } from './query.js';
import { namesOwnTarget, requestKind, type Values } from './request-fields.js';
import type { Kind } from './weights.js';

type Pair<T> = readonly [a: T, b: T];

/** Fields that one of HTTP/1.1 and HTTP/2 has and the other has not, or has by another name. */
const ofTheVersion = new Set([
  ...['connection', 'content-length', 'host', 'keep-alive', 'proxy-connection', 'sec-websocket-accept', 'sec-websocket-key'],
  ...['transfer-encoding', 'upgrade', ':authority', ':protocol', ':scheme'],
]);
/** What was agreed on is told by itself. */
const negotiated = new Set(['sec-websocket-protocol', 'sec-websocket-extensions']);

/** The heads of one place, field by field: names in their own order, so that both directions of comparing give one list. */
export const contrastHeads = (site: HeadSite, exchanges: Pair<Exchange>): Difference[] => {
  const part = site === 'clientSent' || site === 'serverGot' ? 'request' : 'response';
  const [a, b] = [exchanges[0].heads[site], exchanges[1].heads[site]];
  if (!a || !b) return differ('not-reached', part, [a?.startLine ?? '', b?.startLine ?? '']);
  const heads = [a, b] as const;
  const found = [
    ...(part === 'request' ? requestLines(heads) : responseLines(heads)),
    ...differ('syntax', `${part} syntax`, [defects(a), defects(b)]),
    ...fieldDifferences(part, heads, exchanges),
    ...(isHttp2(a) === isHttp2(b) ? looks(part, heads) : []),
  ];
  return found.length > 0 ? found : differ('spacing', `${part} spacing`, [a.raw, b.raw]);
};

const defects = (head: Head): string => [...new Set(head.defects.map(({ code }) => code))].sort().join(', ');

const requestLines = ([a, b]: Pair<Head>): Difference[] => {
  const [one, other] = [requestLine(a), requestLine(b)];
  const path = ({ target }: { readonly target: string }): Pair<string> => {
    const [bare = '', ...query] = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split('?');
    return [bare || '/', query.join('?')];
  };
  const [onePath, otherPath] = [path(one), path(other)];
  return [
    ...differ('http-version', 'request.version', [one.version, other.version]),
    // Over HTTP/2 a WebSocket is asked for with CONNECT (RFC 8441 section 4).
    ...(isHttp2(a) === isHttp2(b) ? differ('method', 'request.method', [one.method, other.method]) : []),
    ...differ('path', 'request.path', [onePath[0], otherPath[0]]),
    ...contrastQuery([onePath[1], otherPath[1]]),
  ];
};

const responseLines = ([a, b]: Pair<Head>): Difference[] => {
  const [one, other] = [statusLine(a), statusLine(b)];
  if (isHttp2(a) !== isHttp2(b) && opens(a) && opens(b)) return [];
  return [
    ...differ('status', 'response.status', [String(one.status), String(other.status)]),
    ...(one.status === other.status ? differ('response-field', 'response.reason', [one.reason, other.reason]) : []),
    ...(isHttp2(a) === isHttp2(b) ? differ('http-version', 'response.version', [one.version, other.version]) : []),
  ];
};

const fieldDifferences = (part: 'request' | 'response', heads: Pair<Head>, exchanges: Pair<Exchange>): Difference[] => {
  const [a, b] = heads;
  const otherVersion = isHttp2(a) !== isHttp2(b);
  const names = [...new Set([...a.headers, ...b.headers].map(([name]) => name.toLowerCase()))].sort();
  return names.flatMap((name): Difference[] => {
    if ((otherVersion && ofTheVersion.has(name)) || (part === 'response' && negotiated.has(name))) return [];
    const values = [fieldValues(a, name), fieldValues(b, name)] as const;
    if (values[0].length === values[1].length && values[0].every((value, at) => value === values[1][at])) return [];
    const own = values.every(([value], side) => namesOwnTarget(exchanges[side === 0 ? 0 : 1], value));
    if (own && (name === 'host' || name === ':authority')) return [];
    const kind = part === 'request' ? requestKind(name, ...values) : responseKind(name, values, { heads, exchanges });
    const texts = [shownValues(values[0]), shownValues(values[1])] as const;
    const difference = { kind, where: `${part}.${name}`, a: texts[0], b: texts[1] };
    if (own && name === 'origin') return [{ ...difference, kind: 'field', note: "Each is the Origin of its own server's host." }];
    return [difference];
  });
};

/** An empty value is not the same as no field. */
const shownValues = (values: Values): string => values.map((value) => (value === '' ? '(empty)' : value)).join(' | ');

interface Around {
  readonly heads: Pair<Head>;
  readonly exchanges: Pair<Exchange>;
}

const ofTheHandshake = new Set(['upgrade', 'connection', 'sec-websocket-accept']);
const ofTheAnswerer = new Set(['server', 'via', 'x-powered-by']);

const responseKind = (name: string, [a, b]: Pair<Values>, { heads, exchanges }: Around): Kind => {
  const missing = a.length === 0 || b.length === 0;
  if (ofTheHandshake.has(name)) {
    if (opens(heads[0]) !== opens(heads[1])) return 'not-reached';
    if (name !== 'sec-websocket-accept') return a.join().toLowerCase() === b.join().toLowerCase() ? 'case' : 'handshake-answer';
    return rightAccept(a, exchanges[0]) && rightAccept(b, exchanges[1]) ? 'noise' : 'handshake-answer';
  }
  if (ofTheAnswerer.has(name)) return 'answerer';
  if (missing) return 'response-field';
  const lasting = (values: Values) => values.map((value) => lastingPart(name, value)).join();
  return volatileFields.has(name) || lasting(a) === lasting(b) ? 'noise' : 'response-field';
};

const rightAccept = (accept: Values, { heads }: Exchange): boolean => {
  const keys = [heads.serverGot, heads.clientSent].flatMap((head) => fieldValues(head ?? undefined, 'sec-websocket-key').slice(0, 1));
  return accept.length === 1 && keys.some((key) => acceptFor(key) === accept[0]);
};

/** What no meaning hangs on: the order of fields and the case of their names. */
const looks = (part: string, [a, b]: Pair<Head>): Difference[] => {
  const spelt = ({ headers }: Head): Map<string, string> => new Map(headers.map(([name]) => [name.toLowerCase(), name]));
  const [one, other] = [spelt(a), spelt(b)];
  const common = (from: Map<string, string>, beside: Map<string, string>) => [...from.keys()].filter((name) => beside.has(name));
  const order: Pair<string> = [common(one, other).join(', '), common(other, one).join(', ')];
  const respelt = common(one, other)
    .filter((name) => one.get(name) !== other.get(name))
    .sort();
  const names = (of: Map<string, string>) => respelt.map((name) => of.get(name)).join(', ');
  return [...differ('case', `${part} case`, [names(one), names(other)]), ...differ('order', `${part} order`, order)];
};
