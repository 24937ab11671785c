import { type Clock, isoTime } from '../model/clock.js';

export interface ClockWatchPorts {
  /** The time of events, which goes on evenly. */
  readonly clock: Clock;
  /** The machine's own time, which can be set; milliseconds since the epoch. */
  wall(): number;
  /** Calls back each second until the function that it returns is called. */
  everySecond(look: () => void): () => void;
  /** A sentence for people. */
  tell(text: string): void;
}

/** Less is no jump: a clock that is kept in step over a network is moved by fractions of a second. */
const leastJumpMs = 2000;

/**
 * Tells when the machine's clock and the time of events part: someone set the clock, or the machine slept (the monotonic clock of Linux and macOS stands
 * still meanwhile). Once for each jump. Returns the function that ends it.
 */
export const watchClock = ({ clock, wall, everySecond, tell }: ClockWatchPorts): (() => void) => {
  const apartNow = (): number => wall() - clock.now();
  const start = apartNow();
  let apart = start;
  let sameAt = wall();
  return everySecond(() => {
    const now = apartNow();
    const jump = now - apart;
    if (Math.abs(jump) >= leastJumpMs) {
      apart = now;
      const off = now - start;
      tell(
        `This machine's clock went ${jump > 0 ? 'forward' : 'back'} by ${duration(jump)} since ${isoTime(sameAt)}: it was set, or the machine slept. The times of events go on evenly: they are now ${Math.abs(off) < leastJumpMs ? 'in step with it again' : `${duration(off)} ${off > 0 ? 'behind' : 'ahead of'} it`}.`,
      );
    }
    sameAt = wall();
  });
};

const duration = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
};
