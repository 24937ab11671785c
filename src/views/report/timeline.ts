import type { RecordedExchange } from '../../formats/format.js';
import { timeOf } from '../../model/clock.js';
import { bytes, count, duration } from '../wording.js';
import { html, nothing, type SafeHtml } from './html.js';
import { type Held, hold, previewOf } from './payload.js';
import { number } from './shown.js';

/** `0.4 ms`, `12 ms`, `3.4 s` after the exchange began. */
export const offsetOf = (at: string, startedAt: string): string => {
  const ms = timeOf(at) - timeOf(startedAt);
  return Number.isFinite(ms) && ms >= 0 ? `+${duration(ms)}` : '';
};

const marksOf = (message: Held, left: number): SafeHtml[] => [
  ...(message.compressed ? [html`<span class="mark">compressed, ${bytes(message.wireBytes)} on the wire</span> `] : []),
  ...(message.frames > 1 ? [html`<span class="mark">${count(message.frames, 'frame')}</span> `] : []),
  ...(message.cut ? [html`<span class="mark warning">cut in the recording</span> `] : []),
  ...(left > 0 ? [html`<span class="mark">${bytes(left)} more</span> `] : []),
  ...(message.error === undefined ? [] : [html`<span class="mark error">✗ ${message.error}</span> `]),
];

const kindOf = (type: Held['type']): string => (type === 'text' || type === 'binary' ? type : 'control');

const messageRow = (message: Held, startedAt: string): SafeHtml => {
  const { from, type, at, length } = message;
  const preview = previewOf(message);
  const arrow = from === 'client' ? '→' : '←';
  const line = html`<code>${preview.line}</code>`;
  const content = preview.more === null ? line : html`<details><summary>${line}</summary><pre tabindex="0">${preview.more}</pre></details>`;
  return html`<tr data-row="" data-from="${from}" data-kind="${kindOf(type)}"${message.error === undefined && !message.cut ? nothing : html` data-odd=""`}><td class="n">${message.number}</td><td class="time">${offsetOf(at, startedAt)}</td><td class="from ${from}"><span aria-hidden="true">${arrow}</span> ${from}</td><td class="kind">${type} <span class="dim">${bytes(length)}</span></td><td class="payload"><div>${content}<span class="marks">${marksOf(message, preview.left)}</span></div></td></tr>
`;
};

export interface TimelineOptions {
  /** The most messages; the half of them from the beginning, the rest from the end. */
  readonly most: number;
  /** How one gets all of them. */
  readonly command: string;
}

const head = html`<table class="messages">
<thead><tr><th scope="col" class="n">no.</th><th scope="col" class="time">time</th><th scope="col">from</th><th scope="col">type</th><th scope="col">payload</th></tr></thead>
<tbody>
`;

const gap = (from: number, to: number, command: string): SafeHtml =>
  html`<tr class="left-out"><td colspan="5">${to === from ? `Message ${number(from)} is` : `Messages ${number(from)} to ${number(to)} are`} left out here. <code>${command} --format jsonl</code> has them all.</td></tr>
`;

/**
 * The messages of one exchange as a table, in parts: what is on its way through memory is at most the last half. Returns how many there
 * were; nothing is written when there was none.
 */
export async function* timeline(
  { exchange, messages }: RecordedExchange,
  { most, command }: TimelineOptions,
): AsyncGenerator<SafeHtml, number> {
  const first = Math.ceil(most / 2);
  const last = most - first;
  const ring: Held[] = [];
  let seen = 0;
  for await (const batch of messages()) {
    const rows: SafeHtml[] = [];
    for (const { message, at } of batch) {
      seen++;
      if (seen === 1) rows.push(head);
      if (seen <= first) rows.push(messageRow(hold(message, at, seen), exchange.startedAt));
      else ring[(seen - first - 1) % last] = hold(message, at, seen);
    }
    if (rows.length > 0) yield html`${rows}`;
  }
  if (seen === 0) return 0;
  const rest = ring.sort((a, b) => a.number - b.number);
  const firstKept = rest[0]?.number ?? seen + 1;
  if (firstKept > first + 1 && seen > first) yield gap(first + 1, firstKept - 1, command);
  for (const message of rest) yield messageRow(message, exchange.startedAt);
  yield html`</tbody></table>
`;
  return seen;
}
