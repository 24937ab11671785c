/** Finds many fixed texts at once. Both are latin1. */
export interface Automaton {
  /** Every place at which a pattern ends: `(pattern, end)`; at one end the longest pattern only. */
  search(text: string, found: (pattern: number, end: number) => void): void;
  /** How many of the last characters are the beginning of a pattern (0: none), and of which. */
  tail(text: string): { readonly length: number; readonly pattern: number };
}

const filterBits = 20;
const hash = (four: number): number => Math.imul(four, 0x9e3779b1) >>> (32 - filterBits);

/**
 * Aho and Corasick ("Efficient string matching", 1975): one look at each character however many patterns there are, so that neither many secrets nor a
 * hostile text make it slow. Edges stand in one open hash table. While nothing is begun, four characters at a time are held against a bit table,
 * which is what makes it quick in texts without secrets. Patterns have at least 4 characters; memory is about 30 bytes a character of theirs.
 */
export const buildAutomaton = (patterns: readonly string[]): Automaton => {
  const most = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
  let slots = 16;
  while (slots < 2 * most) slots *= 2;
  const keys = new Int32Array(slots).fill(-1);
  const targets = new Int32Array(slots);
  const fail = new Int32Array(most);
  const depth = new Int32Array(most);
  /** The pattern that ends at a state, plus 1, and the next state on the way of failures at which one ends. */
  const ends = new Int32Array(most);
  const endsBehind = new Int32Array(most);
  /** A pattern that goes through a state. */
  const through = new Int32Array(most);
  const filter = new Uint8Array(1 << (filterBits - 3));
  let states = 1;

  const slotOf = (key: number): number => {
    let slot = (Math.imul(key, 0x9e3779b1) >>> 1) & (slots - 1);
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  const step = (state: number, code: number): number => {
    const slot = slotOf(state * 256 + code);
    return keys[slot] === -1 ? -1 : (targets[slot] as number);
  };

  const edges: number[] = [];
  for (const [nth, pattern] of patterns.entries()) {
    let state = 0;
    for (let at = 0; at < pattern.length; at++) {
      const key = state * 256 + (pattern.charCodeAt(at) & 0xff);
      const slot = slotOf(key);
      if (keys[slot] === -1) {
        keys[slot] = key;
        targets[slot] = states;
        depth[states] = at + 1;
        through[states] = nth;
        edges.push(key);
        states++;
      }
      state = targets[slot] as number;
    }
    if (ends[state] === 0) ends[state] = nth + 1;
    let four = 0;
    for (let at = 0; at < 4; at++) four = (four << 8) | (pattern.charCodeAt(at) & 0xff);
    const bit = hash(four);
    filter[bit >> 3] = (filter[bit >> 3] as number) | (1 << (bit & 7));
  }

  const advance = (from: number, code: number): number => {
    let state = from;
    for (;;) {
      const next = step(state, code);
      if (next !== -1) return next;
      if (state === 0) return 0;
      state = fail[state] as number;
    }
  };
  // Failures by rising depth: each is shorter than its state, so it is known before.
  const order = Int32Array.from(edges).sort((one, other) => (depth[one >>> 8] as number) - (depth[other >>> 8] as number));
  for (const key of order) {
    const parent = key >>> 8;
    const state = step(parent, key & 0xff);
    const failing = parent === 0 ? 0 : advance(fail[parent] as number, key & 0xff);
    fail[state] = failing;
    endsBehind[state] = ends[failing] === 0 ? (endsBehind[failing] as number) : failing;
  }

  const search = (text: string, found: (pattern: number, end: number) => void): void => {
    const size = text.length;
    let at = 0;
    while (at < size) {
      at = skip(text, at);
      let state = 0;
      while (at < size) {
        state = advance(state, text.charCodeAt(at) & 0xff);
        at++;
        if (state === 0) break;
        const ending = ends[state] === 0 ? (endsBehind[state] as number) : state;
        if (ending !== 0) found((ends[ending] as number) - 1, at);
      }
    }
  };

  /** The next place at which four characters begin a pattern, as far as the bit table knows. */
  const skip = (text: string, from: number): number => {
    const size = text.length;
    if (from + 4 > size) return size;
    let four = (text.charCodeAt(from) << 16) | (text.charCodeAt(from + 1) << 8) | text.charCodeAt(from + 2);
    for (let at = from + 3; at < size; at++) {
      four = (four << 8) | (text.charCodeAt(at) & 0xff);
      const bit = hash(four);
      if (((filter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) return at - 3;
    }
    return size;
  };

  const tail = (text: string): { readonly length: number; readonly pattern: number } => {
    let state = 0;
    for (let at = Math.max(0, text.length - 8192); at < text.length; at++) state = advance(state, text.charCodeAt(at) & 0xff);
    return { length: depth[state] as number, pattern: through[state] as number };
  };

  return { search, tail };
};
