import { describe, expect, it } from 'vitest';
import { closeCodeName, isValidCloseCode, readClosePayload } from '../../src/wire/close-code.js';
import { bytesOf } from './streams.js';

describe('close codes', () => {
  it('may be sent as RFC 6455 section 7.4 says', () => {
    const valid = [...Array(65536).keys()].filter(isValidCloseCode);
    const range = (first: number, last: number) => [...Array(last - first + 1).keys()].map((step) => first + step);
    expect(valid).toEqual([...range(1000, 1003), ...range(1007, 1014), ...range(3000, 4999)]);
  });

  it.each([
    [1000, 'normal closure'],
    [1006, 'abnormal closure'],
    [1015, 'TLS handshake failed'],
    [3000, 'unauthorized'],
    [3999, 'a code of a library or framework'],
    [4000, 'a code of the application'],
    [999, 'not a valid code'],
    [1016, 'not a valid code'],
  ])('have a name: %i is %s', (code, name) => {
    expect(closeCodeName(code)).toBe(name);
  });

  it.each([
    ['', { code: 1005, reason: '', reasonIsUtf8: true }],
    ['03', { code: 1005, reason: '', reasonIsUtf8: true }],
    ['03e8', { code: 1000, reason: '', reasonIsUtf8: true }],
    ['03e8 c3a9', { code: 1000, reason: 'é', reasonIsUtf8: true }],
    ['03e8 61ff', { code: 1000, reason: 'a\ufffd', reasonIsUtf8: false }],
  ])('are read from the payload "%s"', (hex, reading) => {
    expect(readClosePayload(bytesOf(hex))).toEqual(reading);
  });
});
