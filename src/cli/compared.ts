import { existsSync } from 'node:fs';
import { isBrowserNoise, noiseHosts } from '../launch/browser/noise.js';
import type { Exchange } from '../model/exchange.js';
import { Problem } from '../model/problem.js';
import { urlOf } from '../model/target.js';
import { readExchanges, type Span } from '../recording/exchanges.js';
import { readingNotes } from './selecting.js';

/** What `compare` is told to compare: a recording, or one exchange of it. */
export interface Named {
  readonly file: string;
  readonly id: string | null;
}

/** An exchange of a recording without its contents. */
export interface Listed extends Pick<Exchange, 'id' | 'kind' | 'target' | 'outcome' | 'status'> {
  readonly span: Span;
}

/** More is not compared at one time. */
const mostExchanges = 10_000;
const mostTold = 20;
const noise = [...new Set(Object.values(noiseHosts).flat())];

/** `FILE` or `FILE#ID`; a file whose own name has a # in it is found as well. */
export const parseNamed = (word: string): Named => {
  const hash = word.lastIndexOf('#');
  if (hash <= 0 || existsSync(word)) return { file: word, id: null };
  return { file: word.slice(0, hash), id: word.slice(hash + 1) };
};

/** The exchanges of a recording in the order in which they began, without those that are a browser's own business (unless there are no others). */
export const listExchanges = async (file: string, note: (text: string) => void): Promise<readonly Listed[]> => {
  const all: Listed[] = [];
  const notes = readingNotes();
  const exchanges = readExchanges(file, notes);
  for (;;) {
    const step = await exchanges.next();
    if (step.done) {
      for (const sentence of notes.sentences(step.value)) note(`${file}: ${sentence}`);
      break;
    }
    const { exchange, span } = step.value;
    const { id, kind, target, outcome, status } = exchange;
    all.push({ id, kind, target, outcome, status, span });
    if (all.length > mostExchanges) {
      throw new Problem('SHK_USAGE', `${file} holds over ${mostExchanges} exchanges.`, 'Name one of them: FILE#ID.');
    }
  }
  all.sort((a, b) => a.span.from.offset - b.span.from.offset);
  if (all.length === 0) throw new Problem('SHK_USAGE', `${file} holds no exchange.`, 'Name a recording with traffic in it.');
  const own = all.filter(({ target }) => !isBrowserNoise(target, noise));
  return own.length > 0 ? own : all;
};

/** The exchange that is meant, or null where the whole recording is. Throws a Problem that lists the ids. */
export const chosenOf = ({ file, id }: Named, listed: readonly Listed[]): Listed | null => {
  if (id === null) return listed.length === 1 ? (listed[0] ?? null) : null;
  const found = listed.find((one) => one.id === id);
  if (found) return found;
  throw new Problem('SHK_NOT_FOUND', `${file} holds no exchange ${JSON.stringify(id)}.`, told(file, listed));
};

/** The only WebSocket of a recording that is held against one exchange. Throws a Problem when there is more than one. */
export const onlyOf = (file: string, listed: readonly Listed[]): Listed => {
  const sockets = listed.filter(({ kind }) => kind === 'websocket');
  const [only] = sockets.length > 0 ? sockets : listed;
  if (only && (sockets.length === 1 || listed.length === 1)) return only;
  throw new Problem('SHK_USAGE', `${file} holds ${listed.length} exchanges, and one is to be compared.`, told(file, listed));
};

const told = (file: string, listed: readonly Listed[]): string =>
  [
    'It holds:',
    ...listed.slice(0, mostTold).map(({ id, target, outcome, status }) => {
      const end = status > 0 ? `${status} ${outcome}` : outcome;
      return `  ${file}#${id}  ${end}  ${target ? urlOf(target) : '(no target)'}`;
    }),
    ...(listed.length > mostTold ? [`  and ${listed.length - mostTold} more`] : []),
  ].join('\n  ');
