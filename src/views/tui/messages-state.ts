import type { MessageContent, MessageHits, MessagePage, MessageRow } from '../../control/control.js';

export const messageViews = ['text', 'json', 'hex'] as const;
export type MessageView = (typeof messageViews)[number];

/** The messages of the exchange that is open, of which `rows` are loaded, from number `from` on. */
export interface MessagesState {
  /** Null until the engine has told. */
  readonly total: number | null;
  readonly trouble: string | null;
  readonly from: number;
  readonly rows: readonly MessageRow[];
  /** Number of the selected message, and of the first one on the screen. */
  readonly cursor: number;
  readonly top: number;
  /** The cursor stays at the newest. */
  readonly follow: boolean;
  readonly search: (MessageHits & { readonly text: string }) | null;
  /** The selected message with its whole payload, while the screen `message` is there. */
  readonly opened: MessageContent | 'loading' | 'gone';
  readonly scroll: number;
  /** Null: what suits the message. */
  readonly view: MessageView | null;
}

export const noMessages = (follow: boolean): MessagesState => ({
  ...{ total: null, trouble: null, from: 0, rows: [], cursor: 0, top: 0, follow },
  ...{ search: null, opened: 'loading', scroll: 0, view: null },
});

const clamp = (n: number, least: number, most: number): number => Math.max(least, Math.min(n, most));

export const messageAt = ({ rows, from }: MessagesState, number: number): MessageRow | undefined => rows[number - from];

/** Puts the window of so many lines around the cursor. */
export const messagesAround = (messages: MessagesState, height: number): MessagesState => {
  const total = messages.total ?? 0;
  const cursor = clamp(messages.follow ? total - 1 : messages.cursor, 0, Math.max(0, total - 1));
  const top = clamp(clamp(messages.top, cursor - height + 1, cursor), 0, Math.max(0, total - height));
  return top === messages.top && cursor === messages.cursor ? messages : { ...messages, cursor, top };
};

export const messagesCame = (messages: MessagesState, from: number, { total, messages: rows, trouble }: MessagePage): MessagesState => ({
  ...messages,
  ...{ total, from, rows, trouble: trouble ?? null },
});

/** Another message is selected. Whoever arrives at the newest wants to stay there. */
export const messageSelected = (messages: MessagesState, to: number): MessagesState => {
  const last = Math.max(0, (messages.total ?? 0) - 1);
  const cursor = clamp(to, 0, last);
  if (cursor === messages.cursor) return { ...messages, follow: cursor === last };
  return { ...messages, cursor, follow: cursor === last, opened: 'loading', scroll: 0 };
};

/** The message that holds the text, next in the direction `by` (1 or -1); behind the last comes the first. */
export const hitSelected = (messages: MessagesState, by: 1 | -1): MessagesState => {
  const numbers = messages.search?.numbers ?? [];
  const next = by === 1 ? numbers.find((number) => number > messages.cursor) : numbers.findLast((number) => number < messages.cursor);
  const to = next ?? (by === 1 ? numbers[0] : numbers.at(-1));
  return to === undefined ? messages : { ...messageSelected(messages, to), follow: false };
};

/** A search begins at the selected message, which counts. */
export const messagesFound = (messages: MessagesState, search: MessagesState['search']): MessagesState => {
  const found = { ...messages, search };
  return search?.numbers.includes(messages.cursor) ? { ...found, follow: false } : hitSelected(found, 1);
};
