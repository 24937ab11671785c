import { groundNames } from './apply.js';
import type { Fault } from './fault.js';
import type { ParamSpec } from './param-spec.js';

/** Where a fault works: `Stage bytes, seen on either leg; HTTP/1.1 only.` */
export const placeText = ({ stage, leg, only }: Pick<Fault, 'stage' | 'leg' | 'only'>): string =>
  `Stage ${stage}, seen on ${leg === 'both' ? 'either leg' : `the ${leg} leg`}${only === undefined ? '' : `; ${groundNames[only]} only`}.`;

/** What a parameter that is no choice takes: `number, 0 to 125`. */
export const rangeText = ({ type, min, max }: Pick<ParamSpec, 'type' | 'min' | 'max'>): string => {
  if (min !== undefined && max !== undefined) return `${type}, ${min} to ${max}`;
  if (min !== undefined) return `${type}, at least ${min}`;
  return max === undefined ? type : `${type}, at most ${max}`;
};

/** What is said of a fault that expects none: it may cost an application its messages all the same. */
export const nothingExpected = 'It gives no finding of severity error.';
