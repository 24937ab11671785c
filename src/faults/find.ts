import { Problem } from '../model/problem.js';
import { didYouMean } from '../wire/nearest.js';
import { faults } from './catalogue.js';
import type { Fault } from './fault.js';
import { shown } from './params.js';
import type { Scenario } from './scenario.js';
import { scenarios } from './scenario-catalogue.js';

const byId: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.id, fault]));

/** The fault of that id, or undefined: a recording can name one of another version. */
export const knownFault = (id: string): Fault | undefined => byId.get(id);

/** The scenario of that id, or undefined. */
export const knownScenario = (id: string): Scenario | undefined => scenarios.find((scenario) => scenario.id === id);

/** The fault of that id. Throws a Problem (SHK_FAULT) that names the nearest one. */
export const findFault = (id: string): Fault => {
  const fault = byId.get(id);
  if (fault) return fault;
  if (knownScenario(id))
    throw new Problem(
      'SHK_FAULT',
      `${shown(id)} is not a fault but a scenario.`,
      `Arm it with --scenario ${id}, or in a rules file with \`use\`.`,
    );
  const hint = didYouMean(id, [...byId.keys()]);
  throw new Problem('SHK_FAULT', `${shown(id)} is not a fault${hint || '.'}`, 'Run `shakedown faults` for the list.');
};

/** The scenario of that id. Throws a Problem (SHK_FAULT) that names the nearest one. */
export const findScenario = (id: string): Scenario => {
  const found = knownScenario(id);
  if (found) return found;
  const hint = didYouMean(
    id,
    scenarios.map((scenario) => scenario.id),
  );
  throw new Problem('SHK_FAULT', `${shown(id)} is not a scenario${hint || '.'}`, 'Run `shakedown faults --scenarios` for the list.');
};
