import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choice, formatChoice, parseChoice } from '../../src/faults/choice.js';

const choice = (fault: string, params: Choice['params'], rest: Partial<Choice> = {}): Choice => ({
  fault,
  params,
  probability: 1,
  times: null,
  ...rest,
});
const origin = (value: string, mode = 'set') => choice('wrong-origin', { mode, value });

describe('the text of a choice', () => {
  it.each<[string, Choice]>([
    ['drop-upgrade', choice('drop-upgrade', { connection: 'drop-token' })],
    ['drop-upgrade:connection=keep', choice('drop-upgrade', { connection: 'keep' })],
    ['bad-cert:kind=no-san,times=3', choice('bad-cert', { kind: 'no-san' }, { times: 3 })],
    ['bad-cert:probability=.25,kind=sha1', choice('bad-cert', { kind: 'sha1' }, { probability: 0.25 })],
    [' bad-cert : kind = sha1 , times = 1 ', choice('bad-cert', { kind: 'sha1' }, { times: 1 })],
    ['wrong-origin:value=https://evil.example:8443/a=b', origin('https://evil.example:8443/a=b')],
    ['wrong-origin:value="https://evil.example:8443"', origin('https://evil.example:8443')],
    ['wrong-origin:value="a,b:c\\"d\\\\" , mode=drop', origin('a,b:c"d\\', 'drop')],
    ['wrong-origin:value=it"s', origin('it"s')],
    ['wrong-origin:value=', origin('')],
    ['wrong-origin:mode=null', origin('https://evil.example', 'null')],
  ])('%s is read', (text, expected) => {
    expect(parseChoice(text)).toEqual(expected);
  });

  it.each([
    ['', '"" names no fault.'],
    [':kind=expired', ':kind=expired names no fault.'],
    ['bad-crt', 'bad-crt is not a fault; did you mean bad-cert?'],
    ['bad-crt:kind=expired', 'bad-crt is not a fault; did you mean bad-cert?'],
    ['\x1b[2J', '"\\u001b[2J" is not a fault.'],
    ['bad-cert:', 'bad-cert: a key=value is missing behind its colon or comma.'],
    ['bad-cert:kind=sha1,', 'bad-cert: a key=value is missing behind its colon or comma.'],
    ['bad-cert:,kind=sha1', 'bad-cert: a key=value is missing behind its colon or comma.'],
    ['bad-cert:expired', 'bad-cert: expired is not of the form key=value.'],
    ['bad-cert:knd=expired', 'bad-cert: knd is not a parameter of it; did you mean kind?'],
    [
      'bad-cert:kind=expird',
      'bad-cert: kind=expird is not one of expired, expired-intermediate, not-yet-valid, wrong-host, self-signed, unknown-ca, unknown-root, missing-intermediate, sha1, weak-key, no-san, wrong-eku, no-eku, ca-leaf, critical-extension, key-usage, bad-signature, malformed, revoked, must-staple, long-lived; did you mean expired?',
    ],
    ['bad-cert:probability=2', 'bad-cert: probability=2 is over the greatest allowed value, 1.'],
    ['bad-cert:probability=-0.1', 'bad-cert: probability=-0.1 is under the least allowed value, 0.'],
    ['bad-cert:probability=often', 'bad-cert: probability=often is not a number.'],
    ['bad-cert:times=0', 'bad-cert: times=0 is under the least allowed value, 1.'],
    ['bad-cert:times=1.5', 'bad-cert: times=1.5 is not a whole number.'],
    ['bad-cert:tmes=1', 'bad-cert: tmes is not a parameter of it; did you mean times?'],
    ['bad-cert:times=1,times=2', 'bad-cert: times is given twice.'],
    ['wrong-origin:value="a', 'wrong-origin: the quoted value "a does not end with a double quote before a comma or the end.'],
    ['wrong-origin:value="a"b', 'wrong-origin: the quoted value "a"b does not end with a double quote before a comma or the end.'],
    ['wrong-origin:value=\u20ac', 'wrong-origin: value="\\u20ac" holds a character that one byte cannot carry.'],
    [`wrong-origin:value=${'a'.repeat(5000)}`, 'A fault is chosen in at most 4096 characters.'],
  ])('%s is refused', (text, message) => {
    expect(() => parseChoice(text)).toThrow(expect.objectContaining({ code: 'SHK_FAULT', message }));
  });
});

describe('a choice as text', () => {
  it.each<[Choice, string]>([
    [choice('bad-cert', { kind: 'expired' }), 'bad-cert'],
    [choice('bad-cert', { kind: 'sha1' }, { probability: 0.5, times: 2 }), 'bad-cert:kind=sha1,probability=0.5,times=2'],
    [origin('https://a.example:1'), 'wrong-origin:value=https://a.example:1'],
    [origin('a, "b"'), 'wrong-origin:value="a, \\"b\\""'],
    [choice('of-another-version', { n: 1 }), 'of-another-version:n=1'],
  ])('leaves out what is by default: %j', (given, text) => {
    expect(formatChoice(given)).toBe(text);
  });

  it('is read back to the same choice, whatever it holds', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', ':', '=', ' ', '\t', 'é', '\xa0', '\x1b'), maxLength: 10 });
    const choices = fc.record({
      fault: fc.constant('wrong-origin'),
      params: fc.record({ mode: fc.constantFrom('set', 'drop', 'null'), value }),
      probability: fc.double({ min: 0, max: 1, noNaN: true }).map((chance) => chance + 0),
      times: fc.option(fc.integer({ min: 1, max: 1_000_000_000 })),
    });
    fc.assert(
      fc.property(choices, (given) => {
        expect(parseChoice(formatChoice(given))).toEqual(given);
      }),
    );
  });
});
