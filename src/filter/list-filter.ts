import type { Outcome } from '../model/exchange.js';
import { urlOf } from '../model/target.js';
import type { Subject } from './fields.js';
import { compileFilter, type Filter } from './filter.js';
import { isField } from './parse.js';
import { tokensOf } from './tokens.js';

/**
 * A filter as somebody types it above a list. With an operator in it, or with a field's name alone, it is in the filter language; words without,
 * or one text in quotes, are looked for in URL, status, outcome and findings. Throws a FilterProblem.
 */
export const compileListFilter = (text: string): Filter => {
  const words = searchedText(text);
  return words === undefined ? compileFilter(text) : containing(text, words.toLowerCase());
};

/** The text that is to be searched for; undefined when it is a filter. */
const searchedText = (text: string): string | undefined => {
  const tokens = tokensOf(text);
  const [first] = tokens;
  if (first?.type !== 'word') return undefined;
  if (tokens.length === 1) return first.quoted || !isField(first.text) ? first.text : undefined;
  return tokens.every((token) => token.type === 'word' && !token.quoted) ? text.trim() : undefined;
};

/** What the list calls a handshake that nothing is decided of. */
const alsoCalled: Partial<Readonly<Record<Outcome, string>>> = { pending: 'waiting', answered: 'http' };

const containing = (text: string, wanted: string): Filter => {
  const fits = ({ exchange, findings }: Subject): boolean => {
    const { target, status, outcome } = exchange;
    const own = [target ? urlOf(target) : '', String(status), outcome, alsoCalled[outcome] ?? ''];
    const holds = (part: string) => part.toLowerCase().includes(wanted);
    return own.some(holds) || findings().some(({ code, title }) => holds(code) || holds(title));
  };
  return {
    text,
    asksForMessages: false,
    fields: [],
    couldFit: () => true,
    begin: (subject) => ({ message: () => {}, result: () => fits(subject) }),
  };
};
