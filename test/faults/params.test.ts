import { describe, expect, it } from 'vitest';
import type { ParamSpecs } from '../../src/faults/param-spec.js';
import { checkParams, type GivenParams, shown } from '../../src/faults/params.js';

const specs: ParamSpecs = {
  ms: { type: 'number', default: 100, min: 0, max: 60_000, about: 'How long.' },
  half: { type: 'boolean', default: false, about: 'Whether.' },
  kind: { type: 'string', default: 'expired', choices: ['expired', 'no-san', 'no-eku'], about: 'Which.' },
  reason: { type: 'string', default: 'Forbidden', about: 'What.' },
};
const check = (...given: GivenParams) => checkParams('slow', specs, given);

describe('parameter values', () => {
  it('are the defaults where none is given', () => {
    expect(check()).toEqual({ ms: 100, half: false, kind: 'expired', reason: 'Forbidden' });
  });

  it.each<[string, string | number | boolean, string | number | boolean]>([
    ['ms', '250', 250],
    ['ms', '.5', 0.5],
    ['ms', '1e3', 1000],
    ['ms', '-0', 0],
    ['ms', 60_000, 60_000],
    ['half', 'true', true],
    ['half', false, false],
    ['kind', 'no-san', 'no-san'],
    ['reason', '', ''],
    ['reason', 404, '404'],
    ['reason', 'Zugang verboten, leider: é', 'Zugang verboten, leider: é'],
  ])('%s=%j is read as %j', (name, given, value) => {
    expect(check([name, given])).toMatchObject({ [name]: value });
  });

  it.each<[string, string | number | boolean, string]>([
    ['ms', 'fast', 'slow: ms=fast is not a number.'],
    ['ms', '', 'slow: ms="" is not a number.'],
    ['ms', '0x10', 'slow: ms=0x10 is not a number.'],
    ['ms', '1e999', 'slow: ms=1e999 is not a number.'],
    ['ms', Number.NaN, 'slow: ms=NaN is not a number.'],
    ['ms', true, 'slow: ms=true is not a number.'],
    ['ms', '-1', 'slow: ms=-1 is under the least allowed value, 0.'],
    ['ms', 60_001, 'slow: ms=60001 is over the greatest allowed value, 60000.'],
    ['half', 'yes', 'slow: half=yes is neither true nor false.'],
    ['kind', 'expird', 'slow: kind=expird is not one of expired, no-san, no-eku; did you mean expired?'],
    ['kind', 'x', 'slow: kind=x is not one of expired, no-san, no-eku.'],
    ['reason', 'a\r\nX-Evil: 1', 'slow: reason="a\\r\\nX-Evil: 1" holds a line break or NUL, which would begin another header field.'],
    ['knid', 'expired', 'slow: knid is not a parameter of it; did you mean kind?'],
    ['__proto__', '1', 'slow: __proto__ is not a parameter of it.'],
    ['constructor', '1', 'slow: constructor is not a parameter of it.'],
  ])('%s=%j is refused', (name, given, message) => {
    expect(() => check([name, given])).toThrow(expect.objectContaining({ code: 'SHK_FAULT', message }));
  });

  it('are refused when one is given twice', () => {
    expect(() => check(['ms', '1'], ['ms', '2'])).toThrow('slow: ms is given twice.');
  });

  it('are refused with the command that explains them', () => {
    const refusal = (() => {
      try {
        return check(['ms', 'x']);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(refusal).toMatchObject({
      code: 'SHK_FAULT',
      advice: 'Run `shakedown faults slow` to see its parameters, their defaults and an example.',
    });
  });
});

it('a word in a message is short and holds nothing that a terminal obeys', () => {
  expect(shown('plain-word')).toBe('plain-word');
  expect(shown('\x1b[2J\x9b\u202e')).toBe('"\\u001b[2J\\u009b\\u202e"');
  expect(shown('y'.repeat(1000))).toBe(`${'y'.repeat(80)}...`);
});
