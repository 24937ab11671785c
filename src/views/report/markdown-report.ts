import type { ExportContext, ExportFormat, RecordedExchange } from '../../formats/format.js';
import { outcomeOf } from '../wording.js';
import { commandFor, countsOf, redactionOf, sentBy } from './about.js';
import { type Chosen, choose, type Row } from './choose.js';
import { code } from './inert.js';
import { cut, messageLine, type Room, sectionOf, shortSectionOf } from './markdown-section.js';
import { type Held, hold, previewOf } from './payload.js';
import { number } from './shown.js';
import { offsetOf } from './timeline.js';

/** GitHub takes 65,536 characters in an issue; this counts bytes, and leaves room for words around it. */
const mostBytes = 56_000;
const caps = { rows: 40, full: 20 };

/** The first that fits is taken. */
const rooms: readonly Room[] = [
  { findings: 3, evidence: 6, fixes: 2, lines: 60, width: 800, messages: 6 },
  { findings: 3, evidence: 4, fixes: 1, lines: 30, width: 240, messages: 4 },
  { findings: 1, evidence: 2, fixes: 1, lines: 14, width: 120, messages: 2 },
];
const smallest: Room = { findings: 0, evidence: 0, fixes: 0, lines: 0, width: 100, messages: 0 };

const lineOf = (message: Held, startedAt: string): string =>
  messageLine({
    ...message,
    offset: offsetOf(message.at, startedAt),
    text: `${previewOf(message).line}${message.error === undefined ? '' : ` (${message.error})`}`,
  });

/** The first and the last messages as lines, with what is left out between them. */
const messageLines = async ({ exchange, messages }: RecordedExchange, most: number): Promise<(each: number) => readonly string[]> => {
  const first: Held[] = [];
  let last: Held[] = [];
  let seen = 0;
  for await (const batch of messages()) {
    for (const { message, at } of batch) {
      seen++;
      if (first.length < most) first.push(hold(message, at, seen));
      else last = [...last.slice(1 - most), hold(message, at, seen)];
    }
  }
  const all = [...first, ...last];
  return (each) => {
    const start = all.slice(0, each);
    const end = all.slice(each).slice(-each);
    const gap = seen - start.length - end.length;
    const lines = (some: readonly Held[]) => some.map((message) => lineOf(message, exchange.startedAt));
    return [...lines(start), ...(gap > 0 ? [`(${gap} more)`] : []), ...lines(end)];
  };
};

const section = async (recorded: RecordedExchange, row: Row, room: number): Promise<string> => {
  const talked = sentBy(recorded.exchange);
  const linesFor = talked === 0 ? () => [] : await messageLines(recorded, rooms[0]?.messages ?? 0);
  for (const one of rooms) {
    const text = sectionOf(recorded, { row, room: one, lines: linesFor(one.messages), talked });
    if (Buffer.byteLength(text) <= room) return text;
  }
  return shortSectionOf(recorded, row, smallest);
};

const tableOf = ({ rows, total }: Chosen): string => {
  const lines = rows.map((row) => {
    const { word } = outcomeOf(row.outcome, row.finding?.severity);
    const finding = row.finding ? code(cut(row.finding.code, { width: 60 })) : '';
    return `| ${code(cut(row.id, { width: 30 }))} | ${row.status > 0 ? `${row.status} ` : ''}${word} | ${code(row.url === '' ? 'not known' : cut(row.url, { width: 80 }))} | ${finding} |`;
  });
  const left = total - rows.length;
  return [
    '| id | outcome | URL | first finding |',
    '| --- | --- | --- | --- |',
    ...lines,
    ...(left > 0 ? ['', `${number(left)} more are left out.`] : []),
  ].join('\n');
};

const closing = (context: ExportContext, leftOut: number): string =>
  [
    '### About',
    '',
    `- shakedown ${code(cut(context.shakedown, { width: 40 }))}, recording ${code(cut(context.recording, { width: 200 }))}, begun ${code(cut(context.startedAt, { width: 40 }))}`,
    `- ${redactionOf(context, (kind) => code(cut(kind, { width: 60 })))}`,
    ...(leftOut > 0
      ? [`- ${number(leftOut)} exchanges are not shown here. One of them: ${code(`${commandFor(context)} --format markdown`)}`]
      : []),
    '',
  ].join('\n');

async function* write(...[exchanges, context]: Parameters<ExportFormat['write']>): AsyncGenerator<string> {
  const chosen = await choose(exchanges, caps);
  const { full, total } = chosen;
  let used = 0;
  const told = (text: string): string => {
    used += Buffer.byteLength(text);
    return text;
  };
  if (total === 0) yield told('This recording holds no exchange.\n\n');
  if (total > 1) yield told(`# ${countsOf(chosen)}\n\n${tableOf(chosen)}\n\n`);
  for (const [index, { row, recorded }] of full.entries()) {
    // What one does not need is there for the next ones.
    const room = (mostBytes - used) / (full.length - index);
    yield told(`${await section(recorded, row, room)}\n\n`);
  }
  yield closing(context, total - full.length);
}

export const markdownReport: ExportFormat = {
  id: 'markdown',
  aliases: ['md'],
  extension: 'md',
  binary: false,
  about: 'Markdown for a bug report: what was tried, what happened, findings with proof and fix; short enough for an issue of GitHub.',
  write,
};
