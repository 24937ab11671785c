import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import { readExchanges } from '../../src/recording/exchanges.js';
import { memoryRecorder } from '../../src/recording/memory-recorder.js';
import { readMessages } from '../../src/recording/read-messages.js';
import { openRecording } from '../../src/recording/writer.js';
import { encodeMessage } from '../../src/wire/frame-encoder.js';
import { closedEvent, epoch, openedEvent, steppingClock, stepsOfExchanges } from './support/events.js';
import { readAll, record } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const start = () => memoryRecorder({ clock: steppingClock(), shakedown: '0.1.0' });

describe('a recording in memory', () => {
  it('reads as the file would', async () => {
    const folder = scratchFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(stepsOfExchanges, async (steps) => {
        const path = join(folder, `${run++}.jsonl`);
        const kept = start();
        const written = await openRecording({ path, clock: steppingClock(), shakedown: '0.1.0', onTrouble: () => {} });
        record(kept, steps);
        record(written, steps);
        await written.close();
        const file = await readAll(path);
        expect((await readAll(kept.source())).list).toEqual(file.list.slice(0, -1));
        expect(file.list.at(-1)).toMatchObject({ type: 'stopped' });
      }),
      { numRuns: 5 },
    );
  });

  it('can be read again and again, while it grows', async () => {
    const recorder = start();
    recorder.event(openedEvent('1'));
    expect((await readAll(recorder.source())).list).toHaveLength(1);
    recorder.bytes('1', 'server', Buffer.from('x'), epoch);
    recorder.event(closedEvent('1'));
    expect((await readAll(recorder.source())).list.map(({ type }) => type)).toEqual(['opened', 'bytes', 'closed']);
    expect((await readAll(recorder.source())).list).toHaveLength(3);
  });

  it('keeps the newest 64 MiB, and says what it dropped', async () => {
    const recorder = start();
    const chunk = new Uint8Array(100_000);
    for (let index = 0; index < 1000; index++) recorder.bytes(String(index), 'client', chunk, epoch);
    const { list, damaged } = await readAll(recorder.source());
    const kept = list.filter(({ type }) => type === 'bytes');
    expect(damaged).toBe(0);
    expect(list[0]).toMatchObject({ type: 'notice', text: expect.stringMatching(/oldest \d+ KiB were dropped/) });
    expect(kept.at(-1)?.exchange).toBe('999');
    expect(kept[0]?.exchange).toBe(String(1000 - kept.length));
    expect(kept.length * chunk.length).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(kept.length * chunk.length).toBeGreaterThan(40 * 1024 * 1024);
  });

  it('does not drop what it has because someone reads often', async () => {
    const recorder = start();
    for (let index = 0; index < 600; index++) {
      recorder.bytes('1', 'client', Buffer.from('x'), epoch);
      for await (const _ of recorder.source()) break;
    }
    expect((await readAll(recorder.source())).list).toHaveLength(600);
  });
});

describe('what a recording in memory drops', () => {
  const head = (exchange: string, site: string, raw: string) =>
    ({ at: openedEvent(exchange).at, exchange, type: 'head', site, raw }) as unknown as Event;
  const text = (said: string) => Buffer.from(encodeMessage({ type: 'text', bytes: Buffer.from(said) }));

  it('is the payload only of exchanges that are still open, and readers find the next frame behind it', async () => {
    const recorder = memoryRecorder({ clock: steppingClock(), shakedown: '0.1.0', maxBytes: 1024 * 1024 });
    recorder.event(openedEvent('1'));
    recorder.event({
      ...openedEvent('1'),
      type: 'target',
      kind: 'websocket',
      target: { scheme: 'ws', host: 'a.test', port: 80, path: '/' },
    } as Event);
    recorder.event(head('1', 'clientSent', 'GET / HTTP/1.1\r\n\r\n'));
    recorder.event(head('1', 'clientGot', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    recorder.event(openedEvent('2'));
    recorder.event(closedEvent('2'));
    const stream = Buffer.concat(Array.from({ length: 3000 }, (_, index) => text(`${index} ${'x'.repeat(1000)}`)));
    for (let at = 0; at < stream.length; at += 777) recorder.bytes('1', 'server', stream.subarray(at, at + 777), epoch);
    for await (const read of readExchanges(recorder.source())) {
      expect(read.exchange).toMatchObject({ id: '1', outcome: 'open', frames: { fromServer: { defects: [], bytes: stream.length } } });
      expect(read.exchange.lostBytes).toBeGreaterThan(stream.length - 1_100_000);
      const numbers: number[] = [];
      for await (const batch of readMessages(recorder.source(), read))
        for (const { message } of batch) if (!message.lost) numbers.push(Number.parseInt(Buffer.from(message.bytes).toString(), 10));
      expect(numbers.length).toBeGreaterThan(500);
      expect(numbers).toEqual(numbers.map((_, index) => 3000 - numbers.length + index));
    }
  });

  it('is bounded, however many exchanges stay open', async () => {
    const recorder = memoryRecorder({ clock: steppingClock(), shakedown: '0.1.0', maxBytes: 256 * 1024 });
    const raw = `GET / HTTP/1.1\r\nX: ${'y'.repeat(60_000)}\r\n\r\n`;
    for (let index = 0; index < 1000; index++) {
      recorder.event(openedEvent(String(index)));
      recorder.event(head(String(index), 'clientSent', raw));
    }
    const kept = await readAll(recorder.source());
    const length = kept.list.reduce((sum, event) => sum + (event.type === 'head' ? (event.raw?.length ?? 0) : 0), 0);
    expect(length).toBeLessThan(9 * 1024 * 1024);
    expect(kept.damaged).toBe(0);
    expect(kept.list.at(-1)).toMatchObject({ exchange: '999' });
  });
});
