import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sender } from '../../src/model/frame.js';
import { readExchangeBytes, readExchanges } from '../../src/recording/exchanges.js';
import { openRecording } from '../../src/recording/writer.js';
import { sideOfSession } from '../support/wire-traffic.js';
import { cutAt } from '../wire/streams.js';
import { closedEvent, epoch, openedEvent, type Step, steppingClock } from './support/events.js';
import { readAll, record } from './support/files.js';
import { scratchFolder } from './support/folder.js';

/** What each side of each exchange sends, and the order in which the chunks of all of them cross. */
const sessions = fc.record({
  sides: fc.array(fc.record({ client: sideOfSession('client'), server: sideOfSession('server') }), { minLength: 1, maxLength: 4 }),
  cuts: fc.array(fc.nat(20_000), { maxLength: 12 }),
  turns: fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }),
});

type Session = typeof sessions extends fc.Arbitrary<infer T> ? T : never;

const stepsOf = ({ sides, cuts, turns }: Session): Step[] => {
  const queues = sides.flatMap(({ client, server }, index) =>
    (
      [
        ['client', client],
        ['server', server],
      ] as const
    ).map(([from, stream]) => ({ exchange: String(index), from, chunks: cutAt(stream, cuts) })),
  );
  const steps: Step[] = sides.map((_, index) => ({ event: openedEvent(String(index)) }));
  for (let turn = 0; queues.some(({ chunks }) => chunks.length > 0); turn++) {
    const ready = queues.filter(({ chunks }) => chunks.length > 0);
    const queue = ready[(turns[turn % turns.length] ?? 0) % ready.length];
    const chunk = queue?.chunks.shift();
    if (queue && chunk) steps.push({ exchange: queue.exchange, from: queue.from, chunk, atMs: epoch + turn });
  }
  return [...steps, ...sides.map((_, index) => ({ event: closedEvent(String(index)) }))];
};

it('the wire bytes of every side of any session come back from the file exactly, chunk by chunk', async () => {
  const folder = scratchFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(sessions, async (session) => {
      const path = join(folder, `${run++}.jsonl`);
      const recorder = await openRecording({ path, clock: steppingClock(), shakedown: '0.1.0', onTrouble: () => {} });
      const steps = stepsOf(session);
      record(recorder, steps);
      await recorder.close();
      const read: Record<string, Record<Sender, Uint8Array[]>> = {};
      for await (const { exchange, span } of readExchanges(path)) {
        const own: Record<Sender, Uint8Array[]> = { client: [], server: [] };
        for await (const batch of readExchangeBytes(path, { id: exchange.id, span }))
          for (const { from, chunk } of batch) own[from].push(chunk);
        read[exchange.id] = own;
      }
      for (const [index, side] of session.sides.entries()) {
        for (const from of ['client', 'server'] as const) {
          expect(Buffer.concat(read[index]?.[from] ?? []).equals(side[from])).toBe(true);
        }
      }
      // Events > file > events: those that went in come out, in their order.
      const { list, damaged, ending } = await readAll(path);
      const given = steps.flatMap((step): string[] => {
        if ('event' in step) return [JSON.stringify(step.event)];
        // A chunk over 128 KiB is recorded as several events.
        const pieces: string[] = [];
        for (let at = 0; at < step.chunk.length; at += 128 * 1024) {
          const piece = Buffer.from(step.chunk.subarray(at, at + 128 * 1024)).toString('base64');
          pieces.push(`${step.exchange} ${step.from} ${piece}`);
        }
        return pieces;
      });
      const found = list
        .slice(0, -1)
        .map((event) => (event.type === 'bytes' ? `${event.exchange} ${event.from} ${event.data}` : JSON.stringify(event)));
      expect(found).toEqual(given);
      expect([damaged, ending]).toMatchObject([0, { exchanges: session.sides.length }]);
    }),
    { numRuns: Number(process.env.SHAKEDOWN_SOAK ? 300 : 25) },
  );
}, 300_000);
