import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset } from '../onset.js';

export const fault = defineFault({
  id: 'lose-bytes',
  stage: 'bytes',
  leg: 'both',
  title: 'Bytes are missing in the middle',
  about:
    'Behind `offset` bytes of the direction so many bytes are left out, and what follows arrives as if nothing had been. The reader of frames loses its place, takes payload for headers, and mostly fails at once.',
  imitates: 'A proxy that drops a buffer when it is full, a rewrite of the stream that miscounts, two writers on one socket.',
  params: {
    from: fromParam(),
    offset: {
      type: 'number',
      default: 0,
      min: 0,
      max: 1_000_000_000_000,
      whole: true,
      about: 'How many bytes still arrive, counted from where the heads end or the fault was armed.',
    },
    bytes: { type: 'number', default: 1, min: 1, max: 1_000_000_000, whole: true, about: 'How many are lost.' },
  },
  example: 'lose-bytes:offset=5',
  expects: ['frame.opcode', 'frame.rsv', 'frame.continuation', 'frame.masked-from-server', 'frame.truncated', 'frame.too-big'],
  effects: [
    { client: 'ws (Node)', sees: 'Invalid WebSocket frame: invalid opcode, RSV2 and RSV3 must be clear and the like; close 1006.' },
    { client: 'Chromium', sees: 'Unrecognized frame opcode, One or more reserved bits are on, or Invalid frame header; close 1006.' },
    { client: 'every client', sees: 'Silence, where the wrong place tells of a long frame.' },
  ],
  rows: ['frame.corrupt'],
  apply: (start, { from, offset, bytes }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes: offset, start: 0 }, start);
    let left = bytes;
    return {
      push: (chunk, nowMs) => {
        if (left === 0) return undefined;
        const [before, behind] = onset.split(chunk, nowMs);
        if (behind.length === 0) return undefined;
        const lost = Math.min(left, behind.length);
        left -= lost;
        return [...bytesStep(before), ...bytesStep(behind.subarray(lost))];
      },
    };
  },
});
