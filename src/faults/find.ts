import { Problem } from '../model/problem.js';
import { didYouMean } from '../wire/nearest.js';
import { faults } from './catalogue.js';
import type { Fault } from './fault.js';
import { shown } from './params.js';

const byId: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.id, fault]));

/** The fault of that id, or undefined: a recording can name one of another version. */
export const knownFault = (id: string): Fault | undefined => byId.get(id);

/** The fault of that id. Throws a Problem (SHK_FAULT) that names the nearest one. */
export const findFault = (id: string): Fault => {
  const fault = byId.get(id);
  if (fault) return fault;
  const hint = didYouMean(id, [...byId.keys()]);
  throw new Problem('SHK_FAULT', `${shown(id)} is not a fault${hint || '.'}`, 'Run `shakedown faults` for the list.');
};
