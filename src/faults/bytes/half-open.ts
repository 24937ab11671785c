import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset, onsetParams } from '../onset.js';

export const fault = defineFault({
  id: 'half-open',
  stage: 'bytes',
  leg: 'both',
  title: 'The connection is dead, and nobody is told',
  about:
    'From one moment on nothing crosses any more, no byte and no FIN or RST either, in both directions or in one. Both peers believe that they are connected until one of them asks and gets no answer. It lasts until the connection is over: disarming does not bring back what is lost.',
  imitates: 'A cable that is pulled, a NAT or firewall entry that has run out, a phone that leaves the network, a server without power.',
  params: { from: fromParam('both'), ...onsetParams },
  example: 'half-open',
  expects: [],
  effects: [
    { client: 'browsers, undici, Go', sees: 'Nothing: no event for hours. Chromium ends close() after 60 s with 1006.' },
    { client: 'ws (Node)', sees: 'Nothing, unless the application pings by itself; close() waits 30 s for the answer, then 1006.' },
    { client: 'Python websockets', sees: 'After 20 s keepalive ping timeout, close 1011.' },
    { client: 'socket.io', sees: 'ping timeout after pingInterval and pingTimeout (45 s by default).' },
  ],
  rows: ['frame.half-open'],
  apply: (start, { from, bytes, start: ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes, start: ms }, start);
    const end = { type: 'end', how: 'silence' } as const;
    return {
      push: (chunk, nowMs) => {
        if (onset.come) return undefined;
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
