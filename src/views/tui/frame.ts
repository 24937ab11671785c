import { clip, type Line, span, wrap } from '../paint.js';
import { detailBody, detailHead } from './panes/detail.js';
import { faultsBody, faultsHead } from './panes/faults.js';
import { helpBody } from './panes/help.js';
import { listBody } from './panes/list.js';
import { messageHead, messageLines } from './panes/message.js';
import { messagesBody, messagesTitles } from './panes/messages.js';
import { replayBody, replayHead } from './panes/replay.js';
import { listTitles } from './panes/table.js';
import { helpBar, statusLines } from './parts/footer.js';
import { header } from './parts/header.js';
import { type State, screenOf, showsMessages, smallest, tooSmall } from './state.js';

/** What stands still above the body. */
const fixedLines = (state: State): Line[] => {
  const screen = screenOf(state);
  if (screen === 'list') return [...header(state), ...(state.list.total > 0 ? [listTitles(state)] : [])];
  if (screen === 'detail') {
    const titles = state.detail && showsMessages(state) ? messagesTitles(state.detail, state.size.columns) : [];
    return [...header(state), ...detailHead(state), ...titles];
  }
  if (screen === 'message') return [...header(state), ...messageHead(state)];
  if (screen === 'faults') return [...header(state), ...faultsHead(state)];
  return screen === 'replay' ? [...header(state), ...replayHead(state)] : header(state);
};

/** Lines between what stands above and what stands below. */
export const bodyHeight = (state: State): number =>
  Math.max(1, state.size.rows - 1 - fixedLines(state).length - statusLines(state).length - 1);

interface Scrolling {
  readonly length: number;
  readonly scroll: number;
  readonly slice: (from: number, to: number) => readonly Line[];
}

/** Everything that a screen could scroll through; lists have windows of their own. */
const scrolling = (state: State): Scrolling => {
  if (screenOf(state) === 'message') {
    const lines = state.detail ? messageLines(state.detail, state.size.columns) : [];
    // A megabyte in hex is a hundred thousand lines: only those on the screen are made spans of.
    return {
      length: lines.length,
      scroll: state.detail?.messages.scroll ?? 0,
      slice: (from, to) => lines.slice(from, to).map((text) => [span(` ${text}`)]),
    };
  }
  const { lines, scroll } = drawnLines(state);
  return { length: lines.length, scroll, slice: (from, to) => lines.slice(from, to) };
};

const drawnLines = (state: State): { readonly lines: readonly Line[]; readonly scroll: number } => {
  const screen = screenOf(state);
  if (screen === 'detail') return { lines: detailBody(state.detail, state.size.columns), scroll: state.detail?.scroll ?? 0 };
  if (screen === 'faults') return { lines: faultsBody(state), scroll: state.faultCursor - Math.floor(bodyHeight(state) / 2) };
  if (screen === 'replay') return { lines: replayBody(state), scroll: state.replay?.scroll ?? 0 };
  return { lines: helpBody(state), scroll: state.helpScroll };
};

/** How far the body can be scrolled. */
export const furthest = (state: State): number => Math.max(0, scrolling(state).length - bodyHeight(state));

const windowed = (state: State, height: number): readonly Line[] => {
  if (screenOf(state) === 'list') return listBody(state, height);
  if (showsMessages(state)) return messagesBody(state, height);
  const { length, scroll, slice } = scrolling(state);
  const from = Math.max(0, Math.min(scroll, length - height));
  const shown = slice(from, from + height);
  const below = length - from - height;
  if (below <= 0 || screenOf(state) === 'faults') return shown;
  return [...shown.slice(0, -1), [span(` ↓ ${below + 1} more lines (Space)`, 'dim')]];
};

const sorry = ({ columns, rows }: State['size']): Line[] =>
  wrap(
    `shakedown needs ${smallest.columns} columns and ${smallest.rows} rows. This terminal has ${columns} and ${rows}: make it larger, or press q to quit.`,
    Math.max(1, columns - 1),
  )
    .slice(0, Math.max(1, rows - 1))
    .map((text) => [span(text)]);

/**
 * The whole screen: exactly `rows - 1` lines, none wider than the terminal. Ink clears the terminal on every frame that is as tall as it.
 */
export const frame = (state: State): Line[] => {
  if (tooSmall(state.size)) return sorry(state.size);
  const { columns, rows } = state.size;
  const height = bodyHeight(state);
  const body = windowed(state, height);
  const gap = Array.from({ length: Math.max(0, height - body.length) }, (): Line => []);
  const lines = [...fixedLines(state), ...body, ...gap, ...statusLines(state), helpBar(state)];
  return lines.slice(0, rows - 1).map((line) => clip(line, columns));
};
