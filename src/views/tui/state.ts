import type { ArmedFault, EngineInfo, ExchangeDetail, ExchangeRow, ReplayResult } from '../../control/control.js';
import type { ParamValue } from '../../model/fault-choice.js';
import type { MessagesState } from './messages-state.js';

export type Screen = 'list' | 'detail' | 'message' | 'faults' | 'replay' | 'help';
export const panes = ['findings', 'legs', 'tls', 'messages'] as const;
export type Pane = (typeof panes)[number];

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
/** Under this a layout would be broken: a sentence stands in its place. */
export const smallest: Size = { columns: 60, rows: 12 };

/** A fault as the menu shows it. */
export interface FaultEntry {
  readonly id: string;
  readonly title: string;
  /** A choice that parses: `bad-cert:kind=expired`. */
  readonly example: string;
  readonly about: string;
  readonly stage: string;
  readonly imitates: string;
  readonly effects: readonly { readonly client: string; readonly sees: string }[];
  readonly params: Readonly<
    Record<string, { readonly default: ParamValue; readonly about: string; readonly choices?: readonly string[]; readonly type: string }>
  >;
}

/** The list of exchanges, of which `rows` are loaded, from index `from` on. With a filter, `total` and the indexes count the matches. */
export interface ListState {
  readonly total: number;
  readonly from: number;
  readonly rows: readonly ExchangeRow[];
  /** Index of the selected row, and of the first row on the screen. */
  readonly cursor: number;
  readonly top: number;
  /** The cursor stays at the newest. */
  readonly follow: boolean;
  readonly filter: string;
  /** How many exchanges are the browser's own; they are in the list only with `all`. */
  readonly hidden: number;
  readonly all: boolean;
  /** How many exchanges the filter was asked about; null without a filter. */
  readonly searched: number | null;
  /** How much of a recording was read, in percent; null when all was. */
  readonly reading: number | null;
  /** Whether the engine has answered at all: an empty list means nothing before. */
  readonly asked: boolean;
}

export interface DetailState {
  readonly id: string;
  readonly pane: Pane;
  readonly scroll: number;
  /** `loading`, or `gone`: the engine no longer has it. */
  readonly found: ExchangeDetail | 'loading' | 'gone';
  readonly messages: MessagesState;
}

/** A line that is being typed. */
export interface Prompt {
  /** The filter of the list, a text to find in messages, a fault with its parameters, or words to find faults by. */
  readonly purpose: 'filter' | 'search' | 'choice' | 'find-fault';
  readonly text: string;
  /** Why a filter cannot be read, and at which UTF-16 unit of the text. */
  readonly problem?: { readonly at: number; readonly why: string };
  /** Which of the filters that were typed before it shows, counted back from 1. */
  readonly back?: number;
}

export interface Status {
  readonly level: 'info' | 'error';
  readonly text: string;
}

export interface State {
  readonly size: Size;
  /** The last one is on the screen; `list` is always the first. */
  readonly screens: readonly Screen[];
  readonly info: EngineInfo | null;
  readonly armed: readonly ArmedFault[];
  readonly catalogue: readonly FaultEntry[];
  readonly list: ListState;
  readonly detail: DetailState | null;
  /** Among the faults that are shown: those that hold all words of `faultFilter`. */
  readonly faultCursor: number;
  readonly faultFilter: string;
  readonly replay: { readonly id: string; readonly result: ReplayResult; readonly scroll: number } | null;
  readonly helpScroll: number;
  readonly prompt: Prompt | null;
  /** Filters that were kept, the newest last. */
  readonly filters: readonly string[];
  /** Whether the newest is selected to begin with: nobody reads a finished recording from its end. */
  readonly tail: boolean;
  readonly status: Status | null;
  /** What the engine was asked to do and has not answered yet. */
  readonly busy: string | null;
}

export const initialState = (
  size: Size,
  catalogue: readonly FaultEntry[],
  { tail = true, filter = '' }: { readonly tail?: boolean; readonly filter?: string } = {},
): State => ({
  size,
  screens: ['list'],
  info: null,
  armed: [],
  catalogue,
  list: {
    total: 0,
    from: 0,
    rows: [],
    cursor: 0,
    top: 0,
    follow: tail,
    filter,
    hidden: 0,
    all: false,
    searched: null,
    reading: null,
    asked: false,
  },
  detail: null,
  faultCursor: 0,
  faultFilter: '',
  replay: null,
  helpScroll: 0,
  prompt: null,
  filters: [],
  tail,
  status: null,
  busy: null,
});

export const screenOf = (state: State): Screen => state.screens.at(-1) ?? 'list';

/** The row at that index of the list, when it is loaded. */
export const rowAt = (list: ListState, index: number): ExchangeRow | undefined => list.rows[index - list.from];

export const selectedRow = ({ list }: State): ExchangeRow | undefined => (list.total === 0 ? undefined : rowAt(list, list.cursor));

/** Whether the messages of an exchange are on the screen. */
export const showsMessages = (state: State): boolean => screenOf(state) === 'detail' && state.detail?.pane === 'messages';

/** Keys of the armed choices of that fault. */
export const armedKeys = (state: State, fault: string): string[] =>
  state.armed.filter(({ choice }) => choice.fault === fault).map(({ choice }) => choice.key);

/** The faults that hold all words that somebody looks for. */
export const shownFaults = (state: State): readonly FaultEntry[] => {
  const words = state.faultFilter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return state.catalogue;
  return state.catalogue.filter(({ id, title, about, imitates, stage }) => {
    const text = `${id} ${stage} ${title} ${about} ${imitates}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

export const selectedFault = (state: State): FaultEntry | undefined => shownFaults(state)[state.faultCursor];

export const tooSmall = ({ columns, rows }: Size): boolean => columns < smallest.columns || rows < smallest.rows;

/** The exchange that a command is about: the one on the detail screen, else the selected one. */
export const subjectOf = (state: State): string | undefined =>
  state.screens.includes('detail') ? state.detail?.id : selectedRow(state)?.id;
