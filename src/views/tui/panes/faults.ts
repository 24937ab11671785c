import { formatChoice } from '../../../faults/choice.js';
import { cell, fill, inverse, type Line, span, wrap } from '../../paint.js';
import { type FaultEntry, type State, shownFaults } from '../state.js';

const found = (state: State): string => {
  const { catalogue, faultFilter } = state;
  return faultFilter.trim() === ''
    ? `${catalogue.length}`
    : `${shownFaults(state).length} of ${catalogue.length}, with ${faultFilter.trim()}`;
};

export const faultsHead = (state: State): Line[] => [
  [span(' Faults', 'strong'), span(` (${found(state)})`), span('  an armed fault meets every exchange', 'dim')],
  ...(shownFaults(state).length === 0 ? [[span(' No fault holds these words. Esc shows all.')]] : []),
];

const faultLine = (fault: FaultEntry, index: number, state: State): Line => {
  const armed = state.armed.filter(({ choice }) => choice.fault === fault.id);
  const number = index < 9 ? String(index + 1) : '';
  const wide = Math.min(28, Math.max(12, ...state.catalogue.map(({ id }) => id.length)));
  const words = armed
    .map(({ choice, applied }) => `${formatChoice(choice) === fault.id ? 'armed' : formatChoice(choice)}, applied ${applied}×`)
    .join('; ');
  const selected = index === state.faultCursor;
  const line = fill(
    [
      cell(`${selected ? '>' : ''}`, 2),
      cell(number, 2, { tone: 'dim' }),
      cell(armed.length > 0 ? '[x] ' : '[ ] ', 4, { tone: armed.length > 0 ? 'alarm' : 'dim' }),
      cell(fault.id, wide + 2, { tone: 'strong' }),
      ...(armed.length > 0 ? [span(`${words}   `, 'warn')] : []),
      span(fault.title),
    ],
    state.size.columns,
  );
  return selected ? inverse(line) : line;
};

/** What the selected fault does, and what can be set; at most a third of the screen, or what the list leaves; the example alone where that is little. */
export const faultHelp = (fault: FaultEntry, state: State): Line[] => {
  const { columns, rows } = state.size;
  const width = columns - 4;
  const params = Object.entries(fault.params).flatMap(([name, { about, choices, type, default: value }]): Line[] => [
    ...wrap(`${name} = ${choices ? choices.join(' | ') : `a ${type}`} (default ${value})`, width, 4).map(
      (part, index): Line => [span(index === 0 ? '   ' : '     '), span(part, 'accent')],
    ),
    ...wrap(about, width - 4, 3).map((part): Line => [span('     '), span(part)]),
  ]);
  const example: Line = [span(` For example: ${fault.example}`, 'dim')];
  const effects = fault.effects.flatMap(({ client, sees }) =>
    wrap(`${client}: ${sees}`, width - 2, 2).map((part, index): Line => [span(index === 0 ? ' - ' : '   ', 'dim'), span(part)]),
  );
  const about = wrap(fault.about, width, 4).map((part): Line => [span(' '), span(part)]);
  const lines = [
    ...about,
    example,
    ...params,
    ...(effects.length > 0 ? [[span(' Who notices, and how:', 'dim')] satisfies Line] : []),
    ...effects,
  ];
  if (rows < 20) return [example];
  return [[], ...lines.slice(0, Math.max(Math.floor(rows / 3), rows - shownFaults(state).length - 10))];
};

export const faultsBody = (state: State): Line[] => shownFaults(state).map((fault, index) => faultLine(fault, index, state));
