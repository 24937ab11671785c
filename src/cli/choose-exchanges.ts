import type { Filter } from '../filter/filter.js';
import { Problem } from '../model/problem.js';
import { readExchanges } from '../recording/exchanges.js';
import { credentialsIn } from '../replay/credentials.js';
import { fits, readingNotes } from './selecting.js';

/** What an export takes out of a recording. */
export interface Chosen {
  readonly ids: ReadonlySet<string>;
  /** Exchanges in the file. */
  readonly of: number;
  /** Texts and binary messages of the chosen ones. */
  readonly messages: number;
  /** Names of what is worth protecting in their requests. */
  readonly credentials: readonly string[];
  /** ISO time at which the recording begins. */
  readonly startedAt: string;
  /** About the file: what was left out of it. */
  readonly sentences: readonly string[];
}

/**
 * Reads a recording once and says which exchanges are meant: those that were named, those that fit a filter, or all. Throws a Problem
 * SHK_RECORDING; SHK_NOT_FOUND for an id that is not in it.
 */
export const chooseExchanges = async (
  file: string,
  {
    ids,
    filter,
    onExchange,
  }: { readonly ids: readonly string[]; readonly filter: Filter | null; readonly onExchange: (count: number) => void },
): Promise<Chosen> => {
  const { diagnose } = await import('../diagnosis/diagnose.js');
  const notes = readingNotes();
  const missing = new Set(ids);
  const chosen = new Set<string>();
  const credentials = new Set<string>();
  let of = 0;
  let messages = 0;
  const exchanges = readExchanges(file, notes);
  for (;;) {
    const step = await exchanges.next();
    if (step.done) {
      const [first] = missing;
      if (first !== undefined) {
        throw new Problem('SHK_NOT_FOUND', `There is no exchange ${first.slice(0, 60)} in ${file}.`, `See: shakedown inspect ${file}`);
      }
      return {
        ids: chosen,
        of,
        messages,
        credentials: [...credentials],
        startedAt: step.value.first.startedAt,
        sentences: notes.sentences(step.value),
      };
    }
    onExchange(++of);
    const { exchange } = step.value;
    const named = missing.delete(exchange.id) || ids.length === 0 || ids.includes(exchange.id);
    if (!named || (filter && !(await fits(file, step.value, { filter, diagnose })))) continue;
    chosen.add(exchange.id);
    messages += exchange.frames.fromClient.messages + exchange.frames.fromServer.messages;
    for (const name of credentialsIn(exchange.heads.clientSent)) if (credentials.size < 20) credentials.add(name);
  }
};
