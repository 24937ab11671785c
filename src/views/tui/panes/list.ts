import { howToPoint } from '../../how-to-point.js';
import { type Line, plain, span, wrap } from '../../paint.js';
import { count } from '../../wording.js';
import { type ListState, rowAt, type State } from '../state.js';
import { listRow } from './table.js';

/** The rows that the screen has room for. */
export const listBody = (state: State, height: number): Line[] => {
  const { list, size } = state;
  if (list.total === 0) return empty(state).slice(0, height);
  return Array.from({ length: Math.min(height, Math.max(0, list.total - list.top)) }, (_, index) => {
    const at = list.top + index;
    const row = rowAt(list, at);
    return row ? listRow(row, size.columns, at === list.cursor) : [span('  …', 'dim')];
  });
};

/** `12 of 340` for the right end of the title line: where the cursor is, whether the list follows, and what it leaves out. */
export const listPlace = (list: ListState, columns: number): Line => {
  const left = `${hiddenOf(list, columns)}${list.reading === null ? '' : ` · reading ${list.reading} %`}`;
  if (list.searched !== null) return [span(` ${list.total} of ${list.searched} match "${plain(list.filter, 20)}"${left} `, 'accent')];
  if (list.total === 0) return list.reading === null ? [] : [span(`${left.slice(2)} `, 'accent')];
  return [span(` ${list.cursor + 1} of ${list.total}${list.follow ? ', following' : ''}${left} `, 'dim')];
};

const hiddenOf = ({ hidden, all }: ListState, columns: number): string => {
  if (hidden === 0) return '';
  if (columns < 120) return all ? ' · H hides' : ` · ${hidden} hidden (H)`;
  return all ? ` · press H to hide the browser's own ${hidden}` : ` · ${hidden} of the browser's own hidden, press H to show`;
};

const sentence = (text: string, columns: number): Line[] => wrap(text, columns - 4).map((part) => [span('  '), span(part)]);

const empty = ({ info, list, size: { columns } }: State): Line[] => {
  if (list.searched !== null) {
    const none =
      list.reading === null ? `None of ${count(list.searched, 'exchange')}` : `So far none of ${count(list.searched, 'exchange')}`;
    return [[], ...sentence(`${none} fits the filter "${plain(list.filter, 60)}". Esc drops the filter.`, columns)];
  }
  if (!info) return [];
  if (list.hidden > 0) {
    const text = `No page has asked for anything yet. ${count(list.hidden, 'request', 'requests')} of the browser's own ${list.hidden === 1 ? 'is' : 'are'} hidden: press H to show.`;
    return [[], ...sentence(text, columns)];
  }
  if (info.proxy === null && (list.reading !== null || !list.asked)) return [[], ...sentence('The recording is being read …', columns)];
  if (info.proxy === null) return [[], ...sentence('This recording holds no exchange yet.', columns)];
  const steps = howToPoint(info).flatMap(({ who, text }) =>
    wrap(text, columns - 16).map((part, index): Line => [span(`  ${(index === 0 ? who : '').padEnd(12)}`, 'strong'), span(part, 'accent')]),
  );
  return [
    [],
    ...sentence('Nothing has arrived yet. Point an app at this proxy and let it connect:', columns),
    [],
    ...steps,
    [],
    ...sentence('Each handshake then shows up here, with what went wrong and why.', columns),
  ];
};
