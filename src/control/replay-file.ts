import { chooseExchanges, replayRecording } from '../replay/replay-recording.js';
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
  const wanted = ids.length === 0 ? 'all' : ids;
  // Before an engine starts: a wrong id or file leaves no recording behind.
  const chosen = await chooseExchanges(path, wanted);
  // Requests in origin form lead somewhere only in the reverse mode that they were recorded in.
  const reverse = options.reverse.length > 0 ? null : reverseOf(chosen.map(({ exchange }) => exchange));
  const engine = await startEngine(reverse ? { ...options, reverse: reverse.routes, keepHost: reverse.keepHost } : options);
  try {
    const { same, differences, replayed, skipped } = await replayRecording(path, wanted, {
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
