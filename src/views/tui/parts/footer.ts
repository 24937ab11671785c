import { clip, type Line, type Span, span, spread, wrap } from '../../paint.js';
import { bindingsOf, type Command, disabledBecause } from '../keys.js';
import { faultHelp } from '../panes/faults.js';
import { listPlace } from '../panes/list.js';
import { type State, screenOf, selectedFault, selectedRow } from '../state.js';

/** The lines above the help bar: what is being typed, said or selected. */
export const statusLines = (state: State): Line[] => {
  const said = saying(state);
  if (screenOf(state) === 'list') {
    const row = selectedRow(state);
    const url: Line = row ? [span(` ${row.id}  `, 'dim'), span(row.url, 'strong')] : [];
    return [
      spread(url, listPlace(state.list, state.size.columns), state.size.columns),
      ...(said ?? [row?.finding ? [span(` ${row.finding.title}`)] : []]),
    ];
  }
  const fault = screenOf(state) === 'faults' ? selectedFault(state) : undefined;
  return [...(fault ? faultHelp(fault, state) : []), ...(said ?? [[]])];
};

const saying = ({ prompt, busy, status, size }: State): Line[] | undefined => {
  if (prompt) {
    const label = prompt.purpose === 'filter' ? ' filter: ' : ' arm: ';
    const hint =
      prompt.purpose === 'filter'
        ? '  (URL, finding, status or outcome; Enter keeps it, Esc drops it)'
        : '  (Enter arms it, Esc goes back)';
    // Of a long text the end is shown, where the cursor is.
    const text = [...prompt.text].slice(-(size.columns - label.length - 2)).join('');
    return [[span(label, 'strong'), span(text), { text: ' ', inverse: true }, span(hint, 'dim')]];
  }
  // Before `busy`: it may say why a key did nothing just now.
  if (status)
    return wrap(status.text, size.columns - 2, 4).map((part): Line => [span(' '), span(part, status.level === 'error' ? 'bad' : 'accent')]);
  return busy ? [[span(` ${busy} …`, 'accent')]] : undefined;
};

/** Ways out stand last. */
const last = new Set<Command>(['help', 'back', 'quit']);

/** The keys that do something here and now. */
export const helpBar = (state: State): Line => {
  const screen = screenOf(state);
  const shown = bindingsOf(screen).filter(
    (one) => one.bar !== undefined && one.action !== screen && disabledBecause(one, state) === undefined,
  );
  const ordered = [...shown.filter(({ action }) => !last.has(action)), ...shown.filter(({ action }) => last.has(action))];
  const parts = ordered.flatMap(({ key, bar = '' }): Span[] => [span(key.split(',')[0] ?? '', 'strong'), span(` ${bar}  `, 'dim')]);
  return clip([span(' '), ...parts], state.size.columns);
};
