import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { type Head, requestLine, statusLine } from '../model/head.js';
import type { Leg, Timings } from '../model/leg.js';
import { urlOf } from '../model/target.js';

export type FieldType = 'text' | 'number' | 'version';

/** What a filter may ask of an exchange. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly about: string;
  /** Nothing: the exchange has none. More than one: any of them will do. */
  values(subject: Subject): readonly (string | number)[];
}

export interface Subject {
  readonly exchange: Exchange;
  findings(): readonly Finding[];
}

type Values = readonly (string | number | null | undefined)[];

const field = (name: string, type: FieldType, about: string, values: (subject: Subject) => Values): Field => ({
  name,
  type,
  about,
  values: (subject) => values(subject).filter((value) => value !== null && value !== undefined),
});

const of = (name: string, type: FieldType, about: string, values: (exchange: Exchange) => Values): Field =>
  field(name, type, about, ({ exchange }) => values(exchange));

/** The same for each leg: `leg.client.tls.version`, `leg.server.tls.version`. */
const ofLegs = (name: string, type: FieldType, about: string, values: (leg: Leg) => Values): readonly Field[] =>
  (['client', 'server'] as const).map((side) =>
    of(`leg.${side}.${name}`, type, `${about}, on the ${side} leg`, (exchange) => {
      const leg = exchange[side];
      return leg ? values(leg) : [];
    }),
  );

const total = (exchange: Exchange, count: 'messages' | 'frames' | 'pings' | 'pongs'): Values => [
  exchange.frames.fromClient[count] + exchange.frames.fromServer[count],
];

/** Phases of a leg, whose fields end in `.ms` as that of the whole leg does. */
const phases: Readonly<Record<Leg['side'], readonly (readonly [phase: keyof Timings, about: string])[]>> = {
  client: [
    ['tls', 'milliseconds of the TLS handshake with the client'],
    ['request', "milliseconds from the client's first byte until its whole request head was read"],
    ['response', 'milliseconds from the read request head to the response head that the client got'],
  ],
  server: [
    ['dns', 'milliseconds of name resolution'],
    ['connect', 'milliseconds of connecting to the address that answered'],
    ['proxy', 'milliseconds until an upstream proxy had opened the way, or refused'],
    ['tls', 'milliseconds of the TLS handshake with the server'],
    ['response', "milliseconds from the sent request head to the server's whole response head"],
  ],
};

export const exchangeFields: readonly Field[] = [
  of('id', 'text', 'the exchange', ({ id }) => [id]),
  of('connection', 'number', "the client's connection that it came on", ({ connection }) => [connection]),
  of('kind', 'text', 'websocket, http, tunnel or unknown', ({ kind }) => [kind]),
  of('entrance', 'text', 'connect, absolute, socks5, socks4a or reverse', ({ entrance }) => [entrance]),
  of('outcome', 'text', 'pending, open, closed, refused, answered, tunnelled or failed', ({ outcome }) => [outcome]),
  of('url', 'text', 'the whole URL', ({ target }) => [target && urlOf(target)]),
  of('scheme', 'text', 'ws, wss, http, https or tcp', ({ target }) => [target?.scheme]),
  of('host', 'text', 'the host of the URL', ({ target }) => [target?.host]),
  of('port', 'number', 'its port', ({ target }) => [target?.port]),
  of('path', 'text', 'path and query', ({ target }) => [target?.path]),
  of('method', 'text', 'of the request', ({ heads }) => [heads.clientSent && requestLine(heads.clientSent).method]),
  of('status', 'number', "the server's status", ({ status }) => (status === 0 ? [] : [status])),
  of('client.status', 'number', 'the status that the client got', ({ heads, refusal }) => [
    heads.clientGot ? statusLine(heads.clientGot).status : refusal?.status,
  ]),
  of('error', 'text', 'code of a connection that could not be made', ({ dialFailure }) => [dialFailure?.code]),
  of('refusal', 'text', "why shakedown answered in the server's place", ({ refusal }) => [refusal?.why]),
  of('upstream', 'text', 'the upstream proxy, as host:port', ({ upstream }) => [
    upstream && `${upstream.proxy.host}:${upstream.proxy.port}`,
  ]),
  of('fault', 'text', 'ids of the faults that were applied', ({ applied }) => applied.map(({ id }) => id)),
  field('finding', 'text', 'codes of the findings, as origin.rejected', ({ findings }) => findings().map(({ code }) => code)),
  field('cause', 'text', 'causes of the findings', ({ findings }) => findings().map(({ cause }) => cause)),
  field('severity', 'text', 'severities of the findings', ({ findings }) => findings().map(({ severity }) => severity)),
  of('messages', 'number', 'data messages, both ways', (exchange) => total(exchange, 'messages')),
  of('frames', 'number', 'frames, both ways', (exchange) => total(exchange, 'frames')),
  of('close.code', 'number', 'codes of the Close frames', ({ frames }) => [frames.fromClient.close?.code, frames.fromServer.close?.code]),
  of('close.reason', 'text', 'reasons of the Close frames', ({ frames }) => [
    frames.fromClient.close?.reason,
    frames.fromServer.close?.reason,
  ]),
  of('close.from', 'text', 'client, server: who sent a Close frame', ({ frames }) => [
    frames.fromClient.close && 'client',
    frames.fromServer.close && 'server',
  ]),
  of('frame.defect', 'text', 'what is wrong with frames, as masked-from-server; codes of the findings without `frame.`', ({ frames }) =>
    [...frames.fromClient.defects, ...frames.fromServer.defects].map(({ code }) => code),
  ),
  of('stream', 'number', 'stream of an HTTP/2 connection', ({ http2 }) => [http2?.stream]),
  ...ofLegs('peer', 'text', 'address of the peer', ({ peer }) => [peer?.address]),
  ...ofLegs('tls.version', 'version', 'TLS version', ({ tls }) => [tls?.version]),
  ...ofLegs('tls.cipher', 'text', 'cipher', ({ tls }) => [tls?.cipher]),
  ...ofLegs('tls.alpn', 'text', 'protocol agreed by ALPN', ({ tls }) => [tls?.alpn]),
  ...ofLegs('tls.error', 'text', 'code of a failed verification or handshake', ({ tls, tlsFailure }) => [tls?.error, tlsFailure?.code]),
  ...ofLegs('tls.sni', 'text', 'server name', ({ tls, tlsFailure }) => [tls?.sni ?? tlsFailure?.sni]),
  ...ofLegs('end', 'text', 'how it ended: fin, reset, error or timeout', ({ end }) => [end?.how]),
  ...ofLegs('bytes', 'number', 'bytes read and written', ({ bytesIn, bytesOut }) => [bytesIn + bytesOut]),
  ...ofLegs('ms', 'number', 'milliseconds from its first sign of life to its end', ({ timings }) => [timings.total]),
  ...(['client', 'server'] as const).flatMap((side) =>
    phases[side].map(([phase, about]) => of(`leg.${side}.${phase}.ms`, 'number', about, (exchange) => [exchange[side]?.timings[phase]])),
  ),
];

const values = (head: Head | null, name: string): Values =>
  (head?.headers ?? []).filter(([own]) => own.toLowerCase() === name).map(([, value]) => value);

/** `request.origin`, `response.server`: any field of the heads that the client sent and that the server sent. */
export const headField = (name: string): Field | undefined => {
  const match = /^(request|response)\.([\w-]+)$/.exec(name);
  if (!match) return undefined;
  const wanted = (match[2] ?? '').toLowerCase();
  return of(name, 'text', 'a field of the head', ({ heads }) =>
    values(match[1] === 'request' ? heads.clientSent : heads.serverSent, wanted),
  );
};

/** What a filter has to see of one message. */
export interface FilterMessage {
  readonly from: 'client' | 'server';
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  /** Its text; of a binary one its bytes as latin1. */
  readonly text: string;
  /** Length of its payload, inflated; `text` may be cut. */
  readonly bytes: number;
}

/** What a filter may ask of one message. */
export interface MessageField extends Omit<Field, 'values'> {
  values(message: FilterMessage): readonly (string | number)[];
}

const textFrom =
  (side: FilterMessage['from']): MessageField['values'] =>
  ({ from, text }) =>
    from === side ? [text] : [];

/** Each comparison is asked of each message on its own. */
export const messageFields: readonly MessageField[] = [
  { name: 'message', type: 'text', about: 'text of a message, either way', values: ({ text }) => [text] },
  { name: 'message.client', type: 'text', about: 'text of a message of the client', values: textFrom('client') },
  { name: 'message.server', type: 'text', about: 'text of a message of the server', values: textFrom('server') },
  { name: 'message.type', type: 'text', about: 'text, binary, ping, pong or close', values: ({ type }) => [type] },
  { name: 'message.bytes', type: 'number', about: 'length of the payload, inflated', values: ({ bytes }) => [bytes] },
];
