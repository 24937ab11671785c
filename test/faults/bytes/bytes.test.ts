import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { type Act, type Armed, frame, type Played, playDirection, type Setting } from '../support/direction.js';

const plain: Setting = { frames: false };
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
/** `abc` at 0 ms, `defg` at 100 ms, `h` at 200 ms; then FIN at 300 ms. */
const acts: readonly Act[] = [
  { ms: 0, bytes: bytes('abc') },
  { ms: 100, bytes: bytes('defg') },
  { ms: 200, bytes: bytes('h') },
  { ms: 300, end: true },
];
const told = ({ got, ends }: Played): string =>
  [...got.map((one) => `${Buffer.from(one.bytes).toString('latin1')}@${one.ms}`), ...ends].join(' ');
const play = (id: string, params: ParamValues, script = acts, setting: Setting = {}): Played =>
  playDirection([[id, params]], script, { ...plain, ...setting });

describe('what a receiver gets of `abc` at 0 ms, `defg` at 100 ms, `h` at 200 ms and FIN at 300 ms', () => {
  it.each<[string, ParamValues, string]>([
    ['latency', { ms: 50 }, 'abc@50 defg@150 h@250 fin 350'],
    ['bandwidth', { rate: 1000, burst: 1 }, 'abc@2 defg@103 h@200 fin 300'],
    ['bandwidth', { rate: 10, burst: 3 }, 'abc@0 defg@400 h@500 fin 500'],
    ['bandwidth', { rate: 10, burst: 1000 }, 'abc@0 defg@100 h@200 fin 300'],
    ['slices', { bytes: 2, ms: 10 }, 'ab@0 c@10 de@100 fg@110 h@200 fin 300'],
    ['slices', { bytes: 1, ms: 60 }, 'a@0 b@60 c@120 d@180 e@240 f@300 g@360 h@420 fin 420'],
    ['coalesce-bytes', { ms: 150 }, 'abcdefg@150 h@300 fin 300'],
    ['coalesce-bytes', { ms: 9999, bytes: 7 }, 'abcdefg@100 h@300 fin 300'],
    ['stall-bytes', { bytes: 4, ms: 120 }, 'abc@0 d@100 efg@220 h@220 fin 300'],
    ['stall-bytes', { start: 50, ms: 500 }, 'abc@0 defg@550 h@550 cut fin 550'],
    ['stall-bytes', { start: 50, ms: 0 }, 'abc@0'],
    ['stall-bytes', { start: 250, ms: 100 }, 'abc@0 defg@100 h@200 cut fin 350'],
    ['limit-data', { bytes: 5 }, 'abc@0 de@100 cut fin 100'],
    ['limit-data', { bytes: 3, end: 'reset' }, 'abc@0 cut reset 0'],
    ['limit-data', { bytes: 9 }, 'abc@0 defg@100 h@200 fin 300'],
    ['reset-after', { start: 150 }, 'abc@0 defg@100 cut reset 150'],
    ['reset-after', { bytes: 4, start: 150 }, 'abc@0 d@100 cut reset 100'],
    ['half-open', { bytes: 4 }, 'abc@0 d@100 cut silence 100'],
    ['half-open', { start: 150 }, 'abc@0 defg@100 cut silence 150'],
    ['zero-window', { from: 'server', start: 150, ms: 20 }, 'abc@0 defg@100 h@200 jam 150 resume 170 fin 300'],
    ['corrupt-bytes', { byte: 2, bit: 0 }, 'acc@0 defg@100 h@200 fin 300'],
    ['corrupt-bytes', { chance: 1, bit: 5 }, 'ABC@0 DEFG@100 H@200 fin 300'],
    ['corrupt-bytes', { chance: 0 }, 'abc@0 defg@100 h@200 fin 300'],
    ['lose-bytes', { offset: 2, bytes: 3 }, 'ab@0 fg@100 h@200 fin 300'],
    ['lose-bytes', { offset: 0, bytes: 1 }, 'bc@0 defg@100 h@200 fin 300'],
    ['duplicate-bytes', { offset: 4, bytes: 2 }, 'abc@0 d@100 ef@100 ef@100 g@100 h@200 fin 300'],
    ['idle-cut', { ms: 90, end: 'reset' }, 'abc@0 cut reset 90'],
    ['age-cut', { ms: 150 }, 'abc@0 defg@100 cut fin 150'],
    ['packet-loss', { chance: 0 }, 'abc@0 defg@100 h@200 fin 300'],
    ['packet-loss', { chance: 1, rto: 10, most: 40 }, 'abc@550 defg@650 h@750 fin 750'],
    ['outages', { period: 200, ms: 60 }, 'abc@0 defg@100 h@200 fin 300'],
    ['outages', { period: 150, ms: 60 }, 'abc@0 defg@150 h@200 fin 300'],
    ['outages', { period: 330, ms: 40 }, 'abc@0 defg@100 h@200 fin 330'],
    ['slow-start', { window: 64, rtt: 50 }, 'abc@0 defg@100 h@200 fin 300'],
    ['late-end', { ms: 70 }, 'abc@0 defg@100 h@200 fin 370'],
    ['late-end', {}, 'abc@0 defg@100 h@200'],
  ])('with %s %j: %s', (id, params, expected) => {
    const sorted = told(play(id, params));
    expect(sorted).toBe(expected);
  });
});

it('an idle cut counts what came from the other side, too', () => {
  expect(play('idle-cut', { ms: 60 }, [{ ms: 0, bytes: bytes('a') }], { otherSide: [50, 100, 150] }).ends).toEqual(['cut fin 210']);
});

describe('bandwidth', () => {
  it('lets through in no span of time more than the rate and one burst give, and everything in the end', () => {
    const chunks = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 2000, max: 100_000 }), fc.integer({ min: 1, max: 4000 }), (list, rate, burst) => {
        let ms = 0;
        const script = list.map(([gap, length]) => {
          ms += gap;
          return { ms, bytes: new Uint8Array(length) };
        });
        const { got } = play('bandwidth', { rate, burst }, script);
        const sum = (from: number, to: number) => got.slice(from, to).reduce((total, one) => total + one.bytes.length, 0);
        expect(sum(0, got.length)).toBe(list.reduce((total, [, length]) => total + length, 0));
        // One piece may be larger than the burst: then it comes when so many bytes have been saved.
        const largest = Math.max(burst, 64, Math.floor(rate / 20));
        for (const [first, one] of got.entries()) {
          for (const [last, other] of got.entries()) {
            if (last >= first)
              expect(sum(first, last + 1)).toBeLessThanOrEqual(largest + ((other.ms - one.ms) / 1000) * rate + largest + 1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes as long as the rate says for a megabyte', () => {
    const { got } = play('bandwidth', { rate: 100_000, burst: 1 }, [{ ms: 0, bytes: new Uint8Array(1_000_000) }]);
    expect(got.at(-1)?.ms).toBeCloseTo(10_000, -1);
    expect(got.length).toBeLessThan(1_000_000 / 5000 + 2);
  });
});

it('slow start doubles what passes in each round trip, and begins anew after a pause', () => {
  const script = [
    { ms: 0, bytes: new Uint8Array(1000) },
    { ms: 5000, bytes: new Uint8Array(200) },
  ];
  const { got } = play('slow-start', { window: 64, rtt: 100, pause: 1000 }, script);
  expect(got.map((one) => `${one.bytes.length}@${one.ms}`)).toEqual([
    '64@0',
    '128@100',
    '256@200',
    '512@300',
    '40@400',
    '64@5000',
    '128@5100',
    '8@5200',
  ]);
});

describe('jitter', () => {
  const delays = (distribution: string): number[] => {
    const script = Array.from({ length: 2000 }, (_, index) => ({ ms: index * 1000, bytes: bytes('x') }));
    return play('latency', { ms: 300, jitter: 200, distribution }, script).got.map((one, index) => one.ms - index * 1000);
  };
  const share = (list: readonly number[], fits: (delay: number) => boolean) => list.filter(fits).length / list.length;

  it('stays within its bounds, whatever its distribution', () => {
    for (const distribution of ['uniform', 'normal', 'long-tail']) {
      const list = delays(distribution);
      expect(Math.min(...list)).toBeGreaterThanOrEqual(distribution === 'long-tail' ? 300 : 100);
      expect(Math.max(...list)).toBeLessThanOrEqual(500);
    }
  });

  it('is spread as its name says', () => {
    const near = (delay: number) => Math.abs(delay - 300) < 67;
    expect(share(delays('uniform'), near)).toBeCloseTo(1 / 3, 1);
    expect(share(delays('normal'), near)).toBeGreaterThan(0.6);
    expect(share(delays('long-tail'), (delay) => delay < 312.5)).toBeCloseTo(0.5, 1);
    expect(share(delays('long-tail'), (delay) => delay > 432)).toBeCloseTo(0.1, 1);
  });
});

it('packet loss hits the share that is asked for, and the waits are those of the timer', () => {
  const script = Array.from({ length: 4000 }, (_, index) => ({ ms: index * 100_000, bytes: bytes('x') }));
  const waits = play('packet-loss', { chance: 0.1, rto: 200, most: 3000 }, script).got.map((one, index) => one.ms - index * 100_000);
  expect(waits.filter((wait) => wait > 0).length / waits.length).toBeCloseTo(0.1, 1);
  const known = new Set([0, 200, 600, 1400, 3000, 6000, 9000]);
  for (const wait of waits) expect(known).toContain(wait);
});

it('corruption hits about as many bytes as its rate says, one bit each, wherever the chunks end', () => {
  const script = Array.from({ length: 100 }, (_, index) => ({ ms: index, bytes: new Uint8Array(1000) }));
  const { text } = play('corrupt-bytes', { chance: 0.01 }, script);
  const hit = [...text].map((letter) => letter.charCodeAt(0)).filter((byte) => byte !== 0);
  expect(hit.length).toBeGreaterThan(800);
  expect(hit.length).toBeLessThan(1200);
  for (const byte of hit) expect(byte & (byte - 1)).toBe(0);
});

/** Those that change neither a byte nor the order. */
const harmless: readonly Armed[] = [
  ['latency', { ms: 20, jitter: 15 }],
  ['bandwidth', { rate: 5000, burst: 10 }],
  ['slices', { bytes: 3, ms: 2 }],
  ['coalesce-bytes', { ms: 40, bytes: 50 }],
  ['stall-bytes', { bytes: 30, ms: 70 }],
  ['packet-loss', { chance: 0.5, rto: 5, most: 20 }],
  ['outages', { period: 50, ms: 20 }],
  ['slow-start', { window: 64, rtt: 10 }],
  ['late-end', { ms: 30 }],
];

it('those that only take time bring every byte in its order, also several at once, and when they are disarmed on the way', () => {
  const traffic = fc.array(fc.tuple(fc.nat(40), fc.uint8Array({ minLength: 1, maxLength: 40 })), { maxLength: 15 });
  fc.assert(
    fc.property(traffic, fc.subarray([...harmless], { minLength: 1 }), fc.nat(300), fc.nat(), (list, armed, disarmMs, seed) => {
      let ms = 0;
      const script: Act[] = list.map(([gap, one]) => {
        ms += gap;
        return { ms, bytes: one };
      });
      const disarmed: Act = { ms: disarmMs, arm: armed.slice(1) };
      const all = [...script, disarmed].toSorted((one, other) => one.ms - other.ms);
      const { text, ends } = playDirection(armed, [...all, { ms: Math.max(ms, disarmMs) + 1, end: true }], { ...plain, seed });
      expect(text).toBe(Buffer.concat(list.map(([, one]) => one)).toString('latin1'));
      expect(ends).toHaveLength(1);
      expect(ends[0]).toContain('fin');
    }),
  );
});

describe('disarmed on the way', () => {
  const disarm = { ms: 250, arm: [] } as const;
  const script = [...acts.slice(0, 3), disarm, { ms: 260, bytes: bytes('i') }, { ms: 300, end: true } as const];
  it.each<[string, ParamValues, string]>([
    ['stall-bytes', {}, 'abc@250 defg@250 h@250 i@260 fin 300'],
    ['coalesce-bytes', { ms: 9999 }, 'abcdefgh@250 i@260 fin 300'],
    ['zero-window', { from: 'server' }, 'abc@0 defg@100 h@200 i@260 jam 0 resume 250 fin 300'],
    ['latency', { ms: 500 }, 'abc@500 defg@600 h@700 i@700 fin 700'],
  ])('%s lets go what it held, before what comes then', (id, params, expected) => {
    expect(told(play(id, params, script))).toBe(expected);
  });

  it('a FIN that was kept back comes then', () => {
    for (const id of ['late-end', 'stall-bytes']) expect(play(id, {}, [...acts, { ms: 400, arm: [] }]).ends).toEqual(['cut fin 400']);
  });
});

it('what is held back is counted, so that the sender can be made to wait', () => {
  const script = Array.from({ length: 50 }, (_, index) => ({ ms: index, bytes: new Uint8Array(1000) }));
  expect(play('stall-bytes', {}, script).mostHeld).toBe(50_000);
  expect(play('coalesce-bytes', { ms: 10, bytes: 1_000_000 }, script).mostHeld).toBe(10_000);
  const messages = script.map(({ ms }) => ({ ms, bytes: frame(new Uint8Array(1000), 'binary') }));
  expect(playDirection([['hold-messages', { ms: 1000 }]], messages).mostHeld).toBe(50_000);
});
