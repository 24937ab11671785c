import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { Sender } from '../../src/model/frame.js';
import { encodeEvent } from '../../src/recording/codec.js';
import { readExchangeBytes, readExchanges } from '../../src/recording/exchanges.js';
import { createMessageIndex } from '../../src/recording/message-index.js';
import { createWindowStore, type NumberedMessage, readMessagesFrom } from '../../src/recording/numbered-messages.js';
import { readMessages, type TimedMessage } from '../../src/recording/read-messages.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { conversation, recordingOf } from './support/conversations.js';
import { writeText } from './support/files.js';
import { scratchFolder } from './support/folder.js';

/** A recording in which the chunks that `takes` names are missing, marked as the recorder marks them; `knows`: with the word where frames go on. */
const holed = (text: string, { takes, knows }: { takes: readonly boolean[]; knows: boolean }): string => {
  const scanners: Record<Sender, ReturnType<typeof createFrameScanner>> = {
    client: createFrameScanner('client', { rsv1: true }),
    server: createFrameScanner('server', { rsv1: true }),
  };
  let count = 0;
  return text
    .split('\n')
    .map((line, index) => {
      const event: Event | undefined = index > 0 && line !== '' ? JSON.parse(line) : undefined;
      if (event?.type !== 'bytes') return line;
      const { at, exchange, from, data } = event;
      const chunk = Buffer.from(data, 'base64');
      scanners[from].push(chunk);
      if (!takes[count++ % takes.length]) return line;
      const resume = knows ? scanners[from].resume() : undefined;
      return encodeEvent({ at, exchange, type: 'bytes-lost', from, bytes: chunk.length, why: 'a test', ...(resume && { resume }) });
    })
    .join('\n');
};

it('messages of a recording with gaps have the same numbers wherever reading begins, and are the same', async () => {
  const folder = scratchFolder();
  let run = 0;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      conversation({ broken: false }),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 12 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 400 }),
      async (made, takes, knows, stride) => {
        const path = writeText(join(folder, `${run++}.jsonl`), holed(recordingOf([{ ...made, id: '1' }]), { takes, knows }));
        for await (const read of readExchanges(path)) {
          const whole: TimedMessage[] = [];
          for await (const batch of readMessages(path, read)) whole.push(...batch);
          const index = createMessageIndex({ frames: stride, file: 1e9 });
          for await (const batch of readExchangeBytes(path, { id: read.exchange.id, span: read.span })) {
            for (const { from, chunk, offset, lost } of batch) {
              if (lost) index.skip(from, lost, { line: 0, offset });
              else index.push(from, chunk, { line: 0, offset });
            }
          }
          if (index.marks.length > 0) expect(index.messages).toBe(whole.length);
          compared += whole.length;
          const windows = createWindowStore(index);
          for (let first = 0; first < whole.length; first++) {
            const found: NumberedMessage[] = [];
            for await (const batch of readMessagesFrom(path, { ...read, index, windows }, { from: first })) found.push(...batch);
            // Where the window begins anew at a mark, what it lacks is put in other words.
            const told = ({ message, at }: TimedMessage) => ({ ...message, at, error: message.error?.slice(0, 30) });
            expect(found.map(told)).toEqual(whole.slice(first).map(told));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(100);
}, 60_000);
