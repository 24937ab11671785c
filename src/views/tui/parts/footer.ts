import { displayWidth } from '../../../wire/visible.js';
import { clip, type Line, plain, type Span, span, spread, wrap } from '../../paint.js';
import { bindingsOf, type Command, disabledBecause } from '../keys.js';
import type { MessagesState } from '../messages-state.js';
import { faultHelp } from '../panes/faults.js';
import { listPlace } from '../panes/list.js';
import { messagesPlace } from '../panes/messages.js';
import { type Prompt, type State, screenOf, selectedFault, selectedRow, showsMessages } from '../state.js';

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
  if (state.detail && (showsMessages(state) || screenOf(state) === 'message')) {
    return [spread([], messagesPlace(state.detail.messages), state.size.columns), ...(said ?? [lacking(state.detail.messages)])];
  }
  const fault = screenOf(state) === 'faults' ? selectedFault(state) : undefined;
  return [...(fault ? faultHelp(fault, state) : []), ...(said ?? [[]])];
};

const lacking = ({ total, trouble }: MessagesState): Line => (total && trouble !== null ? [span(` ! ${trouble}`, 'warn')] : []);

const saying = ({ prompt, busy, status, size }: State): Line[] | undefined => {
  if (prompt) return promptLines(prompt, size.columns);
  // Before `busy`: it may say why a key did nothing just now.
  if (status)
    return wrap(status.text, size.columns - 2, 4).map((part): Line => [span(' '), span(part, status.level === 'error' ? 'bad' : 'accent')]);
  return busy ? [[span(` ${busy} …`, 'accent')]] : undefined;
};

const labels: Record<Prompt['purpose'], readonly [label: string, hint: string]> = {
  filter: [' filter: ', '  (a text, or a filter as status >= 400; Enter keeps it, Esc drops it)'],
  search: [' find: ', '  (in the messages; Enter looks for it, Esc goes back)'],
  'find-fault': [' find: ', '  (words; Enter keeps them, Esc shows all faults)'],
  choice: [' arm: ', '  (Enter arms it, Esc goes back)'],
};

/** What is being typed; under it, where a filter cannot be read, a caret and the reason. */
const promptLines = ({ purpose, text, problem }: Prompt, columns: number): Line[] => {
  const [label, hint] = labels[purpose];
  // Of a long text the end is shown, where the cursor is.
  const characters = [...text];
  const shown = characters.slice(-(columns - label.length - 2)).join('');
  const line: Line = [span(label, 'strong'), span(shown), { text: ' ', inverse: true }, span(problem ? '' : hint, 'dim')];
  if (!problem) return [line];
  const before = shown.slice(0, Math.max(0, problem.at - (text.length - shown.length)));
  const place = Math.min(columns - 2, label.length + displayWidth(plain(before)));
  const why = `${plain(problem.why)}`;
  const beside = place + 2 + displayWidth(why) <= columns;
  const caret: Line = [span(' '.repeat(place)), span('^', 'bad'), ...(beside ? [span(` ${why}`, 'bad')] : [])];
  return [line, caret, ...(beside ? [] : wrap(why, columns - 2, 2).map((part): Line => [span(` ${part}`, 'bad')]))];
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
