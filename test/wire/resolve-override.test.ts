import { describe, expect, it } from 'vitest';
import { overridesOf, readOverride } from '../../src/wire/resolve-override.js';

const read = (text: string) => {
  const found = readOverride(text);
  if ('why' in found) throw new Error(found.why);
  return found.override;
};

describe('an entry of --resolve', () => {
  it.each([
    ['api.test=127.0.0.1', { host: 'api.test', port: null, address: '127.0.0.1', toPort: null }],
    ['API.test.=::1', { host: 'api.test', port: null, address: '::1', toPort: null }],
    ['api.test:443=127.0.0.1', { host: 'api.test', port: 443, address: '127.0.0.1', toPort: null }],
    ['api.test:443=127.0.0.1:8443', { host: 'api.test', port: 443, address: '127.0.0.1', toPort: 8443 }],
    ['api.test=[::1]:8443', { host: 'api.test', port: null, address: '::1', toPort: 8443 }],
    ['[2001:db8::1]:443=127.0.0.1', { host: '2001:db8::1', port: 443, address: '127.0.0.1', toPort: null }],
    ['2001:db8::1=127.0.0.1', { host: '2001:db8::1', port: null, address: '127.0.0.1', toPort: null }],
  ])('%s is read', (text, override) => {
    expect(read(text)).toEqual({ ...override, text });
  });

  it.each([
    ['api.test', /no =/],
    ['=127.0.0.1', /no =/],
    ['api.test=', /no IPv4 or IPv6 address/],
    ['api.test=other.test', /no IPv4 or IPv6 address/],
    ['api.test=127.0.0.1:0', /no IPv4 or IPv6 address/],
    ['api.test:0=127.0.0.1', /port 0/],
    ['a b=127.0.0.1', /no host/],
  ])('%s is none, and it is said why', (text, why) => {
    expect(readOverride(text)).toEqual({ why: expect.stringMatching(why) });
  });

  it('holds for its host in any case, and one with the port comes in place of those without', () => {
    const all = ['api.test=10.0.0.1', 'api.test=10.0.0.2', 'api.test:443=10.0.0.3', 'other.test=10.0.0.4'].map(read);
    const addresses = (host: string, port: number) => overridesOf(all, { host, port }).map(({ address }) => address);
    expect(addresses('Api.Test.', 80)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(addresses('api.test', 443)).toEqual(['10.0.0.3']);
    expect(addresses('sub.api.test', 443)).toEqual([]);
  });
});
