import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'coalesce-bytes',
  stage: 'bytes',
  leg: 'both',
  title: 'Bytes arrive in batches',
  about:
    'What comes is collected, and goes on in one piece as soon as `bytes` bytes are there or the first of them is `ms` milliseconds old. The end of a connection brings the rest at once. `stall-answer` holds back the 101 itself.',
  imitates: 'A proxy that buffers answers (proxy_buffering, an Envoy buffer filter, an antivirus), Nagle and delayed ACK together.',
  params: {
    from: fromParam(),
    bytes: { type: 'number', default: 65_536, min: 1, max: 1_048_576, whole: true, about: 'How many bytes make a batch.' },
    ms: { type: 'number', default: 1000, min: 1, max: 600_000, about: 'How long the first byte of a batch waits at most, milliseconds.' },
  },
  example: 'coalesce-bytes:ms=200',
  expects: [],
  effects: [{ client: 'every client', sees: 'Messages in bursts; the round trip grows to `ms`.' }],
  rows: ['hop.hold-101', 'frame.coalesce'],
  apply: (start, { from, bytes, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    let held: Uint8Array[] = [];
    let size = 0;
    let dueMs: number | null = null;
    const release = (): readonly FlowStep<Uint8Array>[] => {
      if (size === 0) return [];
      const unit = Buffer.concat(held);
      held = [];
      size = 0;
      dueMs = null;
      return [{ type: 'unit', unit }];
    };
    return {
      push: (chunk, nowMs) => {
        held.push(chunk);
        size += chunk.length;
        dueMs ??= nowMs + ms;
        return size >= bytes ? release() : [];
      },
      wakeAt: () => dueMs,
      wake: release,
      release,
      held: () => size,
    };
  },
});
