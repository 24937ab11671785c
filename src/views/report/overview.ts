import { duration, outcomeOf } from '../wording.js';
import type { Chosen, Group, Row } from './choose.js';
import { severityBadge } from './findings.js';
import { html, nothing, type SafeHtml } from './html.js';
import { number, utc } from './shown.js';

/** How an exchange stands, with the mark of `outcomeOf` and its status. */
export const outcomeBadge = ({ outcome, status, finding }: Pick<Row, 'outcome' | 'status' | 'finding'>): SafeHtml => {
  const { word, mark, tone } = outcomeOf(outcome, finding?.severity);
  return html`<span class="badge ${tone}"><span aria-hidden="true">${mark}</span> ${status > 0 ? `${status} ` : ''}${word}</span>`;
};

export const anchorOf = ({ number: n }: Pick<Row, 'number'>): string => `exchange-${n}`;

const statesOf = ({ finding, outcome, faults, kind }: Row): string =>
  [
    ...(finding ? ['finding'] : []),
    ...(outcome === 'failed' || outcome === 'refused' ? ['failed'] : []),
    ...(outcome === 'open' || outcome === 'closed' ? ['opened'] : []),
    ...(faults > 0 ? ['fault'] : []),
    ...(kind === 'websocket' ? ['websocket'] : []),
  ].join(' ');

const findingCell = ({ finding, findings }: Row): SafeHtml => {
  if (!finding) return nothing;
  return html`<span class="code">${finding.code}</span>${findings > 1 ? html` <span class="dim">and ${findings - 1} more</span>` : nothing}`;
};

const overviewRow = (row: Row, inFull: boolean): SafeHtml => {
  const { fromClient, fromServer } = row.messages;
  const messages = row.kind === 'websocket' && fromClient + fromServer > 0 ? `${number(fromClient)} / ${number(fromServer)}` : '';
  const label = html`${row.number}`;
  return html`<tr data-row=""${inFull ? html` data-part="${anchorOf(row)}"` : nothing} data-state="${statesOf(row)}"><td class="n">${inFull ? html`<a href="#${anchorOf(row)}">${label}</a>` : label}</td><td class="time wide">${utc(row.startedAt).slice(11, 23)}</td><td>${outcomeBadge(row)}</td><td class="url">${row.url === '' ? '(not known)' : row.url}</td><td>${findingCell(row)}</td><td class="time wide">${messages}</td><td class="time wide">${duration(row.took)}</td></tr>
`;
};

const groupRow = ({ code, severity, title, count, numbers }: Group, inFull: ReadonlySet<number>): SafeHtml => {
  const links = numbers.map((n) => (inFull.has(n) ? html`<a href="#${anchorOf({ number: n })}">${n}</a>` : html`<span>${n} </span>`));
  return html`<tr><td>${severityBadge(severity)}</td><td class="n">${number(count)}</td><td><span class="code">${code}</span><br>${title}</td><td class="links">${links}${count > numbers.length ? '…' : ''}</td></tr>
`;
};

const groupTable = ({ groups }: Chosen, inFull: ReadonlySet<number>): SafeHtml =>
  groups.length === 0
    ? nothing
    : html`<section class="card" aria-labelledby="found"><h2 id="found">What was found</h2>
<table class="grouped"><thead><tr><th scope="col">Severity</th><th scope="col" class="n">times</th><th scope="col">Finding, and what it says of the first</th><th scope="col">Exchanges</th></tr></thead>
<tbody>
${groups.map((group) => groupRow(group, inFull))}</tbody></table></section>
`;

const controls = html`<div class="search" role="search" aria-label="Exchanges" data-for="exchanges" hidden>
<label class="wide">Search <input type="search" autocomplete="off" spellcheck="false" placeholder="host, path, status, finding"></label>
<label>Show <select name="state"><option value="">all</option><option value="finding">with findings</option><option value="failed">failed or refused</option><option value="opened">WebSockets that opened</option><option value="fault">with faults applied</option><option value="websocket">WebSockets only</option></select></label>
<button type="button" data-open="yes">Open all</button><button type="button" data-open="no">Close all</button>
<output aria-live="polite"></output></div>
`;

/** What was found, and every exchange in a table. */
export const overview = (chosen: Chosen): SafeHtml => {
  const inFull = new Set(chosen.full.map(({ row }) => row.number));
  const rows = chosen.rows.map((row) => overviewRow(row, inFull.has(row.number)));
  return html`${groupTable(chosen, inFull)}<nav class="card" aria-labelledby="exchanges-title"><h2 id="exchanges-title">Exchanges</h2>
${controls}<table class="overview" id="exchanges"><thead><tr><th scope="col" class="n">no.</th><th scope="col" class="time wide">began (UTC)</th><th scope="col">outcome</th><th scope="col">URL</th><th scope="col">first finding</th><th scope="col" class="time wide">messages c / s</th><th scope="col" class="time wide">took</th></tr></thead>
<tbody>
${rows}</tbody></table></nav>
`;
};
