import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom } from '../flow.js';
import { bytesStep, createOnset, onsetParams } from '../onset.js';

export const fault = defineFault({
  id: 'zero-window',
  stage: 'bytes',
  leg: 'both',
  only: 'http/1.1',
  title: 'A peer is not read from any more',
  about:
    'From one moment on shakedown reads no byte of the sender: the buffers of its operating system fill, its TCP window closes, and its writes stall. For `ms` milliseconds, or with 0 until the fault is disarmed; then all goes on, and nothing is lost. An end of the sender is not noticed meanwhile.',
  imitates: 'A server whose event loop is blocked, a client in the background that does not read, a proxy under load.',
  params: {
    from: fromParam('client'),
    ...onsetParams,
    ms: { type: 'number', default: 0, min: 0, max: 86_400_000, about: 'For how long, milliseconds; 0 is until it is disarmed.' },
  },
  example: 'zero-window:ms=200',
  expects: [],
  effects: [
    { client: 'browsers', sees: 'bufferedAmount grows and stays; no event.' },
    { client: 'ws (Node)', sees: 'bufferedAmount grows; the callback of send() is not called.' },
    { client: 'Python websockets', sees: 'send() blocks when its write buffer is full.' },
    { client: 'Go', sees: 'Write blocks, until its deadline where one is set.' },
  ],
  rows: ['frame.zero-window'],
  apply: (start, { from, bytes, start: startMs, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    const onset = createOnset({ bytes, start: startMs }, start);
    let untilMs: number | null = null;
    let jammed = false;
    let over = false;
    const jam = (nowMs: number): FlowStep<Uint8Array> => {
      jammed = true;
      if (ms > 0) untilMs = nowMs + ms;
      return { type: 'jam' };
    };
    const resume = (): readonly FlowStep<Uint8Array>[] => {
      const was = jammed;
      [jammed, over, untilMs] = [false, true, null];
      return was ? [{ type: 'resume' }] : [];
    };
    return {
      // Bytes that had been read already pass: what the window closes on is what comes behind them.
      push: (chunk, nowMs) => {
        if (over || jammed) return undefined;
        onset.split(chunk, nowMs);
        return onset.come ? [...bytesStep(chunk), jam(nowMs)] : undefined;
      },
      wakeAt: () => (over || (jammed && untilMs === null) ? null : (untilMs ?? onset.wakeAt())),
      wake: (nowMs) => {
        if (jammed) return resume();
        onset.wake(nowMs);
        return [jam(nowMs)];
      },
      release: resume,
    };
  },
});
