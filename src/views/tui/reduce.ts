import type {
  ArmedFault,
  EngineInfo,
  ExchangeDetail,
  ExchangeRow,
  MessageContent,
  MessagePage,
  ReplayResult,
} from '../../control/control.js';
import { bodyHeight, furthest } from './frame.js';
import type { Command } from './keys.js';
import {
  hitSelected,
  type MessagesState,
  messageSelected,
  messagesAround,
  messagesCame,
  messagesFound,
  noMessages,
} from './messages-state.js';
import { nextView } from './panes/message.js';
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
  shownFaults,
  showsMessages,
} from './state.js';
import { anew, filtered, typed } from './typed.js';

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
      readonly reading: number | null;
    }
  | { readonly type: 'messages'; readonly id: string; readonly from: number; readonly page: MessagePage }
  | { readonly type: 'message'; readonly id: string; readonly number: number; readonly content: MessageContent | null }
  | { readonly type: 'found'; readonly id: string; readonly search: MessagesState['search'] }
  | { readonly type: 'detail'; readonly id: string; readonly found: ExchangeDetail | null }
  | { readonly type: 'replayed'; readonly id: string; readonly result: ReplayResult }
  | { readonly type: 'busy'; readonly what: string | null }
  | { readonly type: 'status'; readonly status: Status | null };

/** What the screen becomes; pure. What the engine is asked to do stands in effects.ts. */
export const reduce = (state: State, action: Action): State => {
  if (action.type === 'command') return command({ ...state, status: null }, action.command);
  if (action.type === 'typed') return settle(typed(state, action.name));
  if (action.type === 'prompt') return { ...state, status: null, prompt: { purpose: action.purpose, text: action.text } };
  if (action.type === 'fault-cursor') return { ...state, faultCursor: clamp(action.index, 0, Math.max(0, shownFaults(state).length - 1)) };
  if (action.type === 'resized') return settle({ ...state, size: action.size });
  if (action.type === 'info') return settle({ ...state, info: action.info });
  // Asked for with every change of anything: a new state would be a whole frame for nothing, drawn ahead of the rows.
  if (action.type === 'armed') return same(state.armed, action.armed) ? state : settle({ ...state, armed: action.armed });
  if (action.type === 'rows') return settle(rowsCame(state, action));
  if (action.type === 'detail') {
    if (state.detail?.id !== action.id) return state;
    return settle({ ...state, detail: { ...state.detail, found: action.found ?? 'gone' } });
  }
  if (action.type === 'messages') return ofMessages(state, action.id, (messages) => messagesCame(messages, action.from, action.page));
  if (action.type === 'message') {
    const { number, content } = action;
    return ofMessages(state, action.id, (messages) =>
      messages.cursor === number ? { ...messages, follow: false, opened: content ?? 'gone' } : messages,
    );
  }
  if (action.type === 'found') return ofMessages(state, action.id, (messages) => messagesFound(messages, action.search));
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
  const { detail } = settled;
  const messages = detail && messagesAround(detail.messages, bodyHeight({ ...settled, screens: ['list', 'detail'] }));
  return scrolled(
    detail && messages !== detail.messages ? { ...settled, detail: { ...detail, messages: messages ?? detail.messages } } : settled,
    0,
  );
};

const windowAround = (list: ListState, height: number): ListState => {
  const cursor = clamp(list.follow ? list.total - 1 : list.cursor, 0, Math.max(0, list.total - 1));
  const lowest = Math.max(0, list.total - height);
  const top = clamp(clamp(list.top, cursor - height + 1, cursor), 0, lowest);
  return top === list.top && cursor === list.cursor ? list : { ...list, cursor, top };
};

/** A change of the messages of the exchange that is open, if it is still that one. */
const ofMessages = (state: State, id: string | undefined, change: (messages: MessagesState) => MessagesState): State => {
  const { detail } = state;
  return detail && detail.id === id ? settle({ ...state, detail: { ...detail, messages: change(detail.messages) } }) : state;
};

const rowsCame = (state: State, { filter, all, from, total, rows, hidden = 0, searched, reading }: Action & { type: 'rows' }): State => {
  if (filter !== state.list.filter || all !== state.list.all) return state;
  const selected = selectedRow(state)?.id;
  const list = { ...state.list, from, total, rows, hidden, searched, reading, asked: true };
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
  if (screen === 'message' && state.detail) {
    const { messages } = state.detail;
    const scroll = clamp(messages.scroll + by, 0, furthest(state));
    return scroll === messages.scroll ? state : { ...state, detail: { ...state.detail, messages: { ...messages, scroll } } };
  }
  if (screen === 'replay' && state.replay)
    return { ...state, replay: { ...state.replay, scroll: clamp(state.replay.scroll + by, 0, furthest(state)) } };
  if (screen === 'help') return { ...state, helpScroll: clamp(state.helpScroll + by, 0, furthest(state)) };
  return state;
};

const moved = (state: State, by: number): State => {
  const screen = screenOf(state);
  if (screen === 'faults') return { ...state, faultCursor: clamp(state.faultCursor + by, 0, Math.max(0, shownFaults(state).length - 1)) };
  if (showsMessages(state)) return inMessages(state, (messages) => messageSelected(messages, messages.cursor + by));
  if (screen !== 'list') return scrolled(state, by);
  const cursor = clamp(state.list.cursor + by, 0, Math.max(0, state.list.total - 1));
  // Whoever goes up wants the list to stand still; whoever arrives at the newest wants it to follow again.
  const follow = state.list.total === 0 ? state.list.follow : cursor === state.list.total - 1;
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
  if (what === 'find-fault') return { ...state, prompt: { purpose: 'find-fault', text: state.faultFilter } };
  if (what === 'help') return shown({ ...state, helpScroll: 0 }, 'help');
  if (what === 'next-pane') return inPane(state, panes[(panes.indexOf(state.detail?.pane ?? 'legs') + 1) % panes.length] ?? 'legs');
  if (what === 'pane-legs') return inPane(state, 'legs');
  if (what === 'pane-findings') return inPane(state, 'findings');
  if (what === 'pane-tls') return inPane(state, 'tls');
  if (what === 'pane-messages') return inPane(state, 'messages');
  return messageCommand(state, what);
};

const inMessages = (state: State, change: (messages: MessagesState) => MessagesState): State => ofMessages(state, state.detail?.id, change);

/** To another message while one is open; what comes meanwhile does not take its place. */
const stepped = (state: State, by: 1 | -1): State =>
  inMessages(state, (messages) => ({ ...messageSelected(messages, messages.cursor + by), follow: false }));

const messageCommand = (state: State, what: Command): State => {
  if (what === 'open-message')
    return shown(
      inMessages(state, (messages) => ({ ...messages, follow: messages.total === null && messages.follow, opened: 'loading', scroll: 0 })),
      'message',
    );
  if (what === 'search') return { ...inPane(state, 'messages'), prompt: { purpose: 'search', text: '' } };
  if (what === 'next-hit') return inMessages(state, (messages) => hitSelected(messages, 1));
  if (what === 'previous-hit') return inMessages(state, (messages) => hitSelected(messages, -1));
  if (what === 'next-message') return stepped(state, 1);
  if (what === 'previous-message') return stepped(state, -1);
  if (what !== 'next-view') return state;
  return inMessages(state, (messages) =>
    typeof messages.opened === 'string' ? messages : { ...messages, scroll: 0, view: nextView(messages.opened, messages.view) },
  );
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
  shown({ ...state, detail: { id, pane, scroll: 0, found: 'loading', messages: noMessages(goesOn(state, id)) } }, 'detail');

/** Whether more of its messages are to come: then the newest is what somebody wants to see. */
const goesOn = ({ list, tail }: State, id: string): boolean => tail && list.rows.some((row) => row.id === id && row.outcome === 'open');

/** The exchange that a replay made, in place of the result. */
const replayOpened = (state: State): State => {
  const id = state.replay?.result.exchanges[0];
  return id === undefined ? state : openedAt({ ...state, screens: ['list'] }, id, 'findings');
};

const inPane = (state: State, pane: Pane): State =>
  state.detail ? settle({ ...state, detail: { ...state.detail, pane, scroll: 0 } }) : state;
