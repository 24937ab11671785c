import type { Control, MessagePage } from '../../control/control.js';
import { Problem } from '../../model/problem.js';
import { bodyHeight } from './frame.js';
import type { Action } from './reduce.js';
import { type State, screenOf, showsMessages } from './state.js';

/** Durations of open exchanges grow without a change of version: rows are asked for again after so many milliseconds. */
const staleMs = 1000;

/** Every chunk of a stream is a change: after so many looks in a row that found one, only every third look draws it. */
const calmAfter = 5;
const calmEvery = 3;

/** The rows that the list wants loaded: what is on the screen and a page on both sides. */
const wantedWindow = (state: State): { readonly from: number; readonly limit: number } => {
  const height = bodyHeight({ ...state, screens: ['list'] });
  const from = Math.max(0, state.list.top - height);
  return { from, limit: height * 3 };
};

const loaded = ({ list }: State, from: number, limit: number): boolean =>
  list.from <= from && list.from + list.rows.length >= Math.min(list.total, from + limit);

/**
 * Looks at the engine once a call: its version, and only what has changed and is on the screen. A call while another is still
 * waiting does nothing, so there is never more than one request under way. Rejects when the engine does.
 */
export const startPoll = (
  control: Control,
  { get, dispatch, now }: { get: () => State; dispatch: (action: Action) => void; now: () => number },
) => {
  let busy = false;
  let seen: number | undefined;
  let seenFilter = '';
  let seenAll = false;
  let rowsAt = 0;
  let streak = 0;

  const rows = async () => {
    const { filter, all } = get().list;
    const { from, limit } = wantedWindow(get());
    const { searched = null, reading = null, ...answer } = await control.rows({ from, limit, all, filter });
    dispatch({ type: 'rows', filter, all, from, ...answer, searched, reading });
    seenFilter = filter;
    seenAll = all;
    rowsAt = now();
  };

  const messages = async (id: string) => {
    const { from, limit } = wantedMessages(get());
    dispatch({ type: 'messages', id, from, page: await pageOf(control.messages(id, { from, limit })) });
  };

  /** What of the messages is on the screen, or just about to be. */
  const lookAtMessages = async (changed: boolean) => {
    const { detail } = get();
    if (!detail || !(showsMessages(get()) || screenOf(get()) === 'message')) return;
    if (changed || !messagesLoaded(get())) await messages(detail.id);
    if (!messagesLoaded(get())) await messages(detail.id);
    const { cursor, opened } = get().detail?.messages ?? detail.messages;
    if (screenOf(get()) !== 'message' || opened !== 'loading') return;
    const content = await control.message(detail.id, cursor).catch(gone);
    dispatch({ type: 'message', id: detail.id, number: cursor, content });
  };

  const look = async () => {
    if (!get().info) dispatch({ type: 'info', info: await control.info() });
    const version = await control.version();
    const changed = version !== seen;
    streak = changed ? streak + 1 : 0;
    const otherChoice = () => get().list.filter !== seenFilter || get().list.all !== seenAll;
    const asked = otherChoice() || !windowLoaded(get()) || get().detail?.found === 'loading' || !messagesLoaded(get());
    if (streak > calmAfter && streak % calmEvery !== 0 && !asked) return;
    if (changed) dispatch({ type: 'armed', armed: await control.armed() });
    const { list } = get();
    const live = list.rows.some(({ outcome }) => outcome === 'open' || outcome === 'pending') && now() - rowsAt >= staleMs;
    if (changed || live || list.reading !== null || otherChoice() || !windowLoaded(get())) await rows();
    // Following moves the window to the end: what is there now may not be loaded yet.
    if (!windowLoaded(get())) await rows();
    const { detail } = get();
    if (detail && (changed || detail.found === 'loading'))
      dispatch({ type: 'detail', id: detail.id, found: await control.detail(detail.id) });
    await lookAtMessages(changed);
    seen = version;
  };

  return async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await look();
    } finally {
      busy = false;
    }
  };
};

const windowLoaded = (state: State): boolean => {
  const { from, limit } = wantedWindow(state);
  return loaded(state, from, limit);
};

/** The messages on the screen and a page on both sides. */
const wantedMessages = (state: State): { readonly from: number; readonly limit: number } => {
  const height = bodyHeight({ ...state, screens: ['list', 'detail'] });
  return { from: Math.max(0, (state.detail?.messages.top ?? 0) - height), limit: height * 3 };
};

/** Nothing is to be loaded where messages are not shown. */
const messagesLoaded = (state: State): boolean => {
  const screen = screenOf(state);
  if (!state.detail || !(showsMessages(state) || screen === 'message')) return true;
  const { total, from, rows, opened } = state.detail.messages;
  if (total === null || (screen === 'message' && opened === 'loading')) return false;
  const wanted = wantedMessages(state);
  return from <= wanted.from && from + rows.length >= Math.min(total, wanted.from + wanted.limit);
};

/** A recording that cannot be read any more is told in the pane: the traffic goes on. */
const pageOf = (asked: Promise<MessagePage>): Promise<MessagePage> =>
  asked.catch((thrown: unknown) => ({ total: 0, messages: [], trouble: `${problemOf(thrown).message} ${problemOf(thrown).advice}` }));
const gone = (thrown: unknown): null => {
  problemOf(thrown);
  return null;
};
/** What is no Problem says that the engine itself is gone. */
const problemOf = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown;
  throw thrown;
};
