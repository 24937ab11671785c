import { describe, expect, it } from 'vitest';
import { isExcepted, readException } from '../../src/wire/no-proxy.js';

const matches = (entry: string, host: string, port = 443): boolean => {
  const read = readException(entry);
  if ('why' in read) throw new Error(read.why);
  return isExcepted([read.exception], { host, port });
};

describe('an exception from the upstream proxy', () => {
  it.each([
    ['app.test', 'app.test', 443],
    ['app.test', 'APP.test.', 443],
    ['App.Test.', 'app.test', 443],
    ['.test', 'app.test', 443],
    ['*.test', 'deep.app.test', 443],
    ['*', 'anything.test', 1],
    ['*:443', 'anything.test', 443],
    ['app.test:443', 'app.test', 443],
    ['my_service', 'my_service', 80],
    ['10.1.2.3', '10.1.2.3', 80],
    ['10.1.2.3:80', '10.1.2.3', 80],
    ['10.0.0.0/8', '10.255.0.1', 80],
    ['10.0.0.0/8:80', '10.255.0.1', 80],
    ['10.0.0.0/8', '::ffff:10.1.2.3', 80],
    ['0.0.0.0/0', '203.0.113.9', 80],
    ['192.168.128.0/17', '192.168.255.1', 80],
    ['::1', '0:0:0:0:0:0:0:1', 80],
    ['[::1]:80', '::1', 80],
    ['fd00::/8', 'fdab::1', 80],
    ['[fd00::]', 'fd00:0::0', 80],
  ])('%s matches %s:%i', (entry, host, port) => {
    expect(matches(entry, host, port)).toBe(true);
  });

  it.each([
    ['app.test', 'sub.app.test', 443],
    ['app.test', 'notapp.test', 443],
    ['.app.test', 'app.test', 443],
    ['.app.test', 'evilapp.test', 443],
    ['*.app.test', 'app.test', 443],
    ['app.test:80', 'app.test', 443],
    ['*:80', 'app.test', 443],
    ['10.0.0.0/8', '11.0.0.1', 80],
    ['10.0.0.0/8', '10.example.test', 80],
    ['192.168.128.0/17', '192.168.127.255', 80],
    ['10.1.2.3', '10.1.2.30', 80],
    ['0.0.0.0/0', '2001:db8::1', 80],
    ['::/0', '10.1.2.3', 80],
    ['fd00::/8', 'fc00::1', 80],
  ])('%s does not match %s:%i', (entry, host, port) => {
    expect(matches(entry, host, port)).toBe(false);
  });

  it.each([
    ['10.0.0.0/33', /prefix length from 0 to 32/],
    ['10.0.0.0/', /prefix length/],
    ['fd00::/129', /prefix length from 0 to 128/],
    ['app.test:0', /port/],
    ['app.test:70000', /port/],
    ['http://app.test', /no host name/],
    ['a..b', /no host name/],
    ['a.*.b', /no host name/],
    ['', /no host name/],
  ])('%s is none, and it is said why', (entry, why) => {
    expect(readException(entry)).toEqual({ why: expect.stringMatching(why) });
  });
});
