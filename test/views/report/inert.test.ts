import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, fence, prose } from '../../../src/views/report/inert.js';

test.each([
  ['plain', '`plain`'],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['```', '```` ``` ````'],
  [' edge ', '`  edge  `'],
  ['', '(empty)'],
  ['  ', '(spaces)'],
  ['a|b\\|c', '`a<U+007C>b\\<U+007C>c`'],
  ['two\nlines\r', '`two\\nlines\\r`'],
  ['\u202eevil', '`<U+202E>evil`'],
])('%j is the code span %s', (text, span) => expect(code(text)).toBe(span));

test('a fence is longer than any run of backquotes in it', () => {
  expect(fence('a\n````\nb')).toBe('`````text\na\n````\nb\n`````');
  expect(fence('GET / HTTP/1.1\n\n', 'http')).toBe('```http\nGET / HTTP/1.1\n```');
});

test.each([
  [
    'The server answered 403 Forbidden to the Origin https://evil.example',
    'The server answered 403 Forbidden to the Origin `https://evil.example`',
  ],
  [
    'Ask @someone about #12 and www.evil.example, GH-3, deadbeef and deadbeefs.',
    'Ask `@someone` about `#12` and `www.evil.example, GH-3, deadbeef` and deadbeefs.',
  ],
  ['a <img src=x> b', 'a `<img src=x>` b'],
  ["it's [x](javascript:alert(1)) - \\* _y_", "it's `[x](javascript:alert(1)) - \\* _y_`"],
])('of the sentence %j what is no plain word is code', (sentence, text) => expect(prose(sentence)).toBe(text));

/** What a reader of CommonMark takes for text outside of code spans, spans matched as section 6.1 has it. */
const outside = (text: string): string => text.replace(/(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, ' ');

test('whatever it is given, nothing but letters, short numbers and stops stands outside of code', () => {
  const nasty = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '`',
          '``',
          '\\`',
          '|',
          '\n',
          '<b>',
          '@me',
          '#1',
          '[x](y)',
          '![i](u)',
          '*',
          '_',
          '~~',
          '&lt;',
          'http://x',
          ' ',
          'word',
          '403',
          '\\',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(nasty, (text) => {
      expect(outside(code(text))).toMatch(/^( |\((empty|spaces)\))$/);
      expect(outside(prose(text))).toMatch(/^[A-Za-z0-9'.,;:!? ()-]*$/);
      expect(prose(text)).not.toMatch(/[\n\r|]/);
    }),
    { numRuns: 500 },
  );
});
