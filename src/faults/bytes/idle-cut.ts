import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'idle-cut',
  stage: 'bytes',
  leg: 'both',
  title: 'An idle connection is cut',
  about:
    'When no byte has come from either side for `ms` milliseconds, the connection ends on both legs, without a Close. Each byte of either side begins the time anew: a Ping more often than that keeps it open.',
  imitates: 'proxy_read_timeout of nginx and the idle timeout of an ALB (60 s), Cloudflare (100 s), HAProxy (timeout tunnel), a NAT table.',
  params: {
    ms: { type: 'number', default: 60_000, min: 10, max: 86_400_000, about: 'How long nothing has come, milliseconds.' },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How both legs end.' },
  },
  example: 'idle-cut:ms=60000',
  expects: ['intermediary.idle-timeout', 'frame.abnormal-close', 'server.close-after-101', 'server.rst-after-101'],
  effects: [
    { client: 'browsers', sees: 'close 1006, wasClean false, after the same silence each time.' },
    { client: 'ws (Node)', sees: 'close 1006; with `end=reset` also an error, read ECONNRESET.' },
    {
      client: 'Python websockets',
      sees: 'Nothing: it pings every 20 s, unless ping_interval is None; then no close frame received or sent.',
    },
    { client: 'socket.io', sees: 'Nothing: its server pings every 25 s; with a shorter `ms` transport close.' },
  ],
  rows: ['hop.idle-cut'],
  apply: (start, { ms, end }) => {
    // In hand in both directions, so that each is seen; the server's makes the end.
    if (start.from === 'client') return { push: () => undefined };
    let over = false;
    const dueMs = (): number => Math.max(start.nowMs, start.lastByteMs()) + ms;
    return {
      push: () => undefined,
      wakeAt: () => (over ? null : dueMs()),
      wake: (nowMs) => {
        if (nowMs < dueMs()) return [];
        over = true;
        return [{ type: 'end', how: end, ...(end === 'fin' && { sender: 'fin' as const }) }];
      },
    };
  },
});
