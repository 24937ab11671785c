import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset, onsetParams } from '../onset.js';

export const fault = defineFault({
  id: 'stall-bytes',
  stage: 'bytes',
  leg: 'both',
  title: 'Nothing arrives for a while, or ever again',
  about:
    'From one moment on the bytes of a direction stay on the way, and so does its end: for `ms` milliseconds, or with 0 until the fault is disarmed. Then all of them arrive. The sender is not told, until 4 MiB wait; `zero-window` tells it at once.',
  imitates: 'A tunnel under a mountain, a Wi-Fi that changes its access point, a suspended virtual machine, a full queue in a proxy.',
  params: {
    from: fromParam(),
    ...onsetParams,
    ms: { type: 'number', default: 0, min: 0, max: 86_400_000, about: 'For how long, milliseconds; 0 is until it is disarmed.' },
  },
  example: 'stall-bytes:ms=200',
  expects: [],
  effects: [
    { client: 'browsers, undici, Go', sees: 'Nothing at all, for as long as it lasts.' },
    { client: 'ws (Node)', sees: 'Nothing, unless the application pings by itself; close() waits 30 s for the answer, then 1006.' },
    { client: 'Python websockets', sees: 'After 20 s keepalive ping timeout, close 1011.' },
    { client: 'socket.io', sees: 'ping timeout after pingInterval and pingTimeout (45 s by default).' },
  ],
  rows: ['frame.stall'],
  apply: (start, { from, bytes, start: startMs, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes, start: startMs }, start);
    let held: Uint8Array[] = [];
    let size = 0;
    let ended = false;
    let untilMs: number | null = null;
    let over = false;
    const release = (): readonly FlowStep<Uint8Array>[] => {
      const units = held.map((unit) => ({ type: 'unit', unit }) as const);
      const end = ended ? [{ type: 'end', how: 'fin' } as const] : [];
      held = [];
      size = 0;
      ended = false;
      over = true;
      untilMs = null;
      return [...units, ...end];
    };
    const begin = (nowMs: number): void => {
      if (onset.come && ms > 0 && !over) untilMs ??= nowMs + ms;
    };
    return {
      push: (chunk, nowMs) => {
        if (over) return undefined;
        const [before, behind] = onset.split(chunk, nowMs);
        begin(nowMs);
        if (behind.length === 0) return undefined;
        held.push(behind);
        size += behind.length;
        return bytesStep(before);
      },
      wakeAt: () => (over ? null : (untilMs ?? onset.wakeAt())),
      wake: (nowMs) => {
        if (untilMs !== null) return release();
        onset.wake(nowMs);
        begin(nowMs);
        return [];
      },
      end: (nowMs) => {
        if (over) return undefined;
        onset.wake(nowMs);
        if (!onset.come) return undefined;
        begin(nowMs);
        ended = true;
        return [];
      },
      release,
      held: () => size,
    };
  },
});
