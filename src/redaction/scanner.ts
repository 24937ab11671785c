/** Where one of a few words may begin, looked for by three letters at a time; a word that is not there may be named, one that is there always is. */
export type Scanner = (text: string, from: number) => number;

/**
 * A regular expression of many alternatives costs ten times as much on text without any. Letters count by five bits, so that upper and lower case are one;
 * the fourth letter is a second look. Words have at least three letters. Returns the length of the text when there is none.
 */
export const createScanner = (words: readonly string[]): Scanner => {
  const fourth = new Int32Array(1 << 15);
  for (const word of words) {
    const [first, second, third, next] = [...word].map((letter) => letter.charCodeAt(0) & 31) as [number, number, number, number?];
    const index = (first << 10) | (second << 5) | third;
    fourth[index] = next === undefined ? -1 : (fourth[index] as number) | (1 << next);
  }
  return (text, from) => {
    const size = text.length;
    if (from + 3 > size) return size;
    let three = ((text.charCodeAt(from) & 31) << 5) | (text.charCodeAt(from + 1) & 31);
    for (let at = from + 2; at < size; at++) {
      three = ((three << 5) | (text.charCodeAt(at) & 31)) & 0x7fff;
      const mask = fourth[three] as number;
      if (mask !== 0 && (mask === -1 || (at + 1 < size && (mask & (1 << (text.charCodeAt(at + 1) & 31))) !== 0))) return at - 2;
    }
    return size;
  };
};

const classOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Characters of names, of base64url, and of credentials (`token68` of RFC 9110 section 11.2). */
export const nameCharacters = classOf(`${alphanumeric}_-$`);
export const urlCharacters = classOf(`${alphanumeric}_-`);
export const tokenCharacters = classOf(`${alphanumeric}._~+/=-`);

/** Where a run of such characters ends. By hand: a regular expression keeps a way back for each character, and runs out of memory on a long one. */
export const runEnd = (text: string, from: number, characters: Uint8Array): number => {
  let at = from;
  while (at < text.length && characters[text.charCodeAt(at)] === 1) at++;
  return at;
};
