import { type Line, span, type Tone, wrap } from '../../paint.js';
import { count } from '../../wording.js';
import type { State } from '../state.js';

export const replayHead = ({ replay }: State): Line[] => {
  if (!replay) return [];
  const { same, differences } = replay.result;
  const verdict = same
    ? span(' Same: the replay went as it did before.', 'good')
    : span(` Different: ${count(differences.length, 'difference')}.`, 'bad');
  return [[span(` Replay of exchange ${replay.id}`, 'strong')], [verdict]];
};

export const replayBody = ({ replay, size }: State): Line[] => {
  if (!replay) return [];
  const side = (label: string, text: string, tone: Tone): Line[] =>
    text
      .split(/\r?\n/, 30)
      .flatMap((line) => wrap(line, size.columns - 16, 6))
      .map((part, index): Line => [span(`   ${(index === 0 ? label : '').padEnd(10)}`, 'dim'), span(part, tone)]);
  const { differences, exchanges, recording } = replay.result;
  return [
    [],
    ...differences.flatMap(({ where, recorded, now }): Line[] => [
      [span(` ${where}`, 'strong')],
      ...side('- before', recorded, 'bad'),
      ...side('+ now', now, 'good'),
      [],
    ]),
    ...(exchanges.length > 0
      ? [
          [
            span(
              ` The replay is ${exchanges.length === 1 ? 'exchange' : 'exchanges'} ${exchanges.join(', ')}${recording === null ? ' in the list' : ''}.`,
            ),
          ],
        ]
      : []),
    ...(recording === null ? [] : wrap(`Recorded in ${recording}`, size.columns - 2).map((part): Line => [span(` ${part}`, 'dim')])),
  ];
};
