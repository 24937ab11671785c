import { describe, expect, it } from 'vitest';
import type { Sender } from '../../src/model/frame.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createTextSearch, foldBytes } from '../../src/wire/text-search.js';

const maskKey = Uint8Array.of(9, 8, 7, 6);
const frame = (from: Sender, text: string, rest: { readonly fin?: boolean; readonly opcode?: number } = {}) =>
  encodeFrame({ fin: true, opcode: 1, payload: Buffer.from(text), ...rest, ...(from === 'client' && { maskKey }) });

const find = (text: string, sent: readonly (readonly [Sender, Uint8Array])[]): number[] => {
  const hits: number[] = [];
  const search = createTextSearch(foldBytes(Buffer.from(text)));
  const exchange = search.exchange((number) => hits.push(number));
  for (const [from, chunk] of sent) exchange.push(from, chunk);
  search.flush();
  return hits.toSorted((one, other) => one - other);
};
const whole = (from: Sender, ...texts: readonly string[]) => texts.map((text) => [from, frame(from, text)] as const);

describe('the search for a text', () => {
  it('finds it in masked and unmasked messages, whatever the case of its letters', () => {
    expect(find('Error 7', [...whole('client', 'an ERROR 77', 'fine'), ...whole('server', 'error 7')])).toEqual([0, 2]);
  });

  it('does not find it where one message ends with its beginning and the next goes on with the rest', () => {
    expect(find('loneedle', whole('server', 'Hello', 'needle', 'Hello', 'needle'))).toEqual([]);
    expect(find('loneedle', [...whole('server', 'Hello'), ...whole('client', 'needle')])).toEqual([]);
  });

  it('finds it across fragments and chunks, with the other direction and a ping in between', () => {
    const first = frame('client', 'a nee', { fin: false });
    const rest = frame('client', 'dle here', { opcode: 0 });
    expect(
      find('needle', [
        ['client', first.subarray(0, 8)],
        ['server', frame('server', 'nothing')],
        ['client', first.subarray(8)],
        ['client', frame('client', 'ping', { opcode: 9 })],
        ['server', frame('server', 'a needle')],
        ['client', rest],
      ]),
    ).toEqual([2, 3]);
  });

  it('finds it in the reason of a Close, and in a ping between fragments', () => {
    const ping = frame('server', 'needle', { opcode: 9 });
    expect(
      find('needle', [
        ['server', frame('server', 'x', { fin: false })],
        ['server', ping],
        ['server', frame('server', 'y', { opcode: 0 })],
      ]),
    ).toEqual([0]);
    expect(find('going', [['server', frame('server', '\x03\xe9going away', { opcode: 8 })]])).toEqual([0]);
  });

  it('finds it at every place of a message that is longer than what is looked at in one go', () => {
    const size = 700_000;
    for (const at of [0, 1, 262_138, 262_140, 262_143, 262_144, 262_145, 400_000, 524_280, 524_288, size - 6]) {
      const text = `${'x'.repeat(at)}needle${'x'.repeat(size - at - 6)}`;
      expect([at, find('needle', [...whole('client', 'short'), ...whole('client', text), ...whole('client', 'short')])]).toEqual([at, [1]]);
      const bytes = frame('server', text);
      const chunks = [bytes.subarray(0, at + 3), bytes.subarray(at + 3, at + 17), bytes.subarray(at + 17)].map(
        (chunk) => ['server', chunk] as const,
      );
      expect([at, find('NEEDLE', chunks)]).toEqual([at, [0]]);
    }
  });

  it('goes on behind a gap that says where the next frame is, and stops at one that does not', () => {
    const hits: number[] = [];
    const search = createTextSearch(Buffer.from('needle'));
    const exchange = search.exchange((number) => hits.push(number));
    exchange.push('server', frame('server', 'a needle'));
    exchange.push('server', frame('server', 'cut here').subarray(0, 5));
    exchange.skip('server', { bytes: 40, resume: { left: 4, header: '', unfinished: false } });
    exchange.push('server', Buffer.concat([Buffer.from('edle'), frame('server', 'needle')]));
    exchange.skip('server', { bytes: 40, resume: undefined });
    exchange.push('server', frame('server', 'needle'));
    search.flush();
    // The message that the gap hit counts, too: readers give it, cut.
    expect(hits).toEqual([0, 2]);
  });

  it('does not join what stands before a gap to what stands behind it', () => {
    const hits: number[] = [];
    const search = createTextSearch(Buffer.from('needle'));
    const exchange = search.exchange((number) => hits.push(number));
    const long = frame('server', `nee${'x'.repeat(50)}dle and more`);
    exchange.push('server', long.subarray(0, 5));
    exchange.skip('server', { bytes: 50 });
    exchange.push('server', Buffer.concat([long.subarray(55), frame('server', 'the needle')]));
    search.flush();
    expect(hits).toEqual([1]);
  });
});
