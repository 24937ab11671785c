import type { Explanation } from '../explain/explain.js';
import { type Line, span, wrap } from './paint.js';

/** Codes of one message that are worth lines of their own. */
const mostCodes = 6;

interface Look {
  readonly width: number;
  /** The title of a finding by its code. */
  readonly titleOf: (code: string) => string | undefined;
}

/** One message as a block: who says it, when, what it may be, and the command that settles it. */
export const explainedBlock = (explanation: Explanation, look: Look): Line[] => {
  const { text, when, times } = explanation;
  const often = times === 1 ? '' : `, ${times} times`;
  return [
    [span(`${whoSays(explanation)}${often}:`, 'strong')],
    ...wrap(text, look.width - 2, 4).map((part): Line => [span('  '), span(part, 'accent')]),
    ...labelled('when', sentence(when), look.width),
    ...(explanation.saysNothing ? silent(explanation, look) : []),
    ...causes(explanation, look),
    ...labelled('next', explanation.next.command, look.width, 'good'),
    ...labelled('', explanation.next.why, look.width),
  ];
};

const silent = ({ codes, seeMore, closeCode }: Explanation, { width }: Look): Line[] => {
  const many = codes.length > mostCodes ? `: it stands for ${codes.length} different failures at least` : '';
  return labelled('note', `This ${closeCode === null ? 'message' : 'code'} says nothing${many}. ${seeMore ?? ''}`, width, 'warn');
};

const causes = ({ codes }: Explanation, { width, titleOf }: Look): Line[] => {
  if (codes.length === 0) return labelled('cause', 'Nothing is wrong.', width);
  const shown = codes.slice(0, mostCodes);
  const column = Math.max(...shown.map((code) => code.length)) + 2;
  const room = width - indent - column;
  const more = codes.length - shown.length;
  return [
    ...shown.flatMap((code, index) =>
      wrap(titleOf(code) ?? '', Math.max(20, room), 3).map(
        (part, at): Line => [
          span(`  ${index === 0 && at === 0 ? (codes.length === 1 ? 'cause' : 'causes') : ''}`.padEnd(indent), 'dim'),
          span((at === 0 ? code : '').padEnd(column), 'strong'),
          span(part),
        ],
      ),
    ),
    ...(more > 0 ? [[span(''.padEnd(indent)), span(`and ${more} less likely: --json names them`, 'dim')]] : []),
  ];
};

const indent = 10;

const labelled = (label: string, text: string, width: number, tone?: 'good' | 'warn'): Line[] =>
  wrap(text, width - indent, 8).map(
    (part, index): Line => [span(`  ${index === 0 ? label : ''}`.padEnd(indent), 'dim'), tone ? span(part, tone) : span(part)],
  );

const whoSays = ({ client, closeCode }: Explanation): string =>
  client === 'any client' ? (closeCode === null ? 'Some client' : 'A close code, from any client') : client;

/** Conditions stand without a capital and a full stop in the tables. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
