import { readExchanges } from '../recording/exchanges.js';
import { replayRecording } from '../replay/replay-recording.js';
import { reverseOf } from '../replay/reverse-of.js';
import type { ReplayResult } from './control.js';
import { startEngine } from './engine.js';
import type { EngineOptions } from './options.js';

/**
 * Replays exchanges of a recording through an engine of their own, which lives as long as the replay. `ids` empty: all that can be
 * replayed. `note` hears what the user should know: credentials that are sent again, exchanges that are left out, what was played otherwise.
 */
export const replayFile = async (
  path: string,
  ids: readonly string[],
  { options, note }: { readonly options: EngineOptions; readonly note: (text: string) => void },
): Promise<ReplayResult> => {
  const reverse = options.reverse ? null : await recordedReverse(path, ids);
  const engine = await startEngine(reverse ? { ...options, reverse: reverse.target, keepHost: reverse.keepHost } : options);
  try {
    const { same, differences, replayed, skipped } = await replayRecording(path, ids.length === 0 ? 'all' : ids, {
      ...engine.world,
      announce: ({ id }, credentials) => {
        if (credentials.length > 0) note(`exchange ${id} is sent again with the credentials that it held: ${credentials.join(', ')}`);
      },
    });
    for (const { exchange, why } of skipped) note(`exchange ${exchange} is left out: ${why}`);
    for (const { recorded, notes } of replayed) for (const text of notes) note(`exchange ${recorded}: ${text}`);
    return { same, differences, recording: engine.info.recording, exchanges: replayed.map(({ exchange }) => exchange) };
  } finally {
    await engine.control.stop();
  }
};

/** Requests in origin form lead somewhere only in the reverse mode that they were recorded in. */
const recordedReverse = async (path: string, ids: readonly string[]): Promise<ReturnType<typeof reverseOf>> => {
  for await (const { exchange } of readExchanges(path)) {
    const found = ids.length === 0 || ids.includes(exchange.id) ? reverseOf(exchange) : null;
    if (found) return found;
  }
  return null;
};
