import type { ExchangeRow } from '../../../control/control.js';
import { cell, fill, inverse, type Line, plain, type Span, span } from '../../paint.js';
import { duration, outcomeOf, timeOfDay } from '../../wording.js';
import type { State } from '../state.js';

type Column = 'mark' | 'id' | 'time' | 'verdict' | 'url' | 'finding' | 'messages' | 'faults' | 'took';

/** From so many columns on, status and outcome stand side by side, and faults have a column of their own. */
const wide = 140;

/** Columns of the table, in columns of the terminal; what is left over goes to URL and finding. A column of no width is left out. */
const widthsFor = (columns: number): Record<Column, number> => {
  const fixed = {
    mark: 1,
    id: columns >= 100 ? 5 : 0,
    // Under 72 columns URL and finding are worth more than the times.
    time: columns >= 72 ? 8 : 0,
    verdict: columns >= wide ? 13 : 9,
    messages: columns >= 100 ? 11 : 5,
    faults: columns >= wide ? 24 : 0,
    took: columns >= 72 ? 7 : 0,
  };
  const shown = Object.values(fixed).filter((width) => width > 0);
  const rest = columns - (shown.length + 1) - shown.reduce((sum, width) => sum + width, 0);
  const finding = Math.min(34, Math.max(15, Math.floor(rest * 0.52)));
  return { ...fixed, finding, url: rest - finding };
};

const order: readonly Column[] = ['mark', 'id', 'time', 'verdict', 'url', 'finding', 'messages', 'faults', 'took'];

/** The cells of the columns that are shown, a blank between two. */
const tableLine = (widths: Record<Column, number>, draw: (column: Column) => Span): Span[] =>
  order.filter((column) => widths[column] > 0).flatMap((column, index) => (index > 0 ? [span(' '), draw(column)] : [draw(column)]));

export const listTitles = ({ size }: State): Line => {
  const widths = widthsFor(size.columns);
  const titles: Record<Column, readonly [string, 'right'?]> = {
    mark: [''],
    id: ['id', 'right'],
    time: ['time'],
    verdict: ['verdict'],
    url: ['url'],
    finding: ['finding'],
    messages: [size.columns >= 100 ? 'msgs c/s' : 'msgs', 'right'],
    faults: ['faults'],
    took: ['took', 'right'],
  };
  return tableLine(widths, (column) => {
    const [text, align] = titles[column];
    return cell(text, widths[column], align ? { tone: 'dim', align } : { tone: 'dim' });
  });
};

const shortCount = (n: number): string => {
  if (n < 10_000) return String(n);
  return n < 1_000_000 ? `${Math.floor(n / 1000)}k` : `${Math.floor(n / 1_000_000)}M`;
};

/** `✗ 403`: where room is scarce the status says it all; of an open WebSocket it is always 101. */
const verdictOf = ({ status, outcome, finding }: ExchangeRow, columns: number) => {
  const { word, mark, tone } = outcomeOf(outcome, finding?.severity);
  const counts = status > 0 && (outcome === 'refused' || outcome === 'answered');
  if (!counts) return { text: `${mark} ${word}`, tone };
  return { text: columns >= wide ? `${mark} ${status} ${word}` : `${mark} ${status}`, tone };
};

/** The code of a finding, its cause cut first: what stands behind the point tells one from another. */
export const shortCode = (code: string, width: number): string => {
  const point = code.indexOf('.');
  const tail = code.slice(point);
  const room = width - 1 - tail.length;
  return point === -1 || code.length <= width || room < 1 ? code : `${code.slice(0, room)}…${tail}`;
};

const findingOf = ({ finding, faults }: ExchangeRow, widths: Record<Column, number>): string => {
  const mark = faults.length > 0 && widths.faults === 0 ? '! ' : '';
  const text = finding?.code ?? (mark === '' ? '' : faults.join(', '));
  return mark + shortCode(text, widths.finding - mark.length);
};

/** In at most seven columns: `47 ms`, `3.4 s`, `75 s`, `12 min`, `3.4 h`, `2.0 d`. */
const shortTime = (ms: number): string => {
  if (ms < 59_950) return duration(ms);
  if (ms < 99_500) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 100) return `${minutes} min`;
  return minutes < 2880 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 1440).toFixed(1)} d`;
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
  const { text, tone } = verdictOf(row, columns);
  const { fromClient, fromServer } = row;
  const both = widths.messages > 5 ? `${shortCount(fromClient)}/${shortCount(fromServer)}` : shortCount(fromClient + fromServer);
  const messages = row.kind === 'websocket' && (row.outcome === 'open' || row.outcome === 'closed') ? both : '';
  const cells: Record<Column, () => Span> = {
    mark: () => cell(selected ? '>' : '', widths.mark),
    id: () => cell(row.id, widths.id, { tone: 'dim', align: 'right' }),
    time: () => cell(timeOfDay(row.startedAt), widths.time, { tone: 'dim' }),
    verdict: () => cell(text, widths.verdict, { tone }),
    url: () => (row.url === '' ? cell('(not known)', widths.url, { tone: 'dim' }) : cell(shortUrl(row.url, widths.url), widths.url)),
    finding: () => cell(findingOf(row, widths), widths.finding, { tone: row.finding ? tone : 'warn' }),
    messages: () => cell(messages, widths.messages, { align: 'right' }),
    faults: () => cell(row.faults.length > 0 ? `! ${row.faults.join(', ')}` : '', widths.faults, { tone: 'warn' }),
    took: () => cell(shortTime(row.durationMs), widths.took, { align: 'right' }),
  };
  const line = fill(
    tableLine(widths, (column) => cells[column]()),
    columns,
  );
  return selected ? inverse(line) : line;
};
