import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchClock } from '../../src/control/clock-watch.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { isoTime, timeOf } from '../../src/model/clock.js';
import type { Event } from '../../src/model/event.js';
import { closedEvent, openedEvent } from '../recording/support/events.js';

const start = Date.parse('2026-01-31T09:05:00Z');
const hour = 3_600_000;
const year = 365 * 24 * hour;

/** A machine whose clock can be set, and that can sleep: then the monotonic clock stands still. */
const machine = () => {
  const state = { wall: start, mono: 0, told: [] as string[], look: () => {}, ended: false };
  const end = watchClock({
    clock: { now: () => start + state.mono },
    wall: () => state.wall,
    everySecond: (look) => {
      state.look = look;
      return () => {
        state.ended = true;
      };
    },
    tell: (text) => state.told.push(text),
  });
  const seconds = (count: number): void => {
    for (let second = 0; second < count; second++) {
      state.wall += 1000;
      state.mono += 1000;
      state.look();
    }
  };
  return { state, end, seconds };
};

describe('the watch over the clock', () => {
  it.each([
    [hour, 'went forward by 1 h since', 'now 1 h behind it'],
    [-hour, 'went back by 1 h since', 'now 1 h ahead of it'],
    [year, 'went forward by 365 d since', 'now 365 d behind it'],
    [-year, 'went back by 365 d since', 'now 365 d ahead of it'],
  ])('tells a jump of %i ms once, by how much and since when', (jump, went, now) => {
    const { state, seconds } = machine();
    seconds(10);
    state.wall += jump;
    seconds(30);
    expect(state.told).toHaveLength(1);
    expect(state.told[0]).toContain(`${went} ${isoTime(start + 10_000)}`);
    expect(state.told[0]).toContain(now);
  });

  it('tells when the machine woke up, and when the clock was set right again', () => {
    const { state, seconds } = machine();
    seconds(5);
    state.wall += 90_000;
    seconds(5);
    state.wall -= 90_000;
    seconds(5);
    expect(state.told.map((text) => /(went \w+ by [^:]*?) since.*now (.*)\./.exec(text)?.slice(1))).toEqual([
      ['went forward by 1 min 30 s', '1 min 30 s behind it'],
      ['went back by 1 min 30 s', 'in step with it again'],
    ]);
  });

  it('does not mind a clock that is kept in step, nor one that is left alone', () => {
    const { state, seconds, end } = machine();
    seconds(100);
    state.wall += 1500;
    seconds(1);
    state.wall -= 1500;
    seconds(100);
    expect(state.told).toEqual([]);
    end();
    expect(state.ended).toBe(true);
  });
});

it('no duration is negative, wherever the clock of the machine jumps in the middle of an exchange', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(hour, -hour, year, -year, 0), { minLength: 3, maxLength: 3 }), (jumps) => {
      const { state, seconds } = machine();
      const ledger = createLedger({ clock: { now: () => start + state.mono } });
      const at = () => isoTime(start + state.mono);
      const steps: Event[] = [
        openedEvent('1'),
        { ...openedEvent('1'), type: 'dial', host: 'a.test', port: 80 } as Event,
        { ...openedEvent('1'), type: 'dialled', peer: { address: '127.0.0.1', port: 80 } } as Event,
        closedEvent('1'),
      ];
      for (const [index, step] of steps.entries()) {
        ledger.apply({ ...step, at: at() } as Event);
        state.wall += jumps[index] ?? 0;
        seconds(2);
      }
      const exchange = ledger.get('1');
      const times = [exchange?.client.timings, exchange?.server?.timings].flatMap((timings) => Object.values(timings ?? {}));
      expect(times.length).toBeGreaterThan(0);
      for (const ms of times) expect(ms).toBeGreaterThanOrEqual(0);
      expect(timeOf(exchange?.endedAt ?? '')).toBe(start + 6000);
    }),
  );
});
