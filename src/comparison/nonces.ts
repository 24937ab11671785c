/** Each with the word that stands in its place; the wider ones come after those that they would swallow. */
const masks: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  // Seconds, milliseconds or microseconds since 1970, from 2001 on.
  [/\b[12]\d{9}(?:\d{3}|\d{6})?(?:\.\d{1,9})?\b/g, '<time>'],
  [/\b[0-9a-f]{16,}\b/gi, '<id>'],
];

const random = /(?<![\w-])[\w-]{20,}(?![\w-])/g;

/** Letters of both cases and digits, and no JWT: who holds another token may be somebody else. */
const looksRandom = (word: string): boolean => !word.startsWith('eyJ') && /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);

/** A text without the times and the random ids in it. */
export const withoutNonces = (text: string): string =>
  masks
    .reduce((masked, [pattern, word]) => masked.replace(pattern, word), text)
    .replace(random, (word) => (looksRandom(word) ? '<id>' : word));

/** Whether two texts differ in times and random ids at most. */
export const sameButNonces = (a: string, b: string): boolean => a === b || withoutNonces(a) === withoutNonces(b);
