import { createHash } from 'node:crypto';
import type { ExportContext, ExportFormat } from '../../formats/format.js';
import { commandFor, countsOf, redactionOf, sentBy } from './about.js';
import { article } from './article.js';
import { type Chosen, choose } from './choose.js';
import { html, nothing, type SafeHtml } from './html.js';
import { overview } from './overview.js';
import { hexLimit, textLimit } from './payload.js';
import { reportScript } from './script.js';
import { clip, number, utc } from './shown.js';
import { reportStyle } from './style.js';

/** What a page has room for: exchanges in the table, exchanges in full, and messages in all. */
const caps = { rows: 2000, full: 100, messages: 10_000 };
/** Of one exchange, however many there are in the page. */
const messagesOf = (full: number): number => Math.min(2000, Math.max(40, Math.floor(caps.messages / Math.max(1, full))));

const hashOf = (text: SafeHtml): string => `'sha256-${createHash('sha256').update(String(text)).digest('base64')}'`;

/** The one script and the one style by their hashes, and nothing else at all: no connection, picture, font, frame or form. */
export const reportPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(reportScript)}`,
  `style-src ${hashOf(reportStyle)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What the page does not hold, and how to get it. */
const leftOut = (chosen: Chosen, context: ExportContext): string[] => {
  const { rows, full, total } = chosen;
  const most = messagesOf(full.length);
  const long = full.filter(({ recorded }) => sentBy(recorded.exchange) > most).length;
  return [
    ...(rows.length < total
      ? [`${number(total - rows.length)} of ${number(total)} exchanges: the table has those with findings first, then the newest.`]
      : []),
    ...(full.length < rows.length
      ? [
          `The details of ${number(rows.length - full.length)} exchanges in the table: ${number(full.length)} are shown in full, those with findings first, then the newest. For one of the others: ${commandFor(context)} --format html`,
        ]
      : []),
    ...(long > 0
      ? [
          `Messages in the middle of ${number(long)} long ${long === 1 ? 'exchange' : 'exchanges'}: the first ${number(Math.ceil(most / 2))} and the last ${number(Math.floor(most / 2))} are here.`,
        ]
      : []),
    `Of each payload what is over ${number(textLimit)} bytes of text or ${number(hexLimit)} bytes of binary; its length is said.`,
  ];
};

const opening = (chosen: Chosen, context: ExportContext): SafeHtml => {
  const name = clip(context.recording, 200);
  const facts: readonly (readonly [string, SafeHtml])[] = [
    ['Recorded', html`${utc(context.startedAt)}`],
    ['Holds', html`${countsOf(chosen)}`],
    ['Redacted', html`${redactionOf(context)}`],
    ['Left out', html`${leftOut(chosen, context).map((text) => html`${text}<br>`)}`],
  ];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${name}: shakedown report</title>
<style>${reportStyle}</style></head>
<body>
<a class="skip" href="#report">To the report</a>
<header class="masthead"><p class="eyebrow">shakedown ${clip(context.shakedown, 40)} · report of WebSocket handshakes</p>
<h1>${name}</h1>
<dl class="about">
${facts.map(
  ([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>
`,
)}</dl></header>
<main id="report">
${chosen.total === 0 ? html`<p class="card">This recording holds no exchange.</p>` : nothing}${chosen.total > 1 ? overview(chosen) : nothing}`;
};

const closing = (context: ExportContext): SafeHtml => html`</main>
<footer class="foot"><p>Written by shakedown ${clip(context.shakedown, 40)}. This page needs no network and reaches none. Control and invisible characters are shown as escapes.</p></footer>
<script>${reportScript}</script>
</body></html>
`;

async function* write(...[exchanges, context]: Parameters<ExportFormat['write']>): AsyncGenerator<string> {
  const chosen = await choose(exchanges, caps);
  yield String(opening(chosen, context));
  const { full } = chosen;
  for (const one of full) {
    const command = commandFor(context, one.recorded.exchange.id);
    const options = { alone: chosen.total === 1, open: full.length <= 3, messages: messagesOf(full.length), command };
    for await (const part of article(one, options)) yield String(part);
  }
  yield String(closing(context));
}

export const htmlReport: ExportFormat = {
  id: 'html',
  aliases: ['report'],
  extension: 'html',
  binary: false,
  about:
    'A report in one HTML file, for any browser: both legs side by side, findings, timings and messages; no network, no script needed.',
  write,
};
