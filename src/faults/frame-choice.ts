import type { Random } from '../model/clock.js';
import { opcodes, type Sender } from '../model/frame.js';
import type { WireFrame } from './flow.js';
import type { ParamSpec } from './param-spec.js';

const kinds = ['any', 'data', 'text', 'binary', 'control', 'ping', 'pong', 'close'] as const;
type Kind = (typeof kinds)[number];

/** Which frames of a direction: the parameters that faults on single frames share. */
export const frameParams = ({ frame, kind }: { readonly frame: number; readonly kind: Kind }) =>
  ({
    frame: {
      type: 'number',
      default: frame,
      min: 0,
      max: 1_000_000_000,
      whole: true,
      about:
        'Only this one of the frames that `kind` means, counted from 1 in the direction, from where it was taken in hand; 0: every one.',
    },
    kind: {
      type: 'string',
      default: kind,
      choices: kinds,
      about: 'Which frames count: `data` is text, binary and continuation; `text` and `binary` are frames that begin such a message.',
    },
    chance: { type: 'number', default: 1, min: 0, max: 1, about: 'How likely each of them is chosen, drawn from the seed.' },
  }) as const satisfies Readonly<Record<string, ParamSpec>>;

/** The parameters of faults that change whole messages without looking into them. */
export const nthMessageParams = (message: number) =>
  ({
    message: {
      type: 'number',
      default: message,
      min: 0,
      max: 1_000_000_000,
      whole: true,
      about:
        'Only this message of those that it can work on, counted from 1 in the direction, from where it was taken in hand; 0: every one.',
    },
    chance: { type: 'number', default: 1, min: 0, max: 1, about: 'How likely each of them is chosen, drawn from the seed.' },
  }) as const satisfies Readonly<Record<string, ParamSpec>>;

const isData = ({ opcode }: WireFrame): boolean => opcode <= opcodes.binary;
const isOf: Readonly<Record<Kind, (frame: WireFrame) => boolean>> = {
  any: () => true,
  data: isData,
  text: ({ opcode }) => opcode === opcodes.text,
  binary: ({ opcode }) => opcode === opcodes.binary,
  control: ({ opcode }) => opcode >= opcodes.close,
  ping: ({ opcode }) => opcode === opcodes.ping,
  pong: ({ opcode }) => opcode === opcodes.pong,
  close: ({ opcode }) => opcode === opcodes.close,
};

interface FrameValues {
  readonly frame: number;
  readonly kind: Kind;
  readonly chance: number;
}

/** Asked once for each frame, in their order. */
export const framePicker = ({ frame: wanted, kind, chance }: FrameValues, random: Random): ((frame: WireFrame) => boolean) => {
  const count = counted(wanted, chance, random);
  return (frame) => isOf[kind](frame) && count();
};

/** Whether the next one is chosen: the nth, or each (0), by chance. */
export const counted = (wanted: number, chance: number, random: Random): (() => boolean) => {
  let count = 0;
  return () => {
    count += 1;
    return (wanted === 0 || count === wanted) && random.next() < chance;
  };
};

/** The message that a data frame is of. `opcode`: 0 when its first frame has gone by before. */
export interface MessageSight {
  readonly opcode: number;
  readonly compressed: boolean;
}

/** Told each frame, in their order. Control frames belong to none. */
export const messageSight = (): ((frame: WireFrame) => MessageSight | null) => {
  let open: MessageSight = { opcode: opcodes.continuation, compressed: false };
  return (frame) => {
    if (!isData(frame)) return null;
    if (frame.opcode !== opcodes.continuation) open = { opcode: frame.opcode, compressed: frame.rsv1 };
    return open;
  };
};

/** A masking key. */
export const drawKey = (random: Random): Uint8Array => Uint8Array.from({ length: 4 }, () => Math.floor(random.next() * 256));

/** A frame of a fault's own, as that side would write it: whole, and masked where it is the client's. */
export const ownFrame = (
  from: Sender,
  random: Random,
  frame: Pick<WireFrame, 'opcode' | 'payload'> & Partial<Pick<WireFrame, 'fin' | 'rsv1'>>,
): WireFrame => ({
  ...{ fin: true, rsv1: false, rsv2: false, rsv3: false, key: from === 'client' ? drawKey(random) : null },
  ...frame,
});
