import type { Random } from '../model/clock.js';
import type { WireMessage } from './flow.js';
import type { ParamSpec } from './param-spec.js';

/** Which messages of a direction: the parameters that all faults on messages share. */
export const messageParams = {
  message: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000_000_000,
    whole: true,
    about: 'Only this message of the direction, counted from 1 since the WebSocket opened or the fault was armed; 0: every one.',
  },
  contains: { type: 'string', default: '', anyText: true, about: 'Only messages that hold this text; case matters.' },
  chance: { type: 'number', default: 1, min: 0, max: 1, about: 'How likely each of them is chosen, drawn from the seed.' },
} as const satisfies Readonly<Record<string, ParamSpec>>;

interface Values {
  readonly message: number;
  readonly contains: string;
  readonly chance: number;
}

/** Asked once for each message, in their order. */
export const messagePicker = ({ message: wanted, contains, chance }: Values, random: Random): ((message: WireMessage) => boolean) => {
  const text = Buffer.from(contains, 'utf8');
  let count = 0;
  return ({ payload }) => {
    count += 1;
    if (wanted !== 0 && count !== wanted) return false;
    if (text.length > 0 && !Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).includes(text)) return false;
    return random.next() < chance;
  };
};

/** The same message with something else in it, to be written anew. */
export const rewritten = ({ frames: _, ...message }: WireMessage, change: Partial<Omit<WireMessage, 'frames'>>): WireMessage => ({
  ...message,
  ...change,
});
