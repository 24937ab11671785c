import type { Key } from 'ink';

const named: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
];

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x03': 'ctrl-c',
  '\x15': 'ctrl-u',
  '\x1b': 'escape',
};

/** A paste is cut there. */
const mostCharacters = 500;

/**
 * Names of the keys in one input event of Ink: `up`, `enter`, `ctrl-c`, or the character itself. Ink hands over keys that were typed
 * fast, and a paste, as one text: it is taken apart.
 */
export const keyNames = (input: string, key: Key): string[] => {
  const special = named.find(([flag]) => key[flag] === true)?.[1];
  if (special) return [special];
  if (key.ctrl) return [`ctrl-${input}`];
  if (key.meta) return [];
  return [...input.slice(0, mostCharacters)]
    .map((char) => controls[char] ?? char)
    .filter((name) => name.length > 1 || !/\p{C}/u.test(name));
};
