import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from '../../src/views/pretty-json.js';

test('strings and numbers stand as they came, and nothing that is there twice is lost', () => {
  expect(prettyJson('{"n":12345678901234567890.10,"n":1e400,"s":"a\\u0041 {,}"}')).toBe(
    '{\n  "n": 12345678901234567890.10,\n  "n": 1e400,\n  "s": "a\\u0041 {,}"\n}',
  );
});

test('empty objects and arrays stay on their line', () => {
  expect(prettyJson(' {"a":[],"b":{ },"c":[1]}')).toBe('{\n  "a": [],\n  "b": {},\n  "c": [\n    1\n  ]\n}');
});

test('what is no object and no array, or broken, is none', () => {
  for (const text of ['', '42', '"text"', 'null', '{', '[1,]', '{"a":1}}', 'hello {"a":1}']) expect(prettyJson(text)).toBeUndefined();
});

test('of a text that was cut the part that is there is shown', () => {
  expect(prettyJson('[1,{"a":"b', { cut: true })).toBe('[\n  1,\n  {\n    "a": "b');
});

test('any JSON reads the same as JSON.stringify indents it', () => {
  const json = fc.json({ maxDepth: 6 }).filter((text) => /^[{[]/.test(text));
  fc.assert(
    fc.property(json, (text) => {
      expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
  );
});

test('a megabyte of brackets stays in bounds', () => {
  const text = prettyJson('['.repeat(500_000), { cut: true }) ?? '';
  expect(text.length).toBeLessThan(50_000_000);
});
