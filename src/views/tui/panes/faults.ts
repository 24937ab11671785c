import { formatChoice } from '../../../faults/choice.js';
import { cell, fill, inverse, type Line, span, wrap } from '../../paint.js';
import type { FaultEntry, State } from '../state.js';

export const faultsHead = ({ catalogue }: State): Line[] => [
  [span(' Faults', 'strong'), span('  break handshakes on purpose: an armed fault meets every exchange', 'dim')],
  ...(catalogue.length === 0 ? [[span(' This build has no fault in its catalogue.')]] : []),
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
export const faultHelp = (fault: FaultEntry, { size: { columns, rows }, catalogue }: State): Line[] => {
  const width = columns - 4;
  const params = Object.entries(fault.params).flatMap(([name, { about, choices, type, default: value }]): Line[] => [
    ...wrap(`${name} = ${choices ? choices.join(' | ') : `a ${type}`} (default ${value})`, width, 4).map(
      (part, index): Line => [span(index === 0 ? '   ' : '     '), span(part, 'accent')],
    ),
    ...wrap(about, width - 4, 3).map((part): Line => [span('     '), span(part)]),
  ]);
  const example: Line = [span(` For example: ${fault.example}`, 'dim')];
  const lines = [...wrap(fault.about, width, 4).map((part): Line => [span(' '), span(part)]), example, ...params];
  if (rows < 20) return [example];
  return [[], ...lines.slice(0, Math.max(Math.floor(rows / 3), rows - catalogue.length - 10))];
};

export const faultsBody = (state: State): Line[] => state.catalogue.map((fault, index) => faultLine(fault, index, state));
