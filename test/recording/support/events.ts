import fc from 'fast-check';
import { type Clock, isoTime, toMicros } from '../../../src/model/clock.js';
import type { Event } from '../../../src/model/event.js';

/** 2026-01-31 09:05:00 UTC. */
export const epoch = 1_769_850_300_000;

/** Goes on by a millisecond and a microsecond with every look. */
export const steppingClock = (start = epoch): Clock => {
  let at = start;
  return {
    now: () => {
      at = toMicros(at + 1.001);
      return at;
    },
  };
};

export const realClock: Clock = { now: () => performance.timeOrigin + performance.now() };

type Body = Event extends infer E ? (E extends Event ? Omit<E, 'at' | 'exchange'> : never) : never;

const bytesText = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const word = fc.string({ unit: 'binary', maxLength: 12 });
const port = fc.nat({ max: 65_535 });
const sender = fc.constantFrom('client' as const, 'server' as const);
const address = fc.record({ address: fc.constantFrom('127.0.0.1', '::1'), port });
const requestHead = bytesText.map((odd) => `GET /chat HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\nX-Odd: ${odd}\r\n\r\n`);
const answerHead = fc.constantFrom(
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  'HTTP/1.1 403 Forbidden\r\nServer: nginx/1.22.1\r\n\r\n',
  'HTTP/1.1 200 OK\r\n\r\n',
);
const chain = fc.constant([]);
const params = fc.dictionary(
  fc.string({ maxLength: 6 }).filter((key) => key !== '__proto__'),
  fc.oneof(fc.integer(), fc.boolean(), word),
  { maxKeys: 3, noNullPrototype: true },
);
const byteCount = fc.record({ in: fc.nat(), out: fc.nat() });
const entrance = fc.constantFrom('connect' as const, 'absolute' as const, 'reverse' as const);

/** A body of each type but `bytes`, `opened` and `closed`, in the shapes that the engine gives. */
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.record({ type: fc.constant('entrance' as const), entrance, request: bytesText }),
  fc.record({ type: fc.constant('entrance-reply' as const), reply: bytesText }),
  fc.record({
    type: fc.constant('target' as const),
    target: fc.record({ scheme: fc.constantFrom('ws' as const, 'wss' as const), host: word, port, path: word }),
    kind: fc.constantFrom('websocket' as const, 'http' as const, 'tunnel' as const),
  }),
  fc.record({
    type: fc.constant('client-hello' as const),
    hello: fc.record({ sni: fc.option(word), alpn: fc.array(word, { maxLength: 2 }), versions: fc.constant(['TLSv1.3']) }),
  }),
  fc.record({ type: fc.constant('dial' as const), host: word, port }),
  fc.record({ type: fc.constant('resolved' as const), addresses: fc.constant(['127.0.0.1']) }),
  fc.record({ type: fc.constant('dialled' as const), peer: address }),
  fc.record({
    type: fc.constant('dial-failed' as const),
    failure: fc.record({
      code: fc.constant('ECONNREFUSED'),
      message: word,
      attempts: fc.constant([{ address: '::1', code: 'X', ms: 0.25 }]),
    }),
  }),
  fc.record({ type: fc.constant('tls-start' as const), leg: sender }),
  fc.record({
    type: fc.constant('tls' as const),
    leg: sender,
    tls: fc.record({
      version: fc.constant('TLSv1.3'),
      cipher: fc.constant('TLS_AES_256_GCM_SHA384'),
      alpn: fc.option(fc.constant('http/1.1')),
      sni: fc.option(word),
      chain,
      authorized: fc.option(fc.boolean()),
      error: fc.option(word),
    }),
  }),
  fc.record({
    type: fc.constant('tls-failed' as const),
    leg: sender,
    failure: fc.record({
      code: word,
      message: word,
      alert: fc.option(fc.nat({ max: 255 })),
      firstBytes: bytesText,
      chain,
      sni: fc.option(word),
    }),
  }),
  fc.record({ type: fc.constant('mirrored' as const), defects: fc.array(word, { maxLength: 2 }), possible: fc.boolean() }),
  fc.record({ type: fc.constant('head' as const), site: fc.constantFrom('clientSent' as const, 'serverGot' as const), raw: requestHead }),
  fc.record({ type: fc.constant('head' as const), site: fc.constantFrom('serverSent' as const, 'clientGot' as const), raw: answerHead }),
  fc.constant({ type: 'head' as const, site: 'serverGot' as const, sameAs: 'clientSent' as const }),
  fc.constant({ type: 'head' as const, site: 'clientGot' as const, sameAs: 'serverSent' as const }),
  fc.record({
    type: fc.constant('not-a-head' as const),
    site: fc.constant('clientSent' as const),
    raw: bytesText,
    why: fc.constant('timeout' as const),
  }),
  fc.record({ type: fc.constant('bytes-lost' as const), from: sender, bytes: fc.nat(), why: word }),
  fc.record({
    type: fc.constant('fault' as const),
    fault: fc.record({ id: word, params, stage: fc.constant('request' as const), leg: sender, before: bytesText, after: bytesText }),
  }),
  fc.record({ type: fc.constant('fault-failed' as const), id: word, message: word }),
  fc.record({ type: fc.constant('refused' as const), status: fc.nat({ max: 599 }), why: fc.constant('timeout' as const), text: word }),
  fc.record({
    type: fc.constant('end' as const),
    leg: sender,
    how: fc.constantFrom('fin' as const, 'reset' as const),
    by: fc.constantFrom('peer' as const, 'shakedown' as const),
    code: word,
  }),
);

/** What the engine does with an exchange, in the order in which it does it. */
export type Step =
  | { readonly event: Event }
  | { readonly exchange: string; readonly from: 'client' | 'server'; readonly chunk: Uint8Array; readonly atMs: number };

const chunk = fc.record({ from: sender, chunk: fc.uint8Array({ minLength: 1, maxLength: 300 }) });
type Plan = { readonly body: Body } | { readonly from: 'client' | 'server'; readonly chunk: Uint8Array };
const plan: fc.Arbitrary<Plan> = fc.oneof({ weight: 3, arbitrary: body.map((each) => ({ body: each })) }, { weight: 2, arbitrary: chunk });

const opened = fc.record({
  type: fc.constant('opened' as const),
  connection: fc.nat(),
  peer: address,
  entrance: fc.option(entrance),
});
const closed = fc.record({ type: fc.constant('closed' as const), client: byteCount, server: fc.option(byteCount) });

const oneExchange = fc
  .tuple(opened, fc.array(plan, { maxLength: 12 }), fc.option(closed))
  .map(([first, middle, last]): Plan[] => [{ body: first }, ...middle, ...(last ? [{ body: last }] : [])]);

/** Interleaved exchanges with ids `1`, `2`, ...; times go forward by microseconds up to seconds. */
export const stepsOfExchanges: fc.Arbitrary<Step[]> = fc
  .tuple(fc.array(oneExchange, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat({ max: 3_000_000 })), fc.infiniteStream(fc.nat()))
  .map(([plans, waits, picks]) => {
    const queues = plans.map((steps, index) => ({ id: String(index + 1), steps: [...steps] }));
    const steps: Step[] = [];
    let micros = 0;
    while (queues.length > 0) {
      micros += waits.next().value ?? 0;
      const atMs = toMicros(epoch + micros / 1000);
      const index = (picks.next().value ?? 0) % queues.length;
      const queue = queues[index];
      const next = queue?.steps.shift();
      if (!queue || !next) {
        queues.splice(index, 1);
        continue;
      }
      if ('body' in next) steps.push({ event: { at: isoTime(atMs), exchange: queue.id, ...next.body } as Event });
      else steps.push({ exchange: queue.id, from: next.from, chunk: next.chunk, atMs });
    }
    return steps;
  });

/** Any event that is no chunk. */
export const anyEvent: fc.Arbitrary<Event> = fc
  .tuple(fc.oneof(body, opened, closed), fc.nat(), fc.constantFrom('1', 'e-2'))
  .map(([each, ms, exchange]) => ({ at: isoTime(epoch + ms), exchange, ...each }) as Event);

/** A small file of events, as lines with their line feeds. */
export const openedEvent = (exchange: string, at = isoTime(epoch)): Event => ({
  at,
  exchange,
  type: 'opened',
  connection: 1,
  peer: { address: '127.0.0.1', port: 50_000 },
  entrance: null,
});
export const closedEvent = (exchange: string, at = isoTime(epoch + 1000)): Event => ({
  at,
  exchange,
  type: 'closed',
  client: { in: 1, out: 2 },
  server: null,
});
