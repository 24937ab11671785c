import { isUtf8 } from 'node:buffer';
import { type Find, isNothing } from './find.js';
import { findMqtt, findSocks } from './find-binary.js';
import { type Kept, looksLikeHead, readHeadFinds } from './find-head.js';
import { findPayloads } from './find-json.js';
import { findKeyed } from './find-keyed.js';
import { findPatterns } from './find-patterns.js';
import type { Placeholders } from './placeholder.js';
import type { RedactionTally } from './summary.js';
import type { Vault } from './vault.js';
import { plainest, viewsOf } from './views.js';

/** What is written in place of the characters from `start` to before `end`: as many. */
export interface Patch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface SearchOptions {
  /** The text ends early, perhaps inside a secret. */
  readonly cut?: boolean;
  /** The text begins late, perhaps inside a secret. */
  readonly late?: boolean;
  readonly socks?: boolean;
}

/** Finds what is secret in a latin1 text. The one that learns gives no patches. */
export type Search = (text: string, options?: SearchOptions) => readonly Patch[];

/** No text that is searched as one is longer: messages and bodies come in windows. A field of an event that is, was not written by shakedown. */
const longestText = 2.5 * 1024 * 1024;

/** By place and by form, as the text is written and however it may be encoded. */
const findAll = (
  text: string,
  { socks = false, late = false }: SearchOptions,
): { readonly finds: Find[]; readonly kept: readonly Kept[] } => {
  const finds: Find[] = [];
  let kept: readonly Kept[] = [];
  if (socks) finds.push(...findSocks(text));
  if (looksLikeHead(text)) {
    const head = readHeadFinds(text);
    for (const find of head.finds) finds.push(find);
    kept = head.kept;
  }
  if (text.charCodeAt(0) === 0x10) finds.push(...findMqtt(text));
  if (late) {
    const end = /^[A-Za-z0-9._~+/=%-]*/.exec(text.slice(0, 8192))?.[0].length ?? 0;
    if (end >= 4) finds.push({ start: 0, end, kind: 'cut by a gap', reach: 'here' });
  }
  return { finds, kept };
};

/** In one way to read a text. */
const inView = (text: string): readonly Find[] => {
  const finds: Find[] = [];
  findKeyed(text, finds);
  findPatterns(text, finds);
  findPayloads(text, finds);
  return finds;
};

export const createLearner =
  (vault: Vault): Search =>
  (text, options = {}) => {
    if (text.length > longestText) return [];
    const learn = (find: Find, seen: string): void => {
      vault.learn(seen.slice(find.start, find.end), find.reach);
      for (const { value, reach } of find.also ?? []) vault.learn(value, reach);
    };
    for (const find of findAll(text, options).finds) learn(find, text);
    for (const view of viewsOf(text)) {
      for (const find of inView(view.text)) learn(find, view.text);
    }
    return [];
  };

/** A find with what it is, and whether only letters and digits may stand in its place. */
interface Hit {
  readonly start: number;
  readonly end: number;
  readonly kind: Find['kind'];
  readonly secret: string | null;
  readonly dense: boolean;
}

export const createRewriter = ({
  vault,
  placeholders,
  tally,
}: {
  readonly vault: Vault;
  readonly placeholders: Placeholders;
  readonly tally: RedactionTally;
}): Search => {
  const textFor = (written: string, { secret, dense }: Hit): string => {
    const plain = secret ?? plainest(written);
    if (written.length <= 64 && /^[\d.-]*$/.test(written) && /\d/.test(written)) {
      const digits = placeholders.of(plain, written.length, 'digits');
      const text = written.replace(/\d/g, (_, at: number) => digits[at] ?? '0');
      return text === written ? written.replace(/\d/g, '0') : text;
    }
    return placeholders.of(plain, written.length, dense ? 'dense' : 'text');
  };

  return (text, options = {}) => {
    if (text.length > longestText) {
      tally.blanked();
      return [{ start: 0, end: text.length, text: 'x'.repeat(text.length) }];
    }
    const { finds, kept } = findAll(text, options);
    const hits: Hit[] = finds.map((find) => ({ ...find, secret: null, dense: false }));
    for (const view of viewsOf(text)) {
      for (const { start, end, kind } of inView(view.text)) {
        if (end > start) hits.push({ kind, start: view.place(start), end: view.behind(end - 1), secret: null, dense: false });
      }
      for (const { start, end, secret, dense } of vault.find(view.text, options.cut ?? false)) {
        hits.push({ kind: 'the same secret elsewhere', start: view.place(start), end: view.behind(end - 1), secret, dense });
      }
    }
    if (hits.length === 0) return [];
    const patches: Patch[] = [];
    for (const { start, end, hit } of disjoint(hits, text)) {
      const written = text.slice(start, end);
      if (isNothing(written)) continue;
      const patch = textFor(written, hit);
      const before = patches.length;
      for (const [from, to] of outside(kept, start, end))
        patches.push({ start: from, end: to, text: patch.slice(from - start, to - start) });
      if (patches.length > before) tally.place(hit.kind);
    }
    return patches;
  };
};

/** The outer one of two that lie in each other; of two that overlap, the later one only where the earlier ends. Whole characters of UTF-8. */
const disjoint = (hits: Hit[], text: string): { start: number; end: number; hit: Hit }[] => {
  hits.sort((one, other) => one.start - other.start || other.end - one.end);
  const spans: { start: number; end: number; hit: Hit }[] = [];
  let behind = 0;
  for (const hit of hits) {
    if (hit.end <= behind) continue;
    const start = Math.max(hit.start, behind);
    spans.push({ start, end: hit.end, hit });
    behind = hit.end;
  }
  const halves = spans.some(({ start, end }) => isContinuation(text, start) || isContinuation(text, end));
  if (!halves || !isUtf8(Buffer.from(text, 'latin1'))) return spans;
  let done = 0;
  return spans.flatMap((span) => {
    let { start, end } = span;
    while (isContinuation(text, start)) start--;
    while (isContinuation(text, end)) end++;
    start = Math.max(start, done);
    if (start >= end) return [];
    done = end;
    return [{ ...span, start, end }];
  });
};

const isContinuation = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xc0) === 0x80 && text.charCodeAt(at) < 0x100;

/** The parts of a span that may be replaced. */
const outside = (kept: readonly Kept[], start: number, end: number): (readonly [number, number])[] => {
  let parts: (readonly [number, number])[] = [[start, end]];
  for (const [from, to] of kept) {
    if (to <= start || from >= end) continue;
    parts = parts.flatMap(([first, last]): (readonly [number, number])[] =>
      to <= first || from >= last
        ? [[first, last]]
        : [[first, Math.min(last, from)] as const, [Math.max(first, to), last] as const].filter(([a, b]) => b > a),
    );
  }
  return parts;
};

/** The text with its patches in their places. */
export const patched = (text: string, patches: readonly Patch[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const patch of patches) {
    parts.push(text.slice(at, patch.start), patch.text);
    at = patch.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
};
