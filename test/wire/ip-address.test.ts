import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, samePrefix, unmapped } from '../../src/wire/ip-address.js';

const hex = (text: string): string | null => {
  const bytes = addressBytes(text);
  return bytes && Buffer.from(bytes).toString('hex');
};

describe('the bytes of an address', () => {
  it.each([
    ['127.0.0.1', '7f000001'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '0'.repeat(32)],
    ['::1', `${'0'.repeat(31)}1`],
    ['1::', `0001${'0'.repeat(28)}`],
    ['2001:db8::8:800:200c:417a', '20010db80000000000080800200c417a'],
    ['::ffff:1.2.3.4', `${'0'.repeat(20)}ffff01020304`],
    ['fe80::1%eth0', `fe80${'0'.repeat(27)}1`],
  ])('%s', (text, wanted) => {
    expect(hex(text)).toBe(wanted);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    'a.b.c.d',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    '1.2.3.4::',
    ':1',
    '010.0.0.1',
    '::ffff:10.0.0.01',
  ])('%j is none', (text) => {
    expect(addressBytes(text)).toBeNull();
  });

  it('are there for what Node calls an address, and for nothing else', () => {
    const piece = fc.constantFrom('0', '1', 'ff', 'abcd', '255', '256', ':', '::', '.', '10.0.0.1');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6(),
          fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          expect(addressBytes(text)?.length ?? 0).toBe({ 0: 0, 4: 4, 6: 16 }[isIP(text)]);
        },
      ),
    );
  });

  it('are compared bit by bit', () => {
    const bytes = (text: string): Uint8Array => addressBytes(text) ?? new Uint8Array();
    expect(samePrefix(bytes('10.128.0.0'), bytes('10.255.0.0'), 9)).toBe(true);
    expect(samePrefix(bytes('10.128.0.0'), bytes('10.255.0.0'), 10)).toBe(false);
    expect(samePrefix(bytes('1.2.3.4'), bytes('9.9.9.9'), 0)).toBe(true);
    expect(samePrefix(bytes('1.2.3.4'), bytes('::'), 0)).toBe(false);
    expect(Buffer.from(unmapped(bytes('::ffff:1.2.3.4'))).toString('hex')).toBe('01020304');
  });
});
