import { isUtf8 } from 'node:buffer';
import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, encodeMessage } from '../../src/wire/frame-encoder.js';
import { createMessageReader, type Message, type MessageOptions } from '../../src/wire/messages.js';
import { createDeflater, receiveWithWs } from '../support/ws-internals.js';
import { brokenRows } from './broken-frame-table.js';
import { type FrameRow, validRows } from './frame-table.js';
import { bytesOf, cutAt, everySplit, hexOf, pieces, takeover } from './streams.js';

const read = (chunks: readonly Uint8Array[], options: MessageOptions): Message[] => {
  const reader = createMessageReader(options);
  return chunks.flatMap((chunk) => reader.push(chunk));
};
const optionsOf = (row: FrameRow): MessageOptions => ({ from: row.from, deflate: row.deflate ? takeover : null });
const shortly = (messages: readonly Message[]) => messages.map(({ type, bytes }) => `${type}:${hexOf(bytes)}`);

describe('the message reader', () => {
  it.each([...validRows, ...brokenRows])('reads $name, however it is split', (row) => {
    for (const chunks of everySplit(bytesOf(row.hex))) expect(shortly(read(chunks, optionsOf(row)))).toEqual(row.messages);
  });

  it.each(validRows)('agrees with ws about $name', async (row) => {
    const stream = bytesOf(row.hex);
    const { received, error } = await receiveWithWs(cutAt(stream, [1, 3, 8]), { from: row.from, deflate: row.deflate === true });
    expect(error).toBeNull();
    expect(shortly(read([stream], optionsOf(row)))).toEqual(received.map(({ type, hex }) => `${type}:${hex}`));
  });

  it.each(brokenRows.filter((row) => !row.wsTolerates))('marks with a defect what ws refuses: $name', async (row) => {
    const { error } = await receiveWithWs([bytesOf(row.hex)], { from: row.from, deflate: row.deflate === true });
    expect(error).not.toBeNull();
    expect(row.defects).not.toEqual([]);
  });

  it('agrees with ws about random conversations in random pieces', async () => {
    const message = fc.record({
      type: fc.constantFrom('text', 'binary', 'ping', 'pong'),
      bytes: fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Uint8Array.from(Buffer.from(text)).subarray(0, 125)),
      step: fc.integer({ min: 1, max: 60 }),
      key: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    });
    const texts = fc.array(message, { maxLength: 12 }).map((list) => list.filter(({ type, bytes }) => type !== 'text' || isUtf8(bytes)));
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(1500), { maxLength: 8 }), async (list, cuts) => {
        const stream = Buffer.concat(
          list.map(({ key, step, ...rest }) =>
            encodeMessage({ ...rest, nextKey: () => key, maxFrame: rest.type.startsWith('p') ? 125 : step }),
          ),
        );
        const { received, error } = await receiveWithWs(cutAt(stream, cuts), { from: 'client' });
        expect(error).toBeNull();
        expect(shortly(read(cutAt(stream, cuts), { from: 'client' }))).toEqual(received.map(({ type, hex }) => `${type}:${hex}`));
        expect(received).toHaveLength(list.length);
      }),
    );
  });

  it('counts frames and bytes on the wire, and knows what was compressed', () => {
    expect(read([bytesOf('41 03 f248cd 89 00 80 04 c9c90700')], { from: 'server', deflate: takeover })).toEqual([
      { from: 'server', type: 'ping', bytes: bytesOf(''), length: 0, wireBytes: 2, frames: 1, cut: false, compressed: false },
      { from: 'server', type: 'text', bytes: bytesOf('48656c6c6f'), length: 5, wireBytes: 11, frames: 2, cut: false, compressed: true },
    ]);
  });

  it.each([
    ['text that is not UTF-8', '81 02 c328', 'The text is not valid UTF-8 (RFC 6455 section 8.1).'],
    ['text that ends inside a character', '81 01 c3', 'The text is not valid UTF-8 (RFC 6455 section 8.1).'],
    ['a Close of one byte', '88 01 03', 'The Close frame has a broken payload (RFC 6455 section 5.5.1).'],
    ['RSV1 that was not agreed on', 'c1 01 61', 'The frame is marked as compressed (RSV1), and that was not agreed on.'],
  ])('marks %s', (_, hex, error) => {
    expect(read([bytesOf(hex)], { from: 'server' })).toMatchObject([{ error }]);
  });

  it('says no error about what is right', () => {
    for (const row of validRows)
      for (const message of read([bytesOf(row.hex)], optionsOf(row))) expect(message).not.toHaveProperty('error');
  });

  it('cuts a message at the limit and says its true length, in one frame or in many', () => {
    for (const maxFrame of [1, 3, 10]) {
      const stream = encodeMessage({ type: 'binary', bytes: bytesOf('00010203040506070809'), maxFrame });
      expect(read([stream], { from: 'server', limit: 4 })).toMatchObject([{ bytes: bytesOf('00010203'), length: 10, cut: true }]);
    }
  });

  it('cuts text between characters', () => {
    const stream = encodeMessage({ type: 'text', bytes: Buffer.from('aé€😀') });
    const cut = [...Array(11).keys()].map((limit) => read([stream], { from: 'server', limit })[0]);
    expect(cut.map((message) => Buffer.from(message?.bytes ?? []).toString())).toEqual([
      '',
      'a',
      'a',
      'aé',
      'aé',
      'aé',
      'aé€',
      'aé€',
      'aé€',
      'aé€',
      'aé€😀',
    ]);
    for (const message of cut) expect(message).not.toHaveProperty('error');
  });

  it('takes any bytes without throwing, and the same ones alike however they are split', () => {
    fc.assert(
      fc.property(pieces(fc.uint8Array({ maxLength: 1000 })), fc.boolean(), (chunks, deflate) => {
        const options = { from: 'server', deflate: deflate ? takeover : null, limit: 100 } as const;
        expect(read(chunks, options)).toEqual(read([Buffer.concat(chunks)], options));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a flood of tiny and empty fragments within the limit', () => {
    const before = process.memoryUsage();
    const reader = createMessageReader({ from: 'server', limit: 1000 });
    reader.push(bytesOf('02 00'));
    const chunk = bytesOf('00 00 00 01 61'.repeat(10_000));
    for (let round = 0; round < 10; round++) expect(reader.push(chunk)).toEqual([]);
    expect(reader.push(bytesOf('80 00'))).toMatchObject([{ length: 100_000, cut: true, frames: 200_002 }]);
    expect(process.memoryUsage().rss - before.rss).toBeLessThan(150 * 2 ** 20);
  });
});

const deflated = (data: Uint8Array, dictionary?: Uint8Array): Uint8Array =>
  deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH, ...(dictionary && { dictionary }) }).subarray(0, -4);
const compressedFrame = (payload: Uint8Array) => encodeFrame({ fin: true, rsv1: true, opcode: 2, payload });

describe('permessage-deflate', () => {
  const messages = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ maxLength: 50 }).map((text) => Uint8Array.from(Buffer.from(text.repeat(2000)))),
      fc.constant(Uint8Array.from(Buffer.from('{"type":"tick","price":1}'))),
    ),
    { maxLength: 8 },
  );

  it.each([false, true])('gives back what ws compressed (no context takeover: %s)', async (noContextTakeover) => {
    const deflate = { ...takeover, clientNoContextTakeover: noContextTakeover, serverNoContextTakeover: noContextTakeover };
    await fc.assert(
      fc.asyncProperty(
        messages,
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.nat(5000), { maxLength: 5 }),
        async (list, maxFrame, cuts) => {
          const deflater = createDeflater({ noContextTakeover });
          const frames: Uint8Array[] = [];
          for (const data of list) {
            const compressed = await new Promise<Buffer>((resolve, reject) => {
              deflater.compress(data, true, (error, result) => (error ? reject(error) : resolve(result)));
            });
            frames.push(encodeMessage({ type: 'binary', bytes: compressed, compressed: true, maxFrame }));
          }
          deflater.cleanup();
          const result = read(cutAt(Buffer.concat(frames), cuts), { from: 'server', deflate });
          expect(result.map(({ bytes, error }) => error ?? hexOf(bytes))).toEqual(list.map(hexOf));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes the window over from a message longer than 32 KiB', () => {
    const first = Uint8Array.from({ length: 100_000 }, (_, index) => (index * index * 31 + (index >> 3)) & 0xff);
    const second = first.slice(-5000);
    const stream = Buffer.concat([compressedFrame(deflated(first)), compressedFrame(deflated(second, first.slice(-32768)))]);
    const result = read([stream], { from: 'client', deflate: takeover });
    expect(result.map(({ bytes }) => hexOf(bytes))).toEqual([first, second].map(hexOf));
    expect(result[1]?.wireBytes).toBeLessThan(200);
  });

  it('takes it over from a message that was cut, too', () => {
    const first = Buffer.alloc(5000, 'a long message. ');
    const stream = Buffer.concat([compressedFrame(deflated(first)), compressedFrame(deflated(first.subarray(-100), first))]);
    const result = read([stream], { from: 'server', deflate: takeover, limit: 1000 });
    expect(result).toMatchObject([
      { length: 5000, cut: true },
      { length: 100, cut: false },
    ]);
    expect(result.map(({ bytes }) => hexOf(bytes))).toEqual([first.subarray(0, 1000), first.subarray(-100)].map(hexOf));
  });

  it.each([
    ['server', 'serverNoContextTakeover'],
    ['client', 'clientNoContextTakeover'],
  ] as const)('marks a message of the %s that uses a window it has given up', (from, parameter) => {
    const texts = ['f248cdc9c90700', 'f200110000'].map((hex) => encodeMessage({ type: 'text', bytes: bytesOf(hex), compressed: true }));
    const error = 'The message cannot be inflated: invalid distance too far back.';
    expect(read(texts, { from, deflate: { ...takeover, [parameter]: true } })).toMatchObject([{ length: 5 }, { error }]);
    const other = parameter === 'serverNoContextTakeover' ? 'clientNoContextTakeover' : 'serverNoContextTakeover';
    expect(read(texts, { from, deflate: { ...takeover, [other]: true } })).toMatchObject([{ length: 5 }, { length: 5 }]);
  });

  it('cuts a bomb, and goes on with the next message', () => {
    const bomb = deflated(new Uint8Array(200 * 2 ** 20));
    const stream = Buffer.concat([compressedFrame(bomb), compressedFrame(deflated(Buffer.from('after')))]);
    const started = process.memoryUsage().rss;
    const [first, second] = read([stream], { from: 'server', deflate: takeover });
    expect(first).toMatchObject({ cut: true, length: 16 * 2 ** 20 });
    expect(first?.bytes.length).toBeGreaterThan(2 ** 19);
    expect(first?.bytes.length).toBeLessThanOrEqual(2 ** 20);
    expect(first?.bytes.every((byte) => byte === 0)).toBe(true);
    expect(Buffer.from(second?.bytes ?? []).toString()).toBe('after');
    expect(process.memoryUsage().rss - started).toBeLessThan(200 * 2 ** 20);
  });

  it('says of a message that needs the window of a bomb that it cannot be inflated', () => {
    const data = Buffer.alloc(500, 'x');
    const needsIt = deflated(data, Buffer.alloc(32768, 'x'));
    const stream = Buffer.concat([compressedFrame(deflated(new Uint8Array(20 * 2 ** 20))), compressedFrame(needsIt)]);
    expect(read([stream], { from: 'server', deflate: takeover })[1]).toMatchObject({
      error: 'The message cannot be inflated: invalid distance too far back.',
      bytes: Uint8Array.from(needsIt),
    });
  });

  it('marks data that are no DEFLATE data, and keeps them as they came', () => {
    expect(read([bytesOf('c1 03 ffffff')], { from: 'server', deflate: takeover })).toMatchObject([
      { error: 'The message cannot be inflated: invalid block type.', bytes: bytesOf('ffffff'), compressed: true },
    ]);
  });

  it('ends a flood of final blocks', () => {
    const stream = compressedFrame(bytesOf('0300'.repeat(10_000)));
    expect(read([stream], { from: 'server', deflate: takeover })).toMatchObject([
      { error: 'The message cannot be inflated: more than 64 final blocks.' },
    ]);
  });
});
