import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryRecorder } from '../../src/recording/memory-recorder.js';
import { openRecording } from '../../src/recording/writer.js';
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
        expect(await readAll(kept.source())).toEqual(await readAll(path));
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
