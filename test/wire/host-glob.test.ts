import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostMatches } from '../../src/wire/host-glob.js';

describe('a pattern for hosts', () => {
  it.each([
    ['app.example.test', 'app.example.test', true],
    ['APP.example.test', 'app.EXAMPLE.test', true],
    ['app.example.test', 'app.example.test.', true],
    ['app.example.test', 'xapp.example.test', false],
    ['*.example.test', 'app.example.test', true],
    ['*.example.test', 'a.b.example.test', true],
    ['*.example.test', 'example.test', false],
    ['*.example.test', 'badexample.test', false],
    ['*.example.test', 'app.example.test.evil', false],
    ['api-*.example.test', 'api-eu.example.test', true],
    ['api-*.example.*', 'api-eu.example.org', true],
    ['a*a', 'a', false],
    ['*', 'anything', true],
    ['**', '', true],
    ['10.0.*', '10.0.3.4', true],
    ['10.0.*', '110.0.3.4', false],
    ['::1', '[::1]', true],
    ['[::1]', '::1', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, host, matches) => {
    expect(hostMatches(pattern, host)).toBe(matches);
  });

  it('means what the regular expression of the same pattern means', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 12 });
    const host = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 }).filter((name) => !name.endsWith('.'));
    fc.assert(
      fc.property(
        text.filter((pattern) => !pattern.endsWith('.')),
        host,
        (pattern, name) => {
          const regular = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
          expect(hostMatches(pattern, name)).toBe(regular.test(name));
        },
      ),
    );
  });

  it('with many stars takes no long time for a long name', () => {
    expect(hostMatches(`${'*a'.repeat(200)}b`, 'a'.repeat(250))).toBe(false);
  });
});
