import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import type { DialChange } from '../../../src/faults/changes.js';
import { findFault } from '../../../src/faults/find.js';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { drawOf, target } from '../sample.js';

const due = { host: 'chat.example', port: 443 };
const dialling = (id: string, params: ParamValues, ordinal = 1) =>
  applyFaults('dial', due, { draws: [drawOf(findFault(id), params)], target, ordinal });

it.each<[string, ParamValues, DialChange | undefined]>([
  ['slow-dial', { ms: 300 }, { holdMs: 300 }],
  ['wrong-place', { port: 9 }, { place: { host: 'chat.example', port: 9 } }],
  ['wrong-place', { host: '::1' }, { place: { host: '::1', port: 443 } }],
  ['wrong-place', { host: 'chat.example', port: 443 }, undefined],
  ['wrong-place', {}, undefined],
  ['black-hole', {}, { holdMs: Number.POSITIVE_INFINITY, failure: { code: 'ETIMEDOUT', message: 'connect ETIMEDOUT chat.example:443' } }],
  [
    'dial-error',
    { code: 'ENOTFOUND', ms: 5 },
    { holdMs: 5, failure: { code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND chat.example:443' } },
  ],
])('%s with %j', (id, params, expected) => {
  const { output, failed } = dialling(id, params);
  expect(failed).toEqual([]);
  expect(output).toEqual(expected);
});

describe('no-sticky', () => {
  const places = 'a.example:1 [::1]:2  chat.example:443';

  it('takes the places in turn, and leaves an exchange alone whose turn is where it goes anyway', () => {
    const seen = [0, 1, 2, 3, 4].map((ordinal) => dialling('no-sticky', { places }, ordinal).output?.place);
    const [a, b] = [
      { host: 'a.example', port: 1 },
      { host: '::1', port: 2 },
    ];
    expect(seen).toEqual([a, b, undefined, a, b]);
  });

  it('draws them by chance the same way for the same seed', () => {
    const draw = () => dialling('no-sticky', { places: 'a.example:1 b.example:2', by: 'chance' }).output;
    expect(draw()).toEqual(draw());
    expect(['a.example', 'b.example']).toContain(draw()?.place?.host);
  });

  it('does nothing without places', () => {
    expect(dialling('no-sticky', {}).applied).toEqual([]);
  });

  it.each([['a.example'], ['a.example:0'], ['a.example:70000'], ['::1:80'], ['http://a.example:80'], ['a.example:x']])(
    'says what is wrong with %s',
    (text) => {
      expect(dialling('no-sticky', { places: text }).failed).toEqual([
        { id: 'no-sticky', message: `${JSON.stringify(text)} is not of the form host:port` },
      ]);
    },
  );
});
