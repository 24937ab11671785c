import type { ExchangeKind } from '../../model/event.js';
import { field, type HeaderField } from '../../model/head.js';
import type { Imported, ImportLack } from '../../model/imported.js';
import type { DialFailure } from '../../model/leg.js';
import { own } from '../../recording/shape.js';
import { Misfit, maybe, numberAt, objectAt, type Place, textAt } from '../misfit.js';
import { bytesTold, latestMs, type Plan, type Told } from '../told.js';
import { fieldsOf, requestHead, responseHead } from './head-of.js';
import { addressOf, contentBytes, portOf, startOf, type TimesTold, targetOf, timesOf } from './read-entry.js';

interface Read {
  readonly entry: Place;
  readonly request: Place;
  readonly response: Place;
  readonly asked: readonly HeaderField[];
  readonly got: readonly HeaderField[];
  readonly status: number;
  readonly kind: ExchangeKind;
  readonly times: TimesTold;
  readonly startMs: number;
}

const isSocket = (entry: Place, request: Place, asked: readonly HeaderField[]): boolean =>
  own(entry.value, '_resourceType') === 'websocket' ||
  /^wss?:/i.test(textAt(request, 'url')) ||
  field({ headers: asked }, 'upgrade')?.toLowerCase() === 'websocket' ||
  field({ headers: asked }, ':protocol') === 'websocket';

/**
 * Playwright writes -1 for none. Of a refused handshake Chromium tells the status only in its error: `Error during WebSocket handshake: Unexpected
 * response code: 403`.
 */
const statusOf = (response: Place, error: string): number => {
  const status = numberAt(response, 'status');
  if (!Number.isInteger(status) || status < -1 || status > 999) throw new Misfit(`${response.where}.status`, 'is no status');
  return status > 0 ? status : Number(/Unexpected response code: (\d{3})\b/.exec(error)?.[1] ?? 0);
};

const readEntry = (entry: Place, error: string): Read => {
  const request = objectAt(entry, 'request');
  const response = objectAt(entry, 'response');
  const asked = fieldsOf(request);
  const status = statusOf(response, error);
  const startMs = startOf(entry);
  const kind = isSocket(entry, request, asked) ? 'websocket' : 'http';
  return { entry, request, response, asked, got: fieldsOf(response), status, kind, times: timesOf(entry, startMs), startMs };
};

/** Browsers list a few provisional fields when the real ones never came: that is no head. */
const hasRequestHead = ({ kind, asked }: Read): boolean =>
  kind === 'http' ||
  ['sec-websocket-key', ':protocol', 'sec-websocket-version'].some((name) => field({ headers: asked }, name) !== undefined);

const hasResponseHead = ({ status, got, kind }: Read): boolean =>
  status !== 0 && !(kind === 'websocket' && status === 101 && got.length === 0);

/** How it closed, as HTTP Toolkit writes it. */
const closeOf = (entry: Place): (Imported['close'] & { readonly atMs?: number }) | undefined => {
  const told = own(entry.value, '_webSocketClose');
  if (told === 'aborted') return { code: 1006, reason: '' };
  const close = maybe(objectAt, entry, '_webSocketClose');
  if (!close) return undefined;
  const seconds = maybe(numberAt, close, 'timestamp');
  const atMs = seconds !== undefined && seconds > 0 && seconds * 1000 < latestMs ? { atMs: seconds * 1000 } : {};
  return { code: maybe(numberAt, close, 'code') ?? 1005, reason: maybe(textAt, close, 'reason') ?? '', ...atMs };
};

const bodiesOf = ({ request, response }: Read) => {
  const content = maybe(objectAt, response, 'content');
  return {
    sent: contentBytes(maybe(objectAt, request, 'postData'), '_encoding'),
    got: contentBytes(content, 'encoding'),
    toldSize: (content && maybe(numberAt, content, 'size')) ?? 0,
    toldSent: maybe(numberAt, request, 'bodySize') ?? 0,
  };
};

const lacksOf = (
  read: Read,
  { isOpen, ends, secure, creator }: { isOpen: boolean; ends: boolean; secure: boolean; creator: string },
): ImportLack[] => {
  const { kind, status, asked, times, entry, request } = read;
  const bodies = bodiesOf(read);
  const socket = kind === 'websocket';
  // Firefox calls the body of a refused handshake empty, whatever it was.
  const promised = Number(field({ headers: read.got }, 'content-length') ?? 0);
  const headless = status !== 0 && read.got.length === 0;
  const bodiless = status === 0 || isOpen || status === 204 || status === 304 || textAt(request, 'method') === 'HEAD';
  // DevTools leave these out of what they export unless told not to, and the file does not say so.
  const sanitized =
    /^WebInspector/.test(creator) && !['cookie', 'authorization'].some((name) => field({ headers: asked }, name) !== undefined);
  const missing: Readonly<Partial<Record<ImportLack, boolean>>> = {
    'request-head': !hasRequestHead(read),
    'response-head': headless,
    'raw-heads': true,
    legs: true,
    credentials: sanitized,
    // Firefox writes none.
    messages: isOpen && own(entry.value, '_webSocketMessages') === undefined,
    frames: socket && isOpen,
    'control-frames': socket && isOpen,
    close: socket && isOpen && closeOf(entry) === undefined,
    end: !ends || times.time === undefined,
    tls: secure,
    timings: times.wait === undefined,
    'request-body': bodies.sent === undefined && bodies.toldSent > 0,
    body: !bodiless && (bodies.got?.length ?? 0) === 0 && (bodies.toldSize !== 0 || headless || promised > 0),
    'body-coding': !isOpen && [bodies.got, bodies.sent].some((bytes) => bytes !== undefined && bytes.length > 0),
  };
  return (Object.keys(missing) as ImportLack[]).filter((key) => missing[key]);
};

const total = (...times: readonly (number | undefined)[]): number => times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);

/** When a WebSocket or an answer ended; undefined when the entry does not say. */
const endOf = (read: Read, { isOpen, creator }: { readonly isOpen: boolean; readonly creator: string }): number | undefined => {
  const { entry, startMs, times } = read;
  // What never opened is over, also where nobody says since when.
  if (!isOpen) return startMs + (times.time ?? 0);
  if (times.time === undefined) return undefined;
  const whole = startMs + times.time;
  const close = closeOf(entry);
  if (close) return close.atMs ?? whole;
  // DevTools count the time that it was open as `receive`, and none while it still is.
  return /^WebInspector/.test(creator) && (times.receive ?? 0) > 0 ? whole : undefined;
};

/** What Chromium calls a connection that could not be made, and the system's own code for it. */
const dialCodes: Readonly<Record<string, string>> = {
  CONNECTION_REFUSED: 'ECONNREFUSED',
  NAME_NOT_RESOLVED: 'ENOTFOUND',
  CONNECTION_TIMED_OUT: 'ETIMEDOUT',
  ADDRESS_UNREACHABLE: 'EHOSTUNREACH',
};

const dialFailureOf = (message: string): DialFailure | undefined => {
  const code = dialCodes[/\bnet::ERR_([A-Z_]+)/.exec(message)?.[1] ?? ''];
  return code === undefined ? undefined : { code, message, attempts: [] };
};

/** What is known of an entry beside itself. */
interface Beside {
  readonly creator: string;
  readonly hasMessages: boolean;
  /** What DevTools say among its messages of why there was no connection, or ''. */
  readonly failure: string;
}

/** Of an error's text, characters. */
export const longestError = 1000;

/** An entry of another tool. Throws a Misfit. */
export const foreignPlan = (entry: Place, { creator, hasMessages, failure }: Beside): Plan => {
  const told = maybe(objectAt, entry, 'response');
  const error = [failure, told && maybe(textAt, told, '_error'), told && maybe(textAt, told, '_failureText')].find(Boolean) ?? '';
  const read = readEntry(entry, error);
  const { request, response, asked, got, status, kind, times, startMs } = read;
  const target = targetOf(request, kind);
  const isOpen = kind === 'websocket' && (status === 101 || (status < 300 && hasMessages) || (status === 200 && versionIs2(response)));
  const endMs = endOf(read, { isOpen, creator });
  const lacks = lacksOf(read, { isOpen, ends: endMs !== undefined, secure: /s$/.test(target.scheme) && target.scheme !== 'ws', creator });
  const close = isOpen ? closeOf(entry) : undefined;
  const phases = { dns: times.dns, connect: tcpOf(times), tls: times.ssl };
  const answered = hasResponseHead(read);
  const opensHere = isOpen && !(answered && (status === 101 || versionIs2(response)));
  const requestMs = startMs + total(times.blocked, times.dns, times.connect, times.send);
  const answerMs = requestMs + (times.wait ?? 0);
  const imported: Plan['imported'] = {
    type: 'imported',
    kind,
    from: 'har',
    creator,
    lacks,
    ...(status !== 0 && !answered ? { status } : {}),
    ...(opensHere ? { open: requestMs + (times.wait ?? 0) - startMs } : {}),
    ...(close ? { close: { code: close.code, reason: close.reason } } : {}),
    ...(error ? { error: error.slice(0, longestError) } : {}),
    ...(Object.values(phases).some((ms) => ms !== undefined) ? { timings: withoutGaps(phases) } : {}),
  };
  const before: Told[] = [
    [startMs, imported],
    [startMs, { type: 'target', target, kind }],
  ];
  const address = addressOf(entry);
  if (address !== undefined) before.push([startMs, { type: 'dialled', peer: { address, port: portOf(entry, creator) } }]);
  const unreached = status === 0 ? dialFailureOf(error.slice(0, longestError)) : undefined;
  if (unreached) before.push([startMs, { type: 'dial-failed', failure: unreached }]);
  const bodies = bodiesOf(read);
  if (hasRequestHead(read)) {
    const raw = requestHead(request, { path: target.path, fields: asked });
    before.push([requestMs, { type: 'head', site: 'clientSent', raw, reserialised: true }]);
    if (status !== 0) before.push([requestMs, { type: 'head', site: 'serverGot', sameAs: 'clientSent', reserialised: true }]);
  }
  if (kind === 'http' && bodies.sent) before.push(...bytesTold('client', bodies.sent, requestMs));
  if (answered) {
    const raw = responseHead(response, { status, fields: got });
    before.push([answerMs, { type: 'head', site: 'serverSent', raw, reserialised: true }]);
    before.push([answerMs, { type: 'head', site: 'clientGot', sameAs: 'serverSent', reserialised: true }]);
    if (!isOpen && bodies.got) before.push(...bytesTold('server', bodies.got, answerMs));
  }
  return {
    id: undefined,
    startMs,
    imported,
    before,
    hasMessages: isOpen,
    after: (lastMs, sizes) => {
      if (endMs === undefined) return [];
      const count = { in: sizes.client, out: sizes.server };
      const server = answered || address !== undefined ? { in: sizes.server, out: sizes.client } : null;
      return [[Math.max(endMs, lastMs), { type: 'closed', client: count, server }]];
    },
  };
};

const versionIs2 = (response: Place): boolean => /^(h2|http\/2)/i.test(maybe(textAt, response, 'httpVersion') ?? '');

/** HAR counts TLS as part of `connect`. */
const tcpOf = ({ connect, ssl }: TimesTold): number | undefined =>
  connect === undefined ? undefined : Math.max(0, Math.round((connect - (ssl ?? 0)) * 1000) / 1000);

const withoutGaps = <T extends object>(given: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
