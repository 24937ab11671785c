import type { Exchange } from '../../model/exchange.js';
import type { Head } from '../../model/head.js';
import { diffHeads, type HeadRow } from '../head-diff.js';
import { changesOf, noAnswerOf, oddBytes, ownAnswerOf } from '../head-wording.js';
import { html, nothing, type SafeHtml } from './html.js';
import { clip } from './shown.js';

/** The longest line of a head that is shown whole. */
const lineLimit = 4096;

const signs: Record<HeadRow['mark'], readonly [sign: string, word: string]> = {
  '=': ['', ''],
  '~': ['≠', 'changed on the way'],
  '-': ['−', 'taken out on the way'],
  '+': ['+', 'put in on the way'],
};

/** The name of a field stands out; a start line has none. */
const fieldLine = (line: string): SafeHtml => {
  const [, name, rest] = /^(:?[^\s:]+:)(.*)$/s.exec(line) ?? [];
  return name === undefined ? html`${line}` : html`<b>${name}</b>${rest ?? ''}`;
};

/** A changed line with the part marked in which it differs from the other one. */
const changedLine = (line: string, other: string): SafeHtml => {
  const [a, b] = [[...line], [...other]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const part = (from: number, to: number) => a.slice(from, to).join('');
  return html`${part(0, start)}<mark>${part(start, a.length - end)}</mark>${part(a.length - end, a.length)}`;
};

const sideOf = (text: string | null, other: string | null, mark: HeadRow['mark']): SafeHtml => {
  if (text === null) return nothing;
  const line = clip(text, lineLimit);
  return mark === '~' && other !== null ? changedLine(line, clip(other, lineLimit)) : fieldLine(line);
};

/** A row of a comparison; `turned`: the right side is where it came from. */
export const comparedRow = ({ left, right, mark }: HeadRow, turned: boolean): SafeHtml => {
  const [one, other] = turned ? [right, left] : [left, right];
  const [sign, word] = signs[mark];
  const kind = { '=': 'same', '~': 'changed', '-': 'out', '+': 'in' }[mark];
  return html`<tr class="${kind}${kind === 'same' && turned ? ' turned' : ''}"><td>${sideOf(one, other, mark)}</td><td class="sign"><span aria-hidden="true">${sign}</span><span class="unseen">${word}</span></td><td>${sideOf(other, one, mark)}</td></tr>
`;
};

interface Crossing {
  readonly title: string;
  readonly columns: readonly [client: string, server: string];
  readonly from: Head | null;
  readonly to: Head | null;
  readonly turned: boolean;
  /** What stands in place of a head that is not there, on the client's side and on the server's. */
  readonly missing: readonly [client: string, server: string];
}

const body = ({ from, to, turned, missing }: Crossing): SafeHtml => {
  if (from && to) return html`${diffHeads(from, to).map((row) => comparedRow(row, turned))}`;
  const only = from ?? to;
  if (!only) return html`<tr class="gap"><td>${missing[0]}</td><td class="sign"></td><td>${missing[1]}</td></tr>`;
  const atClient = turned ? to !== null : from !== null;
  return html`${diffHeads(only, only).map(({ left }, index) => {
    const line = sideOf(left, null, '=');
    const gap = html`<i>${index === 0 ? missing[atClient ? 1 : 0] : ''}</i>`;
    return html`<tr class="alone"><td>${atClient ? line : gap}</td><td class="sign"></td><td>${atClient ? gap : line}</td></tr>
`;
  })}`;
};

const crossingTable = (crossing: Crossing): SafeHtml => {
  const { title, columns, from, to } = crossing;
  const rows = from && to ? diffHeads(from, to) : [];
  const changes = from && to ? html` <span class="dim">${changesOf(rows, from, to)}</span>` : nothing;
  return html`<table class="heads">
<caption>${title}${changes}</caption>
<thead><tr><th scope="col" class="client">${columns[0]}</th><th class="sign"><span class="unseen">What changed</span></th><th scope="col" class="server">${columns[1]}</th></tr></thead>
<tbody>
${body(crossing)}</tbody></table>
`;
};

const sites = {
  clientSent: 'sent by the client',
  serverGot: 'got by the server',
  serverSent: 'sent by the server',
  clientGot: 'got by the client',
};

/** In which ways the heads break HTTP, each said once though it may stand in two of them. */
const defects = ({ heads }: Exchange): SafeHtml => {
  const told = new Map<string, string[]>();
  for (const site of ['clientSent', 'serverGot', 'serverSent', 'clientGot'] as const) {
    for (const { code, offset, note } of heads[site]?.defects.slice(0, 20) ?? []) {
      const text = `${code} at byte ${offset}: ${clip(note, 500)}`;
      told.set(text, [...(told.get(text) ?? []), sites[site]]);
    }
  }
  if (told.size === 0) return nothing;
  const items = [...told].map(
    ([text, where]) => html`<li>${text} <span class="dim">(${where.join(', ')})</span></li>
`,
  );
  return html`<h4>What is odd about these heads</h4><ul class="odd">${items}</ul>`;
};

/** Request and answer, each as it crossed the client leg beside how it crossed the server leg. */
export const headTables = (exchange: Exchange): SafeHtml => {
  const { heads, notAHead } = exchange;
  const request = crossingTable({
    title: 'Request',
    columns: ['The client sent', 'The server got'],
    from: heads.clientSent,
    to: heads.serverGot,
    turned: false,
    missing: [oddBytes(notAHead.clientSent, 'no request head came'), '(nothing was sent to the server)'],
  });
  const informational = exchange.informational.map(
    ({ raw }) => html`<pre>${clip(raw.trimEnd().replaceAll('\r\n', '\n'), lineLimit)}</pre>`,
  );
  const answer = crossingTable({
    title: 'Answer',
    columns: ['The client got', 'The server sent'],
    from: heads.serverSent,
    to: heads.clientGot,
    turned: true,
    missing: [`(${ownAnswerOf(exchange)})`, oddBytes(notAHead.serverSent, noAnswerOf(exchange))],
  });
  return html`${request}${informational.length > 0 ? html`<h4>Before the answer</h4>${informational}` : nothing}${answer}${defects(exchange)}`;
};
