import type { Filter } from '../filter/filter.js';
import type { Exchange } from '../model/exchange.js';
import type { Archive } from '../recording/archive.js';
import { createCollector, type ReadExchange } from '../recording/collector.js';
import { readSteps } from '../recording/reader.js';
import { exchangeFits } from './exchange-fits.js';

/** The exchanges of a recording that fit a filter, found while the file is read through once in the background. */
export interface FilteredIds {
  readonly filter: string;
  /** Those known to fit so far, in the order of the list; `searched` counts those that were asked. */
  now(): Promise<{ readonly ids: readonly string[]; readonly searched: number }>;
  /** How much of the file was looked through, in percent; undefined when all of it was. */
  readonly reading: number | undefined;
  stop(): void;
}

/** An open exchange is asked again when it has grown, but this many times longer apart than the asking took. */
const patience = 10;
const stopped = Symbol('stopped');

export const createFilteredIds = (
  path: string,
  {
    archive,
    filter,
    size,
    onChange,
  }: { readonly archive: Archive<unknown>; readonly filter: Filter; readonly size: () => number; readonly onChange: () => void },
): FilteredIds => {
  const known = new Map<string, boolean>();
  const open = new Map<string, { exchange: Exchange; fits: boolean; askAgain: number }>();
  let live = true;
  let reading: number | undefined = 0;
  let failed: unknown;
  const onStep = (): void => {
    if (!live) throw stopped;
  };
  const fits = (read: ReadExchange) => exchangeFits(path, read, { filter, onStep });

  const scan = async (): Promise<void> => {
    let done: ReadExchange[] = [];
    let offset = 0;
    // Those without an end are asked as they stand, whenever rows are wanted.
    const collector = createCollector({ onDone: (read) => done.push(read) });
    const steps = readSteps(path, {
      onEvent: (event, line) => {
        offset = line.offset;
        collector.event(event, line);
      },
      onBytes: (bytes, line) => {
        offset = line.offset;
        collector.bytes(bytes, line);
      },
    });
    for await (const _ of steps) {
      for (const read of done) known.set(read.exchange.id, await fits(read));
      done = [];
      onStep();
      reading = Math.min(99, Math.floor((100 * offset) / Math.max(1, size())));
      onChange();
    }
  };
  const over = (): void => {
    reading = undefined;
    if (live) onChange();
  };
  scan()
    .catch((error: unknown) => {
      if (error !== stopped) failed = error;
    })
    .finally(over);

  const askOpen = async (id: string): Promise<boolean> => {
    const before = open.get(id);
    if (before && performance.now() < before.askAgain) return before.fits;
    const read = await archive.locate(id);
    if (!read) return false;
    if (before?.exchange === read.exchange) return before.fits;
    const begun = performance.now();
    const answer = await fits(read);
    const took = performance.now() - begun;
    if (read.exchange.endedAt === null) open.set(id, { exchange: read.exchange, fits: answer, askAgain: begun + patience * took });
    else {
      open.delete(id);
      known.set(id, answer);
    }
    return answer;
  };

  return {
    filter: filter.text,
    async now() {
      if (failed !== undefined) throw failed;
      const ids: string[] = [];
      let searched = 0;
      for (const id of archive.ids) {
        const answer = known.get(id) ?? (reading === undefined ? await askOpen(id) : undefined);
        if (answer !== undefined) searched++;
        if (answer) ids.push(id);
      }
      return { ids, searched };
    },
    get reading() {
      return reading;
    },
    stop() {
      live = false;
    },
  };
};
