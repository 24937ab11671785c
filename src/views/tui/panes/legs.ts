import type { Exchange } from '../../../model/exchange.js';
import type { FrameTally } from '../../../model/frame.js';
import type { Head } from '../../../model/head.js';
import type { Leg } from '../../../model/leg.js';
import { displayWidth } from '../../../wire/visible.js';
import { diffHeads, type HeadRow } from '../../head-diff.js';
import { changesOf, noAnswerOf, oddBytes, ownAnswerOf } from '../../head-wording.js';
import { cell, type Line, plain, span, type Tone, wrap } from '../../paint.js';
import { addressOf, closeOf, endingOf, isStream, tallyOf } from '../../wording.js';
import { importedLines, wayOutLines } from './way-out.js';

const tones: Record<HeadRow['mark'], Tone | undefined> = { '=': undefined, '~': 'warn', '-': 'bad', '+': 'good' };

/** A row of two columns with a mark between; long texts go on below, indented. */
const twoColumns = (
  width: number,
  [left, right]: readonly [string, string],
  style: { readonly mark?: string; readonly tone?: Tone | undefined } = {},
): Line[] => {
  const column = Math.floor((width - 4) / 2);
  const parts = (text: string): string[] => {
    const shown = plain(text, width * 16);
    if (displayWidth(shown) <= column) return [shown];
    return wrap(shown, column - 2, 12).map((part, index) => (index === 0 ? part : `  ${part}`));
  };
  const [a, b] = [parts(left), parts(right)];
  const tone = style.tone ? { tone: style.tone } : {};
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, index): Line => [
      cell(a[index] ?? '', column, tone),
      cell(index === 0 ? ` ${style.mark ?? '│'} ` : ' │ ', 3, index === 0 ? tone : {}),
      cell(b[index] ?? '', column, tone),
    ],
  );
};

const headRows = (width: number, rows: readonly HeadRow[], turned: boolean): Line[] =>
  rows.flatMap(({ left, right, mark }) => {
    const sides = turned ? ([right ?? '', left ?? ''] as const) : ([left ?? '', right ?? ''] as const);
    return twoColumns(width, sides, { mark: mark === '=' ? '│' : mark, tone: tones[mark] });
  });

/** The request travels from left to right, the answer from right to left: `from` is where it came from. */
const headSection = (
  width: number,
  what: {
    readonly titles: readonly [string, string];
    readonly from: Head | null;
    readonly to: Head | null;
    readonly turned: boolean;
    readonly missing: readonly [string, string];
  },
): Line[] => {
  const { from, to, titles, turned, missing } = what;
  const rows = from && to ? diffHeads(from, to) : [];
  const side = turned ? 0 : 1;
  const shown: [string, string] = [titles[0], titles[1]];
  if (from && to) shown[side] = `${shown[side]}: ${changesOf(rows, from, to)}`;
  const title = twoColumns(width, shown, { tone: 'strong' });
  if (from && to) return [...title, ...headRows(width, rows, turned)];
  const only = from ?? to;
  if (!only) return [...title, ...twoColumns(width, missing, { tone: 'dim' })];
  const left = turned ? to : from;
  const lines = diffHeads(only, only).map((row): HeadRow => (left ? { ...row, right: null } : { ...row, left: null }));
  const gap = left ? missing[1] : missing[0];
  const [first, ...rest] = lines;
  if (!first) return title;
  return [...title, ...headRows(width, [left ? { ...first, right: gap } : { ...first, left: gap }, ...rest], false)];
};

const peerOf = (leg: Leg | null): string => (leg?.peer ? ` ${addressOf(leg.peer)}` : '');

/** Which stream of an HTTP/2 connection that leg is. */
const streamOf = (exchange: Exchange, side: 'client' | 'server'): string =>
  exchange.http2 && isStream(exchange, side) ? ` · HTTP/2 stream ${exchange.http2.stream}` : '';

const afterwards = (width: number, exchange: Exchange): Line[] => {
  const { fromClient, fromServer } = exchange.frames;
  const ends: [string, string] = [endingOf(exchange, 'client'), endingOf(exchange, 'server')];
  const upgraded = fromClient.frames + fromServer.frames > 0 || exchange.marks.open !== null;
  return [
    ...twoColumns(width, upgraded ? ['after the handshake', 'after the handshake'] : ['how it ended', 'how it ended'], { tone: 'strong' }),
    ...(upgraded
      ? [
          ...twoColumns(width, [`sent ${tallyOf(fromClient)}`, `sent ${tallyOf(fromServer)}`]),
          ...twoColumns(width, [`Close: ${closeOf(fromClient.close)}`, `Close: ${closeOf(fromServer.close)}`]),
        ]
      : []),
    ...defects(width, fromClient, fromServer),
    ...twoColumns(width, ends),
  ];
};

const defects = (width: number, fromClient: FrameTally, fromServer: FrameTally): Line[] =>
  Array.from({ length: Math.max(fromClient.defects.length, fromServer.defects.length) }, (_, index) => {
    const note = (tally: FrameTally) => {
      const defect = tally.defects[index];
      return defect ? `! ${defect.code} at byte ${defect.offset}: ${defect.note}` : '';
    };
    return twoColumns(width, [note(fromClient), note(fromServer)], { tone: 'bad' });
  }).flat();

const bodyLines = (width: number, body: string): Line[] => {
  if (body === '') return [];
  const lines = body.slice(0, 4000).split(/\r?\n/);
  const shown = lines.slice(0, 12).flatMap((text) => wrap(text, width - 2, 3).map((part): Line => [span('  '), span(part)]));
  return [[], [span('body of the answer', 'strong')], ...shown, ...(lines.length > 12 ? [[span('  …', 'dim')]] : [])];
};

/** What crossed the client leg beside what crossed the server leg; what differs has a mark and a colour. */
export const legsPane = (exchange: Exchange, width: number): Line[] => {
  const { heads, notAHead } = exchange;
  return [
    ...twoColumns(
      width,
      [
        `CLIENT LEG: app${peerOf(exchange.client)}${streamOf(exchange, 'client')}`,
        `SERVER LEG: ${exchange.upstream ? 'upstream proxy' : 'server'}${peerOf(exchange.server)}${streamOf(exchange, 'server')}`,
      ],
      { tone: 'accent' },
    ),
    ...importedLines(exchange, width),
    ...wayOutLines(exchange, width),
    ...headSection(width, {
      titles: ['request the client sent', 'request the server got'],
      from: heads.clientSent,
      to: heads.serverGot,
      turned: false,
      missing: [oddBytes(notAHead.clientSent, 'no request head came'), '(nothing was sent to the server)'],
    }),
    [],
    ...headSection(width, {
      titles: ['answer the client got', 'answer the server sent'],
      from: heads.serverSent,
      to: heads.clientGot,
      turned: true,
      missing: [`(${ownAnswerOf(exchange)})`, oddBytes(notAHead.serverSent, noAnswerOf(exchange))],
    }),
    [],
    ...afterwards(width, exchange),
    ...bodyLines(width, exchange.body),
  ];
};
