import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'latency',
  stage: 'bytes',
  leg: 'both',
  title: 'Everything arrives later',
  about:
    'Each chunk of bytes, and the end of the connection, arrives `ms` milliseconds later, give or take `jitter`. Order is kept, as TCP keeps it, and throughput is not limited. It begins behind the heads; `stall-answer` holds back the handshake itself.',
  imitates: 'A server on another continent, a satellite or mobile link, a VPN with a long way round.',
  params: {
    from: fromParam('both'),
    ms: { type: 'number', default: 200, min: 0, max: 600_000, about: 'How much later, milliseconds.' },
    jitter: { type: 'number', default: 0, min: 0, max: 600_000, about: 'At most so much more or less, milliseconds.' },
    distribution: {
      type: 'string',
      default: 'uniform',
      choices: ['uniform', 'normal', 'long-tail'],
      about:
        '`uniform`: every value is as likely; `normal`: mostly near `ms`, with `jitter` as three standard deviations; `long-tail`: never less than `ms`, mostly little more, now and then up to all of `jitter`.',
    },
  },
  example: 'latency:ms=200,jitter=50',
  expects: [],
  effects: [{ client: 'every client', sees: 'Later messages; a ping that is not answered in time where a client has a limit for that.' }],
  rows: ['frame.latency', 'frame.jitter'],
  apply: (start, { from, ms, jitter, distribution }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    // The mean of twelve uniform draws is close to normal (Irwin-Hall), and never outside the jitter. The fourth power leaves nine draws of
    // ten under two thirds of the jitter, and half of them under a sixteenth.
    const spread = (): number =>
      distribution === 'uniform'
        ? random.next() * 2 - 1
        : distribution === 'long-tail'
          ? random.next() ** 4
          : Array.from({ length: 12 }, () => random.next()).reduce((sum, draw) => sum + draw, -6) / 3;
    const delay = (): number => Math.max(0, ms + jitter * Math.max(-1, Math.min(1, spread())));
    return {
      push: (chunk, nowMs) => [{ type: 'unit', unit: chunk, atMs: nowMs + delay() }],
      end: (nowMs) => [{ type: 'end', how: 'fin', atMs: nowMs + delay() }],
    };
  },
});
