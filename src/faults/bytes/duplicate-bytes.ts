import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset } from '../onset.js';

export const fault = defineFault({
  id: 'duplicate-bytes',
  stage: 'bytes',
  leg: 'both',
  title: 'Bytes arrive twice',
  about:
    'The `bytes` bytes behind the first `offset` of the direction arrive again right behind themselves, as many of them as came together. The reader of frames loses its place, unless they were whole frames.',
  imitates: 'A proxy that sends a buffer again after a retry, a write that was repeated after half of it had gone out.',
  params: {
    from: fromParam(),
    offset: {
      type: 'number',
      default: 0,
      min: 0,
      max: 1_000_000_000_000,
      whole: true,
      about: 'How many bytes come before them, counted from where the heads end or the fault was armed.',
    },
    bytes: { type: 'number', default: 1, min: 1, max: 1_048_576, whole: true, about: 'How many arrive again.' },
  },
  example: 'duplicate-bytes:offset=5',
  expects: ['frame.masked-from-server', 'frame.opcode', 'frame.rsv', 'frame.continuation', 'frame.truncated', 'frame.too-big'],
  effects: [
    { client: 'ws (Node)', sees: 'Invalid WebSocket frame: MASK must be clear and the like; close 1006.' },
    { client: 'Chromium', sees: 'A server must not mask any frames that it sends to the client. and the like; close 1006.' },
    { client: 'every client', sees: 'Where the bytes are whole frames: the same messages again.' },
  ],
  rows: ['frame.corrupt'],
  apply: (start, { from, offset, bytes }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes: offset, start: 0 }, start);
    let over = false;
    return {
      push: (chunk, nowMs) => {
        if (over) return undefined;
        const [before, behind] = onset.split(chunk, nowMs);
        if (behind.length === 0) return undefined;
        over = true;
        const twice = behind.subarray(0, bytes);
        return [...bytesStep(before), ...bytesStep(twice), ...bytesStep(twice), ...bytesStep(behind.subarray(bytes))];
      },
    };
  },
});
