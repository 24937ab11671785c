import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { diagnose } from '../diagnosis/diagnose.js';
import { compileListFilter } from '../filter/list-filter.js';
import { rowOf } from '../ledger/row.js';
import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import { Problem } from '../model/problem.js';
import { urlOf } from '../model/target.js';
import { createArchive } from '../recording/archive.js';
import { readMessagesFrom } from '../recording/numbered-messages.js';
import type { Control, EngineInfo, ExchangeRow, MessageRow } from './control.js';
import { curlCommand } from './curl-command.js';
import { createFilteredIds, type FilteredIds } from './filtered-ids.js';
import { messageContent, messageRow, mostRows } from './message-rows.js';
import { version } from './version.js';

/** How often it is looked whether the file has grown. */
const lookMs = 250;
/** Behind by less is not worth a word. */
const muchBytes = 256 * 1024;
/** Who asks for messages waits so long for what was written since the last look. */
const catchUpMs = 50;

/** An exchange that the recording saw no end of lasted as long as something was heard of it. */
const summarise = (exchange: Exchange): ExchangeRow =>
  rowOf(exchange, diagnose(exchange), exchange.marks.lastByte ?? exchange.marks.open ?? timeOf(exchange.startedAt));

const noEngine = (): Promise<never> =>
  Promise.reject(
    new Problem(
      'SHK_USAGE',
      'This is a recording: there is no live proxy here.',
      'Faults are armed with `shakedown start`; `shakedown replay FILE` sends recorded exchanges again.',
    ),
  );

export interface RecordingControl {
  readonly control: Control;
  readonly info: EngineInfo;
}

/**
 * Control over a recording file, also one that is still being written: it is read in the background, megabyte by megabyte, and followed while it
 * grows. Resolves when the first of them was read; rejects with a Problem SHK_RECORDING when it is no recording. Memory stays flat.
 */
export const openRecordingControl = async (path: string): Promise<RecordingControl> => {
  let changes = 1;
  let size = 0;
  /** Behind what was read. */
  let read = 0;
  let readOnce = false;
  let seed = 0;
  let stopped = false;
  let filtered: FilteredIds | undefined;
  const archive = createArchive<ExchangeRow>(path, {
    summarise,
    onEngineEvent: (event) => {
      if (event.type === 'listening') seed = event.seed;
    },
  });

  let firstStep = (): void => {};
  const begun = new Promise<void>((resolve) => {
    firstStep = resolve;
  });
  const onStep = (offset: number): void => {
    if (stopped) throw new Problem('SHK_RECORDING', `The reading of ${path} was stopped.`, 'Open it again.');
    changes++;
    read = Math.max(read, offset);
    firstStep();
  };
  let looking: Promise<void> | undefined;
  const look = (): Promise<void> => {
    looking ??= (async () => {
      size = (await stat(path).catch(() => ({ size }))).size;
      if (readOnce && size === read) return;
      read = (await archive.refresh(onStep)).end.offset;
      readOnce = true;
      changes++;
    })().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  /** What was just written is there, unless much is. */
  const caughtUp = (): Promise<unknown> => Promise.race([look(), delay(catchUpMs)]);

  const follow = async (): Promise<void> => {
    while (!stopped) {
      await delay(lookMs, undefined, { ref: false });
      if (!stopped) await look().catch(() => {});
    }
  };
  // A file that is no recording says so at once.
  await Promise.race([begun, look()]);
  void Promise.resolve(looking)
    .catch(() => {})
    .then(follow);

  const reading = (): { readonly reading?: number } => {
    const percent = filtered?.reading ?? (looking && size - read > muchBytes ? Math.floor((100 * read) / size) : undefined);
    return percent === undefined ? {} : { reading: percent };
  };
  const info: EngineInfo = {
    ...{ version, proxy: null, reverse: [], lan: null, ca: null, leafPin: null, recording: path, pid: process.pid },
    ...{ control: null, token: null },
    get seed() {
      return seed;
    },
  };

  const control: Control = {
    info: async () => ({ ...info }),
    version: async () => changes,
    rows: async ({ from, limit, filter = '' }) => {
      if (filter.trim() === '') {
        filtered?.stop();
        filtered = undefined;
        return { total: archive.total, rows: archive.rows({ from, limit }), ...reading() };
      }
      if (filtered?.filter !== filter) {
        const compiled = compileListFilter(filter);
        filtered?.stop();
        filtered = createFilteredIds(path, { archive, filter: compiled, size: () => size, onChange: () => changes++ });
      }
      const { ids, searched } = await filtered.now();
      const rows = ids.slice(from, from + limit).flatMap((id) => archive.row(id) ?? []);
      return { total: ids.length, rows, searched, ...reading() };
    },
    detail: async (id) => {
      const exchange = await archive.exchange(id);
      return exchange ? { exchange, url: exchange.target ? urlOf(exchange.target) : '', findings: diagnose(exchange) } : null;
    },
    messages: async (id, { from, limit }) => {
      await caughtUp();
      const place = await archive.place(id);
      if (!place || place.exchange.marks.open === null) return { total: 0, messages: [] };
      const messages: MessageRow[] = [];
      const most = Math.min(limit, mostRows, archive.messageCount(id) - from);
      if (most > 0) {
        // Row by row: a screen full of messages of a megabyte each is a screen full of rows.
        for await (const batch of readMessagesFrom(path, place, { from })) {
          messages.push(...batch.slice(0, most - messages.length).map(messageRow));
          if (messages.length >= most) break;
        }
      }
      return { total: archive.messageCount(id), messages };
    },
    message: async (id, number) => {
      const [found] = await archive.messages(id, { from: number, limit: 1 });
      return found?.number === number ? messageContent(found) : null;
    },
    searchMessages: async (id, text) => {
      const { hits, more } = await archive.search(text, { id });
      return { numbers: hits.map(({ number }) => number), more };
    },
    curl: (id) => curlCommand(path, id),
    armed: async () => [],
    arm: noEngine,
    disarm: noEngine,
    disarmAll: noEngine,
    rules: async () => [],
    replaceRules: noEngine,
    inject: noEngine,
    close: noEngine,
    kill: noEngine,
    holds: async () => ({ holds: [], held: [] }),
    hold: noEngine,
    unhold: noEngine,
    release: noEngine,
    replay: noEngine,
    subscribe: () => () => {},
    stop: async () => {
      stopped = true;
      filtered?.stop();
    },
  };
  return { control, info: await control.info() };
};
