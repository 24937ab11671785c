import type { Armory } from '../faults/armory.js';
import type { Ground } from '../faults/fitness.js';
import { RulesProblem } from '../faults/rules/complaints.js';
import { parseRules } from '../faults/rules/parse-rules.js';
import { sentenceOf } from '../model/problem.js';
import { readRulesText } from './rules-text.js';
import { watchFile } from './watch-file.js';

export type Notice = (level: 'info' | 'warning' | 'error', text: string) => void;

interface Following {
  readonly path: string;
  /** As it is in force. */
  readonly text: string;
  readonly ground: Ground;
  readonly seed: { readonly inFile: number | null; readonly inUse: number };
}

/** Of the complaints about a file that has gone wrong, those that a notice has room for. */
const mostTold = 5;

/** Arms what a rules file says each time that it changes. A wrong or missing file leaves the rules as they are. */
export const followRules = ({ path, text, ground, seed }: Following, armory: Armory, notice: Notice): (() => void) => {
  let last: string | null = text;
  let seedInFile = seed.inFile;

  const use = (changed: string): void => {
    const file = parseRules(changed, { file: path, ground });
    const { kept, added, removed } = armory.replace(
      path,
      file.rules.map(({ choices }) => choices),
    );
    notice('info', `The rules of ${path} were read again: ${added} armed, ${removed} taken back, ${kept} as before.`);
    if (file.seed !== null && file.seed !== seedInFile)
      notice('warning', `${path} says seed ${file.seed} now; ${seed.inUse} stays in use until the next start.`);
    seedInFile = file.seed;
  };

  const look = (): void => {
    try {
      const now = readRulesText(path);
      if (now === last) return;
      last = now;
      if (now === null) notice('warning', `The rules file ${path} is gone. Its rules stay in force.`);
      else use(now);
    } catch (problem) {
      const why = problem instanceof RulesProblem ? problem.lines.slice(0, mostTold).join(' ') : sentenceOf(problem);
      notice('error', `${why} The rules as they were stay in force.`);
    }
  };
  return watchFile(path, look);
};
