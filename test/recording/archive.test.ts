import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArchive } from '../../src/recording/archive.js';
import { readExchangeBytes, readExchanges } from '../../src/recording/exchanges.js';
import { createMessageIndex } from '../../src/recording/message-index.js';
import { createWindowStore, type NumberedMessage, readMessagesFrom } from '../../src/recording/numbered-messages.js';
import { readMessages, type TimedMessage } from '../../src/recording/read-messages.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { foldBytes } from '../../src/wire/text-search.js';
import { type Conversation, compressor, conversation, recordingOf } from './support/conversations.js';
import { writeText } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const summarise = ({ id, status, frames }: { id: string; status: number; frames: { fromClient: { messages: number } } }) => ({
  id,
  status,
  messages: frames.fromClient.messages,
});

const several = (options: { readonly broken: boolean }): fc.Arbitrary<Conversation[]> =>
  fc
    .array(conversation(options), { minLength: 1, maxLength: 3 })
    .map((list) => list.map((each, index) => ({ ...each, id: String(index + 1) })));

/** All messages of every exchange, read from start to end. */
const messagesIn = async (path: string): Promise<Map<string, TimedMessage[]>> => {
  const found = new Map<string, TimedMessage[]>();
  for await (const read of readExchanges(path)) {
    const list: TimedMessage[] = [];
    for await (const batch of readMessages(path, read)) list.push(...batch);
    found.set(read.exchange.id, list);
  }
  return found;
};

const indexed = async (path: string, stride: number) => {
  const found = [];
  for await (const { exchange, span } of readExchanges(path)) {
    const index = createMessageIndex({ frames: stride, file: 1e9 });
    for await (const batch of readExchangeBytes(path, { id: exchange.id, span })) {
      for (const { from, chunk, offset } of batch) index.push(from, chunk, { line: 0, offset });
    }
    found.push({ exchange, span, index, windows: createWindowStore(index) });
  }
  return found;
};

describe('an archive', () => {
  it('gives every message by its number as reading from the start does, from whatever mark it begins', async () => {
    const folder = scratchFolder();
    let run = 0;
    for (const broken of [false, true]) {
      await fc.assert(
        fc.asyncProperty(several({ broken }), fc.integer({ min: 1, max: 400 }), fc.array(fc.nat()), async (made, stride, picks) => {
          const conversations = broken ? made.map((each) => ({ ...each, extensions: '' })) : made;
          const path = writeText(join(folder, `${run++}.jsonl`), recordingOf(conversations));
          const whole = await messagesIn(path);
          for (const each of await indexed(path, stride)) {
            const messages = whole.get(each.exchange.id) ?? [];
            expect(each.index.messages).toBe(messages.length);
            for (const pick of [0, messages.length - 1, ...picks.map((n) => n % Math.max(1, messages.length))]) {
              const read: NumberedMessage[] = [];
              for await (const batch of readMessagesFrom(path, each, { from: Math.max(0, pick) })) read.push(...batch);
              expect(read).toEqual(messages.map((message, number) => ({ ...message, number })).slice(Math.max(0, pick)));
            }
          }
        }),
        { numRuns: 40 },
      );
    }
  });

  it('finds the messages that hold a text, whatever frames and chunks divide it and whatever its case', async () => {
    const folder = scratchFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        several({ broken: false }),
        fc.constantFrom('needle', 'E', 'LE IN', 'grüße', 'b'.repeat(200), 'xyz'),
        async (made, text) => {
          const path = writeText(join(folder, `${run++}.jsonl`), recordingOf(made));
          const wanted = foldBytes(Buffer.from(text));
          const expected = [...(await messagesIn(path))].flatMap(([exchange, messages]) =>
            messages.flatMap(({ message }, number) => (foldBytes(message.bytes).includes(wanted) ? [{ exchange, number }] : [])),
          );
          const archive = createArchive(path, { summarise });
          await archive.refresh();
          const found = await archive.search(text);
          const order = (list: readonly { exchange: string; number: number }[]) =>
            list.toSorted((one, other) => one.exchange.localeCompare(other.exchange) || one.number - other.number);
          expect(order(found.hits)).toEqual(order(expected));
          expect((await archive.search(text, { id: '1' })).hits).toEqual(order(expected).filter(({ exchange }) => exchange === '1'));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('follows a file that grows by any number of bytes, and is at its end what it would be had it been read at once', async () => {
    const folder = scratchFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(several({ broken: true }), fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1 }), async (made, steps) => {
        const text = Buffer.from(recordingOf(made));
        const path = join(folder, `${run++}.jsonl`);
        const firstLine = text.indexOf('\n') + 1;
        writeFileSync(path, text.subarray(0, firstLine));
        const archive = createArchive(path, { summarise });
        await archive.refresh();
        for (let at = firstLine, turn = 0; at < text.length; turn++) {
          const step = steps[turn % steps.length] ?? 1;
          appendFileSync(path, text.subarray(at, at + Math.max(step, text.length / 20)));
          at = statSync(path).size;
          await archive.refresh();
        }
        const atOnce = createArchive(path, { summarise });
        await atOnce.refresh();
        expect(archive.rows({ from: 0, limit: 10 })).toEqual(atOnce.rows({ from: 0, limit: 10 }));
        for (const id of archive.ids) {
          expect(archive.messageCount(id)).toBe(atOnce.messageCount(id));
          expect(await archive.exchange(id)).toEqual(await atOnce.exchange(id));
          expect(await archive.messages(id, { from: 2, limit: 3 })).toEqual(await atOnce.messages(id, { from: 2, limit: 3 }));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('reaches compressed messages that refer back to earlier ones, and need not read those again once they were', async () => {
    const compress = { client: compressor(), server: compressor() };
    const textOf = (n: number) => JSON.stringify({ symbol: 'ACME', venue: 'somewhere in the north', side: n % 3 ? 'buy' : 'sell', n });
    const chunks = Array.from({ length: 300 }, (_, n) => {
      const from = n % 2 ? ('server' as const) : ('client' as const);
      const key = from === 'client' ? { maskKey: Uint8Array.of(1, 2, 3, n & 255) } : {};
      return { from, chunk: encodeFrame({ fin: true, rsv1: true, opcode: 1, payload: compress[from](Buffer.from(textOf(n))), ...key }) };
    });
    const path = writeText(join(scratchFolder(), 'deflate.jsonl'), recordingOf([{ id: '1', extensions: 'permessage-deflate', chunks }]));
    const [only] = await indexed(path, 100);
    if (!only) throw new Error('nothing was indexed');
    const read = async (from: number): Promise<string[]> => {
      const texts: string[] = [];
      for await (const batch of readMessagesFrom(path, only, { from }))
        texts.push(...batch.map(({ message }) => Buffer.from(message.bytes).toString()));
      return texts;
    };
    const all = Array.from({ length: 300 }, (_, n) => textOf(n));
    for (const number of [299, 0, 1, 150, 298]) expect(await read(number)).toEqual(all.slice(number));
    expect(only.index.marks.filter((mark) => only.windows.get(mark)).length).toBeGreaterThan(20);
  });

  it('keeps a bounded number of marks, and still reaches every message', async () => {
    const folder = scratchFolder();
    const chunks = Array.from({ length: 9000 }, (_, n) => ({
      from: 'server' as const,
      chunk: Uint8Array.of(0x81, 4, ...Buffer.from(String(1000 + n))),
    }));
    const path = writeText(join(folder, 'long.jsonl'), recordingOf([{ id: '1', extensions: '', chunks }]));
    const [only] = await indexed(path, 1);
    expect(only?.index.marks.length).toBeLessThanOrEqual(8192);
    for (const number of [0, 1, 4095, 4096, 7777, 8999]) {
      for await (const [first] of readMessagesFrom(path, only as NonNullable<typeof only>, { from: number })) {
        expect([first?.number, Buffer.from(first?.message.bytes ?? []).toString()]).toEqual([number, String(1000 + number)]);
        break;
      }
    }
  });

  it('refuses to look for nothing, and for a text that is too long', async () => {
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingOf([{ id: '1', extensions: '', chunks: [] }]));
    const archive = createArchive(path, { summarise });
    await archive.refresh();
    await expect(archive.search('')).rejects.toThrow('There is no text to look for.');
    await expect(archive.search('x'.repeat(4097))).rejects.toThrow('4097 bytes');
  });
});
