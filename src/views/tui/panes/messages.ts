import type { MessageRow } from '../../../control/control.js';
import { timeOf } from '../../../model/clock.js';
import { markOf, previewOf } from '../../message-text.js';
import { cell, fill, inverse, type Line, plain, span, type Tone, wrap } from '../../paint.js';
import { bytes, count } from '../../wording.js';
import { type MessagesState, messageAt } from '../messages-state.js';
import type { DetailState, State } from '../state.js';

const directions = { client: 'client →', server: '← server' } as const;
const tones: Partial<Record<MessageRow['type'], Tone>> = { close: 'warn', ping: 'dim', pong: 'dim' };

/** Columns of the table; what is left over is the preview's. */
const widthsFor = (total: number, columns: number) => ({
  number: Math.max(3, String(total).length + (columns >= 120 ? Math.floor((String(total).length - 1) / 3) : 0)),
  time: columns >= 72 ? 11 : 0,
  type: 6,
  size: 8,
});

const grouped = (n: number, columns: number): string => (columns >= 120 ? n.toLocaleString('en') : String(n));

/** `+12.345`: seconds since the WebSocket opened. */
export const secondsAfter = (at: string, openMs: number | null): string => {
  const ms = timeOf(at) - (openMs ?? Number.NaN);
  return Number.isFinite(ms) ? `${ms < 0 ? '-' : '+'}${(Math.abs(ms) / 1000).toFixed(3)}` : '-';
};

const openOf = ({ found }: DetailState): number | null => (typeof found === 'string' ? null : found.exchange.marks.open);

export const messagesTitles = ({ messages }: DetailState, columns: number): Line[] => {
  if (!messages.total) return [];
  const { number, time, type, size } = widthsFor(messages.total, columns);
  const right = { tone: 'dim', align: 'right' } as const;
  return [
    [
      cell('', 2),
      ...[cell('no.', number, right), span(' ')],
      ...(time > 0 ? [cell('seconds', time, right), span(' ')] : []),
      ...[cell('from', 9, { tone: 'dim' }), cell('type', type + 1, { tone: 'dim' }), cell('size', size, right), span(' ')],
      span('payload', 'dim'),
    ],
  ];
};

/** Only as much of the payload as one line could show is made visible. */
const messageLine = (row: MessageRow, { columns, total, openMs }: { columns: number; total: number; openMs: number | null }): Line => {
  const { number, time, type, size } = widthsFor(total, columns);
  const mark = markOf(row);
  const tone = tones[row.type];
  return [
    ...[cell(grouped(row.number + 1, columns), number, { tone: 'dim', align: 'right' }), span(' ')],
    ...(time > 0 ? [cell(secondsAfter(row.at, openMs), time, { tone: 'dim', align: 'right' }), span(' ')] : []),
    cell(directions[row.from], 9, { tone: row.from === 'client' ? 'accent' : 'good' }),
    cell(row.type, type + 1, tone ? { tone } : {}),
    ...[cell(bytes(row.length), size, { align: 'right' }), span(' ')],
    ...(mark === undefined ? [] : [span(`! ${mark} `, row.error === undefined ? 'warn' : 'bad')]),
    span(plain(previewOf(row, row.start)), tone),
  ];
};

export const messagesBody = (state: State, height: number): Line[] => {
  const { detail, size } = state;
  if (!detail || typeof detail.found === 'string') return [];
  const { messages } = detail;
  const { columns } = size;
  const { total, cursor, top } = messages;
  if (!total) return wrap(nothingToShow(detail), columns - 4).map((text) => [span('  '), span(text)]);
  return Array.from({ length: Math.min(height, total - top) }, (_, index) => {
    const row = messageAt(messages, top + index);
    const selected = top + index === cursor;
    const line: Line = row ? messageLine(row, { columns, total, openMs: openOf(detail) }) : [span('…', 'dim')];
    const whole = fill([cell(selected ? '>' : '', 2), ...line], columns);
    return selected ? inverse(whole) : whole;
  });
};

const nothingToShow = ({ messages: { total, trouble }, found }: DetailState): string => {
  if (trouble !== null) return trouble;
  if (total === null) return 'The messages are being read …';
  if (typeof found === 'string') return '';
  if (found.exchange.kind !== 'websocket') return 'This exchange is no WebSocket: it has no messages.';
  return found.exchange.marks.open === null ? 'This WebSocket never opened: it has no messages.' : 'No message has crossed so far.';
};

/** `12 of 1,000,000, following · hit 3 of 17`, for the right end of the status line. */
export const messagesPlace = ({ total, cursor, follow, search }: MessagesState): Line => {
  if (!total) return [];
  const place = `${(cursor + 1).toLocaleString('en')} of ${count(total, 'message').replace(/^\d+/, total.toLocaleString('en'))}`;
  return [span(` ${place}${follow ? ', following' : ''} `, 'dim'), ...(search ? [span(`· ${hitPlace(search, cursor)} `, 'accent')] : [])];
};

const hitPlace = ({ text, numbers, more }: NonNullable<MessagesState['search']>, cursor: number): string => {
  const most = `${numbers.length.toLocaleString('en')}${more ? ' and more' : ''}`;
  const nth = numbers.indexOf(cursor);
  const quoted = `"${plain(text, 20)}"`;
  if (numbers.length === 0) return `no message has ${quoted}`;
  return nth === -1 ? `${most} with ${quoted}` : `${(nth + 1).toLocaleString('en')} of ${most} with ${quoted}`;
};
