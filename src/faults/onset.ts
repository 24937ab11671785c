import type { FlowStart } from './flow.js';
import type { ParamSpec } from './param-spec.js';

/** From when on a fault works on the bytes of a direction. */
export const onsetParams = {
  bytes: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000_000_000_000,
    whole: true,
    about: 'It begins behind so many bytes of the direction, counted from where the heads end or the fault was armed.',
  },
  start: {
    type: 'number',
    default: 0,
    min: 0,
    max: 86_400_000,
    about: 'It begins so many milliseconds after the heads or the arming. Given both, whichever comes first; given none, at once.',
  },
} as const satisfies Readonly<Record<string, ParamSpec>>;

/** Counts bytes and looks at the time until the moment has come, in the middle of a chunk if need be. */
export interface Onset {
  readonly come: boolean;
  /** When it comes by the clock; null: it has come, or no clock decides. */
  wakeAt(): number | null;
  /** The bytes that are before the moment, and those behind it. */
  split(chunk: Uint8Array, nowMs: number): readonly [before: Uint8Array, behind: Uint8Array];
  /** The clock says so. */
  wake(nowMs: number): void;
}

export const createOnset = ({ bytes, start }: { readonly bytes: number; readonly start: number }, { nowMs: begun }: FlowStart): Onset => {
  const dueMs = start > 0 || bytes === 0 ? begun + start : null;
  let left = bytes > 0 ? bytes : Number.POSITIVE_INFINITY;
  let come = false;
  const wake = (nowMs: number): void => {
    come ||= dueMs !== null && nowMs >= dueMs;
  };
  return {
    get come() {
      return come;
    },
    wakeAt: () => (come ? null : dueMs),
    wake,
    split: (chunk, nowMs) => {
      wake(nowMs);
      if (come) return [chunk.subarray(0, 0), chunk];
      const at = Math.min(left, chunk.length);
      left -= at;
      come = left === 0;
      return [chunk.subarray(0, at), chunk.subarray(at)];
    },
  };
};

/** A step for bytes, where there are any. */
export const bytesStep = (bytes: Uint8Array, atMs?: number) =>
  bytes.length === 0 ? [] : [{ type: 'unit', unit: bytes, ...(atMs !== undefined && { atMs }) } as const];
