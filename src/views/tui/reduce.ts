import type { ArmedFault, EngineInfo, ExchangeDetail, ExchangeRow, ReplayResult } from '../../control/control.js';
import { bodyHeight, furthest } from './frame.js';
import type { Command } from './keys.js';
import {
  type ListState,
  type Pane,
  panes,
  rowAt,
  type Screen,
  type Size,
  type State,
  type Status,
  screenOf,
  selectedRow,
} from './state.js';

export type Action =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'typed'; readonly name: string }
  | { readonly type: 'prompt'; readonly purpose: 'choice'; readonly text: string }
  | { readonly type: 'fault-cursor'; readonly index: number }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'info'; readonly info: EngineInfo }
  | { readonly type: 'armed'; readonly armed: readonly ArmedFault[] }
  | {
      readonly type: 'rows';
      readonly filter: string;
      readonly all: boolean;
      readonly from: number;
      readonly total: number;
      readonly rows: readonly ExchangeRow[];
      readonly hidden?: number;
      readonly searched: number | null;
    }
  | { readonly type: 'detail'; readonly id: string; readonly found: ExchangeDetail | null }
  | { readonly type: 'replayed'; readonly id: string; readonly result: ReplayResult }
  | { readonly type: 'busy'; readonly what: string | null }
  | { readonly type: 'status'; readonly status: Status | null };

/** What the screen becomes; pure. What the engine is asked to do stands in effects.ts. */
export const reduce = (state: State, action: Action): State => {
  if (action.type === 'command') return command({ ...state, status: null }, action.command);
  if (action.type === 'typed') return typed(state, action.name);
  if (action.type === 'prompt') return { ...state, status: null, prompt: { purpose: action.purpose, text: action.text } };
  if (action.type === 'fault-cursor') return { ...state, faultCursor: clamp(action.index, 0, state.catalogue.length - 1) };
  if (action.type === 'resized') return settle({ ...state, size: action.size });
  if (action.type === 'info') return settle({ ...state, info: action.info });
  // Asked for with every change of anything: a new state would be a whole frame for nothing, drawn ahead of the rows.
  if (action.type === 'armed') return same(state.armed, action.armed) ? state : settle({ ...state, armed: action.armed });
  if (action.type === 'rows') return settle(rowsCame(state, action));
  if (action.type === 'detail') {
    if (state.detail?.id !== action.id) return state;
    return settle({ ...state, detail: { ...state.detail, found: action.found ?? 'gone' } });
  }
  if (action.type === 'replayed') {
    const screens: readonly Screen[] = screenOf(state) === 'replay' ? state.screens : [...state.screens, 'replay'];
    return { ...state, screens, replay: { id: action.id, result: action.result, scroll: 0 } };
  }
  return action.type === 'busy' ? { ...state, busy: action.what } : { ...state, status: action.status };
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const clamp = (n: number, least: number, most: number): number => Math.max(least, Math.min(n, most));

/** Puts the list's window around its cursor, and scrolls back what no longer reaches that far. */
const settle = (state: State): State => {
  const list = windowAround(state.list, bodyHeight({ ...state, screens: ['list'] }));
  const settled = list === state.list ? state : { ...state, list };
  return scrolled(settled, 0);
};

const windowAround = (list: ListState, height: number): ListState => {
  const cursor = clamp(list.follow ? list.total - 1 : list.cursor, 0, Math.max(0, list.total - 1));
  const lowest = Math.max(0, list.total - height);
  const top = clamp(clamp(list.top, cursor - height + 1, cursor), 0, lowest);
  return top === list.top && cursor === list.cursor ? list : { ...list, cursor, top };
};

const rowsCame = (state: State, { filter, all, from, total, rows, hidden = 0, searched }: Action & { type: 'rows' }): State => {
  if (filter !== state.list.filter || all !== state.list.all) return state;
  const selected = selectedRow(state)?.id;
  const list = { ...state.list, from, total, rows, hidden, searched };
  if (state.list.follow || selected === undefined || rowAt(list, list.cursor)?.id === selected) return { ...state, list };
  // The engine forgets old exchanges: the selected one may have moved up.
  const moved = rows.findIndex(({ id }) => id === selected);
  return { ...state, list: moved === -1 ? list : { ...list, cursor: from + moved } };
};

/** The body of the screen moved by so many lines; 0 only clamps. */
const scrolled = (state: State, by: number): State => {
  const screen = screenOf(state);
  if (screen === 'detail' && state.detail) {
    const scroll = clamp(state.detail.scroll + by, 0, furthest(state));
    return scroll === state.detail.scroll ? state : { ...state, detail: { ...state.detail, scroll } };
  }
  if (screen === 'replay' && state.replay)
    return { ...state, replay: { ...state.replay, scroll: clamp(state.replay.scroll + by, 0, furthest(state)) } };
  if (screen === 'help') return { ...state, helpScroll: clamp(state.helpScroll + by, 0, furthest(state)) };
  return state;
};

const moved = (state: State, by: number): State => {
  const screen = screenOf(state);
  if (screen === 'faults') return { ...state, faultCursor: clamp(state.faultCursor + by, 0, Math.max(0, state.catalogue.length - 1)) };
  if (screen !== 'list') return scrolled(state, by);
  const cursor = clamp(state.list.cursor + by, 0, Math.max(0, state.list.total - 1));
  // Whoever goes up wants the list to stand still; whoever arrives at the newest wants it to follow again.
  const follow = state.list.total === 0 || cursor === state.list.total - 1;
  return settle({ ...state, list: { ...state.list, cursor, follow } });
};

const command = (state: State, what: Command): State => {
  const page = Math.max(1, bodyHeight(state) - 1);
  if (what === 'up') return moved(state, -1);
  if (what === 'down') return moved(state, 1);
  if (what === 'page-up') return moved(state, -page);
  if (what === 'page-down') return moved(state, page);
  if (what === 'first') return moved(state, Number.MIN_SAFE_INTEGER);
  if (what === 'last') return moved(state, Number.MAX_SAFE_INTEGER);
  if (what === 'open') return opened(state);
  if (what === 'open-replay') return replayOpened(state);
  if (what === 'back') return state.screens.length > 1 ? settle({ ...state, screens: state.screens.slice(0, -1) }) : state;
  if (what === 'filter') return { ...state, prompt: { purpose: 'filter', text: state.list.filter } };
  if (what === 'clear-filter') return filtered(state, '');
  if (what === 'toggle-hidden') return anew(state, { all: !state.list.all });
  if (what === 'faults') return shown(state, 'faults');
  if (what === 'help') return shown({ ...state, helpScroll: 0 }, 'help');
  if (what === 'next-pane') return inPane(state, panes[(panes.indexOf(state.detail?.pane ?? 'legs') + 1) % panes.length] ?? 'legs');
  if (what === 'pane-legs') return inPane(state, 'legs');
  if (what === 'pane-findings') return inPane(state, 'findings');
  return what === 'pane-tls' ? inPane(state, 'tls') : state;
};

/** A screen is on the stack once: `f` in the help over the faults menu goes back to it. */
const shown = (state: State, screen: Screen): State => {
  const at = state.screens.indexOf(screen);
  return { ...state, screens: at === -1 ? [...state.screens, screen] : state.screens.slice(0, at + 1) };
};

const opened = (state: State): State => {
  const row = selectedRow(state);
  if (!row) return state;
  return openedAt(state, row.id, row.finding !== null && row.finding.severity !== 'info' ? 'findings' : 'legs');
};

const openedAt = (state: State, id: string, pane: Pane): State =>
  shown({ ...state, detail: { id, pane, scroll: 0, found: 'loading' } }, 'detail');

/** The exchange that a replay made, in place of the result. */
const replayOpened = (state: State): State => {
  const id = state.replay?.result.exchanges[0];
  return id === undefined ? state : openedAt({ ...state, screens: ['list'] }, id, 'findings');
};

const inPane = (state: State, pane: Pane): State => (state.detail ? { ...state, detail: { ...state.detail, pane, scroll: 0 } } : state);

const filtered = (state: State, filter: string): State => (filter === state.list.filter ? state : anew(state, { filter }));

/** Another choice of exchanges: nothing of the old one is known to be in it. */
const anew = (state: State, choice: Partial<Pick<ListState, 'filter' | 'all'>>): State => ({
  ...state,
  list: { ...state.list, total: 0, from: 0, rows: [], cursor: 0, top: 0, follow: true, searched: null, ...choice },
});

/** Keys while a line is being typed. The filter works as it is typed; Enter and Esc of a fault choice are also seen by effects.ts. */
const typed = (state: State, name: string): State => {
  const { prompt } = state;
  if (!prompt) return state;
  if (name === 'enter') return { ...state, prompt: null };
  if (name === 'escape') return prompt.purpose === 'filter' ? { ...filtered(state, ''), prompt: null } : { ...state, prompt: null };
  const text =
    name === 'backspace'
      ? [...prompt.text].slice(0, -1).join('')
      : name === 'ctrl-u'
        ? ''
        : name.length <= 2
          ? prompt.text + name
          : prompt.text;
  const next = { ...state, prompt: { ...prompt, text: text.slice(0, 500) } };
  return prompt.purpose === 'filter' ? filtered(next, next.prompt.text) : next;
};
