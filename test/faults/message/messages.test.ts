import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { arrivalsOf, closing, frame, playDirection, saidIn, texts } from '../support/direction.js';

const words = ['one', 'two', 'three'];
const arrived = (id: string, params: ParamValues, acts = texts(words)) => arrivalsOf(playDirection([[id, params]], acts));

describe('what a receiver gets of `one` at 0 ms, `two` at 10 ms and `three` at 20 ms', () => {
  it.each<[string, ParamValues, string]>([
    ['drop-message', { message: 2 }, 'one@0 three@20'],
    ['drop-message', { contains: 'w' }, 'one@0 three@20'],
    ['drop-message', { from: 'client' }, 'one@0 two@10 three@20'],
    ['delay-message', { message: 1, ms: 15 }, 'two@10 one@15 three@20'],
    ['delay-message', { message: 1, ms: 15, others: 'wait' }, 'one@15 two@15 three@20'],
    ['delay-message', { ms: 100 }, 'one@100 two@110 three@120'],
    ['duplicate-message', { message: 2 }, 'one@0 two@10 two@10 three@20'],
    ['duplicate-message', { message: 2, copies: 2, gap: 7 }, 'one@0 two@10 two@17 two@24 three@24'],
    ['reorder-messages', { window: 2, ms: 100 }, 'two@10 one@10 three@120'],
    ['reorder-messages', { window: 3, ms: 100 }, 'three@20 two@20 one@20'],
    ['reorder-messages', { window: 9, ms: 15 }, 'two@15 one@15 three@35'],
    ['truncate-message', { bytes: 2 }, 'on@0 tw@10 th@20'],
    ['truncate-message', { bytes: 3 }, 'one@0 two@10 thr@20'],
    ['truncate-message', { bytes: 0, message: 1 }, '@0 two@10 three@20'],
    ['replace-text', { find: 't', put: 'T', all: true }, 'one@0 Two@10 Three@20'],
    ['replace-text', { find: 't*e', put: '-' }, 'one@0 two@10 -e@20'],
    ['replace-text', { find: '*', put: 'x', message: 2 }, 'one@0 x@10 three@20'],
    ['replace-json', { path: '$', value: '7' }, 'one@0 two@10 three@20'],
    ['inject-message', { message: 2, text: 'new' }, 'one@0 two@10 new@10 three@20'],
    ['inject-message', { message: 0, ms: 5, text: 'new' }, 'one@0 new@5 two@10 three@20'],
    ['inject-message', { message: 1, ms: 5, text: 'bmV3', encoding: 'base64', count: 2, each: 10 }, 'one@0 new@5 two@10 new@15 three@20'],
    ['inject-message', { text: 'new', type: 'binary' }, 'binary new@0 one@0 two@10 three@20'],
    ['hold-messages', { ms: 15 }, 'one@15 two@15 three@35'],
    ['hold-messages', { message: 2, ms: 50 }, 'one@0 two@60 three@60'],
    ['hold-messages', { ms: 5, again: false }, 'one@5 two@10 three@20'],
    ['swap-type', { message: 1 }, 'binary one@0 two@10 three@20'],
    ['swap-type', { to: 'text' }, 'one@0 two@10 three@20'],
    ['empty-message', { message: 2 }, 'one@0 @10 three@20'],
    ['grow-message', { bytes: 6, fill: 'letters', message: 1 }, 'onexxx@0 two@10 three@20'],
    ['grow-message', { bytes: 4, fill: 'spaces' }, 'one @0 two @10 three@20'],
  ])('with %s %j: %s', (id, params, expected) => {
    expect(arrived(id, params).join(' ')).toBe(expected);
  });
});

describe('a Close', () => {
  const acts = [...texts(words), { ms: 25, bytes: closing }];
  it.each<[string, ParamValues, string]>([
    ['delay-message', { ms: 1000 }, 'one@25 two@25 three@25 close 1000@25'],
    ['reorder-messages', { window: 9 }, 'three@25 two@25 one@25 close 1000@25'],
    ['hold-messages', { ms: 1000 }, 'one@25 two@25 three@25 close 1000@25'],
    ['inject-message', { ms: 1000 }, 'one@0 two@10 three@20 close 1000@25'],
  ])('lets go what %s %j holds back, and nothing comes behind it', (id, params, expected) => {
    expect(arrived(id, params, acts).join(' ')).toBe(expected);
  });

  it('of TCP does so as well', () => {
    const { got, ends } = playDirection([['hold-messages', { ms: 1000 }]], [...texts(words), { ms: 30, end: true }]);
    expect(arrivalsOf({ got })).toEqual(['one@30', 'two@30', 'three@30']);
    expect(ends).toEqual(['fin 30']);
  });
});

it('what is held back goes on in its order when the fault is disarmed, and later messages behind it', () => {
  for (const id of ['hold-messages', 'delay-message', 'reorder-messages']) {
    const params = id === 'reorder-messages' ? { window: 100, ms: 9999, order: 'reverse' } : { ms: 9999 };
    const said = saidIn(playDirection([[id, params]], [...texts(words), { ms: 50, arm: [] }, { ms: 60, bytes: frame('four') }]));
    expect(said).toEqual([...(id === 'reorder-messages' ? words.toReversed() : words), 'four']);
  }
});

it('what a disarmed fault lets go still meets the faults behind it', () => {
  const both = playDirection(
    [
      ['hold-messages', { ms: 9999 }],
      ['replace-text', { find: 'o', put: '0' }],
    ],
    [...texts(words), { ms: 50, arm: [['replace-text', { find: 'o', put: '0' }]] }],
  );
  expect(arrivalsOf(both)).toEqual(['0ne@50', 'tw0@50', 'three@50']);
});

it('a shuffled window holds the same messages, in an order that the seed decides', () => {
  const many = Array.from({ length: 40 }, (_, index) => `m${index}`);
  const shuffle = (seed: number) =>
    saidIn(playDirection([['reorder-messages', { window: 40, order: 'shuffled' }]], texts(many, 1), { seed }));
  expect(shuffle(1).toSorted()).toEqual(many.toSorted());
  expect(shuffle(1)).not.toEqual(many);
  expect(shuffle(1)).toEqual(shuffle(1));
  expect(shuffle(1)).not.toEqual(shuffle(2));
});

describe('corrupt-message', () => {
  it('flips as many bits of a binary message as asked for, at most, and leaves its length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (bytes, bits, seed) => {
        const { got } = playDirection([['corrupt-message', { bits }]], [{ ms: 0, bytes: frame(bytes, 'binary') }], { seed });
        const after = Buffer.concat(got.map((one) => one.bytes)).subarray(2);
        expect(after.length).toBe(bytes.length);
        const flipped = after.reduce((sum, byte, at) => sum + (byte ^ (bytes[at] ?? 0)).toString(2).replaceAll('0', '').length, 0);
        expect(flipped).toBeLessThanOrEqual(bits);
        expect(flipped % 2).toBe(bits % 2);
      }),
    );
  });

  it('leaves a text valid UTF-8, or makes it invalid for sure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), fc.nat(), (text, seed) => {
        if (!isUtf8(Buffer.from(text)) || Buffer.from(text).toString() !== text) return;
        const made = (params: ParamValues): Buffer =>
          Buffer.from(
            Buffer.concat(
              playDirection([['corrupt-message', params]], [{ ms: 0, bytes: frame(text) }], { seed }).got.map(({ bytes }) => bytes),
            ).subarray(2),
          );
        expect(isUtf8(made({ bits: 3 }))).toBe(true);
        expect(made({ bits: 1 }).equals(Buffer.from(text))).toBe(false);
        expect(isUtf8(made({ utf8: 'invalid' }))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

it('a text is cut between two characters, or in the middle of one where that is asked for', () => {
  const cut = (params: ParamValues) => playDirection([['truncate-message', params]], [{ ms: 0, bytes: frame('aé€') }]).text;
  expect(cut({ bytes: 5 })).toBe('\x81\x03a\xc3\xa9');
  expect(cut({ bytes: 2 })).toBe('\x81\x01a');
  expect(cut({ bytes: 2, utf8: 'invalid' })).toBe('\x81\x02a\xc3');
});

it('a value in JSON is replaced, and no other character', () => {
  const json = (params: ParamValues, text: string) => saidIn(playDirection([['replace-json', params]], [{ ms: 0, bytes: frame(text) }]))[0];
  const text = '{ "a" : {"b":[1, {"c.d":"x"} ]},\t"a2":1e400, "e":"\\u00e9" }';
  expect(json({ path: 'a.b[1]["c.d"]', value: 'true' }, text)).toBe(text.replace('"x"', 'true'));
  expect(json({ path: '$.a2', value: 'hello' }, text)).toBe(text.replace('1e400', '"hello"'));
  expect(json({ path: 'a.b[2]', value: '1' }, text)).toBe(text);
  expect(json({ path: 'e.f', value: '1' }, text)).toBe(text);
  expect(json({ path: '', value: '1' }, ' [] ')).toBe(' 1 ');
  expect(json({ path: 'a' }, '{"a":1,"a":2}')).toBe('{"a":1,"a":null}');
  expect(json({ path: 'a' }, '{"a":1')).toBe('{"a":1');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(json({ path: '[0][0]', value: '7' }, deep)).toBe('[[7]]');
});

it('a path, or a pattern, that cannot be used is told once, and the messages pass', () => {
  for (const [id, params] of [
    ['replace-json', { path: 'a[' }],
    ['replace-text', { find: 'x'.repeat(257) }],
    ['replace-text', { find: '' }],
  ] as const) {
    const { failed, got } = playDirection([[id, params]], texts(words));
    expect(failed).toHaveLength(1);
    expect(saidIn({ got })).toEqual(words);
  }
});

it('a changed message of the client is masked by a key of its own, and unchanged ones stay as they came', () => {
  const masked = Buffer.from([0x81, 0x83, 1, 2, 3, 4, 0x6f ^ 1, 0x6e ^ 2, 0x65 ^ 3]);
  const { got, text } = playDirection([['replace-text', { from: 'client', find: 'two', put: '2' }]], [{ ms: 0, bytes: masked }], {
    from: 'client',
  });
  expect(text).toBe(masked.toString('latin1'));
  const changed = playDirection([['replace-text', { from: 'client', find: 'one', put: '1' }]], [{ ms: 0, bytes: masked }], {
    from: 'client',
  });
  expect(changed.got[0]?.bytes[1]).toBe(0x81);
  expect(saidIn(changed)).toEqual(['1']);
  expect(got).toHaveLength(1);
});

it('no message is lost or doubled by those that only hold and delay, whatever comes when', () => {
  const holding: readonly [string, ParamValues][] = [
    ['delay-message', { chance: 0.5, ms: 30 }],
    ['delay-message', { chance: 0.5, ms: 30, others: 'wait' }],
    ['reorder-messages', { window: 3, ms: 25 }],
    ['reorder-messages', { window: 4, order: 'shuffled', ms: 40 }],
    ['hold-messages', { ms: 35 }],
  ];
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 20 }), fc.nat(4), fc.nat(), (gaps, which, seed) => {
      let ms = 0;
      const acts = gaps.map((gap, index) => {
        ms += gap;
        return { ms, bytes: frame(`m${index}`) };
      });
      const armed = holding[which];
      if (!armed) return;
      const said = saidIn(playDirection([armed], [...acts, { ms: ms + 1, end: true }], { seed }));
      expect(said.toSorted()).toEqual(acts.map((_, index) => `m${index}`).toSorted());
    }),
  );
});
