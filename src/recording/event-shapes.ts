import type { Event, EventType } from '../model/event.js';
import { anyOf, type Check, fields, flag, isTrue, latin1, listOf, mapOf, nullable, number, oneOf, optional, text } from './shape.js';

/*
 * Words that the fold only carries (why, how, code, stage) are checked as text, so that a recording of a later shakedown with one
 * more word stays readable. Words that it looks things up with (site, from, leg) are checked one by one.
 */
const sender = oneOf('client', 'server');
const site = oneOf('clientSent', 'serverGot', 'serverSent', 'clientGot');
const address = fields({ address: text, port: number });
const certificate = fields({
  subject: text,
  issuer: text,
  serial: text,
  notBefore: text,
  notAfter: text,
  dnsNames: listOf(text),
  ipAddresses: listOf(text),
  keyType: text,
  keyBits: number,
  signature: text,
  isCa: flag,
  selfSigned: flag,
  extendedKeyUsage: nullable(listOf(text)),
  mustStaple: optional(isTrue),
  caIssuers: optional(listOf(text)),
  fingerprint: text,
  der: text,
});
const ocsp = fields({
  thisUpdate: text,
  nextUpdate: nullable(text),
  revokedAt: nullable(text),
  reason: nullable(text),
  verified: nullable(flag),
});
const tlsFacts = fields({
  version: text,
  cipher: text,
  alpn: nullable(text),
  sni: nullable(text),
  chain: listOf(certificate),
  authorized: nullable(flag),
  error: nullable(text),
  staple: optional(text),
  ocsp: optional(ocsp),
});
const tlsFailure = fields({
  code: text,
  message: text,
  alert: nullable(number),
  firstBytes: latin1,
  chain: listOf(certificate),
  sni: nullable(text),
  staple: optional(text),
  ocsp: optional(ocsp),
});
const upstreamAddress = fields({ scheme: oneOf('http', 'https', 'socks5'), host: text, port: number });
const params = mapOf(anyOf(text, number, flag));
const attempt = fields({ address: text, code: text, ms: number });
const byteCount = fields({ in: number, out: number });

type FieldsOf<T extends EventType> = Exclude<keyof Extract<Event, { type: T }>, 'at' | 'exchange' | 'type'>;
type Shapes = { readonly [T in EventType]: { readonly [F in FieldsOf<T>]: Check } };

/** The fields of each event. The type makes a new event or field fail to compile until its shape stands here. */
const shapes: Shapes = {
  imported: {
    kind: text,
    status: optional(number),
    open: optional(number),
    lostBytes: optional(number),
    from: oneOf('har', 'json-lines'),
    creator: text,
    lacks: listOf(text),
    close: optional(fields({ code: number, reason: text })),
    error: optional(text),
    timings: optional(fields({ dns: optional(number), connect: optional(number), tls: optional(number) })),
  },
  opened: { connection: number, peer: address, entrance: nullable(text) },
  entrance: { entrance: text, request: latin1 },
  'entrance-reply': { reply: latin1 },
  target: { target: fields({ scheme: oneOf('ws', 'wss', 'http', 'https', 'tcp'), host: text, port: number, path: text }), kind: text },
  'client-hello': { hello: fields({ sni: nullable(text), alpn: listOf(text), versions: listOf(text), statusRequest: optional(isTrue) }) },
  dial: { host: text, port: number },
  resolved: { addresses: listOf(text), override: optional(listOf(text)) },
  dialled: { peer: address, attempts: optional(listOf(attempt)) },
  'dial-failed': {
    failure: fields({ code: text, message: text, attempts: listOf(attempt) }),
  },
  upstream: { proxy: upstreamAddress, request: latin1 },
  'upstream-tls': { tls: tlsFacts },
  'upstream-tls-failed': { failure: tlsFailure },
  'upstream-reply': { reply: latin1, outcome: text, status: nullable(number), why: text },
  'tls-start': { leg: sender },
  tls: { leg: sender, tls: tlsFacts },
  'client-certificate': { shown: nullable(certificate) },
  'tls-failed': { leg: sender, failure: tlsFailure },
  mirrored: { defects: listOf(text), possible: flag },
  head: { site, raw: optional(latin1), sameAs: optional(site), informational: optional(isTrue), reserialised: optional(isTrue) },
  http2: { stream: number, settings: fields({ client: nullable(mapOf(number)), server: nullable(mapOf(number)) }) },
  goaway: { leg: sender, code: text, lastStream: number, debug: latin1 },
  'not-a-head': { site: oneOf('clientSent', 'serverSent'), raw: latin1, why: text },
  bytes: { from: sender, data: text },
  'bytes-lost': { from: sender, bytes: number, why: text, resume: optional(fields({ left: number, header: text, unfinished: flag })) },
  detour: { from: sender },
  given: { from: sender, data: text },
  fault: { fault: fields({ id: text, params, stage: text, leg: sender, before: text, after: text }) },
  'fault-failed': { id: text, message: text },
  held: { held: text, hold: text, what: text, from: sender },
  released: { held: text, how: text, why: text },
  injected: { to: sender, frame: text, bytes: number },
  refused: { status: number, why: text, text },
  end: { leg: sender, how: text, by: oneOf('peer', 'shakedown'), code: text },
  closed: { client: byteCount, server: nullable(byteCount) },
  listening: { proxy: text, seed: number, recording: nullable(text), version: text, control: optional(nullable(text)) },
  armed: {
    choice: fields({
      ...{ key: text, fault: text, params, probability: number, times: nullable(number), match: optional(text), rule: optional(text) },
      ...{ nth: optional(number), first: optional(number), every: optional(number), after: optional(number), until: optional(number) },
    }),
  },
  disarmed: { key: text, why: text },
  hold: { hold: text, what: text, from: optional(sender), match: optional(text) },
  unhold: { hold: text, why: text },
  stopped: { exchanges: number, lost: fields({ bytes: number, events: number }) },
  notice: { level: text, text },
};

const table = new Map<string, readonly (readonly [string, Check])[]>(
  Object.entries(shapes).map(([type, checks]) => [type, Object.entries(checks)]),
);

/** The checks of an event type's own fields; undefined for a type that this version does not know. */
export const checksOf = (type: string): readonly (readonly [string, Check])[] | undefined => table.get(type);
