import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset, onsetParams } from '../onset.js';

export const fault = defineFault({
  id: 'reset-after',
  stage: 'bytes',
  leg: 'both',
  title: 'The connection is reset',
  about:
    'After a time, or behind so many bytes of the direction, both legs get an RST. No Close frame comes, and what was on the way is lost.',
  imitates: 'A firewall that forgets its state, a crashed server, a load balancer that takes a server out, a NAT table that is full.',
  params: { from: fromParam(), ...onsetParams },
  example: 'reset-after:start=100',
  expects: ['server.rst-after-101', 'frame.abnormal-close', 'frame.truncated'],
  effects: [
    { client: 'ws (Node)', sees: 'close 1006, mostly with an error: read ECONNRESET.' },
    { client: 'Chromium', sees: 'close 1006, wasClean false.' },
    { client: 'Firefox', sees: 'The connection was interrupted, close 1006.' },
    { client: 'Python websockets', sees: 'no close frame received or sent.' },
    { client: 'websocket-client', sees: 'ConnectionResetError: [Errno 104] Connection reset by peer.' },
    { client: 'Go', sees: 'read: connection reset by peer.' },
  ],
  apply: (start, { from, bytes, start: ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes, start: ms }, start);
    const end = { type: 'end', how: 'reset' } as const;
    return {
      push: (chunk, nowMs) => {
        const [before] = onset.split(chunk, nowMs);
        return onset.come ? [...bytesStep(before), end] : undefined;
      },
      wakeAt: () => onset.wakeAt(),
      wake: (nowMs) => {
        onset.wake(nowMs);
        return [end];
      },
    };
  },
});
