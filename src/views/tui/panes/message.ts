import type { MessageContent } from '../../../control/control.js';
import { closeText, layOut, readsAsText, textOf, warningOf } from '../../message-text.js';
import { type Line, type Span, span, wrap } from '../../paint.js';
import { prettyJson } from '../../pretty-json.js';
import { bytes, count } from '../../wording.js';
import { type MessageView, messageViews } from '../messages-state.js';
import type { DetailState, State } from '../state.js';
import { secondsAfter } from './messages.js';

const names: Record<MessageView, string> = { text: 'Text', json: 'JSON', hex: 'Hex' };

/** The view that was asked for, where the message has it; else the one that suits it. */
const viewOf = (message: MessageContent, wanted: MessageView | null): MessageView => {
  if (wanted !== null && (wanted !== 'json' || jsonOf(message) !== undefined)) return wanted;
  if (!readsAsText(message, message.bytes) && message.type !== 'close') return 'hex';
  return jsonOf(message) === undefined ? 'text' : 'json';
};

const parsed = new WeakMap<MessageContent, { readonly text: string | undefined }>();
const jsonOf = (message: MessageContent): string | undefined => {
  let known = parsed.get(message);
  if (!known) {
    known = { text: message.type === 'close' ? undefined : prettyJson(textOf(message.bytes), { cut: message.cut }) };
    parsed.set(message, known);
  }
  return known.text;
};

/** The view after the one that is shown; JSON only where there is some. */
export const nextView = (message: MessageContent, wanted: MessageView | null): MessageView => {
  const all = messageViews.filter((view) => view !== 'json' || jsonOf(message) !== undefined);
  return all[(all.indexOf(viewOf(message, wanted)) + 1) % all.length] ?? 'text';
};

const factsOf = ({ at, from, length, wireBytes, frames, compressed }: MessageContent, openMs: number | null): string =>
  [
    from === 'client' ? 'client → server' : 'server → client',
    `${secondsAfter(at, openMs)} s`,
    `${bytes(length)}${length < 1024 ? '' : ` (${length.toLocaleString('en')} bytes)`}`,
    `${count(frames, 'frame')}, ${bytes(wireBytes)} on the wire`,
    ...(compressed ? ['compressed'] : []),
  ].join(' · ');

export const messageHead = (state: State): Line[] => {
  const { detail, size } = state;
  if (!detail || typeof detail.found === 'string') return [];
  const { opened, cursor, total } = detail.messages;
  const title = ` Message ${(cursor + 1).toLocaleString('en')} of ${(total ?? 0).toLocaleString('en')}`;
  const of = span(`  exchange ${detail.id}, ${detail.found.url}`, 'dim');
  if (typeof opened === 'string') return [[span(title, 'strong'), of]];
  const warning = warningOf(opened);
  return [
    [span(`${title}: ${opened.type}`, 'strong'), of],
    [span(`   ${factsOf(opened, detail.found.exchange.marks.open)}`, 'dim')],
    ...(warning === undefined ? [] : wrap(`! ${warning}`, size.columns - 4, 3).map((part): Line => [span(`   ${part}`, 'bad')])),
    tabs(opened, detail.messages.view),
  ];
};

const tabs = (message: MessageContent, wanted: MessageView | null): Line => {
  const current = viewOf(message, wanted);
  return messageViews
    .filter((view) => view !== 'json' || jsonOf(message) !== undefined)
    .flatMap((view): Span[] => [
      span(' '),
      view === current ? { ...span(`[${names[view]}]`, 'strong'), inverse: true } : span(` ${names[view]} `, 'dim'),
    ]);
};

/** The last one laid out: scrolling asks for the same lines again, and a megabyte takes a moment. */
let laid:
  | { readonly message: MessageContent; readonly view: MessageView; readonly width: number; readonly lines: readonly string[] }
  | undefined;

/** The payload as lines of text, not wider than the terminal. */
export const messageLines = ({ messages: { opened, view: wanted } }: DetailState, columns: number): readonly string[] => {
  if (opened === 'gone') return ['This message cannot be read any more.'];
  if (opened === 'loading') return [];
  const width = columns - 2;
  const view = viewOf(opened, wanted);
  if (laid?.message !== opened || laid.view !== view || laid.width !== width) {
    laid = { message: opened, view, width, lines: linesOf(opened, view, width) };
  }
  return laid.lines;
};

const linesOf = (message: MessageContent, view: MessageView, width: number): readonly string[] => {
  if (message.bytes.length === 0) return ['(empty)'];
  if (view === 'hex') return hexLines(message.bytes, width);
  if (view === 'json') return layOut(jsonOf(message) ?? '', width);
  return layOut(message.type === 'close' ? closeText(message.bytes) : textOf(message.bytes), width);
};

/** `00000010  48 65 6c 6c 6f …  Hello`: sixteen bytes a line, or eight where sixteen do not fit. */
const hexLines = (payload: Uint8Array, width: number): readonly string[] => {
  const each = width >= 76 ? 16 : 8;
  const shown = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  return Array.from({ length: Math.ceil(payload.length / each) }, (_, index) => {
    const part = shown.subarray(index * each, (index + 1) * each);
    const hex = part.toString('hex').replace(/(..)(?=.)/g, '$1 ');
    const text = part.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    return `${(index * each).toString(16).padStart(8, '0')}  ${hex.padEnd(each * 3 - 1)}  ${text}`;
  });
};
