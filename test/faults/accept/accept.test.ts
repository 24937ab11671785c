import { expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import type { AcceptChange } from '../../../src/faults/changes.js';
import { findFault } from '../../../src/faults/find.js';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { drawOf, target } from '../sample.js';

const accept = (id: string, params: ParamValues, ground: 'socks' | 'http/1.1') =>
  applyFaults('accept', null, { draws: [drawOf(findFault(id), params)], target, grounds: [ground] });

it.each<[string, ParamValues, AcceptChange, string]>([
  ['drop-connection', { end: 'fin', ms: 20 }, { end: 'fin', endMs: 20 }, 'the connection ends (FIN) after 20 ms'],
  ['drop-connection', { end: 'silence' }, { end: 'silence', endMs: 0 }, 'then silence, and no end'],
  ['slow-accept', { ms: 300 }, { holdMs: 300 }, 'let in after 300 ms'],
  ['socks-no-method', {}, { socksMethod: 'none' }, 'no way to authenticate is taken'],
])('%s with %j', (id, params, change, after) => {
  const { output, applied, failed } = accept(id, params, 'socks');
  expect(failed).toEqual([]);
  expect(output).toEqual(change);
  expect(applied.map(({ record }) => record.after)).toEqual([after]);
});

it('a late connection may end as well, and the record tells of both', () => {
  const draws = [drawOf(findFault('slow-accept'), { ms: 10 }), drawOf(findFault('drop-connection'), { end: 'reset' })];
  const { output, applied } = applyFaults('accept', null, { draws, target });
  expect(output).toEqual({ holdMs: 10, end: 'reset', endMs: 0 });
  expect(applied[1]?.record.after).toBe('let in after 10 ms; the connection is reset (RST)');
});

it('a fault on the SOCKS greeting leaves HTTP alone', () => {
  expect(accept('socks-no-method', {}, 'http/1.1').failed).toEqual([
    { id: 'socks-no-method', message: 'it works on SOCKS only, and this exchange is HTTP/1.1' },
  ]);
});
