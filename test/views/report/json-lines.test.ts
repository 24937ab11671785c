import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../../src/views/report/json-lines.js';

const whole = { cut: false, most: 1e6 };
const linesOf = (text: string) => jsonLines(text, whole)?.lines;

test('an object and an array get one member a line, short ones within them stay on one', () => {
  expect(linesOf('{"a":1,"b":{"c":[1, 2],"d":{}},"e":[]}')).toBe(
    ['{', '  "a": 1,', '  "b": {', '    "c": [ 1, 2 ],', '    "d": {}', '  },', '  "e": []', '}'].join('\n'),
  );
});

test('numbers and double keys come through as they came', () => {
  expect(linesOf('{"n":12345678901234567890,"n":1e400,"z":1.10}')).toBe('{ "n": 12345678901234567890, "n": 1e400, "z": 1.10 }');
});

test.each([
  '',
  'x',
  '1',
  '"text"',
  '[1,]',
  '{"a"}',
  '{,}',
  '[1 2]',
  '{"a":1}}',
  '[}',
  '{"a":1} x',
  "['a']",
  '[x](javascript:alert(1))',
  '{a:1}',
  '[01]',
])('is no object or array of JSON: %j', (text) => expect(jsonLines(text, whole)).toBeNull());

test('all that JSON.stringify writes means the same afterwards, however deep', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
      const text = JSON.stringify(value);
      const lines = linesOf(text) ?? '';
      expect(JSON.parse(lines)).toEqual(JSON.parse(text));
      expect(lines.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

test('every start of a JSON text is taken when it is known to be cut, and says how much of it is shown', () => {
  const text = JSON.stringify({ name: 'Gr\u00fc\u00dfe', list: [1, -2.5e3, true, null, { deep: ['a', 'b'] }], end: '' });
  for (let length = 1; length < text.length; length++) {
    const start = text.slice(0, length);
    const found = jsonLines(start, { cut: true, most: 1e6 });
    expect(found?.taken).toBe(length);
    expect(found?.lines.replace(/\s/g, '')).toBe(start);
    expect(jsonLines(start, whole)).toBeNull();
  }
});

test('stops where there is enough, also where indentation would grow with the square', () => {
  const found = jsonLines('['.repeat(100_000), { cut: true, most: 2000 });
  expect(found?.lines.length).toBeLessThan(7000);
  expect(found?.taken).toBeLessThan(3000);
});

test('takes no ages for a payload that is made to take some', () => {
  const began = performance.now();
  for (const text of [
    `${'[1,'.repeat(700)}`,
    `[${'1,'.repeat(1000)}{`,
    `${'{"a":['.repeat(300)}`,
    `["${' '.repeat(2000)}`,
    `[${'" ",'.repeat(500)}`,
  ])
    jsonLines(text, { cut: true, most: 2048 });
  expect(performance.now() - began).toBeLessThan(2000);
});
