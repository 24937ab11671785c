import type { Comparison, Contrast } from '../../comparison/comparison.js';
import type { Exchange } from '../../model/exchange.js';
import { importedNotes } from '../imported-wording.js';
import { type Line, lineWidth, plain, type Span, span, wrap } from '../paint.js';
import { count } from '../wording.js';
import { ansi } from './ansi.js';

export interface ComparisonText {
  /** Names of the two, as `good.jsonl#3`. */
  readonly names: readonly [a: string, b: string];
  readonly exchanges: readonly [a: Exchange, b: Exchange];
  readonly comparison: Comparison;
}
interface Style {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** Differences that are shown; the rest is counted. */
const mostShown = 25;
const likelyFrom = 0.5;
const indent = '    ';
const between = '  ';

/** What became of an exchange, as the end of a sentence. */
const fateOf = ({ outcome, heads, refusal, dialFailure, status, client, server }: Exchange): string => {
  if (outcome === 'open' || outcome === 'closed') return 'opened';
  if (outcome === 'refused') return `was refused with ${status}`;
  if (outcome === 'answered') return `was answered with ${status || refusal?.status || 'nothing'}`;
  if (outcome === 'tunnelled') return 'was tunnelled unread';
  if (outcome === 'pending') return 'has no answer';
  if (dialFailure) return `failed: no connection to the server (${plain(dialFailure.code)})`;
  const broken = client.tlsFailure ? 'client' : server?.tlsFailure ? 'server' : null;
  if (broken) return `failed: TLS on the ${broken} leg`;
  return `failed ${heads.clientSent ? 'without an answer' : 'before its request'}`;
};

/** How the two came out, and what most likely made the difference. */
export const verdictOf = ({ exchanges: [a, b], comparison }: Pick<ComparisonText, 'exchanges' | 'comparison'>): string => {
  const [one, other] = [fateOf(a), fateOf(b)];
  const fates = one === other ? `Both ${one.replace(/^was /, 'were ').replace(/^has /, 'have ')}` : `A ${one}, B ${other}`;
  if (comparison.same) return `${fates}. Nothing but what differs every time is different.`;
  const [first, ...others] = comparison.differences;
  const likely = others.filter(({ weight }) => weight >= likelyFrom).slice(0, 2);
  const wheres = [first, ...likely].map((contrast) => contrast?.where ?? '');
  const named = wheres.length > 1 ? `${wheres.slice(0, -1).join(', ')} and ${wheres.at(-1)}` : wheres.join();
  return `${fates}. What most likely matters: ${named}.`;
};

/** A comparison for people: the verdict, what differs in two columns, what does not. Lines without a line break at the end. */
export const comparisonText = (text: ComparisonText, style: Style): string => {
  const { comparison, names } = text;
  const counted = comparison.differences.filter(({ weight }) => weight > 0);
  const noise = comparison.differences.filter(({ weight }) => weight === 0).map(({ where }) => where);
  const lines: Line[] = [
    ...paragraph(verdictOf(text), style, 'strong'),
    ...text.exchanges.flatMap((exchange, side) =>
      importedNotes(exchange).flatMap((note) => paragraph(`${side === 0 ? 'A' : 'B'}: ${note}`, style, 'dim')),
    ),
    ...(counted.length === 0 ? [] : [[], ...columns([`A: ${names[0]}`, `B: ${names[1]}`], style, 'accent')]),
    ...counted.slice(0, mostShown).flatMap((contrast, nth) => contrastLines(contrast, { nth, before: counted[nth - 1] }, style)),
    ...(counted.length > mostShown
      ? paragraph(`${count(counted.length - mostShown, 'more difference')}: --json has all of them.`, style)
      : []),
    ...(noise.length + comparison.alike.length > 0 ? [[]] : []),
    ...(noise.length === 0 ? [] : paragraph(`Differs every time, not counted: ${noise.join(', ')}.`, style, 'dim')),
    ...(comparison.alike.length === 0 ? [] : paragraph(`The same in both: ${comparison.alike.join(', ')}.`, style, 'dim')),
  ];
  return lines.map((line) => ansi(line, style.colour)).join('\n');
};

const paragraph = (text: string, { width }: Style, tone?: Span['tone']): Line[] => wrap(text, width).map((part) => [span(part, tone)]);

/** The note of several in a row stands at the first of them. */
const contrastLines = (
  { where, a, b, note }: Contrast,
  { nth, before }: { readonly nth: number; readonly before: Contrast | undefined },
  style: Style,
): Line[] => [
  [span(`${String(nth + 1).padStart(2)}. `, 'dim'), span(where, 'strong')],
  ...(note === before?.note ? [] : wrap(note, style.width - indent.length).map((part): Line => [span(indent), span(part, 'dim')])),
  ...columns([a || '(none)', b || '(none)'], style),
];

/** Two texts side by side, each folded in its own column. */
const columns = ([a, b]: readonly [a: string, b: string], { width }: Style, tone?: Span['tone']): Line[] => {
  const room = Math.floor((width - indent.length - between.length) / 2);
  const [left, right] = [wrap(a, room, 6), wrap(b, room, 6)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at): Line => {
    const first = span(left[at] ?? '', tone);
    const gap = ' '.repeat(Math.max(0, room - lineWidth([first])));
    return [span(indent), first, span(`${gap}${between}`), span(right[at] ?? '', tone)];
  });
};
