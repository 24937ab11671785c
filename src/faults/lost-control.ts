import type { Random } from '../model/clock.js';
import type { Effect } from './fault.js';
import type { FlowFault, WireFrame } from './flow.js';
import { counted } from './frame-choice.js';
import type { ParamSpec } from './param-spec.js';

/** The parameters of faults that lose Pings or Pongs. */
export const lossParams = {
  pass: { type: 'number', default: 0, min: 0, max: 1_000_000_000, whole: true, about: 'So many of them still arrive.' },
  chance: { type: 'number', default: 1, min: 0, max: 1, about: 'How likely each of the others is lost, drawn from the seed.' },
} as const satisfies Readonly<Record<string, ParamSpec>>;

/** The same for both: no Pong comes to whoever pinged. */
export const lossEffects: readonly Effect[] = [
  {
    client: 'Python websockets 10',
    sees: 'As the side that pings: ConnectionClosedError: sent 1011 (unexpected error) keepalive ping timeout, 20 s after a Ping of its own that got no Pong.',
  },
  { client: 'ws (Node)', sees: 'Nothing by itself: whoever pings with it decides what a missing Pong means.' },
  { client: 'Chromium', sees: 'Nothing: browsers send no Pings; a server that pings leaves them with close 1006.' },
];

/** Loses the frames of this opcode behind the first `pass`. */
export const loseControl = (
  opcode: number,
  { pass, chance }: { readonly pass: number; readonly chance: number },
  random: Random,
): FlowFault<WireFrame> => {
  const chosen = counted(0, chance, random);
  let passed = 0;
  return {
    push: (frame) => {
      if (frame.opcode !== opcode) return undefined;
      if (passed < pass) {
        passed += 1;
        return undefined;
      }
      return chosen() ? [] : undefined;
    },
  };
};
