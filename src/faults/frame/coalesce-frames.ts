import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom, type WireFrame } from '../flow.js';

/** Bytes of payload that are held at most. */
const mostHeld = 1024 * 1024;

export const fault = defineFault({
  id: 'coalesce-frames',
  stage: 'frame',
  leg: 'both',
  title: 'Frames arrive together',
  about:
    'Frames are held back until there are `frames` of them, a Close comes, or the first has waited `ms` milliseconds, and then leave in one write. It must be harmless: a segment may hold any number of frames.',
  imitates: "Nagle's algorithm, a proxy that buffers its answers, a mobile link that wakes up from time to time.",
  params: {
    from: fromParam(),
    frames: { type: 'number', default: 3, min: 2, max: 10_000, whole: true, about: 'How many frames leave together.' },
    ms: { type: 'number', default: 100, min: 0, max: 600_000, about: 'How long the first of them waits at most, milliseconds.' },
  },
  example: 'coalesce-frames:frames=3,ms=100',
  expects: [],
  effects: [
    { client: 'ws (Node), Chromium, Python websockets 10', sees: 'Nothing but bursts: the messages arrive whole, and late.' },
    { client: 'a client that takes a segment for a message', sees: 'Messages glued together.' },
  ],
  rows: ['frame.coalesce'],
  apply: (start, { from, frames: wanted, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    let held: WireFrame[] = [];
    let bytes = 0;
    let sinceMs = 0;
    const release = (): readonly FlowStep<WireFrame>[] => {
      const due = held;
      held = [];
      bytes = 0;
      return due.map((unit) => ({ type: 'unit', unit }));
    };
    return {
      push: (frame, nowMs) => {
        if (held.length === 0) sinceMs = nowMs;
        held.push(frame);
        bytes += frame.payload.length;
        return held.length >= wanted || bytes > mostHeld || frame.opcode === opcodes.close ? release() : [];
      },
      wakeAt: () => (held.length > 0 ? sinceMs + ms : null),
      wake: release,
      release,
      held: () => bytes,
    };
  },
});
