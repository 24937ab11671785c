import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset } from '../onset.js';

export const fault = defineFault({
  id: 'limit-data',
  stage: 'bytes',
  leg: 'both',
  title: 'The connection ends after so many bytes',
  about:
    'Behind the first `bytes` bytes of the direction, also in the middle of a frame, the connection ends: FIN on both legs, or RST. No Close frame comes.',
  imitates: 'A proxy with a limit for the size of an answer, a firewall that counts, a server that is killed while it sends.',
  params: {
    from: fromParam(),
    bytes: { type: 'number', default: 1000, min: 1, max: 1_000_000_000_000, whole: true, about: 'How many bytes still arrive.' },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How the connection ends.' },
  },
  example: 'limit-data:bytes=7',
  expects: ['frame.truncated', 'frame.abnormal-close', 'server.rst-after-101'],
  effects: [
    { client: 'ws (Node)', sees: 'close 1006; with `end=reset` also an error, read ECONNRESET.' },
    { client: 'Chromium', sees: 'close 1006, wasClean false.' },
    { client: 'Python websockets', sees: 'no close frame received or sent.' },
    { client: 'Go (gorilla)', sees: 'websocket: close 1006 (abnormal closure): unexpected EOF.' },
  ],
  apply: (start, { from, bytes, end: how }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes, start: 0 }, start);
    const end = { type: 'end', how, ...(how === 'fin' && { sender: 'fin' as const }) } as const;
    return {
      push: (chunk, nowMs) => {
        const [before] = onset.split(chunk, nowMs);
        return onset.come ? [...bytesStep(before), end] : undefined;
      },
    };
  },
});
