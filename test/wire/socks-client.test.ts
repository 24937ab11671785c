import { describe, expect, it } from 'vitest';
import {
  readSocksChoice,
  readSocksPermit,
  readSocksReply,
  socksConnect,
  socksCredentials,
  socksGreeting,
  wantsSocksCredentials,
} from '../../src/wire/socks-client.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe("the client's half of SOCKS5", () => {
  it.each([
    ['a greeting without credentials', socksGreeting(false), '050100'],
    ['a greeting with credentials', socksGreeting(true), '05020002'],
    ['credentials', socksCredentials({ user: 'ü', password: 'ab' }), '0102c3bc026162'],
    ['no password', socksCredentials({ user: 'a', password: '' }), '01016100'],
    ['a name', socksConnect({ host: 'a.test', port: 443 }), '0501000306612e7465737401bb'],
    ['an IPv4 address', socksConnect({ host: '127.0.0.1', port: 80 }), '050100017f0000010050'],
    ['an IPv6 address', socksConnect({ host: '::1', port: 65_535 }), '05010004 00000000000000000000000000000001 ffff'.replaceAll(' ', '')],
    [
      'a mapped address',
      socksConnect({ host: '::ffff:1.2.3.4', port: 1 }),
      '05010004 00000000000000000000ffff01020304 0001'.replaceAll(' ', ''),
    ],
  ])('writes %s', (_, written, wanted) => {
    expect(hex(written)).toBe(wanted);
  });

  it.each([
    ['05', -1, 0xff],
    ['0500', 2, 0],
    ['0502 99', 2, 2],
    ['05ff', 2, 0xff],
    ['48545450', 0, 0x54],
  ])('reads the choice %s', (text, length, method) => {
    expect(readSocksChoice(bytes(text))).toEqual({ length, method });
  });

  it.each([
    ['0100', 2, true],
    ['0500', 2, true],
    ['0101', 2, false],
    ['01', -1, false],
    ['0000', 0, true],
  ])('reads the permit %s', (text, length, granted) => {
    expect(readSocksPermit(bytes(text))).toEqual({ length, granted });
  });

  it.each([
    ['05 00 00 01 00000000 0000', 10, 0],
    ['05 00 00 03 04 61626364 0050', 11, 0],
    ['05 05 00 04 00000000000000000000000000000000 0000 ff', 22, 5],
    ['05 02 00 01 00000000 00', -1, 2],
    ['05 02', -1, 2],
    ['05 00 00 07 00', 0, 0],
    ['48 54 54 50 2f', 0, 0x54],
  ])('reads the reply %s, whole or cut anywhere', (text, length, code) => {
    const whole = bytes(text);
    expect(readSocksReply(whole)).toEqual({ length, code });
    if (length > 0) for (let at = 1; at < length; at++) expect(readSocksReply(whole.subarray(0, at)).length, String(at)).toBe(-1);
  });

  it.each([
    ['\x05\xff', true],
    ['\x05\x02\x01\x01', true],
    ['\x05\x02\x01\0\x05\x02\0\x01\0\0\0\0\0\0', false],
    ['\x05\0\x05\x02\0\x01\0\0\0\0\0\0', false],
    ['', false],
  ])('knows a refusal of credentials: %j', (reply, wanted) => {
    expect(wantsSocksCredentials(reply)).toBe(wanted);
  });
});
