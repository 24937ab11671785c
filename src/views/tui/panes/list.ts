import type { ExchangeRow } from '../../../control/control.js';
import { howToPoint } from '../../how-to-point.js';
import { cell, fill, inverse, type Line, plain, type Span, span, wrap } from '../../paint.js';
import { duration, outcomeOf, timeOfDay } from '../../wording.js';
import { type ListState, rowAt, type State } from '../state.js';

/** Columns of the table, in columns of the terminal; what is left over goes to URL, finding and fault names. */
const widthsFor = (columns: number) => {
  const roomy = columns >= 100;
  // Under 72 columns URL and finding are worth more than the times.
  const times = columns < 72 ? { time: 0, took: 0 } : { time: 8, took: roomy ? 12 : 7 };
  const fixed = { mark: 1, verdict: 9, status: 4, messages: roomy ? 11 : 7, ...times };
  const faults = columns >= 140 ? 26 : roomy ? 14 : 3;
  const gaps = 8;
  const rest = columns - gaps - faults - Object.values(fixed).reduce((sum, width) => sum + width, 0);
  const finding = Math.min(34, Math.max(15, Math.floor(rest * 0.45)));
  return { ...fixed, faults, finding, url: rest - finding };
};

export const listTitles = ({ size }: State): Line => {
  const widths = widthsFor(size.columns);
  const titles: readonly (readonly [keyof typeof widths, string, 'right'?])[] = [
    ['mark', ''],
    ['time', 'time'],
    ['verdict', 'verdict'],
    ['status', 'code'],
    ['url', 'url'],
    ['finding', 'finding'],
    ['messages', size.columns >= 100 ? 'msgs c/s' : 'msgs', 'right'],
    ['faults', size.columns >= 100 ? 'faults' : 'flt'],
    ['took', 'took', 'right'],
  ];
  return titles.flatMap(([key, text, align], index): Span[] => [
    ...(index > 0 ? [span(' ')] : []),
    cell(text, widths[key], align ? { tone: 'dim', align } : { tone: 'dim' }),
  ]);
};

const shortCount = (n: number): string => {
  if (n < 10_000) return String(n);
  return n < 1_000_000 ? `${Math.floor(n / 1000)}k` : `${Math.floor(n / 1_000_000)}M`;
};

const faultsOf = (faults: readonly string[], width: number): string => {
  if (faults.length === 0) return '';
  return width < 10 ? `!${faults.length}` : `! ${faults.join(', ')}`;
};

/** A URL that is too long is cut in the middle, and its query first: the end of the path tells exchanges of one host apart. */
export const shortUrl = (url: string, width: number): string => {
  const shown = plain(url, 2000);
  const [, authority = '', path = ''] = /^([a-z]+:\/\/[^/?#]*)(\/[^?#]*)/.exec(shown) ?? [];
  if (!/^[\x20-\x7e]+$/.test(authority + path) || authority.length + path.length <= width) return shown;
  const end = path.slice(-Math.max(Math.floor(width / 2), width - 1 - authority.length));
  return `${authority.slice(0, Math.max(0, width - 1 - end.length))}…${end}`;
};

export const listRow = (row: ExchangeRow, columns: number, selected: boolean): Line => {
  const widths = widthsFor(columns);
  const { word, mark, tone } = outcomeOf(row.outcome, row.finding?.severity);
  const code = row.status > 0 ? String(row.status) : '-';
  const messages = row.kind === 'websocket' && row.status === 101 ? `${shortCount(row.fromClient)}/${shortCount(row.fromServer)}` : '';
  const cells = [
    cell(selected ? '>' : '', widths.mark),
    cell(timeOfDay(row.startedAt), widths.time, { tone: 'dim' }),
    cell(`${mark} ${word}`, widths.verdict, { tone }),
    cell(code, widths.status),
    cell(shortUrl(row.url, widths.url), widths.url),
    cell(row.finding?.code ?? '', widths.finding, { tone }),
    cell(messages, widths.messages, { align: 'right' }),
    cell(faultsOf(row.faults, widths.faults), widths.faults, { tone: 'warn' }),
    cell(duration(row.durationMs), widths.took, { align: 'right' }),
  ];
  const line = fill(
    cells.flatMap((one, index) => (index > 0 ? [span(' '), one] : [one])),
    columns,
  );
  return selected ? inverse(line) : line;
};

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

/** `12 of 340` for the right end of the title line: where the cursor is, and whether the list follows. */
export const listPlace = (list: ListState): Line => {
  if (list.searched !== null) return [span(` ${list.total} of ${list.searched} match "${plain(list.filter, 20)}" `, 'accent')];
  if (list.total === 0) return [];
  return [span(` ${list.cursor + 1} of ${list.total}${list.follow ? ', following' : ''} `, 'dim')];
};

const sentence = (text: string, columns: number): Line[] => wrap(text, columns - 4).map((part) => [span('  '), span(part)]);

const empty = ({ info, list, size: { columns } }: State): Line[] => {
  if (list.searched !== null) {
    const where = 'in its URL, finding, status or outcome';
    return [[], ...sentence(`None of ${list.searched} exchanges has "${plain(list.filter, 40)}" ${where}. Esc drops the filter.`, columns)];
  }
  if (!info) return [];
  if (info.proxy === null) return [[], ...sentence('This recording holds no exchange yet.', columns)];
  const steps = howToPoint(info).flatMap(({ who, text }) =>
    wrap(text, columns - 14).map((part, index): Line => [span(`  ${(index === 0 ? who : '').padEnd(10)}`, 'strong'), span(part, 'accent')]),
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
