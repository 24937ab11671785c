import { readFileSync, statSync } from 'node:fs';
import { longestText } from '../faults/rules/guard.js';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';

/** The text of a rules file; null when there is none. Throws a Problem (SHK_USAGE) when it cannot be read. */
export const readRulesText = (path: string): string | null => {
  try {
    const found = statSync(path);
    // A pipe would hold the engine up for ever.
    if (!found.isFile()) throw unreadable(path, 'it is no plain file');
    if (found.size > longestText) throw unreadable(path, `it is longer than ${longestText / 1024 / 1024} MiB`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (codeOf(error) === 'ENOENT') return null;
    throw unreadable(path, sentenceOf(error), error);
  }
};

/** As `readRulesText`, of a file that has to be there. */
export const demandRulesText = (path: string): string => {
  const text = readRulesText(path);
  if (text === null) throw unreadable(path, 'there is no such file');
  return text;
};

const unreadable = (path: string, why: string, cause?: unknown): Problem =>
  new Problem('SHK_USAGE', `The rules file ${path} cannot be read: ${why}.`, 'Give --rules the path of a YAML file.', { cause });
