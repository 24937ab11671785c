import type { RecordedExchange } from '../../formats/format.js';
import type { Exchange } from '../../model/exchange.js';
import { type Finding, type Fix, fixText } from '../../model/finding.js';
import type { Head } from '../../model/head.js';
import { lacks } from '../../model/imported.js';
import { placeOf } from '../finding-block.js';
import { diffHeads } from '../head-diff.js';
import { noAnswerOf, oddBytes, ownAnswerOf } from '../head-wording.js';
import { importedNotes } from '../imported-wording.js';
import { timingRows } from '../leg-rows.js';
import { tlsOf } from '../tls-wording.js';
import { dialNotes, upstreamOf } from '../way-out-wording.js';
import { addressOf, appliedOf, bytes, confidenceOf, duration, endingOf, entranceOf, outcomeOf, tallyOf } from '../wording.js';
import { noFindingOf } from './about.js';
import type { Row } from './choose.js';
import { code, fence, prose } from './inert.js';
import { shownLine, utc } from './shown.js';

/** How much of everything a section has room for. */
export interface Room {
  readonly findings: number;
  readonly evidence: number;
  readonly fixes: number;
  /** Lines of a head, of a configuration, of a body. */
  readonly lines: number;
  /** Characters of one line. */
  readonly width: number;
  /** Messages from the beginning, and as many from the end. */
  readonly messages: number;
}

/** One line, made visible and cut: what is made visible may grow eightfold. */
export const cut = (text: string, { width }: Pick<Room, 'width'>): string => {
  const line = shownLine(text.slice(0, width));
  return line.length < text.length || line.length > width ? `${line.slice(0, width).replace(/[\ud800-\udbff]$/, '')}…` : line;
};

const cutLines = (lines: readonly string[], room: Room, most = room.lines): string => {
  const rest = lines.length - most;
  return [...lines.slice(0, most).map((line) => cut(line, room)), ...(rest > 0 ? [`(${rest} more lines)`] : [])].join('\n');
};

const linesOf = (text: string): string[] => text.replace(/[\r\n]+$/, '').split(/\r?\n/);

const title = (row: Row, room: Room): string => {
  const { word } = outcomeOf(row.outcome, row.finding?.severity);
  return `## ${row.status > 0 ? `${row.status} ` : ''}${word}: ${code(cut(row.url === '' ? 'target not known' : row.url, room))}`;
};

const legLine = (exchange: Exchange, side: 'client' | 'server', room: Room): string => {
  const leg = exchange[side];
  const peer = leg?.peer ? code(cut(addressOf(leg.peer), room)) : lacks(exchange, 'legs') ? 'not recorded' : 'not connected';
  const tls = leg?.tls || leg?.tlsFailure || !lacks(exchange, 'tls') ? tlsOf(leg ?? {}) : 'TLS not recorded';
  return `- ${side} leg: ${peer}, ${code(cut(tls, room))}, ${code(cut(endingOf(exchange, side), room))}`;
};

const tried = (exchange: Exchange, room: Room): string => {
  const took = exchange.client.timings.total;
  const notes = [...(exchange.upstream ? [`upstream proxy ${upstreamOf(exchange.upstream)}`] : []), ...dialNotes(exchange)];
  return [
    `**What was tried:** exchange ${code(cut(exchange.id, room))}, ${code(utc(exchange.startedAt))}, ${entranceOf(exchange.entrance)}${took === undefined ? '' : `, took ${duration(took)}`}`,
    '',
    legLine(exchange, 'client', room),
    legLine(exchange, 'server', room),
    ...[...importedNotes(exchange), ...notes].slice(0, 8).map((note) => `- ${code(cut(note, room))}`),
    ...exchange.applied.slice(0, 5).map((fault) => `- fault that shakedown applied: ${code(cut(appliedOf(fault), room))}`),
    ...(exchange.lostBytes > 0 ? [`- ${exchange.lostBytes} bytes crossed that are not in the recording`] : []),
  ].join('\n');
};

const happened = ({ exchange, findings }: RecordedExchange, room: Room): string =>
  `**What happened:** ${findings[0] ? prose(cut(findings[0].title, room)) : noFindingOf(exchange)}`;

const fixParagraph = (fix: Fix, room: Room): string => {
  const sentence = `Fix for ${code(cut(fix.for, room))}: ${prose(cut(fixText(fix), room))}`;
  if (fix.config === undefined) return sentence;
  return `${sentence}\n\n${fence(cutLines(linesOf(fix.config.replace(/^\n+/, '').replaceAll('\t', '  ')), room))}`;
};

const findingText = (finding: Finding, index: number, room: Room): string => {
  const { severity, confidence, culprit, rfc, evidence, fix } = finding;
  const facts = [
    severity,
    confidenceOf(confidence),
    ...(culprit === null ? [] : [`by ${code(cut(culprit, room))}`]),
    ...(rfc === '' ? [] : [prose(cut(rfc, room))]),
  ];
  const proof = evidence.slice(0, room.evidence).flatMap((one) => [
    `${placeOf(one)}:`,
    ...cutLines(linesOf(one.text), room, 4)
      .split('\n')
      .map((line) => `  ${line}`),
  ]);
  const others = fix.slice(room.fixes).map((one) => one.for);
  return [
    `**${index + 1}. ${code(cut(finding.code, room))}** (${facts.join(', ')}): ${prose(cut(finding.title, room))}`,
    ...(proof.length > 0 ? [fence(proof.join('\n'))] : []),
    ...fix.slice(0, room.fixes).map((one) => fixParagraph(one, room)),
    ...(others.length > 0 ? [`There are fixes for ${others.map((one) => code(cut(one, room))).join(', ')}, too.`] : []),
  ].join('\n\n');
};

const findingsText = ({ findings }: RecordedExchange, room: Room): string => {
  if (findings.length === 0) return '';
  const rest = findings.slice(room.findings).map((finding) => `- ${code(cut(finding.code, room))}: ${prose(cut(finding.title, room))}`);
  return [
    '### Findings',
    ...findings.slice(0, room.findings).map((finding, index) => findingText(finding, index, room)),
    ...(rest.length > 0 ? [rest.slice(0, 10).join('\n')] : []),
  ].join('\n\n');
};

/** A head that crossed both legs: once where it did not change, else what differs. */
const crossed = (
  name: string,
  { from, to }: { readonly from: Head; readonly to: Head },
  words: readonly [string, string],
  room: Room,
): string => {
  const rows = diffHeads(from, to);
  if (rows.every(({ mark }) => mark === '=')) {
    return `### ${name}, the same on both legs\n\n${fence(cutLines(linesOf(from.raw), room), 'http')}`;
  }
  const lines = rows.flatMap(({ left, right, mark }) =>
    mark === '=' ? [` ${left}`] : [...(left === null ? [] : [`-${left}`]), ...(right === null ? [] : [`+${right}`])],
  );
  return `### ${name}: - is what ${words[0]}, + what ${words[1]}\n\n${fence(cutLines(lines, room, room.lines * 2), 'diff')}`;
};

const headText = (
  name: string,
  [from, to]: readonly [Head | null, Head | null],
  { words, missing, room }: { readonly words: readonly [string, string]; readonly missing: string; readonly room: Room },
): string => {
  if (from && to) return crossed(name, { from, to }, words, room);
  const only = from ?? to;
  if (!only) return `### ${name}\n\n${code(cut(missing, room))}`;
  return `### ${name}: what ${words[from ? 0 : 1]}, and nobody ${from ? 'got' : 'sent'}\n\n${fence(cutLines(linesOf(only.raw), room), 'http')}`;
};

const headsText = (exchange: Exchange, room: Room): string => {
  const { heads, notAHead, body } = exchange;
  const answerMissing = `${oddBytes(notAHead.serverSent, noAnswerOf(exchange))} ${ownAnswerOf(exchange)}`;
  return [
    headText('Request', [heads.clientSent, heads.serverGot], {
      words: ['the client sent', 'the server got'],
      missing: oddBytes(notAHead.clientSent, 'no request head came'),
      room,
    }),
    headText('Answer', [heads.serverSent, heads.clientGot], {
      words: ['the server sent', 'the client got'],
      missing: answerMissing,
      room,
    }),
    ...(body === '' ? [] : [`Its body begins:\n\n${fence(cutLines(linesOf(body), room, Math.ceil(room.lines / 4)))}`]),
  ].join('\n\n');
};

const timingsText = ({ client, server }: Exchange): string => {
  const rows = timingRows(client, server).map((row) => `| ${row.join(' | ')} |`);
  return rows.length === 0 ? '' : ['### Timings', '', '| phase | client leg | server leg |', '| --- | ---: | ---: |', ...rows].join('\n');
};

/** One exchange for people who were not there; `lines` are its messages. */
export const sectionOf = (
  recorded: RecordedExchange,
  { row, room, lines, talked }: { readonly row: Row; readonly room: Room; readonly lines: readonly string[]; readonly talked: number },
): string => {
  const { fromClient, fromServer } = recorded.exchange.frames;
  const sent = `From the client: ${tallyOf(fromClient)}. From the server: ${tallyOf(fromServer)}.`;
  const messages =
    talked === 0
      ? ''
      : `### Messages\n\n${sent}${lines.length === 0 ? '' : `\n\n${fence(lines.map((line) => cut(line, room)).join('\n'))}`}`;
  return [
    title(row, room),
    happened(recorded, room),
    tried(recorded.exchange, room),
    findingsText(recorded, room),
    headsText(recorded.exchange, room),
    timingsText(recorded.exchange),
    messages,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** Where nothing else fits: how it ended and why. */
export const shortSectionOf = (recorded: RecordedExchange, row: Row, room: Room): string =>
  [title(row, room), happened(recorded, room)].join('\n\n');

/** `+14 ms  client  text 5 B  hello`. */
export const messageLine = (facts: {
  readonly offset: string;
  readonly from: string;
  readonly type: string;
  readonly length: number;
  readonly text: string;
}): string => `${facts.offset.padEnd(9)} ${facts.from}  ${facts.type.padEnd(6)} ${bytes(facts.length).padStart(8)}  ${facts.text}`;
