// @ts-check
/**
 * Reads type declarations of src/model with their doc comments. It knows the little of TypeScript that is written there: interfaces and
 * aliases of unions, as the formatter lays them out.
 */

/**
 * @typedef {object} Member
 * @property {string} name
 * @property {string} type As written, on one line.
 * @property {boolean} optional
 * @property {string} about Its doc comment, `''` when there is none.
 *
 * @typedef {object} Choice
 * @property {string} type
 * @property {string} about
 */

/** @param {string} text @param {string} name @returns {{ about: string, members: Member[] } | undefined} */
export const interfaceIn = (text, name) => {
  const start = new RegExp(`^export interface ${name}(?: extends (\\w+))? \\{$`, 'm').exec(text);
  if (!start) return undefined;
  const end = text.indexOf('\n}', start.index);
  // What it extends stands in the same file.
  const above = start[1] === undefined ? [] : (interfaceIn(text, start[1])?.members ?? []);
  return { about: commentBefore(text, start.index), members: [...membersOf(text.slice(start.index + start[0].length, end)), ...above] };
};

/** The members of a union alias; undefined when there is no such alias, or it is no union. @param {string} text @param {string} name */
export const unionIn = (text, name) => {
  const start = new RegExp(`^export type ${name} =`, 'm').exec(text);
  if (!start) return undefined;
  const pieces = split(text.slice(start.index + start[0].length), '|');
  return pieces.map(({ text: type, about }) => ({ type, about })).filter(({ type }) => type !== '');
};

/** What a type can be: the members of a union, or the type itself. @param {string} type */
export const choicesOf = (type) =>
  split(type, '|')
    .map(({ text }) => text)
    .filter((text) => text !== '');

/** The words of a union of literals, undefined for any other type. @param {string} type */
export const wordsOf = (type) => {
  const parts = type.split('|').map((part) => part.trim());
  const words = parts.filter((part) => part !== '').map((part) => /^'([^']*)'$/.exec(part)?.[1]);
  return words.length > 0 && words.every((word) => word !== undefined) ? words : undefined;
};

/** What stands between the braces of an interface or an object type. @param {string} body @returns {Member[]} */
export const membersOf = (body) => {
  const found = [];
  for (let rest = body; ; ) {
    const [piece, ...more] = split(rest, ';', 1);
    const match = /^(?:readonly )?(\w+)(\?)?: ([\s\S]*)$/.exec(piece?.text ?? '');
    if (!piece || !match) return found;
    const [, name = '', optional, type = ''] = match;
    found.push({ name, type: type.replace(/^\| /, ''), optional: optional !== undefined, about: piece.about });
    rest = more.length > 0 ? rest.slice(piece.end) : '';
  }
};

/** @param {string} text @param {number} at */
const commentBefore = (text, at) => {
  const before = text.slice(0, at).trimEnd();
  return before.endsWith('*/') ? commentText(before.slice(before.lastIndexOf('/**'))) : '';
};

/** @param {string} comment */
const commentText = (comment) =>
  comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/\n\s*\* ?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Splits at a mark that stands outside every bracket and quote, until a `;` there or the end of the text. Comments go to the piece
 * that they stand before.
 *
 * @param {string} text @param {'|' | ';'} mark @param {number} [most] No more than so many cuts.
 */
const split = (text, mark, most = Number.POSITIVE_INFINITY) => {
  /** @type {{ text: string, about: string, end: number }[]} */
  const pieces = [];
  let depth = 0;
  let current = '';
  let about = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (text.startsWith('/**', at)) {
      const end = text.indexOf('*/', at) + 2;
      // A comment before the mark speaks of what follows the mark.
      if (current.trim() !== '' && depth === 0) {
        pieces.push({ text: oneLine(current), about, end: at });
        current = '';
      }
      if (depth === 0) about = commentText(text.slice(at, end));
      at = end - 1;
      continue;
    }
    if (character === "'") {
      const end = text.indexOf("'", at + 1);
      current += text.slice(at, end + 1);
      at = end;
      continue;
    }
    if ('{([<'.includes(character)) depth++;
    if ('})]>'.includes(character)) depth--;
    if (depth === 0 && (character === mark || character === ';')) {
      if (current.trim() !== '') {
        pieces.push({ text: oneLine(current), about, end: at + 1 });
        about = '';
      }
      current = '';
      if (character === ';' && mark !== ';') return pieces;
      if (pieces.length >= most) return [...pieces, { text: '', about: '', end: text.length }];
      continue;
    }
    current += character;
  }
  if (current.trim() !== '') pieces.push({ text: oneLine(current), about, end: text.length });
  return pieces;
};

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
