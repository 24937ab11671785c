import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSocks4Request,
  readSocks5Greeting,
  readSocks5Password,
  readSocks5Request,
  socks4Reply,
  socks5Reply,
} from '../../src/wire/socks.js';
import { bytesOf, hexOf } from './streams.js';

const name = (text: string): string => Buffer.from(text).toString('hex');

describe('a SOCKS5 greeting', () => {
  it.each([
    ['no authentication', '05 01 00', { length: 3, anonymous: true, password: false }],
    ['several methods', '05 03 02 01 00', { length: 5, anonymous: true, password: true }],
    ['a password only', '05 01 02', { length: 3, anonymous: false, password: true }],
    ['no method at all', '05 00', { length: 2, anonymous: false, password: false }],
    ['with the request behind it', '05 01 00 05 01', { length: 3, anonymous: true, password: false }],
    ['cut short', '05 02 00', { length: -1, anonymous: false, password: false }],
  ])('%s', (_, hex, greeting) => {
    expect(readSocks5Greeting(bytesOf(hex))).toEqual(greeting);
  });
});

describe('a SOCKS5 password', () => {
  it.each([
    ['whole', '01 02 6d65 01 70', { length: 6, user: 'me', password: 'p' }],
    ['with the request behind it', '01 02 6d65 01 70 05 01', { length: 6, user: 'me', password: 'p' }],
    ['empty on both sides', '01 00 00', { length: 3, user: '', password: '' }],
    ['of bytes over 7f', '01 01 e9 01 ff', { length: 5, user: '\xe9', password: '\xff' }],
    ['nothing yet', '', { length: -1, user: '', password: '' }],
    ['cut short in the user', '01 02 6d', { length: -1, user: '', password: '' }],
    ['cut short before the password', '01 02 6d65', { length: -1, user: '', password: '' }],
    ['cut short in the password', '01 02 6d65 02 70', { length: -1, user: '', password: '' }],
    ['another version', '05 01 00 01', { length: 0, user: '', password: '' }],
  ])('%s', (_, hex, said) => {
    expect(readSocks5Password(bytesOf(hex))).toEqual(said);
  });
});

describe('a SOCKS5 request', () => {
  it.each([
    ['an IPv4 address', '05 01 00 01 7f000001 1f90', { type: 'connect', host: '127.0.0.1', port: 8080, length: 10 }],
    ['a name', `05 01 00 03 08 ${name('app.test')} 01bb`, { type: 'connect', host: 'app.test', port: 443, length: 15 }],
    ['an IPv6 address', `05 01 00 04 ${'0'.repeat(31)}1 0050`, { type: 'connect', host: '::1', port: 80, length: 22 }],
    ['port 65535', '05 01 00 01 7f000001 ffff', { type: 'connect', host: '127.0.0.1', port: 65_535, length: 10 }],
    ['an empty name', '05 01 00 03 00 0050', { type: 'connect', host: '', port: 80, length: 7 }],
    ['BIND', '05 02 00 01 7f000001 0050', { type: 'bad', why: 'SOCKS5 command 2 is not CONNECT' }],
    ['an unknown address type', '05 01 00 05 7f000001 0050', { type: 'bad', why: 'SOCKS5 address type 5 is unknown' }],
    ['another version', '04 01 00 01 7f000001 0050', { type: 'bad', why: 'the SOCKS5 request does not start with 05' }],
  ])('%s', (_, hex, request) => {
    expect(readSocks5Request(bytesOf(hex))).toEqual(request);
  });

  it('asks for more until it is whole, and leaves what follows', () => {
    const whole = bytesOf(`05 01 00 03 08 ${name('app.test')} 01bb`);
    for (const end of whole.keys()) expect(readSocks5Request(whole.subarray(0, end))).toEqual({ type: 'more' });
    expect(readSocks5Request(Buffer.concat([whole, Buffer.from('GET /')]))).toMatchObject({ length: whole.length });
  });

  it('writes every IPv6 address so that it is the same address', () => {
    const zeros = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(zeros, (groups) => {
        const bytes = Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
        const request = readSocks5Request(Buffer.concat([bytesOf('05 01 00 04'), bytes, bytesOf('0050')]));
        if (request.type !== 'connect') throw new Error('no CONNECT');
        expect(isIPv6(request.host)).toBe(true);
        expect(new URL(`http://[${request.host}]/`).hostname).toBe(
          new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]/`).hostname,
        );
      }),
    );
  });
});

describe('a SOCKS4 request', () => {
  it.each([
    ['an address', `04 01 1f90 7f000001 ${name('me')} 00`, { type: 'connect', host: '127.0.0.1', port: 8080, length: 11 }],
    ['a name (4a)', `04 01 01bb 00000001 00 ${name('app.test')} 00`, { type: 'connect', host: 'app.test', port: 443, length: 18 }],
    ['0.0.0.0, which is no 4a', '04 01 0050 00000000 00', { type: 'connect', host: '0.0.0.0', port: 80, length: 9 }],
    ['no end of the user', `04 01 0050 7f000001 ${'41'.repeat(601)}`, { type: 'bad', why: 'the SOCKS4 user name does not end' }],
    ['no end of the name', `04 01 0050 00000001 00 ${'41'.repeat(1201)}`, { type: 'bad', why: 'the SOCKS4a host name does not end' }],
  ])('%s', (_, hex, request) => {
    expect(readSocks4Request(bytesOf(hex))).toEqual(request);
  });

  it('asks for more until it is whole', () => {
    const whole = bytesOf(`04 01 01bb 00000001 00 ${name('app.test')} 00`);
    for (const end of whole.keys()) expect(readSocks4Request(whole.subarray(0, end))).toEqual({ type: 'more' });
  });
});

describe('SOCKS', () => {
  it('answers as RFC 1928 section 6 and SOCKS4 have it', () => {
    expect(hexOf(socks5Reply(5))).toBe('05050001000000000000');
    expect([hexOf(socks4Reply(true)), hexOf(socks4Reply(false))]).toEqual(['005a000000000000', '005b000000000000']);
  });

  it('reads anything without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        for (const read of [readSocks4Request, readSocks5Request]) expect(['more', 'bad', 'connect']).toContain(read(bytes).type);
        readSocks5Greeting(bytes);
      }),
    );
  });
});
