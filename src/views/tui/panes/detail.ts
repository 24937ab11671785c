import type { ExchangeDetail } from '../../../control/control.js';
import { type Line, plain, span } from '../../paint.js';
import { chosenOf, count, duration, entranceOf, outcomeOf, timeOfDay, verdict } from '../../wording.js';
import { type DetailState, type Pane, panes, type State } from '../state.js';
import { findingsPane } from './findings.js';
import { legsPane } from './legs.js';
import { tlsPane } from './tls.js';

/** What stays in place above the pane: the verdict, the circumstances, the tabs. */
export const detailHead = (state: State): Line[] => {
  const { detail } = state;
  if (!detail || typeof detail.found === 'string')
    return [[span(detail?.found === 'gone' ? ' The engine no longer has this exchange in memory.' : ' …')]];
  const { exchange, findings, url } = detail.found;
  const { mark, tone } = outcomeOf(exchange.outcome, findings[0]?.severity);
  const facts = [
    `exchange ${exchange.id}`,
    timeOfDay(exchange.startedAt, 'milliseconds'),
    entranceOf(exchange.entrance),
    ...(exchange.client.timings.total === undefined ? [] : [`took ${duration(exchange.client.timings.total)}`]),
    ...(exchange.applied.length === 0 ? [] : [`! ${exchange.applied.map(chosenOf).join(', ')}`]),
  ];
  return [
    [span(` ${mark} ${verdict({ ...exchange, finding: findings[0] ?? null })}`, tone), span(`   ${plain(url, 1000)}`, 'strong')],
    [span(`   ${facts.join(' · ')}`, 'dim')],
    ...(findings[0] ? [[span(`   ${findings[0].title}`)]] : []),
    tabs(detail.pane, detail.found, state.size.columns),
  ];
};

const tabs = (current: Pane, { findings, exchange }: ExchangeDetail, columns: number): Line => {
  const marks = [
    ...(findings.length > 0 ? [String(findings.length)] : []),
    ...(exchange.applied.length > 0 ? [count(exchange.applied.length, 'fault')] : []),
  ];
  const titles: Record<Pane, string> = {
    legs: 'Both legs',
    findings: `Findings${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`,
    tls: columns < 100 ? 'TLS' : 'TLS and timings',
    messages: 'Messages',
  };
  return panes.flatMap((pane, index) => {
    const text = ` ${index + 1} ${titles[pane]} `;
    return [span(' '), pane === current ? { ...span(`[${text.trim()}]`, 'strong'), inverse: true } : span(text, 'dim')];
  });
};

/** The messages have a window of their own. */
const painters: Record<Exclude<Pane, 'messages'>, (found: ExchangeDetail, width: number) => Line[]> = {
  legs: ({ exchange }, width) => legsPane(exchange, width),
  findings: findingsPane,
  tls: ({ exchange }, width) => tlsPane(exchange, width),
};

/** The last pane drawn: scrolling asks for the same lines again, and a diff of two large heads is not free. */
const drawn = new WeakMap<ExchangeDetail, { readonly pane: Pane; readonly width: number; readonly lines: readonly Line[] }>();

export const detailBody = (detail: DetailState | null, columns: number): readonly Line[] => {
  if (!detail || typeof detail.found === 'string' || detail.pane === 'messages') return [];
  const width = columns - 2;
  const last = drawn.get(detail.found);
  if (last?.pane === detail.pane && last.width === width) return last.lines;
  const lines = painters[detail.pane](detail.found, width).map((line): Line => [span(' '), ...line]);
  drawn.set(detail.found, { pane: detail.pane, width, lines });
  return lines;
};
