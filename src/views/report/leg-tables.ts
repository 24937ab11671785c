import type { Exchange } from '../../model/exchange.js';
import { type ImportLack, lacks } from '../../model/imported.js';
import type { Leg } from '../../model/leg.js';
import { certificateRows, http2Rows, mirroredOf, type Row, tlsRows } from '../leg-rows.js';
import { dialNotes, talkLines, upstreamOf, upstreamTlsOf } from '../way-out-wording.js';
import { closeOf, endingOf, tallyOf } from '../wording.js';
import { html, nothing, type SafeHtml } from './html.js';
import { clip } from './shown.js';

/** The longest fact that is shown whole. */
const factLimit = 1500;
const mostCertificates = 10;

const factRow = ([label, client, server]: Row): SafeHtml =>
  html`<tr><th scope="row">${label}</th><td>${clip(client, factLimit)}</td><td>${clip(server, factLimit)}</td></tr>
`;

const group = (title: string, rows: readonly Row[]): SafeHtml =>
  rows.length === 0
    ? nothing
    : html`<tbody><tr class="group"><th colspan="3" scope="rowgroup">${title}</th></tr>
${rows.map(factRow)}</tbody>
`;

const chainOf = (leg: Leg | null) => leg?.tls?.chain ?? leg?.tlsFailure?.chain ?? [];

/** Every certificate behind the leaf: the leaf stands among the facts of TLS. */
const chainGroups = ({ client, server }: Exchange): SafeHtml[] => {
  const [one, other] = [chainOf(client), chainOf(server)];
  const most = Math.min(mostCertificates, Math.max(one.length, other.length));
  return Array.from({ length: Math.max(0, most - 1) }, (_, index) =>
    group(`Certificate ${index + 2} of the chain`, certificateRows(one[index + 1], other[index + 1])),
  );
};

const endRows = (exchange: Exchange): Row[] => {
  const { frames, marks } = exchange;
  const told = (what: ImportLack, row: Row): Row => (lacks(exchange, what) ? [row[0], 'not recorded', 'not recorded'] : row);
  const upgraded = marks.open !== null || frames.fromClient.frames + frames.fromServer.frames > 0;
  return [
    ...(upgraded
      ? [
          told('messages', ['sent', tallyOf(frames.fromClient), tallyOf(frames.fromServer)]),
          told('close', ['Close', closeOf(frames.fromClient.close), closeOf(frames.fromServer.close)]),
        ]
      : []),
    ['ended', endingOf(exchange, 'client'), endingOf(exchange, 'server')],
  ];
};

const frameDefects = ({ frames }: Exchange): SafeHtml => {
  const items = (['fromClient', 'fromServer'] as const).flatMap((side) =>
    frames[side].defects.map(
      ({
        code,
        offset,
        note,
      }) => html`<li>${code} at byte ${offset} of what the ${side === 'fromClient' ? 'client' : 'server'} sent: ${clip(note, 500)}</li>
`,
    ),
  );
  return items.length === 0 ? nothing : html`<h4>Broken frames</h4><ul class="odd">${items}</ul>`;
};

/** Both legs, fact by fact: TLS with every certificate, HTTP/2, what was sent and how it ended. */
export const legTable = (exchange: Exchange): SafeHtml => {
  const { client, server, mirrored, http2 } = exchange;
  const noTls = lacks(exchange, 'tls') && !client.tls && !server?.tls;
  const mirror = mirrored ? html`<p class="note">${mirroredOf(mirrored)}</p>` : nothing;
  const rest = chainGroups(exchange);
  return html`${mirror}<table class="facts">
<thead><tr><td></td><th scope="col" class="client">Client leg <span class="dim">app and shakedown</span></th><th scope="col" class="server">Server leg <span class="dim">shakedown and ${exchange.upstream ? 'upstream proxy' : 'server'}</span></th></tr></thead>
${group('TLS', noTls ? [['version', 'not recorded', 'not recorded']] : tlsRows(client, server))}${rest}${http2 ? group('HTTP/2', http2Rows(exchange, http2)) : nothing}${group('After the handshake', endRows(exchange))}</table>
${frameDefects(exchange)}`;
};

const talk = (title: string, lines: readonly string[]): SafeHtml =>
  lines.length === 0
    ? nothing
    : html`<h4>${title}</h4><pre>${clip(lines.slice(0, 40).join('\n'), 4000)}${lines.length > 40 ? '\n…' : ''}</pre>`;

const headLines = (raw: string): readonly string[] => (raw === '' ? [] : raw.replace(/[\r\n]+$/, '').split(/\r?\n/));

/** How the client came in and how the server leg went out, where that is more than a plain connection; `nothing` otherwise. */
export const wayTables = (exchange: Exchange): SafeHtml => {
  const { door, upstream } = exchange;
  const notes = dialNotes(exchange).map(
    (note) => html`<li>${clip(note, 300)}</li>
`,
  );
  const tls = upstream && upstreamTlsOf(upstream);
  const out = upstream
    ? html`<p>${clip(upstreamOf(upstream), 600)}</p>${tls === null ? nothing : html`<p>TLS to it: ${clip(tls, 600)}</p>`}${talk('The upstream proxy was told', talkLines(upstream, upstream.request))}${talk('It answered', talkLines(upstream, upstream.reply))}`
    : nothing;
  const came = talk('The client said to shakedown', headLines(door.request));
  const told = talk('It was answered', headLines(door.reply));
  return html`${came}${told}${notes.length > 0 ? html`<h4>Dialling</h4><ul>${notes}</ul>` : nothing}${out}`;
};
