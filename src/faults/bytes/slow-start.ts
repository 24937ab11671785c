import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'slow-start',
  stage: 'bytes',
  leg: 'both',
  title: 'The line is slow at first, and after each pause',
  about:
    'In the first round trip at most `window` bytes pass, in each further one twice as many (RFC 5681 section 3.1). After a pause as long as a retransmission timer it begins anew, as servers do by default.',
  imitates: 'A large first message over a long way: a snapshot after the handshake, a burst after an hour of silence.',
  params: {
    from: fromParam(),
    rtt: { type: 'number', default: 150, min: 1, max: 10_000, about: 'The round trip that is imitated, milliseconds.' },
    window: {
      type: 'number',
      default: 14_600,
      min: 64,
      max: 1_048_576,
      whole: true,
      about: 'Bytes in the first round trip; Linux: ten segments.',
    },
    pause: { type: 'number', default: 1000, min: 1, max: 3_600_000, about: 'A pause after which it begins anew, milliseconds.' },
  },
  example: 'slow-start:window=64,rtt=20',
  expects: [],
  effects: [{ client: 'every client', sees: 'A large message that takes some round trips longer; small ones are not late.' }],
  rows: ['frame.bandwidth'],
  apply: (start, { from, rtt, window: first, pause }) => {
    if (!isFrom(from, start.from)) return undefined;
    let roundMs = start.nowMs;
    let lastMs = start.nowMs;
    let size = first;
    let left = first;
    const largest = 2 ** 30;
    const nextRound = (): void => {
      roundMs += rtt;
      size = Math.min(largest, size * 2);
      left = size;
    };
    return {
      push: (chunk, nowMs) => {
        if (nowMs - lastMs >= pause) {
          [roundMs, size, left] = [nowMs, first, first];
        }
        // Rounds in which nothing was sent do not widen the window.
        if (nowMs >= roundMs + rtt) {
          roundMs += Math.floor((nowMs - roundMs) / rtt) * rtt;
          left = size;
        }
        const pieces: { type: 'unit'; unit: Uint8Array; atMs: number }[] = [];
        for (let at = 0; at < chunk.length; ) {
          if (left === 0) nextRound();
          const unit = chunk.subarray(at, at + left);
          left -= unit.length;
          at += unit.length;
          lastMs = Math.max(nowMs, roundMs);
          pieces.push({ type: 'unit', unit, atMs: lastMs });
        }
        return pieces.length === 1 && lastMs <= nowMs ? undefined : pieces;
      },
    };
  },
});
