import { isUtf8 } from 'node:buffer';
import { visible } from '../../wire/visible.js';

/** What printf writes as it stands, and no shell gives a meaning to, in double quotes neither (`!` is one in an interactive bash). */
const harmless = /^[A-Za-z0-9 ,./:;=?@_+~^&*()<>{}|[\]#-]$/;

/**
 * The format of a printf that writes these bytes. Octal, because that is all that every printf knows; a leading `-` too, so that it is
 * no option. `%` is doubled: dash reads escapes first, and would take `\045` for the start of a directive.
 */
const printfFormat = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte, at) => {
      const character = String.fromCharCode(byte);
      if (character === '%') return '%%';
      return harmless.test(character) && !(at === 0 && character === '-') ? character : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');

/**
 * One word of a POSIX shell that stands for these bytes (latin1 text, one character a byte), on one line and without anything that a
 * terminal obeys: in single quotes, in which no character means anything; control characters, invisible ones and what is no UTF-8 by a printf, since
 * `$'..'` is unknown to dash. Null for what no word should hold: NUL ends it, and a line break has no place in what was captured (threats.md T51).
 */
export const shellWord = (text: string): string | null => {
  if (/[\0\r\n]/.test(text)) return null;
  const bytes = Buffer.from(text, 'latin1');
  const readable = isUtf8(bytes) ? bytes.toString('utf8') : null;
  if (readable !== null && visible(readable) === readable) return `'${readable.replaceAll("'", "'\\''")}'`;
  return `"$(printf '${printfFormat(bytes)}')"`;
};

/** The same for text of ours or from the model. */
export const shellText = (text: string): string | null => shellWord(Buffer.from(text, 'utf8').toString('latin1'));

/**
 * A comment. Its text is a quoted word: zsh at its prompt knows no comments and runs what follows the `#`, so what was captured may not stand
 * there bare.
 */
export const shellComment = (text: string): string => `# ${shellText(visible(text)) ?? "''"}`;

/** A command over several lines. */
export const shellLines = (words: readonly (readonly string[])[]): string => words.map((line) => line.join(' ')).join(' \\\n  ');
