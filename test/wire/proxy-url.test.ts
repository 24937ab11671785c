import { describe, expect, it } from 'vitest';
import { basicCredentials, readProxyUrl } from '../../src/wire/proxy-url.js';

const plain = { credentials: null };

describe('the URL of an upstream proxy', () => {
  it.each([
    ['http://proxy.test:3128', { scheme: 'http', host: 'proxy.test', port: 3128, ...plain }],
    ['http://proxy.test:3128/', { scheme: 'http', host: 'proxy.test', port: 3128, ...plain }],
    ['proxy.test:3128', { scheme: 'http', host: 'proxy.test', port: 3128, ...plain }],
    ['http://proxy.test', { scheme: 'http', host: 'proxy.test', port: 1080, ...plain }],
    ['HTTPS://proxy.test', { scheme: 'https', host: 'proxy.test', port: 443, ...plain }],
    ['socks5://[::1]', { scheme: 'socks5', host: '::1', port: 1080, ...plain }],
    ['socks5h://127.0.0.1:9050', { scheme: 'socks5', host: '127.0.0.1', port: 9050, ...plain }],
    ['http://u:p@proxy.test:1', { scheme: 'http', host: 'proxy.test', port: 1, credentials: { user: 'u', password: 'p' } }],
    [
      'http://u:a%40b%3Ac%2F%25@proxy.test:1',
      { scheme: 'http', host: 'proxy.test', port: 1, credentials: { user: 'u', password: 'a@b:c/%' } },
    ],
    ['http://u:a@b@proxy.test:1', { scheme: 'http', host: 'proxy.test', port: 1, credentials: { user: 'u', password: 'a@b' } }],
    ['http://u@proxy.test:1', { scheme: 'http', host: 'proxy.test', port: 1, credentials: { user: 'u', password: '' } }],
    ['http://:@proxy.test:1', { scheme: 'http', host: 'proxy.test', port: 1, ...plain }],
    ['socks5://%C3%BC:x%3Ay@s.test', { scheme: 'socks5', host: 's.test', port: 1080, credentials: { user: 'ü', password: 'x:y' } }],
  ])('%s is read', (text, proxy) => {
    expect(readProxyUrl(text)).toEqual({ proxy });
  });

  it.each([
    ['ftp://proxy.test', /scheme ftp; an upstream proxy is http, https or socks5/],
    ['socks4://proxy.test', /scheme socks4/],
    ['http://proxy.test/path', /path/],
    ['http://proxy.test?x', /path/],
    ['http://', /no host/],
    ['http://u:p@', /no host/],
    ['', /no host/],
    ['http://:3128', /no host/],
    ['http://proxy.test:0', /port 0/],
    ['http://proxy.test:99999', /port 99999/],
    ['http://proxy.test:x', /no place/],
    ['http://u:100%@proxy.test', /%25/],
    ['http://a%3Ab:p@proxy.test', /colon in the user name/],
    [`socks5://u:${'x'.repeat(256)}@proxy.test`, /over 255 bytes/],
    ['http://u:a%0Db@proxy.test', /control character/],
  ])('%s is none, and it is said why', (text, why) => {
    expect(readProxyUrl(text)).toEqual({ why: expect.stringMatching(why) });
  });

  it('never tells a password in what is wrong with it', () => {
    for (const text of ['http://u:geheim@', 'http://u:geheim@a:b:c', 'ftp://u:geheim@h', 'http://u:geheim%@h', 'http://u:geheim@h/x'])
      expect(JSON.stringify(readProxyUrl(text))).not.toContain('geheim');
  });

  it('gives credentials in UTF-8 (RFC 7617)', () => {
    expect(basicCredentials({ user: 'test', password: '123£' })).toBe('Basic dGVzdDoxMjPCow==');
  });
});
