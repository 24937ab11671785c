import { describe, expect, it } from 'vitest';
import { parseChoice } from '../../../src/faults/choice.js';
import { shortReason } from '../../../src/faults/close-reason.js';
import type { Fault } from '../../../src/faults/fault.js';
import { findFault } from '../../../src/faults/find.js';
import type { FlowFault, WireFrame } from '../../../src/faults/flow.js';
import type { ValuesOf } from '../../../src/faults/param-spec.js';
import { createRandom } from '../../../src/faults/random.js';
import { opcodes } from '../../../src/model/frame.js';
import { writeWireFrame } from '../../../src/wire/write-wire-frame.js';
import { bytesOf, hexOf } from '../../wire/streams.js';
import { target } from '../sample.js';

const begin = (choice: string): FlowFault<WireFrame> => {
  const { fault: id, params } = parseChoice(choice);
  const fault = findFault(id) as unknown as Fault<'close'>;
  const context = { target, random: createRandom(3) };
  const flow = fault.apply(
    { from: 'server', nowMs: 0, openedMs: 0, deflate: false, lastByteMs: () => 0 },
    params as ValuesOf<Fault['params']>,
    context,
  );
  if (!flow) throw new Error('left alone');
  return flow;
};

/** What the receiver gets in place of a Close with this payload; times in brackets. */
const passed = (choice: string, payload: string): string => {
  const frame: WireFrame = {
    fin: true,
    rsv1: false,
    rsv2: false,
    rsv3: false,
    opcode: opcodes.close,
    key: null,
    payload: bytesOf(payload),
  };
  const steps = begin(choice).push(frame, 100) ?? [{ type: 'unit', unit: frame }];
  return steps
    .map((step) => {
      const late = step.atMs === undefined ? '' : `[${step.atMs}]`;
      if (step.type === 'unit') return hexOf(writeWireFrame(step.unit)) + late;
      return step.type === 'end' ? `<${step.how}>` : step.type;
    })
    .join(' ');
};

describe('the bytes of each fault on a Close', () => {
  it.each([
    ['swallow-close', '03e8', ''],
    ['delay-close:ms=50', '03e8', '880203e8[150]'],
    ['close-code:code=1006', '03e8 6f6b', '880403ee6f6b'],
    ['close-code:code=999', '', '880203e7'],
    ['close-code:code=1000', '03e8', '880203e8'],
    ['close-reason:reason=bye', '0fa1 6f6b', '88050fa1627965'],
    ['close-reason:reason=bye', '', '880503e8627965'],
    ['broken-close:how=one-byte', '03e8', '880103'],
    ['broken-close:how=bad-utf8', '0fa1', '88060fa1627965c3'],
    ['broken-close:how=empty', '03e8', '8800'],
    ['repeat-close:copies=2', '03e8', '880203e8 880203e8 880203e8'],
    ['data-after-close:payload=x,messages=2', '03e8', '880203e8 810178 810178'],
    ['end-without-close', '03e8', '<fin>'],
    ['end-without-close:end=reset', '03e8', '<reset>'],
    ['late-end', '03e8', '880203e8'],
  ])('%s makes of a Close with %s', (choice, payload, after) => {
    expect(passed(choice, payload)).toBe(after);
  });

  it('late-end lets the end of the sender go on later, swallow-close may keep it back', () => {
    expect(begin('late-end:ms=300').end?.(100)).toEqual([{ type: 'end', how: 'fin', atMs: 400 }]);
    expect(begin('swallow-close').end).toBe(undefined);
    expect(begin('swallow-close:end=keep').end?.(100)).toEqual([]);
  });

  it('a reason is cut after 123 bytes, between characters', () => {
    expect(shortReason('ü'.repeat(100))).toBe('ü'.repeat(61));
    expect(shortReason('x'.repeat(200))).toHaveLength(123);
    expect(shortReason('short')).toBe('short');
  });
});
