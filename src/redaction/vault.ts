import { type Automaton, buildAutomaton } from './automaton.js';
import { isNothing, type Reach, spreads } from './find.js';
import { plainest } from './views.js';

/** A learned secret that stands in a text. */
export interface KnownFind {
  readonly start: number;
  readonly end: number;
  /** In its plainest form, whatever form it has here. */
  readonly secret: string;
  /** It stands here as base64 or hex, inside more of that. */
  readonly dense: boolean;
}

/** The secrets of one recording that are looked for everywhere. */
export interface Vault {
  learn(value: string, reach: Reach): void;
  /** Where they stand in a text, also as base64 in each of the three alignments and as hex; `cut`: the text ends early, perhaps inside one. */
  find(text: string, cut: boolean): readonly KnownFind[];
  /** Distinct secrets that came after the vault was full: they are replaced only where their own place shows them. Counted up to a bound. */
  readonly turnedAway: number;
}

/** So many secrets, and so many characters of all the forms that are looked for (30 bytes of memory each), are learned from one recording. */
const mostSecrets = 10_000;
const mostCharacters = 4 * 1024 * 1024;
/** A longer secret is looked for piece by piece. */
const pieceLength = 1024;
const longestSecret = 64 * 1024;
/** Of a secret that was cut off, so many characters are enough to tell it. */
const shortestTail = 10;
const mostTurnedAway = 100_000;

interface Pattern {
  readonly text: string;
  readonly secret: string;
  readonly dense: boolean;
  /** Counts only where no letter or digit stands beside it: what is short, or reads like a word, is a part of other words. */
  readonly alone: boolean;
}

/** What of the base64 of anything that holds `bytes` is the same whatever stands around it, for the three places at which it can begin. */
const base64Cores = (bytes: Buffer): string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(before === 0 ? 0 : before + 1, whole);
  });

const patternsOf = (value: string, secret: string): Pattern[] => {
  const plain = { secret, dense: false, alone: value.length < 16 || !/\d/.test(value) };
  const patterns: Pattern[] = [{ text: value, ...plain }];
  if (value.includes(' ')) patterns.push({ text: value.replaceAll(' ', '+'), ...plain });
  const bytes = Buffer.from(value, 'latin1');
  const dense = { secret, dense: true, alone: false };
  for (const core of base64Cores(bytes)) {
    if (core.length < 7) continue;
    patterns.push({ text: core, ...dense });
    const url = core.replaceAll('+', '-').replaceAll('/', '_');
    if (url !== core) patterns.push({ text: url, ...dense });
  }
  const hex = bytes.toString('hex');
  patterns.push({ text: hex, ...dense });
  if (/[a-f]/.test(hex)) patterns.push({ text: hex.toUpperCase(), ...dense });
  return patterns;
};

const isWordCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

const standsAlone = (text: string, start: number, end: number): boolean =>
  !(start > 0 && isWordCode(text.charCodeAt(start - 1)) && isWordCode(text.charCodeAt(start))) &&
  !(end < text.length && isWordCode(text.charCodeAt(end)) && isWordCode(text.charCodeAt(end - 1)));

const piecesOf = (value: string): string[] => {
  if (value.length <= pieceLength) return [value];
  const pieces: string[] = [];
  for (let at = 0; at + 16 <= Math.min(value.length, longestSecret); at += pieceLength) pieces.push(value.slice(at, at + pieceLength));
  return pieces;
};

export const createVault = (): Vault => {
  const known = new Set<string>();
  const away = new Set<string>();
  const patterns: Pattern[] = [];
  let characters = 0;
  let automaton: Automaton | null = null;
  let built = 0;

  const add = (value: string, secret: string): void => {
    if (known.has(value)) return;
    const forms = patternsOf(value, secret);
    const size = forms.reduce((sum, { text }) => sum + text.length, 0);
    if (known.size >= mostSecrets || characters + size > mostCharacters) {
      if (away.size < mostTurnedAway) away.add(value.slice(0, 64));
      return;
    }
    known.add(value);
    characters += size;
    for (const form of forms) patterns.push(form);
  };

  const learn = (value: string, reach: Reach): void => {
    if (value.length < 6 || known.has(value) || isNothing(value)) return;
    const secret = plainest(value);
    for (const form of new Set([value, secret])) {
      if (!spreads(form, reach)) continue;
      for (const piece of piecesOf(form)) add(piece, form.length === piece.length ? secret : piece);
    }
  };

  const find = (text: string, cut: boolean): readonly KnownFind[] => {
    if (patterns.length === 0) return [];
    if (!automaton || built !== patterns.length) {
      automaton = buildAutomaton(patterns.map((pattern) => pattern.text));
      built = patterns.length;
    }
    const finds: KnownFind[] = [];
    automaton.search(text, (nth, end) => {
      const pattern = patterns[nth];
      if (!pattern) return;
      const start = end - pattern.text.length;
      if (pattern.alone && !standsAlone(text, start, end)) return;
      finds.push({ start, end, secret: pattern.secret, dense: pattern.dense });
    });
    if (cut) {
      const { length, pattern } = automaton.tail(text);
      const whole = patterns[pattern];
      if (whole && length >= shortestTail)
        finds.push({ start: text.length - length, end: text.length, secret: whole.secret, dense: whole.dense });
    }
    return finds;
  };

  return {
    learn,
    find,
    get turnedAway() {
      return away.size;
    },
  };
};
