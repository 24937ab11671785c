import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'bandwidth',
  stage: 'bytes',
  leg: 'both',
  title: 'The line is slow',
  about:
    'A token bucket lets `rate` bytes through in a second, in each direction for itself, and `burst` bytes at once when nothing has come for a while. When more than 4 MiB wait, the sender is slowed down by TCP.',
  imitates: 'A mobile connection at the edge of its cell, a hotel network, a shaper of an operator.',
  params: {
    from: fromParam('both'),
    rate: { type: 'number', default: 16_000, min: 1, max: 10_000_000_000, about: 'Bytes a second.' },
    burst: { type: 'number', default: 1460, min: 1, max: 1_000_000_000, whole: true, about: 'Bytes that may pass at once.' },
  },
  example: 'bandwidth:rate=1000,burst=10',
  expects: [],
  effects: [
    { client: 'browsers', sees: 'bufferedAmount grows while the application sends faster than the line.' },
    { client: 'every client', sees: 'Late messages; a ping that is not answered in time where a client has a limit for that.' },
  ],
  rows: ['frame.bandwidth'],
  apply: (start, { from, rate, burst }) => {
    if (!isFrom(from, start.from)) return undefined;
    const perByte = 1000 / rate;
    // What passes at once is at most what 50 ms give, or a small piece: 4 MiB of single bytes would be too many.
    const most = Math.max(64, Math.floor(rate / 20));
    /** When the bucket is full again. */
    let fullMs = start.nowMs;
    return {
      push: (chunk, nowMs) => {
        const pieces: { type: 'unit'; unit: Uint8Array; atMs: number }[] = [];
        for (let at = 0; at < chunk.length; ) {
          const free = Math.floor(burst - Math.max(0, fullMs - nowMs) / perByte);
          const unit = chunk.subarray(at, at + Math.max(most, free));
          fullMs = Math.max(fullMs, nowMs) + unit.length * perByte;
          pieces.push({ type: 'unit', unit, atMs: Math.max(nowMs, fullMs - burst * perByte) });
          at += unit.length;
        }
        return pieces;
      },
    };
  },
});
