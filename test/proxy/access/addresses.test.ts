import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPrivateAddress, networkList, plainAddress, readNetwork } from '../../../src/proxy/access/addresses.js';

describe('private addresses', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
    ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192', '224.0.0.1', '255.255.255.255'],
    ...['::1', '::', '::7f00:1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fc00::1', 'fd12:3456::1', 'fec0::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::FFFF:192.168.1.1'],
    ...['64:ff9b::169.254.169.254', '64:ff9b::7f00:1', '2002:7f00:1::', '2002:c0a8:101::1', '2002:a9fe:a9fe::1'],
  ])('%s is one', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    ...[
      '1.1.1.1',
      '9.255.255.255',
      '11.0.0.0',
      '128.0.0.1',
      '172.15.255.255',
      '172.32.0.0',
      '192.167.255.255',
      '192.169.0.0',
      '100.63.255.255',
    ],
    ...[
      '100.128.0.0',
      '169.253.255.255',
      '169.255.0.0',
      '203.0.113.9',
      '::ffff:1.1.1.1',
      '64:ff9b::1.1.1.1',
      '2002:101:101::',
      '2606:4700::1111',
    ],
    ...['fe00::1', 'fbff::1', 'example.test', ''],
  ])('%s is none', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe('loopback', () => {
  it.each(['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1'])('%s is', (address) => expect(isLoopbackAddress(address)).toBe(true));
  it.each(['', '10.0.0.1', '::ffff:10.0.0.1', '::2', '127.0.0.1.evil.test', '128.0.0.1'])('%s is not', (address) =>
    expect(isLoopbackAddress(address)).toBe(false),
  );
  it('is read without the spelling of a dual-stack socket', () => {
    expect(['::ffff:1.2.3.4', '::FFFF:1.2.3.4', 'fe80::1%lo', '::1'].map(plainAddress)).toEqual(['1.2.3.4', '1.2.3.4', 'fe80::1', '::1']);
  });
});

describe('a list of networks', () => {
  const listed = networkList(['192.168.1.0/24', '203.0.113.9', '2001:db8::/32', '10.0.0.0/0.5']);
  it.each(['192.168.1.1', '192.168.1.255', '203.0.113.9', '::ffff:192.168.1.7', '2001:db8:1::1'])('has %s', (address) =>
    expect(listed(address)).toBe(true),
  );
  it.each(['192.168.2.1', '203.0.113.8', '2001:db9::1', '10.0.0.1', ''])('has not %s', (address) => expect(listed(address)).toBe(false));

  it.each(['0.0.0.0/0', '::/0', '10.0.0.1', '10.0.0.0/8', '::1/128'])('can hold %s', (text) => expect(readNetwork(text)).not.toBeNull());
  it.each([
    '',
    'a.test',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0/8',
    'fe80::1%eth0',
    '10.0.0.0/08x',
    '*',
  ])('cannot hold %s', (text) => expect(readNetwork(text)).toBeNull());
});
