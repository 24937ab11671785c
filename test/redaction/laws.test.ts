import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startFold } from '../../src/fold/fold.js';
import type { Event } from '../../src/model/event.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Head } from '../../src/model/head.js';
import { agreedDeflate } from '../../src/wire/extensions.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { type Step, stepsOfExchanges } from '../recording/support/events.js';
import { haystack, needles } from './haystack.js';
import { redacted } from './redacted.js';
import { createSession } from './session.js';

const foldsOf = (events: readonly Event[]): Map<string, Exchange> => {
  const folds = new Map<string, ReturnType<typeof startFold>>();
  for (const event of events) {
    const fold = folds.get(event.exchange) ?? startFold(event.exchange);
    folds.set(event.exchange, fold);
    fold.apply(event);
  }
  return new Map([...folds].map(([id, fold]) => [id, fold.exchange]));
};

const shapeOfHead = (head: Head | null) =>
  head && {
    bytes: head.raw.length,
    defects: head.defects,
    names: head.headers.map(([name, value]) => [name, value.length]),
    line: head.startLine.length,
  };

/** All of an exchange that no secret may change. */
const shapeOfExchange = ({ id, kind, status, outcome, frames, marks, client, server, heads, lostBytes, startedAt, endedAt }: Exchange) => ({
  id,
  kind,
  status,
  outcome,
  lostBytes,
  startedAt,
  endedAt,
  marks,
  sizes: [client.bytesIn, client.bytesOut, server?.bytesIn, server?.bytesOut],
  frames: [frames.fromClient, frames.fromServer].map(({ firstBytes, close, ...rest }) => ({ ...rest, close: close?.code })),
  heads: Object.values(heads).map(shapeOfHead),
});

const shapeOfMessages = (events: readonly Event[], exchange: Exchange) => {
  const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
  return (['client', 'server'] as const).flatMap((from) => {
    const reader = createMessageReader({ from, deflate });
    const chunks = events.flatMap((event) =>
      event.type === 'bytes' && event.exchange === exchange.id && event.from === from ? [event] : [],
    );
    return chunks.flatMap((event) =>
      reader.push(Buffer.from(event.data, 'base64')).map(({ type, length, frames, cut, compressed, error }) => ({
        ...{ from, type, length, frames, cut, compressed, at: event.at },
        error: error !== undefined,
      })),
    );
  });
};

const shape = (events: readonly Event[], { wire = true } = {}) => {
  const exchanges = [...foldsOf(events).values()].filter(({ id }) => id !== '');
  return {
    events: events.map(({ at, exchange, type }) => [at, exchange, type]),
    chunks: wire ? events.map((event) => (event.type === 'bytes' ? Buffer.from(event.data, 'base64').length : 0)) : [],
    exchanges: exchanges.map((exchange) => {
      const whole = shapeOfExchange(exchange);
      const { sizes, frames, ...rest } = whole;
      return wire ? whole : { ...rest, frames: frames.map(({ bytes, ...counts }) => counts) };
    }),
    messages: exchanges.map((exchange) => shapeOfMessages(events, exchange)),
  };
};

const eventOf = (step: Step): Event =>
  'event' in step
    ? step.event
    : {
        at: new Date(step.atMs).toISOString().replace('Z', '000Z'),
        exchange: step.exchange,
        type: 'bytes',
        from: step.from,
        data: Buffer.from(step.chunk).toString('base64'),
      };

const secret = fc.constantFrom(
  'hunter2!',
  'Zx81-qW2-PlM9-77aa',
  'päßwörter-99',
  'a"b\\c/d-1234567',
  '4711',
  'x',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
);
const word = fc.constantFrom(
  'hello',
  'graphql-ws',
  '{"type":"message"}',
  'größe 10 €',
  '550e8400-e29b-41d4-a716-446655440000',
  '%7B%22',
  '\\u00e4',
  '',
);
const saying = fc.oneof(
  word,
  secret.map((value) => JSON.stringify({ id: 1, password: value })),
  secret.map((value) => `?token=${encodeURIComponent(value)}&v=1`),
  secret.map((value) => JSON.stringify({ data: JSON.stringify({ accessToken: value }) })),
  fc.tuple(word, secret, word).map((parts) => parts.join(' ')),
  fc.tuple(secret, fc.nat(2)).map(([value, before]) => Buffer.from(`${'.'.repeat(before)}${value}!`).toString('base64')),
);
const said = fc.record({
  from: fc.constantFrom('client' as const, 'server' as const),
  text: saying,
  type: fc.constantFrom('text' as const, 'text' as const, 'binary' as const, 'ping' as const),
  maxFrame: fc.integer({ min: 1, max: 60 }),
  cuts: fc.array(fc.nat(120), { maxLength: 4 }),
});

/** The secret of the cookie, in any form, in whatever can be got out of the events. */
const leaks = (events: readonly Event[]): string[] => {
  const hay = haystack(Buffer.alloc(0), events);
  return needles('Zx81-qW2-PlM9-77aa').filter((needle) => hay.includes(needle));
};

const conversation = async (
  list: readonly { from: 'client' | 'server'; text: string; type: 'text' | 'binary' | 'ping'; maxFrame: number; cuts: number[] }[],
  deflate: boolean,
) => {
  const session = createSession({ deflate, request: ['Cookie: a=Zx81-qW2-PlM9-77aa'] });
  for (const { from, text, type, maxFrame, cuts } of list) {
    if (type === 'ping') await session.say(from, Buffer.from(text).subarray(0, 125), { type, cuts });
    else await session.say(from, text, { type, maxFrame, cuts });
  }
  return session.close();
};

describe('what redaction leaves as it is', () => {
  it('is every count, length, opcode, status, name and time of a conversation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 8 }), async (list) => {
        const events = await conversation(list, false);
        const once = redacted(events);
        expect(shape(once.events)).toEqual(shape(events));
        expect(leaks(once.events)).toEqual([]);
        const twice = redacted(once.events, Buffer.alloc(32, 9));
        expect(shape(twice.events)).toEqual(shape(events));
      }),
      { numRuns: 60 },
    );
  });

  it('is all of that but the lengths on the wire, where messages are compressed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 8 }), async (list) => {
        const events = await conversation(list, true);
        const once = redacted(events);
        expect(shape(once.events, { wire: false })).toEqual(shape(events, { wire: false }));
        expect(leaks(once.events)).toEqual([]);
        expect(shape(redacted(once.events, Buffer.alloc(32, 9)).events, { wire: false })).toEqual(shape(events, { wire: false }));
      }),
      { numRuns: 60 },
    );
  });

  it('is the shape of anything, however broken', () => {
    fc.assert(
      fc.property(stepsOfExchanges, (steps) => {
        // Behind a gap without a mark nobody can say what is a frame.
        const events = steps.map(eventOf).filter(({ type }) => type !== 'bytes-lost');
        expect(shape(redacted(events).events)).toEqual(shape(events));
      }),
      { numRuns: 150 },
    );
  });

  it('is a recording without secrets, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: word, from: fc.constantFrom('client' as const, 'server' as const) })),
        fc.boolean(),
        async (list, deflate) => {
          const session = createSession({ deflate });
          for (const { from, text } of list) await session.say(from, text);
          const events = session.close();
          const { events: after, summary } = redacted(events);
          expect(after).toEqual(events);
          expect(summary).toEqual({ kinds: [], blanked: 0 });
        },
      ),
      { numRuns: 40 },
    );
  });
});
