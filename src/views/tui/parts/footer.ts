import { clip, type Line, type Span, span, spread } from '../../paint.js';
import { bindingsOf, disabledBecause } from '../keys.js';
import { listPlace } from '../panes/list.js';
import { type State, screenOf, selectedFault, selectedRow } from '../state.js';

/** The lines above the help bar: what is being typed, said or selected. Their number depends on the screen only. */
export const statusLines = (state: State): Line[] => {
  const said = saying(state);
  if (screenOf(state) === 'list') {
    const row = selectedRow(state);
    return [
      spread(row ? [span(' '), span(row.url, 'strong')] : [], listPlace(state.list), state.size.columns),
      said ?? (row?.finding ? [span(` ${row.finding.title}`)] : []),
    ];
  }
  if (screenOf(state) === 'faults') return [said ?? faultHint(state)];
  return [said ?? []];
};

const saying = ({ prompt, busy, status }: State): Line | undefined => {
  if (prompt) {
    const label = prompt.purpose === 'filter' ? ' filter: ' : ' arm: ';
    const hint =
      prompt.purpose === 'filter'
        ? '  (URL, finding, status or outcome; Enter keeps it, Esc drops it)'
        : '  (Enter arms it, Esc goes back)';
    return [span(label, 'strong'), span(prompt.text), { text: ' ', inverse: true }, span(hint, 'dim')];
  }
  if (busy) return [span(` ${busy} …`, 'accent')];
  if (status) return [span(` ${status.text}`, status.level === 'error' ? 'bad' : 'accent')];
  return undefined;
};

const faultHint = (state: State): Line => {
  const fault = selectedFault(state);
  return fault ? [span(` For example: ${fault.example}`, 'dim')] : [];
};

/** The keys that do something here and now. */
export const helpBar = (state: State): Line => {
  const shown = bindingsOf(screenOf(state)).filter(({ bar }) => bar !== undefined);
  const parts: Span[] = [span(' ')];
  for (const binding of shown.filter((one) => disabledBecause(one, state) === undefined)) {
    parts.push(span(binding.key.split(',')[0] ?? '', 'strong'), span(` ${binding.bar ?? ''}   `, 'dim'));
  }
  return clip(parts, state.size.columns);
};
