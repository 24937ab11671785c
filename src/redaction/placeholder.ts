import { createHmac } from 'node:crypto';

/** Without letters and digits that are taken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const mostKnown = 10_000;

export interface Placeholders {
  /**
   * What stands in place of `length` characters of a secret: `redacted-k3f9q2` with `x` behind it to exactly that length, the same for the same secret
   * under the same key; a short one is a part of the tag. `digits` stay digits, so that a number in JSON stays one. `dense`: no hyphen, so
   * that base64 and hex around it can be decoded.
   */
  of(secret: string, length: number, form?: 'text' | 'digits' | 'dense'): string;
}

/** `key` has 32 bytes of chance, made for one export: without it nobody can try secrets against the tags. */
export const createPlaceholders = (key: Uint8Array): Placeholders => {
  const digests = new Map<string, Buffer>();
  const digestOf = (secret: string): Buffer => {
    let digest = digests.get(secret);
    if (!digest) {
      if (digests.size >= mostKnown) digests.clear();
      digest = createHmac('sha256', key).update(secret, 'latin1').digest();
      digests.set(secret, digest);
    }
    return digest;
  };
  const letters = (digest: Uint8Array, length: number): string => {
    let text = '';
    for (let at = 0; at < length; at++) text += alphabet[(digest[at] ?? 0) % alphabet.length];
    return text;
  };
  const numbers = (digest: Uint8Array, length: number): string => {
    // No 0 in front: JSON would not take the number.
    let text = '';
    for (let at = 0; at < Math.min(length, 12); at++) text += at === 0 ? 1 + ((digest[at] ?? 0) % 9) : (digest[at] ?? 0) % 10;
    return text.padEnd(length, '0');
  };
  return {
    of: (secret, length, form = 'text') => {
      const digest = digestOf(secret);
      if (form === 'digits') return numbers(digest, length);
      const word = form === 'dense' ? 'redacted' : 'redacted-';
      if (length < word.length + 6) return letters(digest, length);
      return `${word}${letters(digest, length < word.length + 8 ? 6 : 8)}`.padEnd(length, 'x');
    },
  };
};
