import { describe, expect, it } from 'vitest';
import { compileListFilter } from '../../src/filter/list-filter.js';
import { FilterProblem } from '../../src/filter/tokens.js';
import { healthy, open, refused } from '../views/fake-control.js';

const fitting = (text: string): string[] =>
  [refused(), healthy(), open()]
    .filter(({ exchange, findings }) =>
      compileListFilter(text)
        .begin({ exchange, findings: () => findings })
        .result(),
    )
    .map(({ exchange }) => exchange.id);

describe('a filter above a list', () => {
  it.each([
    ['live.example', ['x-open']],
    ['ORIGIN.REJ', ['x-refused']],
    ['refused the handshake', ['x-refused']],
    ['403', ['x-refused']],
    ['closed', ['x-healthy']],
    ['wss://', ['x-refused', 'x-healthy', 'x-open']],
    ['nothing like it', []],
  ])('looks for the words %j in URL, status, outcome and findings', (text, ids) => {
    expect(fitting(text)).toEqual(ids);
  });

  it.each([
    ['status >= 400 || host ~ live', ['x-refused', 'x-open']],
    ['!finding', ['x-healthy', 'x-open']],
    ['finding', ['x-refused']],
    ['not (outcome = closed)', ['x-refused', 'x-open']],
  ])('takes %j for the filter language', (text, ids) => {
    expect(fitting(text)).toEqual(ids);
  });

  it('looks for what stands in quotes, whatever it is', () => {
    expect(fitting('"finding"')).toEqual([]);
    expect(fitting('"Origin http://app"')).toEqual(['x-refused']);
    expect(() => compileListFilter('"a=b"')).not.toThrow();
  });

  it.each([
    ['status >', 8, 'a value is missing behind >.'],
    ['hots ~ x', 0, 'there is no field "hots"'],
    ['a "b', 2, 'this quote is not closed.'],
  ])('points at the place where %j cannot be read', (text, at, why) => {
    const thrown = (() => {
      try {
        return compileListFilter(text);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(FilterProblem);
    expect(thrown).toMatchObject({ at, why: expect.stringContaining(why) });
  });
});
