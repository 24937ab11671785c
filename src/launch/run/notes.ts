import { readFileSync } from 'node:fs';
import type { Address } from '../../model/leg.js';

/** A request for which the command had an agent that chooses its own way: the preload left it alone. */
export interface OwnAgent {
  readonly pid: number;
  /** The name of its class. */
  readonly agent: string;
  readonly to: Address;
}

const mostNotes = 100;

/** What the preload wrote down; written by the command's processes, so nothing of it is taken on trust. */
export const readNotes = (path: string): readonly OwnAgent[] => {
  let text: string;
  try {
    text = readFileSync(path, 'latin1').slice(0, 65_536);
  } catch {
    return [];
  }
  return text.split('\n').slice(0, mostNotes).flatMap(noteOf);
};

const noteOf = (line: string): readonly OwnAgent[] => {
  try {
    const { pid, agent, host, port } = JSON.parse(line) as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof agent !== 'string' || typeof host !== 'string' || typeof port !== 'number') return [];
    return [{ pid, agent: agent.slice(0, 80), to: { address: host.slice(0, 255), port } }];
  } catch {
    return [];
  }
};
