import type { Event } from '../model/event.js';
import { encodeEvent, encodeFirstLine } from '../recording/codec.js';
import type { Source } from '../recording/lines.js';
import { readSteps } from '../recording/reader.js';
import type { ExportFormat } from './format.js';

/**
 * A recording again, with the exchanges that were chosen and the events of the process; what was redacted stays so, because `source` is what
 * the exchanges were read from.
 */
export const recordingFormat = (source: Source): ExportFormat => ({
  id: 'recording',
  aliases: ['shakedown'],
  extension: 'shakedown.jsonl',
  binary: false,
  about: 'A recording with the chosen exchanges: for a colleague who has shakedown.',
  write: async function* (exchanges, { shakedown, startedAt }) {
    const ids = new Set(['']);
    for await (const { exchange } of exchanges) ids.add(exchange.id);
    yield `${encodeFirstLine({ startedAt, shakedown })}\n`;
    let lines: string[] = [];
    const onEvent = (event: Event): void => {
      if (ids.has(event.exchange)) lines.push(`${encodeEvent(event)}\n`);
    };
    for await (const _ of readSteps(source, { onEvent })) {
      if (lines.length > 0) yield lines.join('');
      lines = [];
    }
  },
});
