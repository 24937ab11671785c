import { type Choice, formatChoice, parseChoice } from '../../faults/choice.js';
import type { Occasion } from '../../model/fault-choice.js';
import { Problem } from '../../model/problem.js';
import type { ArmedFault, Control } from '../control.js';

/** A fault that is armed. `await using` disarms it at the end of the block. */
export interface Armed extends ArmedFault, AsyncDisposable {
  /** Names it among the armed ones. */
  readonly key: string;
  /** How many exchanges it was applied to so far. */
  count(): Promise<number>;
  /** Resolves also when it is not armed any more, because its times are spent. */
  disarm(): Promise<void>;
}

/** A fault that is being armed: say on which exchanges before you await it. */
export interface ArmRequest extends Promise<Armed> {
  /** One exchange, and then it is disarmed. */
  once(): ArmRequest;
  times(count: number): ArmRequest;
  /** Only exchanges that fit, in the filter language: `host = api.* && path ~ /socket`. */
  where(filter: string): ArmRequest;
  /** Only this one of the exchanges that fit, counted from 1. */
  nth(number: number): ArmRequest;
  /** 0 to 1, drawn from the seed. */
  probability(chance: number): ArmRequest;
}

const isGone = (error: unknown): boolean => error instanceof Problem && error.code === 'SHK_NOT_FOUND';

/**
 * Arms a fault at the end of the current turn, so that what is chained behind counts. Rejects with a Problem (SHK_FAULT) that names the
 * nearest right word.
 */
export const armRequest = (control: Control, text: string): ArmRequest => {
  let occasion: Partial<Occasion> = {};
  const arm = async (): Promise<Armed> => {
    const choice: Choice = { ...parseChoice(text), ...occasion };
    const armed = await control.arm(formatChoice(choice));
    const { key } = armed.choice;
    const disarm = async (): Promise<void> => {
      await control.disarm(key).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    };
    return {
      ...armed,
      key,
      count: async () => (await control.armed()).find(({ choice: other }) => other.key === key)?.applied ?? 0,
      disarm,
      [Symbol.asyncDispose]: disarm,
    };
  };
  const promise = Promise.resolve().then(arm);
  const also = (more: Partial<Occasion>): ArmRequest => {
    occasion = { ...occasion, ...more };
    return request;
  };
  const request: ArmRequest = Object.assign(promise, {
    once: () => also({ times: 1 }),
    times: (times: number) => also({ times }),
    where: (match: string) => also({ match }),
    nth: (nth: number) => also({ nth }),
    probability: (probability: number) => also({ probability }),
  });
  return request;
};
