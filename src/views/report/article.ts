import type { RecordedExchange } from '../../formats/format.js';
import type { Exchange } from '../../model/exchange.js';
import { importedNotes } from '../imported-wording.js';
import { chosenOf, duration, entranceOf } from '../wording.js';
import { sentBy } from './about.js';
import type { Row } from './choose.js';
import { answerBody, faultList, findingList } from './findings.js';
import { headTables } from './head-tables.js';
import { html, nothing, type SafeHtml } from './html.js';
import { legTable, wayTables } from './leg-tables.js';
import { anchorOf, outcomeBadge } from './overview.js';
import { pathStrip } from './path.js';
import { clip, number, utc } from './shown.js';
import { timeline } from './timeline.js';
import { waterfall } from './waterfall.js';

export interface ArticleOptions {
  /** The only one: it is not folded. */
  readonly alone: boolean;
  readonly open: boolean;
  /** The most messages that are shown. */
  readonly messages: number;
  readonly command: string;
}

const metaOf = (exchange: Exchange): SafeHtml => {
  const { client, applied, lostBytes } = exchange;
  const facts = [
    `exchange ${clip(exchange.id, 100)}`,
    utc(exchange.startedAt),
    entranceOf(exchange.entrance),
    ...(client.timings.total === undefined ? [] : [`took ${duration(client.timings.total)}`]),
    ...(applied.length === 0 ? [] : [`fault ${clip([...new Set(applied.map(chosenOf))].join(', '), 300)}`]),
  ];
  const lost = lostBytes > 0 ? html`<p class="note">${number(lostBytes)} bytes crossed that are not in the recording.</p>` : nothing;
  const imported = importedNotes(exchange).map((note) => html`<p class="note">${clip(note, 1000)}</p>`);
  return html`<p class="meta">${facts.map((fact) => html`<span>${fact}</span>`)}</p>${imported}${lost}`;
};

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: SafeHtml;
}

const partsOf = ({ exchange, findings }: RecordedExchange): Part[] => {
  const parts: Part[] = [
    {
      id: 'findings',
      title: findings.length > 1 ? `Findings (${findings.length}, the most likely first)` : 'Finding',
      content: findingList(exchange, findings),
    },
    { id: 'faults', title: 'Faults that shakedown applied', content: faultList(exchange) },
    { id: 'heads', title: 'Request and answer on both legs', content: headTables(exchange) },
    { id: 'body', title: 'Body of the answer', content: answerBody(exchange) },
    { id: 'timing', title: 'Timing', content: waterfall(exchange) },
    { id: 'legs', title: 'TLS and ends of both legs', content: legTable(exchange) },
    { id: 'way', title: 'The way in and out', content: wayTables(exchange) },
  ];
  return parts.filter(({ content }) => String(content) !== '');
};

const controls = (
  table: string,
  label: string,
): SafeHtml => html`<div class="search" role="search" aria-label="${label}" data-for="${table}" hidden>
<label class="wide">Search <input type="search" autocomplete="off" spellcheck="false" placeholder="text of the payload"></label>
<label>From <select name="from"><option value="">both</option><option value="client">client</option><option value="server">server</option></select></label>
<label>Type <select name="kind"><option value="">all</option><option value="text">text</option><option value="binary">binary</option><option value="control">control frames</option><option value="odd">cut or broken</option></select></label>
<output aria-live="polite"></output></div>
`;

/** One exchange in full, in parts: its messages are written as they are read. */
export async function* article(
  { row, recorded }: { readonly row: Row; readonly recorded: RecordedExchange },
  { alone, open, messages, command }: ArticleOptions,
): AsyncGenerator<SafeHtml> {
  const { exchange, findings } = recorded;
  const id = anchorOf(row);
  const parts = partsOf(recorded);
  const talked = sentBy(exchange) > 0;
  const links = [...parts, ...(talked ? [{ id: 'messages', title: `Messages (${number(sentBy(exchange))})` }] : [])];
  const title = html`<span class="title">${outcomeBadge(row)} <span class="url">${alone ? nothing : html`<span class="dim">${row.number}</span> `}${row.url === '' ? '(target not known)' : row.url}</span></span>`;
  yield html`<article class="exchange card" id="${id}" aria-labelledby="${id}-title">
${alone ? html`<h2 id="${id}-title">${title}</h2>` : html`<details${open ? html` open` : nothing}><summary><h2 id="${id}-title">${title}</h2>${findings[0] ? html`<span class="lead">${clip(findings[0].title, 600)}</span>` : nothing}</summary>`}
${metaOf(exchange)}${pathStrip(exchange)}<div class="toc">${links.map((part) => html`<a href="#${id}-${part.id}">${part.title}</a> `)}</div>
`;
  for (const part of parts) {
    yield html`<section aria-labelledby="${id}-${part.id}"><h3 id="${id}-${part.id}">${part.title}</h3>
${part.content}</section>
`;
  }
  if (talked) {
    yield html`<section aria-labelledby="${id}-messages"><h3 id="${id}-messages">Messages</h3>
${controls(`${id}-list`, `Messages of exchange ${row.number}`)}<div id="${id}-list">
`;
    const lines = timeline(recorded, { most: messages, command });
    for (;;) {
      const step = await lines.next();
      if (!step.done) yield step.value;
      else if (step.value === 0) yield html`<p class="none">The frames hold no whole message.</p>`;
      if (step.done) break;
    }
    yield html`</div></section>
`;
  }
  yield html`${alone ? nothing : html`</details>`}</article>
`;
}
