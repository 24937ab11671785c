import type { Exchange } from '../../model/exchange.js';
import { lacks } from '../../model/imported.js';
import type { Leg } from '../../model/leg.js';
import { phases } from '../leg-rows.js';
import { count, duration } from '../wording.js';
import { html, nothing, type SafeHtml } from './html.js';

/** One bar of the waterfall. Times are milliseconds after the exchange began. */
export interface Bar {
  readonly leg: 'client' | 'server';
  readonly label: string;
  readonly from: number;
  /** Null: it never ended. */
  readonly to: number | null;
}

/** A phase of which an imported file tells only how long it took. */
export interface Unplaced {
  readonly leg: 'client' | 'server';
  readonly label: string;
  readonly took: number;
}

const barsOf = (leg: Leg | null, upstream: boolean): Bar[] => {
  if (!leg) return [];
  return phases.flatMap(([phase, label]): Bar[] => {
    const from = leg.starting?.[phase];
    const took = leg.timings[phase];
    // The whole leg would only say how long the WebSocket was open; words with an upstream proxy begin to be due whenever a connection stands.
    if (from === undefined || phase === 'total' || (phase === 'proxy' && !upstream)) return [];
    return [{ leg: leg.side, label, from, to: took === undefined ? null : from + took }];
  });
};

/** The phases of both legs, in the order in which they began. */
export const waterfallBars = ({ client, server, upstream }: Pick<Exchange, 'client' | 'server' | 'upstream'>): Bar[] =>
  [...barsOf(client, false), ...barsOf(server, upstream !== null)].sort((a, b) => a.from - b.from);

/** Phases that took a time and have no place on the axis. */
const unplacedOf = (leg: Leg | null): Unplaced[] =>
  phases.flatMap(([phase, label]): Unplaced[] => {
    const took = leg?.timings[phase];
    return leg && took !== undefined && phase !== 'total' && leg.starting?.[phase] === undefined ? [{ leg: leg.side, label, took }] : [];
  });

const unplacedRow = ({ leg, label, took }: Unplaced): SafeHtml =>
  html`<tr><th scope="row">${label} <span class="leg ${leg}">${leg} leg</span></th><td class="chart dim">when is not recorded</td><td class="time"></td><td class="time">${duration(took)}</td></tr>
`;

/** A step of 1, 2 or 5 that puts three to seven marks on the axis. */
const stepFor = (end: number): number => {
  const power = 10 ** Math.floor(Math.log10(end / 4));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => end / step <= 7) ?? end;
};

const percent = (value: number): string => `${Math.min(100, Math.max(0, value)).toFixed(2)}%`;

/** Where the axis has a mark: at round times. */
const marksOf = (end: number): { readonly at: number; readonly x: string }[] => {
  const step = stepFor(end);
  return Array.from({ length: Math.floor((end * 0.96) / step) + 1 }, (_, index) => ({
    at: index * step,
    x: percent(((index * step) / end) * 100),
  }));
};

const axis = (end: number): SafeHtml => {
  const texts = marksOf(end).map(({ at, x }) => html`<text x="${x}" y="11">${duration(at).replace(/^0 ms$/, '0')}</text>`);
  return html`<svg class="axis" width="100%" height="14" aria-hidden="true" focusable="false">${texts}</svg>`;
};

const grid = (end: number): SafeHtml => html`${marksOf(end).map(({ x }) => html`<line x1="${x}" x2="${x}" y1="0" y2="100%"/>`)}`;

const barRow = ({ leg, label, from, to }: Bar, end: number): SafeHtml => {
  const left = (from / end) * 100;
  const width = Math.max(0.4, ((to ?? end) / end) * 100 - left);
  const took = to === null ? 'did not end' : duration(to - from);
  return html`<tr><th scope="row">${label} <span class="leg ${leg}">${leg} leg</span></th><td class="chart"><svg width="100%" height="26" aria-hidden="true" focusable="false">${grid(end)}<rect class="${leg}${to === null ? ' endless' : ''}" x="${percent(Math.min(left, 99.6))}" y="7" width="${percent(width)}" height="12" rx="2"/></svg></td><td class="time">${duration(from)}</td><td class="time">${took}</td></tr>
`;
};

/** How long the WebSocket was open, and what it carried meanwhile. */
const afterwards = (exchange: Exchange): SafeHtml => {
  const { open, closed } = exchange.marks;
  const { frames } = exchange;
  if (open === null) return nothing;
  if (lacks(exchange, 'messages') || lacks(exchange, 'end')) return nothing;
  const sent = count(frames.fromClient.messages + frames.fromServer.messages, 'message');
  return html`<p>${closed === null ? 'Then the WebSocket stayed open' : `Then the WebSocket was open for ${duration(closed - open)}`}: ${sent}.</p>`;
};

/** The phases of both legs on one axis of time. */
export const waterfall = (exchange: Exchange): SafeHtml => {
  const bars = waterfallBars(exchange);
  const unplaced = [...unplacedOf(exchange.client), ...unplacedOf(exchange.server)];
  if (bars.length + unplaced.length === 0) return html`<p class="none">No phase was recorded.</p>`;
  const last = Math.max(0, ...bars.map(({ from, to }) => to ?? from));
  const total = exchange.client.timings.total;
  // A phase that never ended goes on to the end of the leg.
  const end = Math.max(0.001, bars.some(({ to }) => to === null) ? Math.max(last, total ?? 0) : last);
  return html`<table class="waterfall">
<thead><tr><th scope="col">Phase</th><th scope="col" class="chart"><span class="unseen">On the axis of time</span>${axis(end)}</th><th scope="col" class="time">began</th><th scope="col" class="time">took</th></tr></thead>
<tbody>
${bars.map((bar) => barRow(bar, end))}${unplaced.map(unplacedRow)}</tbody></table>
${afterwards(exchange)}`;
};
