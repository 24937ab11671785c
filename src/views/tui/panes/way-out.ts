import type { Exchange } from '../../../model/exchange.js';
import { importedNotes } from '../../imported-wording.js';
import { type Line, plain, span, wrap } from '../../paint.js';
import { dialNotes, talkLines, upstreamOf, upstreamTlsOf } from '../../way-out-wording.js';

/** At most so many lines of what was said, and of what was answered: a page behind a refusal may be long. */
const mostLines = 16;

/** How the server leg left this machine, when it was not straight: the upstream proxy, what it was told and what it answered. */
export const wayOutLines = (exchange: Exchange, width: number): Line[] => {
  const { upstream } = exchange;
  const notes = dialNotes(exchange).flatMap((note) => folded(note, width, 2).map((text): Line => [span(`  ${text}`, 'dim')]));
  if (!upstream) return notes.length > 0 ? [[span('dialling the server', 'strong')], ...notes, []] : [];
  const tls = upstreamTlsOf(upstream);
  const bad = upstream.outcome !== null && upstream.outcome !== 'ok';
  const said = (mark: string, text: string): Line[] => {
    const all = talkLines(upstream, text);
    const shown = all.slice(0, mostLines).flatMap((line) => folded(line, width, 3));
    return [...shown, ...(all.length > mostLines ? ['…'] : [])].map((line): Line => [span(`  ${mark} `, 'dim'), span(line)]);
  };
  return [
    [span('upstream proxy ', 'strong'), span(plain(upstreamOf(upstream), width * 2), bad ? 'bad' : 'accent')],
    ...notes,
    ...(tls === null ? [] : folded(`TLS to it: ${tls}`, width, 3).map((text): Line => [span(`  ${text}`)])),
    ...said('>', upstream.request),
    ...said('<', upstream.reply),
    [],
  ];
};

/** Where it was imported from, and what is not recorded. */
export const importedLines = (exchange: Exchange, width: number): Line[] => {
  const lines = importedNotes(exchange).flatMap((note) => folded(note, width, 4).map((text): Line => [span(`  ${text}`, 'dim')]));
  return lines.length > 0 ? [[span('imported', 'strong')], ...lines, []] : [];
};

const folded = (text: string, width: number, rows: number): readonly string[] =>
  wrap(plain(text, width * rows), Math.max(20, width - 4), rows);
