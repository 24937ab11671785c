import { type Evidence, type Finding, type Fix, fixText } from '../model/finding.js';
import { type Line, type Span, span, type Tone, wrap } from './paint.js';
import { confidenceOf } from './wording.js';

export const severityTones: Record<Finding['severity'], Tone> = { error: 'bad', warning: 'warn', info: 'accent' };

const places: Record<Evidence['what'], string> = {
  url: 'URL',
  'request-head': 'request head',
  'response-head': 'response head',
  body: 'body',
  certificate: 'certificate',
  tls: 'TLS',
  connect: 'connecting',
  upstream: 'upstream proxy',
  entrance: 'entrance',
  frames: 'frames',
  timing: 'timing',
  settings: 'SETTINGS',
  end: 'end of the connection',
  fault: 'fault',
  trial: 'experiment',
};

/** `server leg, response head at byte 17`. */
export const placeOf = ({ leg, what, offset }: Evidence): string =>
  `${leg} leg, ${places[what]}${offset === undefined ? '' : ` at byte ${offset}`}`;

/** What else it might have been is not the point. */
const mostRuledOut = 4;

/** Lines with a word in front of the first, the others under it. */
export const labelled = (label: string, lines: readonly Line[]): Line[] =>
  lines.map((line, index) => [span((index === 0 ? label : '').padEnd(7), 'dim'), ...line]);

export const evidenceLines = (evidence: Evidence, width: number): Line[] => [
  [span(`${placeOf(evidence)}:`)],
  ...evidence.text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/, 12)
    .flatMap((text) => wrap(text, width - 2, 6).map((part): Line => [span('  '), span(part, 'strong')])),
];

export const fixLines = (fix: Fix, { width, folded }: { readonly width: number; readonly folded: boolean }): Line[] => [
  ...wrap(`${fix.for}: ${fixText(fix)}`, width).map((text): Line => [span(text)]),
  ...(fix.config ?? '')
    .split('\n')
    .filter((text, index, all) => text !== '' || (index > 0 && index < all.length - 1))
    .flatMap((text) => configLines(text.replaceAll('\t', '  '), folded ? width - 4 : null)),
];

/** A line of configuration; folded, it goes on behind another bar, so that nobody takes it for two. */
const configLines = (text: string, width: number | null): Line[] => {
  if (width === null) return [[span('│ ', 'dim'), span(text, 'good')]];
  return wrap(text, width, 12).map((part, index): Line => [span(index === 0 ? '│ ' : '┊   ', 'dim'), span(part, 'good')]);
};

/** A finding as a short readable block: title, cause, confidence, proof with its leg, culprit, what it is not and why, fix with its configuration: whole lines to copy, or `folded` to the width. */
export const findingBlock = (
  finding: Finding,
  width: number,
  { folded = false, titled = true }: { readonly folded?: boolean; readonly titled?: boolean } = {},
): Line[] => {
  const room = Math.max(20, width - 7);
  const head: Span[] = [
    span(finding.severity, severityTones[finding.severity]),
    span(`  ${finding.code}`, 'strong'),
    span(`  cause: ${finding.cause}, ${confidenceOf(finding.confidence)}`, 'dim'),
  ];
  return [
    head,
    ...(titled ? wrap(finding.title, width).map((text): Line => [span(text)]) : []),
    ...finding.evidence.flatMap((evidence, index) => labelled(index === 0 ? 'proof' : '', evidenceLines(evidence, room))),
    ...(finding.culprit === null
      ? []
      : labelled(
          'by',
          wrap(finding.culprit, room).map((text): Line => [span(text)]),
        )),
    ...labelled(
      'not',
      finding.ruledOut
        .slice(0, mostRuledOut)
        .flatMap(({ code, because }) => wrap(`${code}: ${because}`, room).map((text): Line => [span(text, 'dim')])),
    ),
    ...finding.fix.flatMap((fix, index) => labelled(index === 0 ? 'fix' : '', fixLines(fix, { width: room, folded }))),
    ...(finding.rfc === '' ? [] : labelled('see', [[span(finding.rfc, 'dim')]])),
  ];
};
