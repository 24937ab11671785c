import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom, type WireFrame } from '../flow.js';
import { ownFrame } from '../frame-choice.js';

/** Pings that leave in one go. */
const mostAtOnce = 500;

export const fault = defineFault({
  id: 'ping-flood',
  stage: 'frame',
  leg: 'both',
  title: 'One side pings without end',
  about:
    'Pings that nobody sent are put between the frames, and the receiver answers each with a Pong (RFC 6455 section 5.5.2), or only the last. The other side gets Pongs that it never asked for. It is allowed, and some receivers protect themselves against it.',
  imitates: 'A keepalive timer that is set in milliseconds and not in seconds, an attacker.',
  params: {
    from: fromParam(),
    pings: { type: 'number', default: 100, min: 1, max: 10_000, whole: true, about: 'How many Pings.' },
    bytes: { type: 'number', default: 4, min: 0, max: 125, whole: true, about: 'How many bytes each carries.' },
    ms: { type: 'number', default: 0, min: 0, max: 60_000, about: 'Milliseconds from Ping to Ping; 0: all at once.' },
  },
  example: 'ping-flood:pings=100',
  expects: [],
  effects: [
    {
      client: 'ws (Node)',
      sees: 'close 1006 from the 61st Ping on that it cannot answer at once (maxPendingAutoPongs); with `ms=1` nothing.',
    },
    { client: 'undici 7, Chromium, Python websockets 10', sees: 'Nothing: they answer, and the messages arrive.' },
  ],
  rows: ['frame.ping-flood'],
  apply: (start, { from, pings, bytes, ms }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const payload = Buffer.alloc(bytes, 'ping');
    let left = pings;
    let dueMs = start.nowMs;
    return {
      push: (frame) => {
        if (frame.opcode === opcodes.close) left = 0;
        return undefined;
      },
      wakeAt: () => (left > 0 ? dueMs : null),
      wake: (nowMs) => {
        const steps: FlowStep<WireFrame>[] = [];
        for (; left > 0 && dueMs <= nowMs && steps.length < mostAtOnce; left -= 1, dueMs += ms)
          steps.push({ type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes.ping, payload }) });
        return steps;
      },
    };
  },
});
