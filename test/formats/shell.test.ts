import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shellComment, shellText, shellWord } from '../../src/formats/commands/shell.js';
import { testFolder } from '../e2e/support/folder.js';
import { findProgram } from '../support/find.js';
import { hostileTexts, randomText, runScript, seededBytes } from './support/hostile.js';

const folder = testFolder();
const next = seededBytes(51);
const texts = [...hostileTexts, ...Array.from({ length: 5000 }, () => randomText(next))];
const words = texts.map((text) => shellWord(text) ?? '');

describe('shellWord', () => {
  it('keeps readable text readable, in single quotes', () => {
    expect(shellWord('a b')).toBe("'a b'");
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord('')).toBe("''");
    expect(shellText('Grüße 🌍')).toBe("'Grüße 🌍'");
  });

  it('writes what a terminal obeys, what nobody sees and what is no UTF-8 by a printf', () => {
    expect(shellWord('a\x1b[2J')).toBe(`"$(printf 'a\\033[2J')"`);
    expect(shellText('\u202e')).toBe(`"$(printf '\\342\\200\\256')"`);
    expect(shellWord('100%\xff')).toBe(`"$(printf '100%%\\377')"`);
    expect(shellWord('-\x01!')).toBe(`"$(printf '\\055\\001\\041')"`);
  });

  it('has no word for NUL and for line breaks', () => {
    for (const text of ['a\0b', 'a\nb', 'a\rb', '\n']) expect(shellWord(text)).toBe(null);
  });

  it('is always one line of printable ASCII or visible text', () => {
    for (const word of words) expect(word).not.toMatch(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
  });
});

describe.each([
  ['sh', 5000],
  ['bash', 1000],
  ['zsh', 1000],
])('in %s', (name, count) => {
  const shell = findProgram(name);

  it.skipIf('missing' in shell)(`each of ${count} hostile and random texts arrives byte for byte, and nothing else is run`, async () => {
    if ('missing' in shell) return;
    const script = words
      .slice(0, count)
      .map((word) => `printf '%s\\0' ${word}\n`)
      .join('');
    const wrote = await runScript(shell.path, script, { cwd: folder });
    expect(
      wrote.equals(
        Buffer.from(
          texts
            .slice(0, count)
            .map((text) => `${text}\0`)
            .join(''),
          'latin1',
        ),
      ),
    ).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.each([
  ['bash', ['--norc', '--noprofile', '-i']],
  // Knows no comments at its prompt: what stands behind a # is run.
  ['zsh', ['-f', '-i']],
])('at the prompt of %s', (name, args) => {
  const shell = findProgram(name);

  it.skipIf('missing' in shell)('comments run nothing, and words mean the same', async () => {
    if ('missing' in shell) return;
    const comments = texts.filter((text) => text.length < 200).map((text) => `${shellComment(text)}\n`);
    const typed = hostileTexts.map((text) => `printf '%s\\0' ${shellWord(text)} >> words\n`);
    await runScript(shell.path, [...comments.slice(0, 1500), ...typed, 'exit\n'].join(''), { cwd: folder, args });
    expect(readFileSync(`${folder}/words`).equals(Buffer.from(hostileTexts.map((text) => `${text}\0`).join(''), 'latin1'))).toBe(true);
    rmSync(`${folder}/words`);
    expect(readdirSync(folder).filter((file) => !/^\.|history/.test(file))).toEqual([]);
  });
});
