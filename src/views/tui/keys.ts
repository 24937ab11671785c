import { type Screen, type State, selectedRow, showsMessages, subjectOf } from './state.js';

export type Command =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'open-replay'
  | 'back'
  | 'leave'
  | 'filter'
  | 'clear-filter'
  | 'toggle-hidden'
  | 'faults'
  | 'toggle-fault'
  | 'toggle-numbered'
  | 'edit-fault'
  | 'find-fault'
  | 'disarm-all'
  | 'replay'
  | 'next-pane'
  | 'pane-legs'
  | 'pane-findings'
  | 'pane-tls'
  | 'pane-messages'
  | 'open-message'
  | 'search'
  | 'next-hit'
  | 'previous-hit'
  | 'next-view'
  | 'copy'
  | 'previous-message'
  | 'next-message'
  | 'help'
  | 'quit';

/** One key binding, as data: dispatch, help bar, help screen and docs/keys.md are made of these. */
export interface Binding {
  /** As shown to people. */
  readonly key: string;
  /** As `keyNames` gives them. */
  readonly names: readonly string[];
  /** Where it works; `every` is last in line: a screen's own binding of the same key goes first. */
  readonly screen: Screen | 'every';
  readonly action: Command;
  readonly description: string;
  /** The word for the help bar, when it belongs there. */
  readonly bar?: string;
  readonly disabledWhen?: { readonly because: string; readonly holds: (state: State) => boolean };
}

const noEngine: Binding['disabledWhen'] = {
  because: 'This is a recording: there is no live proxy whose handshakes a fault could change.',
  holds: (state) => isRecording(state),
};
const isRecording = ({ info }: State): boolean => info !== null && info.proxy === null;
const notToReplay: Binding['disabledWhen'] = {
  because: 'No exchange is selected, or this is a recording: `shakedown replay FILE ID` sends one of its exchanges again.',
  holds: (state) => isRecording(state) || subjectOf(state) === undefined,
};
const nothingSelected: Binding['disabledWhen'] = {
  because: 'No exchange is selected.',
  holds: (state) => selectedRow(state) === undefined,
};
const noHits: Binding['disabledWhen'] = {
  because: 'There is no message to go to: press / and type a text that one of them holds.',
  holds: ({ detail }) => !detail?.messages.search?.numbers.length,
};
const hits = (screen: Screen): readonly Binding[] => [
  {
    ...{ key: 'n', names: ['n'], screen, action: 'next-hit', bar: 'next hit', disabledWhen: noHits },
    description: 'Go to the next message that holds the text',
  },
  { key: 'N', names: ['N'], screen, action: 'previous-hit', description: 'Go to the one before', disabledWhen: noHits },
];
const copies = (screen: Screen): Binding => ({
  ...{ key: 'y', names: ['y'], screen, action: 'copy', bar: 'copy' },
  description: 'Copy the exchange to the clipboard as a curl command, without its secrets',
  disabledWhen: { because: 'No exchange is selected.', holds: (state) => subjectOf(state) === undefined },
});
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export const bindings: readonly Binding[] = [
  {
    key: 'Enter',
    names: ['enter'],
    screen: 'list',
    action: 'open',
    description: 'Open the selected exchange',
    bar: 'open',
    disabledWhen: nothingSelected,
  },
  {
    key: '/',
    names: ['/'],
    screen: 'list',
    action: 'filter',
    description: 'Show only exchanges whose URL, finding, status or outcome contains a text, or that fit a filter such as status >= 400',
    bar: 'filter',
  },
  { key: 'Esc', names: ['escape'], screen: 'list', action: 'clear-filter', description: 'Drop the filter' },
  copies('list'),
  {
    key: 'H',
    names: ['H'],
    screen: 'list',
    action: 'toggle-hidden',
    description: "Show the browser's own requests too, or hide them again",
    bar: 'hidden',
    disabledWhen: {
      because: 'Nothing is hidden: only a browser that `shakedown open` started has requests of its own here.',
      holds: ({ list }) => list.hidden === 0,
    },
  },
  { key: 'q', names: ['q'], screen: 'list', action: 'quit', description: 'Quit shakedown', bar: 'quit' },
  { key: 'Tab', names: ['tab'], screen: 'detail', action: 'next-pane', description: 'Go to the next pane', bar: 'pane' },
  { key: '1', names: ['1'], screen: 'detail', action: 'pane-findings', description: 'The findings: what is wrong, the proof, the fix' },
  { key: '2', names: ['2'], screen: 'detail', action: 'pane-legs', description: 'The two legs side by side' },
  { key: '3', names: ['3'], screen: 'detail', action: 'pane-tls', description: 'TLS, timings and how each leg ended' },
  {
    key: '4',
    names: ['4'],
    screen: 'detail',
    action: 'pane-messages',
    description: 'The messages of both sides, with the control frames among them',
  },
  {
    key: 'Enter',
    names: ['enter'],
    screen: 'detail',
    action: 'open-message',
    description: 'Open the selected message',
    bar: 'open',
    disabledWhen: {
      because: 'Only messages can be opened here: press 4 for them.',
      holds: (state) => !showsMessages(state) || state.detail?.messages.total === 0,
    },
  },
  { key: '/', names: ['/'], screen: 'detail', action: 'search', description: 'Find a text in the messages', bar: 'find' },
  ...hits('detail'),
  copies('detail'),
  {
    key: 'v, Tab',
    names: ['v', 'tab'],
    screen: 'message',
    action: 'next-view',
    description: 'Show it as text, as JSON or in hex',
    bar: 'text/JSON/hex',
  },
  { key: 'Left, p', names: ['left', 'p'], screen: 'message', action: 'previous-message', description: 'The message before' },
  { key: 'Right, .', names: ['right', '.'], screen: 'message', action: 'next-message', description: 'The next message', bar: 'next' },
  ...hits('message'),
  {
    key: 'Enter',
    names: ['enter'],
    screen: 'replay',
    action: 'open-replay',
    description: 'Open the exchange that the replay made',
    bar: 'open the new exchange',
    disabledWhen: {
      because: 'The replay made no exchange here.',
      holds: ({ replay }) => replay === null || replay.result.exchanges.length === 0,
    },
  },
  {
    key: 'Enter',
    names: ['enter'],
    screen: 'faults',
    action: 'toggle-fault',
    description: 'Arm the selected fault, or disarm it',
    bar: 'arm/disarm',
  },
  { key: '1-9', names: digits, screen: 'faults', action: 'toggle-numbered', description: 'Arm or disarm the fault with that number' },
  {
    key: 'e',
    names: ['e'],
    screen: 'faults',
    action: 'edit-fault',
    description: 'Arm the selected fault with parameters of your own',
    bar: 'edit',
  },
  {
    key: '/',
    names: ['/'],
    screen: 'faults',
    action: 'find-fault',
    description: 'Find faults by words: `reset`, `nginx`, `certificate name`',
    bar: 'find',
  },
  {
    key: 'r',
    names: ['r'],
    screen: 'list',
    action: 'replay',
    description: 'Send the client side of the exchange again and compare',
    bar: 'replay',
    disabledWhen: notToReplay,
  },
  {
    key: 'r',
    names: ['r'],
    screen: 'detail',
    action: 'replay',
    description: 'Send the client side of the exchange again and compare',
    bar: 'replay',
    disabledWhen: notToReplay,
  },
  {
    key: 'f',
    names: ['f'],
    screen: 'every',
    action: 'faults',
    description: 'The faults: break handshakes on purpose',
    bar: 'faults',
    disabledWhen: noEngine,
  },
  {
    key: 'x',
    names: ['x'],
    screen: 'every',
    action: 'disarm-all',
    description: 'Disarm every fault',
    bar: 'disarm all',
    disabledWhen: { because: 'No fault is armed.', holds: ({ armed }) => armed.length === 0 },
  },
  { key: 'Up, k', names: ['up', 'k'], screen: 'every', action: 'up', description: 'Up a line' },
  { key: 'Down, j', names: ['down', 'j'], screen: 'every', action: 'down', description: 'Down a line' },
  { key: 'PgUp', names: ['pageup'], screen: 'every', action: 'page-up', description: 'Up a page' },
  { key: 'PgDn, Space', names: ['pagedown', ' '], screen: 'every', action: 'page-down', description: 'Down a page' },
  { key: 'Home, g', names: ['home', 'g'], screen: 'every', action: 'first', description: 'To the first line' },
  {
    key: 'End, G',
    names: ['end', 'G'],
    screen: 'every',
    action: 'last',
    description: 'To the last line; a list then follows what comes',
  },
  { key: '?', names: ['?'], screen: 'every', action: 'help', description: 'This help', bar: 'help' },
  { key: 'Esc, q', names: ['escape', 'q'], screen: 'every', action: 'back', description: 'Back to where you came from', bar: 'back' },
  { key: 'Ctrl-C', names: ['ctrl-c'], screen: 'every', action: 'leave', description: 'Quit shakedown from anywhere' },
];

/** Bindings that work on a screen, its own first. */
export const bindingsOf = (screen: Screen): Binding[] => {
  const own = bindings.filter((binding) => binding.screen === screen);
  const taken = new Set(own.flatMap(({ names }) => names));
  return [...own, ...bindings.filter(({ screen: where, names }) => where === 'every' && names.some((name) => !taken.has(name)))];
};

export const bindingFor = (screen: Screen, name: string): Binding | undefined =>
  bindingsOf(screen).find(({ names }) => names.includes(name));

/** Why a binding does nothing now, or undefined. */
export const disabledBecause = (binding: Binding, state: State): string | undefined =>
  binding.disabledWhen?.holds(state) ? binding.disabledWhen.because : undefined;
