import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { lineText } from '../../../src/views/paint.js';
import { keyNames } from '../../../src/views/tui/key-names.js';
import { bindingFor, bindings, bindingsOf } from '../../../src/views/tui/keys.js';
import { helpBody } from '../../../src/views/tui/panes/help.js';
import { initialState, type Screen } from '../../../src/views/tui/state.js';

const screens: readonly Screen[] = ['list', 'detail', 'faults', 'replay', 'help'];

describe('bindings', () => {
  test('no key means two things on one place', () => {
    for (const place of [...screens, 'every'] as const) {
      const names = bindings.filter(({ screen }) => screen === place).flatMap((one) => one.names);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test("a screen's own meaning of a key goes before the common one", () => {
    expect(bindingFor('list', 'q')?.action).toBe('quit');
    expect(bindingFor('detail', 'q')?.action).toBe('back');
    expect(bindingFor('list', 'escape')?.action).toBe('clear-filter');
    expect(bindingFor('detail', '1')?.action).toBe('pane-findings');
    expect(bindingFor('faults', '1')?.action).toBe('toggle-numbered');
    expect(bindingFor('list', '1')).toBeUndefined();
  });

  test('one can leave every screen and move on it', () => {
    for (const screen of screens) {
      const actions = bindingsOf(screen).map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['up', 'down', 'page-up', 'page-down', 'first', 'last', 'help', 'leave']));
      expect(actions.includes('back') || actions.includes('quit')).toBe(true);
    }
  });

  test('the help lists every one of them', () => {
    const text = helpBody(initialState({ columns: 200, rows: 50 }, []))
      .map(lineText)
      .join('\n');
    for (const { key, description } of bindings)
      expect(text).toMatch(new RegExp(`${key.replace(/[?/]/g, '\\$&')} +${description.replace(/[?/:;,.]/g, '\\$&')}`));
  });
});

describe('names of keys', () => {
  const none = {} as Key;
  test.each<[string, string, Partial<Key>, string[]]>([
    ['an arrow', '', { upArrow: true }, ['up']],
    ['Enter', '\r', { return: true }, ['enter']],
    ['Esc, which Ink also calls meta', '', { escape: true, meta: true }, ['escape']],
    ['the key that sends DEL', '', { delete: true }, ['backspace']],
    ['Ctrl-C', 'c', { ctrl: true }, ['ctrl-c']],
    ['a letter', 'G', { shift: true }, ['G']],
    ['Alt with a letter: nothing', 'x', { meta: true }, []],
    ['letters typed fast', 'jj', {}, ['j', 'j']],
    ['a paste with its line break', 'abc\r', {}, ['a', 'b', 'c', 'enter']],
    ['a paste with controls in it', 'a\x1b\x00\u202eb', {}, ['a', 'escape', 'b']],
    ['a character outside the BMP', '😀', {}, ['😀']],
  ])('%s', (_, input, key, names) => {
    expect(keyNames(input, { ...none, ...key })).toEqual(names);
  });
});
