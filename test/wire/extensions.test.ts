import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderField } from '../../src/model/head.js';
import { agreedDeflate, parseExtensions } from '../../src/wire/extensions.js';
import { isToken, splitAll, splitList, unquote } from '../../src/wire/field-list.js';

describe('field lists', () => {
  it.each([
    ['a, b,c', ['a', 'b', 'c']],
    [' a\t,\t b ', ['a', 'b']],
    ['', []],
    [', ,a,,', ['a']],
    ['a="x, y", b', ['a="x, y"', 'b']],
    ['a="x\\", y", b', ['a="x\\", y"', 'b']],
    ['a="x, y', ['a="x, y']],
    ['a\\, b', ['a\\', 'b']],
  ])('split "%s"', (value, parts) => {
    expect(splitList(value)).toEqual(parts);
  });

  it('split at semicolons, and several lines as one list', () => {
    expect(splitList('a; b="c;d" ;e', ';')).toEqual(['a', 'b="c;d"', 'e']);
    expect(splitAll(['a, b', 'c'])).toEqual(['a', 'b', 'c']);
  });

  it('give back any list of tokens and quoted strings', () => {
    const quoted = fc.string().map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);
    const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,10}$/);
    fc.assert(fc.property(fc.array(fc.oneof(token, quoted)), (parts) => void expect(splitList(parts.join(' , '))).toEqual(parts)));
    fc.assert(fc.property(fc.string(), (text) => void expect(unquote(`"${text.replace(/["\\]/g, '\\$&')}"`)).toBe(text)));
  });

  it('know a token', () => {
    expect(['a', 'a-b', '13', '', 'a b', 'é', '"a"'].map(isToken)).toEqual([true, true, true, false, false, false, false]);
  });
});

describe('parseExtensions', () => {
  it('reads names, parameters and values in order', () => {
    const value = 'permessage-deflate; client_max_window_bits; server_max_window_bits=10, x-other;q="a"';
    expect(parseExtensions([value, 'third'])).toEqual({
      extensions: [
        {
          name: 'permessage-deflate',
          params: [
            ['client_max_window_bits', true],
            ['server_max_window_bits', '10'],
          ],
        },
        { name: 'x-other', params: [['q', 'a']] },
        { name: 'third', params: [] },
      ],
      defects: [],
    });
  });

  it.each([
    ['permessage deflate', 'bad-name'],
    ['a; b c', 'bad-parameter'],
    ['a; b="c d"', 'bad-value'],
    ['a; b=', 'bad-value'],
    ['a; =1', 'bad-parameter'],
    ['a; b; B=1', 'repeated-parameter'],
  ])('describes what is odd in "%s"', (value, code) => {
    const { extensions, defects } = parseExtensions([value]);
    expect(extensions).toHaveLength(1);
    expect(defects.map((defect) => defect.code)).toEqual([code]);
  });

  it('takes any text without throwing, and keeps at most 20 defects', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ',', ';', '=', '"', '\\', ' ', '\0') })), (values) => {
        expect(parseExtensions(values).defects.length).toBeLessThanOrEqual(20);
      }),
    );
    expect(parseExtensions([Array(100).fill('a b').join(',')]).defects).toHaveLength(20);
  });
});

describe('agreedDeflate', () => {
  const head = (...values: string[]) => ({ headers: values.map((value): HeaderField => ['sec-websocket-EXTENSIONS', value]) });
  const offer = head('permessage-deflate; client_max_window_bits');
  const defaults = { serverNoContextTakeover: false, clientNoContextTakeover: false, serverMaxWindowBits: 15, clientMaxWindowBits: 15 };

  it.each([
    ['permessage-deflate', {}],
    ['Permessage-Deflate', {}],
    ['x, permessage-deflate', {}],
    ['permessage-deflate; server_no_context_takeover', { serverNoContextTakeover: true }],
    ['permessage-deflate; client_no_context_takeover', { clientNoContextTakeover: true }],
    ['permessage-deflate; server_max_window_bits=8; client_max_window_bits="12"', { serverMaxWindowBits: 8, clientMaxWindowBits: 12 }],
    ['permessage-deflate; server_max_window_bits=7; client_max_window_bits', {}],
    ['permessage-deflate; server_max_window_bits=016', {}],
  ])('reads "%s"', (value, agreed) => {
    expect(agreedDeflate([offer], head(value))).toEqual({ ...defaults, ...agreed });
  });

  it('is null without an answer, an agreement or an offer', () => {
    expect(agreedDeflate([offer], null)).toBeNull();
    expect(agreedDeflate([offer], head())).toBeNull();
    expect(agreedDeflate([offer], head('x-webkit-deflate-frame'))).toBeNull();
    expect(agreedDeflate([head()], head('permessage-deflate'))).toBeNull();
  });

  it('believes the response alone when no request is known, and any request that offered it', () => {
    expect(agreedDeflate([null, undefined], head('permessage-deflate'))).toEqual(defaults);
    expect(agreedDeflate([head(), offer], head('permessage-deflate'))).toEqual(defaults);
  });
});
