import { compileListFilter } from '../../filter/list-filter.js';
import { FilterProblem } from '../../filter/tokens.js';
import type { ListState, Prompt, State } from './state.js';

const longestText = 500;
const mostFilters = 20;

export const filtered = (state: State, filter: string): State => (filter === state.list.filter ? state : anew(state, { filter }));

/** Another choice of exchanges: nothing of the old one is known to be in it. */
export const anew = (state: State, choice: Partial<Pick<ListState, 'filter' | 'all'>>): State => ({
  ...state,
  list: { ...state.list, total: 0, from: 0, rows: [], cursor: 0, top: 0, follow: state.tail, searched: null, ...choice },
});

/** Keys while a line is being typed. A filter works as it is typed, as long as it can be read; what Enter does with the others stands in effects.ts. */
export const typed = (state: State, name: string): State => {
  const { prompt } = state;
  if (!prompt) return state;
  const { purpose } = prompt;
  if (name === 'enter') return purpose === 'filter' ? filterKept(state, prompt) : { ...state, prompt: null };
  if (purpose === 'find-fault') return asFind(state, name);
  if (name === 'escape') return { ...(purpose === 'filter' ? filtered(state, '') : state), prompt: null };
  if (purpose !== 'filter') return { ...state, prompt: { purpose, text: edited(prompt.text, name) } };
  if (name === 'up' || name === 'down') return recalled(state, prompt, name === 'up' ? 1 : -1);
  return asFilter(state, { purpose, text: edited(prompt.text, name) });
};

const edited = (text: string, name: string): string => {
  if (name === 'backspace') return [...text].slice(0, -1).join('');
  if (name === 'ctrl-u') return '';
  return name.length <= 2 ? (text + name).slice(0, longestText) : text;
};

/** Words to find faults by work as they are typed; Escape shows all again. */
const asFind = (state: State, name: string): State => {
  if (name === 'escape') return { ...state, prompt: null, faultFilter: '', faultCursor: 0 };
  const text = edited(state.prompt?.text ?? '', name);
  return { ...state, prompt: { purpose: 'find-fault', text }, faultFilter: text, faultCursor: 0 };
};

const asFilter = (state: State, prompt: Prompt): State => {
  try {
    if (prompt.text.trim() !== '') compileListFilter(prompt.text);
    return { ...filtered(state, prompt.text.trim() === '' ? '' : prompt.text), prompt };
  } catch (error) {
    if (!(error instanceof FilterProblem)) throw error;
    return { ...state, prompt: { ...prompt, problem: { at: error.at, why: error.why } } };
  }
};

/** One that cannot be read stays in the line, with the reason. */
const filterKept = (state: State, { text, problem }: Prompt): State => {
  if (problem) return state;
  const filters = text.trim() === '' ? state.filters : [...state.filters.filter((one) => one !== text), text].slice(-mostFilters);
  return { ...state, prompt: null, filters };
};

const recalled = (state: State, { back = 0 }: Prompt, by: 1 | -1): State => {
  const at = Math.max(0, Math.min(back + by, state.filters.length));
  return asFilter(state, { purpose: 'filter', text: state.filters.at(-at) && at > 0 ? (state.filters.at(-at) ?? '') : '', back: at });
};
