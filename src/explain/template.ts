/**
 * A message of a client with holes in it: `Unexpected server response: «status»`. No regular expression: pieces of text are looked for with
 * `indexOf`, forwards and backwards from the longest, so that no text, however hostile, takes more than a time in proportion to its length.
 */
export interface Template {
  readonly text: string;
  /** Characters outside the holes: how much it says of itself. */
  readonly weight: number;
  readonly pieces: readonly Piece[];
  /** Index of the longest literal piece; -1 when there is none. */
  readonly anchor: number;
}

type Piece = { readonly literal: string } | { readonly hole: HoleName };

interface Hole {
  readonly most: number;
  readonly allowed: RegExp;
}

/** What a hole takes, character for character. */
const holes = {
  status: { most: 3, allowed: /^\d{3}$/ },
  n: { most: 24, allowed: /^-?\d{1,24}$/ },
  word: { most: 64, allowed: /^\w*$/ },
  quote: { most: 1, allowed: /^["']$/ },
  host: { most: 300, allowed: /^[^\s"'<>]+$/ },
  addr: { most: 300, allowed: /^[^\n"]+$/ },
  accept: { most: 300, allowed: /^[^\s"'<>]+$/ },
  url: { most: 2048, allowed: /^[^\s"'<>]+$/ },
  rest: { most: 400, allowed: /^[^\n]*$/ },
} as const satisfies Record<string, Hole>;

type HoleName = keyof typeof holes;

export interface Hit {
  readonly from: number;
  readonly to: number;
  readonly status: number | null;
  readonly url: string | null;
}

/** Throws on a hole that is not in the list: the tables are ours. */
export const parseTemplate = (text: string): Template => {
  const pieces = text
    .split(/(«\w+»)/)
    .filter((part) => part !== '')
    .map(pieceOf);
  const lengths = pieces.map((piece) => ('literal' in piece ? piece.literal.length : -1));
  const longest = Math.max(...lengths);
  return {
    text,
    weight: lengths.reduce((sum, length) => sum + Math.max(0, length), 0),
    pieces,
    anchor: longest > 0 ? lengths.indexOf(longest) : -1,
  };
};

const pieceOf = (part: string): Piece => {
  const name = /^«(\w+)»$/.exec(part)?.[1];
  if (name === undefined) return { literal: part };
  if (!Object.hasOwn(holes, name)) throw new Error(`There is no hole «${name}».`);
  return { hole: name as HoleName };
};

/** More of one message than anybody reads; each is looked at once. */
const mostHits = 40;
/** Places where the anchor stands and the rest does not. */
const mostTries = 400;

export const findTemplate = (template: Template, text: string): readonly Hit[] => {
  const anchor = template.pieces[template.anchor];
  if (!anchor || !('literal' in anchor)) return [];
  const hits: Hit[] = [];
  let at = text.indexOf(anchor.literal);
  for (let tries = 0; at !== -1 && hits.length < mostHits && tries < mostTries; tries++) {
    const hit = hitAt(template, text, at, at + anchor.literal.length);
    if (hit) hits.push(hit);
    at = text.indexOf(anchor.literal, hit ? hit.to : at + 1);
  }
  return hits;
};

interface Taken {
  readonly to: number;
  readonly held: readonly { readonly hole: HoleName; readonly text: string }[];
}

const hitAt = (template: Template, text: string, start: number, end: number): Hit | undefined => {
  const after = walk(template.pieces.slice(template.anchor + 1), text, end, 1);
  if (!after) return undefined;
  const before = walk(template.pieces.slice(0, template.anchor).reverse(), text, start, -1);
  if (!before || !standsAlone(text, before.to, after.to)) return undefined;
  const held = [...before.held, ...after.held];
  const status = held.find(({ hole }) => hole === 'status');
  const url = held.find(({ hole, text: value }) => hole === 'url' && /^wss?:/i.test(value)) ?? held.find(({ hole }) => hole === 'url');
  return { from: before.to, to: after.to, status: status ? Number(status.text) : null, url: url?.text ?? null };
};

/** Takes piece after piece from `at` in one direction; the first text that follows a hole ends it, nothing is tried twice. */
const walk = (pieces: readonly Piece[], text: string, at: number, direction: 1 | -1): Taken | undefined => {
  const held: { hole: HoleName; text: string }[] = [];
  let here = at;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    if (!piece) break;
    if ('literal' in piece) {
      const begin = direction === 1 ? here : here - piece.literal.length;
      if (begin < 0 || !text.startsWith(piece.literal, begin)) return undefined;
      here += direction * piece.literal.length;
      continue;
    }
    const next = pieces[index + 1];
    const taken = reach(text, here, direction, { hole: piece.hole, until: next && 'literal' in next ? next.literal : null });
    if (taken === undefined) return undefined;
    held.push({ hole: piece.hole, text: direction === 1 ? text.slice(here, here + taken) : text.slice(here - taken, here) });
    here += direction * taken;
  }
  return { to: here, held };
};

/** How many characters a hole takes. */
const reach = (
  text: string,
  at: number,
  direction: 1 | -1,
  { hole, until }: { readonly hole: HoleName; readonly until: string | null },
): number | undefined => {
  const { most, allowed } = holes[hole];
  const window =
    direction === 1 ? text.slice(at, at + most + (until?.length ?? 0)) : text.slice(Math.max(0, at - most - (until?.length ?? 0)), at);
  if (until === null) return openEnd(window, hole, direction);
  const found = direction === -1 ? window.lastIndexOf(until) : greedy.has(hole) ? lastWithin(window, hole, until) : window.indexOf(until);
  if (found === -1) return undefined;
  const length = direction === 1 ? found : window.length - found - until.length;
  const value = direction === 1 ? window.slice(0, length) : window.slice(window.length - length);
  return length <= most && allowed.test(value) ? length : undefined;
};

/** A URL goes on after a full stop or a colon: these take as much as they can. */
const greedy: ReadonlySet<HoleName> = new Set(['url', 'host', 'accept']);

const lastWithin = (window: string, hole: HoleName, until: string): number =>
  window.lastIndexOf(until, firstOf[hole].exec(window)?.[0].length ?? 0);

const firstOf = {
  status: /^\d{3}(?!\d)/,
  n: /^-?\d{1,24}/,
  word: /^\w{1,64}/,
  quote: /^["']/,
  host: /^[^\s"'<>]{1,300}/,
  addr: /^[^\s"'<>]{1,300}/,
  accept: /^[^\s"'<>]{1,300}/,
  url: /^[^\s"'<>]{1,2048}/,
  rest: /^[^\n]{0,200}/,
} as const satisfies Record<HoleName, RegExp>;

/** Nothing follows the hole: it takes what it may. */
const openEnd = (window: string, hole: HoleName, direction: 1 | -1): number | undefined => {
  if (direction === 1) return firstOf[hole].exec(window)?.[0].length;
  let length = 0;
  while (length < window.length && length < holes[hole].most && /[^\s"'<>()]/.test(window[window.length - 1 - length] ?? '')) length++;
  return length === 0 ? undefined : length;
};

const word = /[\p{L}\p{N}_]/u;

/** A message is not a part of a longer word. */
const standsAlone = (text: string, from: number, to: number): boolean =>
  !(word.test(text[from] ?? '') && word.test(text[from - 1] ?? '')) && !(word.test(text[to - 1] ?? '') && word.test(text[to] ?? ''));
