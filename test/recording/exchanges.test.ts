import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fold, startFold } from '../../src/fold/fold.js';
import type { Event } from '../../src/model/event.js';
import { type ReadExchange, readExchangeBytes, readExchanges } from '../../src/recording/exchanges.js';
import { openRecording } from '../../src/recording/writer.js';
import { closedEvent, epoch, openedEvent, type Step, steppingClock, stepsOfExchanges } from './support/events.js';
import { exchangesIn, record, recordingText, writeText } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const foldLive = (steps: readonly Step[]): Map<string, Fold> => {
  const folds = new Map<string, Fold>();
  const foldOf = (id: string): Fold => {
    const fold = folds.get(id) ?? startFold(id);
    folds.set(id, fold);
    return fold;
  };
  for (const step of steps) {
    if ('event' in step) foldOf(step.event.exchange).apply(step.event);
    else foldOf(step.exchange).bytes(step.from, step.chunk, step.atMs);
  }
  return folds;
};

describe('the exchanges of a recording', () => {
  it('are those that were seen live, whatever happened: fold(live) = fold(read(write(live)))', async () => {
    const folder = scratchFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(stepsOfExchanges, async (steps) => {
        const path = join(folder, `${run++}.jsonl`);
        const onTrouble = (problem: Error) => {
          throw problem;
        };
        const recorder = await openRecording({ path, clock: steppingClock(), shakedown: '0.1.0', onTrouble });
        record(recorder, steps);
        await recorder.close();
        const read = await exchangesIn(path);
        const live = foldLive(steps);
        expect([...read.keys()].sort()).toEqual([...live.keys()].sort());
        for (const [id, fold] of live) expect(read.get(id)).toEqual(fold.exchange);
      }),
      { numRuns: 25 },
    );
  });

  const bytes = (exchange: string, data: string): Event => ({ ...openedEvent(exchange), type: 'bytes', from: 'client', data }) as Event;
  const interleaved: readonly Event[] = [
    { at: openedEvent('').at, exchange: '', type: 'notice', level: 'info', text: 'hello' },
    openedEvent('1'),
    openedEvent('2'),
    bytes('1', 'AQ=='),
    bytes('2', 'Ag=='),
    openedEvent('3'),
    closedEvent('2'),
    bytes('1', 'AwQ='),
  ];

  it('come when they end, and those without an end last', async () => {
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText(interleaved));
    const notices: Event[] = [];
    const ids: string[] = [];
    for await (const { exchange } of readExchanges(path, { onEngineEvent: (event) => notices.push(event) })) ids.push(exchange.id);
    expect(ids).toEqual(['2', '1', '3']);
    expect(notices).toMatchObject([{ type: 'notice', text: 'hello' }]);
  });

  const chunksOf = async (path: string, found: Pick<ReadExchange, 'span'> | undefined, id: string): Promise<unknown[]> => {
    const chunks: unknown[] = [];
    for await (const batch of readExchangeBytes(path, { id, span: found?.span })) {
      for (const { from, chunk, atMs } of batch) chunks.push([from, Buffer.from(chunk).toString('hex'), atMs]);
    }
    return chunks;
  };

  it('give back the bytes of one of them, with or without its place in the file', async () => {
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText(interleaved));
    const found = new Map<string, ReadExchange>();
    for await (const each of readExchanges(path)) found.set(each.exchange.id, each);
    const wanted = [
      ['client', '01', epoch],
      ['client', '0304', epoch],
    ];
    expect(await chunksOf(path, undefined, '1')).toEqual(wanted);
    expect(await chunksOf(path, found.get('1'), '1')).toEqual(wanted);
    expect(await chunksOf(path, found.get('2'), '2')).toEqual([['client', '02', epoch]]);
    expect(await chunksOf(path, found.get('3'), '3')).toEqual([]);
  });

  it('are let go when a file opens more than can be kept', async () => {
    const many = Array.from({ length: 20_010 }, (_, index) => openedEvent(String(index)));
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText(many));
    const ids: string[] = [];
    for await (const { exchange } of readExchanges(path)) ids.push(exchange.id);
    expect(ids).toEqual(many.map(({ exchange }) => exchange));
  });
});
