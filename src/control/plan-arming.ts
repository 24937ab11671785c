import { type Armory, createArmory } from '../faults/armory.js';
import type { Ground } from '../faults/fitness.js';
import { parseRules, scenarioRules } from '../faults/rules/parse-rules.js';
import { followRules, type Notice } from './follow-rules.js';
import type { EngineOptions } from './options.js';
import { demandRulesText } from './rules-text.js';

/** What is to be armed at the start, found good before anything is written or listens. */
export interface Arming {
  readonly ground: Ground;
  /** That of the options, or of the rules file; null: one has to be drawn. */
  readonly seed: number | null;
  /** Arms it. `stop` ends the following of the rules file. */
  begin(armory: Armory, at: { readonly notice: Notice; readonly seed: number }): { readonly stop: () => void };
}

/** Throws a Problem for a fault, a scenario or a rules file that is wrong. */
export const planArming = (options: Pick<EngineOptions, 'faults' | 'scenarios' | 'rules' | 'seed' | 'http2'>): Arming => {
  const { faults, scenarios = [], rules: path = null } = options;
  const ground: Ground = { http2: options.http2 };
  const text = path === null ? '' : demandRulesText(path);
  const file = path === null ? null : parseRules(text, { file: path, ground });
  const groups = file?.rules.map(({ choices }) => choices) ?? [];
  const armAll = (armory: Armory): void => {
    for (const fault of faults) armory.arm(fault);
    for (const id of scenarios) for (const { choices } of scenarioRules(id, ground)) armory.armTogether(choices);
    if (path !== null) armory.replace(path, groups);
  };
  armAll(createArmory({ seed: 0, onChange: () => {}, ground }));
  const seed = options.seed ?? file?.seed ?? null;
  return {
    ground,
    seed,
    begin: (armory, { notice, seed: inUse }) => {
      armAll(armory);
      if (path === null || !file) return { stop: () => {} };
      notice('info', `The rules of ${path} are in force: ${count(groups.length, 'rule')}, ${count(groups.flat().length, 'fault')}.`);
      if (options.seed !== null && file.seed !== null && options.seed !== file.seed)
        notice('warning', `${path} says seed ${file.seed}, and --seed says ${options.seed}, which is used.`);
      return { stop: followRules({ path, text, ground, seed: { inFile: file.seed, inUse } }, armory, notice) };
    },
  };
};

const count = (amount: number, thing: string): string => `${amount} ${thing}${amount === 1 ? '' : 's'}`;
