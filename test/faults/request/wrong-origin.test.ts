import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import { findFault } from '../../../src/faults/find.js';
import { modeCodes } from '../../../src/faults/request/wrong-origin.js';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { parseHead } from '../../../src/wire/http-head.js';
import { drawOf, plainRequest, target } from '../sample.js';

const sent = (...fields: string[]) => ['GET /ws HTTP/1.1', 'Host: a', ...fields, ''].join('\r\n').concat('\r\n');
const key = 'Sec-WebSocket-Key: k';
const changed = (raw: string, params: ParamValues) =>
  applyFaults('request', parseHead(raw, 'request'), { draws: [drawOf(findFault('wrong-origin'), params)], target }).output?.raw;

describe('wrong-origin', () => {
  it.each<[ParamValues, string, string]>([
    [{}, sent('ORIGIN:https://a', key), sent('ORIGIN:https://evil.example', key)],
    [{ value: 'http://a:1' }, sent('Origin: https://a', key), sent('Origin: http://a:1', key)],
    [{}, sent(key), sent(key, 'Origin: https://evil.example')],
    [{ mode: 'drop' }, sent('Origin: https://a', key), sent(key)],
    [{ mode: 'null' }, sent('Origin: https://a', key), sent('Origin: null', key)],
  ])('with %j turns %j into %j', (params, before, after) => {
    expect(changed(before, params)).toBe(after);
  });

  it('leaves a handshake without Origin alone when told to drop it', () => {
    expect(changed(sent(key), { mode: 'drop' })).toBeUndefined();
  });

  it('leaves plain HTTP alone', () => {
    expect(changed(plainRequest, {})).toBeUndefined();
    expect(changed(sent('Origin: https://a'), {})).toBeUndefined();
  });

  it('knows the finding of each mode', () => {
    const fault = findFault('wrong-origin');
    expect(Object.keys(modeCodes)).toEqual(fault.params.mode?.choices);
    expect(fault.expects).toEqual(Object.values(modeCodes));
    expect(fault.expects[0]).toBe('origin.rejected');
  });
});
