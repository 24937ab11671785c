import { opcodes } from '../model/frame.js';
import { endingText } from './describe.js';
import type { FlowStep, WireFrame, WireMessage } from './flow.js';

const mostShown = 64;
const names = new Map<number, string>(Object.entries(opcodes).map(([name, opcode]) => [opcode, name]));

/** The first bytes as latin1; how they are shown is the view's matter. */
const startOf = (bytes: Uint8Array): string =>
  `${Buffer.from(bytes.subarray(0, mostShown)).toString('latin1')}${bytes.length > mostShown ? '...' : ''}`;

const frameText = ({ fin, rsv1, rsv2, rsv3, opcode, key, payload }: WireFrame): string =>
  [
    names.get(opcode) ?? `opcode ${opcode}`,
    fin ? '' : 'no FIN',
    ...[rsv1 && 'RSV1', rsv2 && 'RSV2', rsv3 && 'RSV3'].map((bit) => bit || ''),
    key ? 'masked' : '',
    `${payload.length} bytes`,
  ]
    .filter((part) => part !== '')
    .join(', ') + (payload.length > 0 ? `: ${startOf(payload)}` : '');

const isFrame = (unit: object): unit is WireFrame => 'opcode' in unit;
const isMessage = (unit: object): unit is WireMessage => 'number' in unit;

/** What a fault was given, for the record. Null: nothing, it acted by itself. */
export const unitText = (unit: unknown): string => {
  if (unit instanceof Uint8Array) return `${unit.length} bytes: ${startOf(unit)}`;
  if (typeof unit !== 'object' || unit === null) return 'nothing';
  if (isFrame(unit)) return frameText(unit);
  return isMessage(unit) ? `${unit.type} message, ${unit.payload.length} bytes: ${startOf(unit.payload)}` : '';
};

const stepText = (step: FlowStep<unknown>, before: unknown): string => {
  if (step.type === 'unit') return step.unit === before ? 'the same' : unitText(step.unit);
  if (step.type === 'wire') return `as raw bytes: ${Buffer.from(step.bytes.subarray(0, mostShown)).toString('hex')}`;
  if (step.type === 'end') return endingText({ end: step.how });
  return step.type === 'jam' ? 'nothing more is read' : 'it is read again';
};

const mostSteps = 8;

/** What came of it. */
export const stepsText = (steps: readonly FlowStep<unknown>[], before: unknown): string => {
  if (steps.length === 0) return 'nothing';
  const lines = steps.slice(0, mostSteps).map((step) => `${stepText(step, before)}${step.atMs === undefined ? '' : ', later'}`);
  return [...lines, ...(steps.length > mostSteps ? [`and ${steps.length - mostSteps} more`] : [])].join('\n');
};
