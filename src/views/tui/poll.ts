import type { Control, ExchangeRow } from '../../control/control.js';
import { outcomeOf } from '../wording.js';
import { bodyHeight } from './frame.js';
import type { Action } from './reduce.js';
import type { State } from './state.js';

/** How many of the newest exchanges a filter looks at. */
export const searched = 5000;

/** Durations of open exchanges grow without a change of version: rows are asked for again after so many milliseconds. */
const staleMs = 1000;

/** Every chunk of a stream is a change: after so many looks in a row that found one, only every third look draws it. */
const calmAfter = 5;
const calmEvery = 3;

const matches = (row: ExchangeRow, wanted: string): boolean =>
  [row.url, row.finding?.code ?? '', row.finding?.title ?? '', String(row.status), row.outcome, outcomeOf(row.outcome).word].some((text) =>
    text.toLowerCase().includes(wanted),
  );

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
    const { list } = get();
    const { filter, all } = list;
    if (filter === '') {
      const { from, limit } = wantedWindow(get());
      const answer = await control.rows({ from, limit, all });
      dispatch({ type: 'rows', filter, all, from, ...answer, searched: null });
    } else {
      const { total } = await control.rows({ from: 0, limit: 0, all });
      const answer = await control.rows({ from: Math.max(0, total - searched), limit: searched, all });
      const wanted = filter.toLowerCase();
      const found = answer.rows.filter((row) => matches(row, wanted));
      const { hidden = 0 } = answer;
      dispatch({ type: 'rows', filter, all, from: 0, total: found.length, rows: found, hidden, searched: answer.rows.length });
    }
    seenFilter = filter;
    seenAll = all;
    rowsAt = now();
  };

  const look = async () => {
    if (!get().info) dispatch({ type: 'info', info: await control.info() });
    const version = await control.version();
    const changed = version !== seen;
    streak = changed ? streak + 1 : 0;
    const otherChoice = () => get().list.filter !== seenFilter || get().list.all !== seenAll;
    const asked = otherChoice() || !windowLoaded(get()) || get().detail?.found === 'loading';
    if (streak > calmAfter && streak % calmEvery !== 0 && !asked) return;
    if (changed) dispatch({ type: 'armed', armed: await control.armed() });
    const { list } = get();
    const live = list.rows.some(({ outcome }) => outcome === 'open' || outcome === 'pending') && now() - rowsAt >= staleMs;
    if (changed || live || otherChoice() || !windowLoaded(get())) await rows();
    // Following moves the window to the end: what is there now may not be loaded yet.
    if (!windowLoaded(get())) await rows();
    const { detail } = get();
    if (detail && (changed || detail.found === 'loading'))
      dispatch({ type: 'detail', id: detail.id, found: await control.detail(detail.id) });
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
  if (state.list.filter !== '') return true;
  const { from, limit } = wantedWindow(state);
  return loaded(state, from, limit);
};
