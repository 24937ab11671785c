import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthority, readRequestTarget } from '../../src/wire/request-target.js';

describe('a request target', () => {
  it.each([
    ['/', { form: 'origin', path: '/' }],
    ['/a//b/../c?x=//y|{}', { form: 'origin', path: '/a//b/../c?x=//y|{}' }],
    ['*', { form: 'origin', path: '*' }],
    ['http://a.test', { form: 'absolute', scheme: 'http', host: 'a.test', port: 80, path: '/' }],
    ['ws://a.test:8080/x?y', { form: 'absolute', scheme: 'ws', host: 'a.test', port: 8080, path: '/x?y' }],
    ['WSS://A.test/', { form: 'absolute', scheme: 'wss', host: 'A.test', port: 443, path: '/' }],
    ['https://[::1]:8443/a/../b', { form: 'absolute', scheme: 'https', host: '::1', port: 8443, path: '/a/../b' }],
    ['http://a.test?q', { form: 'absolute', scheme: 'http', host: 'a.test', port: 80, path: '/?q' }],
    ['http://user:pass@a.test/', { form: 'absolute', scheme: 'http', host: 'a.test', port: 80, path: '/' }],
    ['http://a.test/#part', { form: 'absolute', scheme: 'http', host: 'a.test', port: 80, path: '/' }],
    ['http://a.test:/', { form: 'absolute', scheme: 'http', host: 'a.test', port: 80, path: '/' }],
  ])('%s', (text, target) => {
    expect(readRequestTarget('GET', text)).toEqual(target);
  });

  it.each([
    '',
    'a.test:80',
    'ftp://a.test/',
    'http://',
    'http://[::1',
    'http://a:b:c/',
    'http://a.test:0/',
    'http://a.test:65536/',
    'http:/a',
  ])('says why %j is none', (text) => {
    const read = readRequestTarget('GET', text);
    expect(read).toMatchObject({ form: 'bad', why: expect.stringMatching(/.{10}/) });
  });
});

describe('an authority', () => {
  it.each([
    ['a.test:443', { form: 'authority', host: 'a.test', port: 443 }],
    ['127.0.0.1:1', { form: 'authority', host: '127.0.0.1', port: 1 }],
    ['[::1]:65535', { form: 'authority', host: '::1', port: 65_535 }],
    ['[fe80::1%eth0]:80', { form: 'authority', host: 'fe80::1%eth0', port: 80 }],
  ])('%s', (text, target) => {
    expect(readRequestTarget('CONNECT', text)).toEqual(target);
  });

  it.each([
    'a.test',
    'a.test:',
    'a.test:0',
    'a.test:65536',
    `a.test:${'9'.repeat(400)}`,
    'a.test:-1',
    'a.test:0x50',
    'user@a.test:443',
    '::1:443',
    '[::1]',
    'a.test:443/',
    'http://a.test:443',
    'a b:443',
    'a\x00:443',
    `${'a'.repeat(254)}:443`,
  ])('refuses %j', (text) => {
    expect(readRequestTarget('CONNECT', text)).toMatchObject({ form: 'bad' });
  });

  it('never throws, and gives only ports that exist', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const read = readAuthority(text, 80);
        if (read.form === 'authority') expect(read.port >= 1 && read.port <= 65_535).toBe(true);
      }),
    );
  });
});
