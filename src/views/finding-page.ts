import type { FindingPage } from '../control/finding-page.js';
import { fixText } from '../model/finding.js';
import { type Line, span, wrap } from './paint.js';

/** Sentences of clients that are worth their lines; --json has them all. */
const mostWords = 6;

/** One entry of the catalogue of findings, at most `width` columns but for configuration, which stands as it is to be copied. */
export const findingPageLines = (page: FindingPage, width: number): Line[] => {
  const { code, cause, severity, title, question, remedy, fixes, rfc, seenBy } = page;
  return [
    [span(code, 'strong'), span(` (${cause}, ${severity})`, 'dim')],
    ...text(title, width),
    ...section(seenBy === 'client' ? 'Only the client can tell' : 'What proves it', text(question, width)),
    ...section('May be in truth', codes(page.explainedBy, width)),
    ...section('Looks like', codes(page.explains, width)),
    ...section('What clients say', clientLines(page, width)),
    ...section('Make it happen', text(page.faults.map((id) => `--fault ${id}`).join(', '), width)),
    ...section('What to do', [...text(remedy, width), ...fixes.flatMap((fix) => fixLines(fix, width))]),
    ...(rfc === '' ? [] : [[], ...text(rfc, width)]),
  ];
};

const text = (words: string, width: number): Line[] => (words === '' ? [] : wrap(words, width).map((part): Line => [span(part)]));
const codes = (all: readonly string[], width: number): Line[] => text(all.join(', '), width);

const section = (heading: string, lines: readonly Line[]): Line[] => (lines.length === 0 ? [] : [[], [span(heading, 'accent')], ...lines]);

const clientLines = ({ clients }: FindingPage, width: number): Line[] => {
  const rest = clients.length - mostWords;
  return [
    ...clients
      .slice(0, mostWords)
      .flatMap(({ clients: who, text: said, alsoFor }): Line[] => [
        ...wrap(said, width - 2, 4).map((part): Line => [span('  '), span(part, 'strong')]),
        ...wrap(
          `${who.join(', ')}${alsoFor === 0 ? '' : `; the same for ${alsoFor} other finding${alsoFor === 1 ? '' : 's'}`}`,
          width - 4,
        ).map((part): Line => [span('    '), span(part, 'dim')]),
      ]),
    ...(rest > 0 ? [[span(`  and ${rest} more: --json has them all`, 'dim')]] : []),
  ];
};

const fixLines = (fix: FindingPage['fixes'][number], width: number): Line[] => [
  [],
  ...wrap(`${fix.for}: ${fixText(fix)}`, width).map((part): Line => [span(part)]),
  ...(fix.config ? fix.config.split('\n').map((line): Line => [span('    '), span(line.replaceAll('\t', '  '), 'good')]) : []),
];
