import { describe, expect, it } from 'vitest';
import { limitOptions } from '../../src/control/open-tls.js';
import { parseTlsLimits } from '../../src/control/tls-limits.js';
import { Problem } from '../../src/model/problem.js';
import { noLimits } from '../../src/proxy/tls-options.js';

const parse = (text: string) => parseTlsLimits('--server-tls', text);

describe('limits of TLS', () => {
  it.each([
    ['min=1.2', { min: '1.2' }],
    ['min=1.0,max=1.1', { min: '1.0', max: '1.1' }],
    ['alpn=http/1.1', { alpn: ['http/1.1'] }],
    ['alpn=h2+http/1.1', { alpn: ['h2', 'http/1.1'] }],
    ['ciphers=A+B', { ciphers: 'A:B' }],
    ['ciphers=kRSA+AES:!aNULL', { ciphers: 'kRSA+AES:!aNULL' }],
    ['ciphers=ALL:@SECLEVEL=0,max=1.2', { ciphers: 'ALL:@SECLEVEL=0', max: '1.2' }],
  ])('%s', (text, limits) => {
    expect(parse(text)).toEqual({ ...noLimits, ...limits });
  });

  it.each([
    ['', 'there is no key ""', 'min, max, ciphers, alpn'],
    ['version=1.2', 'there is no key "version"', 'min, max, ciphers, alpn'],
    ['min', 'the key min has no value', 'min=1.2'],
    ['min=1.4', 'min=1.4 is no TLS version', 'min is one of 1.0, 1.1, 1.2, 1.3'],
    ['max=TLSv1.2', 'max=TLSv1.2 is no TLS version', 'max is one of 1.0, 1.1, 1.2, 1.3'],
    ['alpn=h3', 'names the protocol "h3"', 'h2 and http/1.1'],
    ['alpn=h2++http/1.1', 'names the protocol ""', 'h2 and http/1.1'],
    ['min=1.2,min=1.3', 'the key min stands there twice', 'once'],
    ['min=1.3,max=1.2', 'min=1.3 is above max=1.2', ''],
    ['min=1.3,ciphers=ECDHE-RSA-AES128-GCM-SHA256', 'names no suite of TLS 1.3', 'TLS_'],
  ])('%j is refused: %s', (text, message, advice) => {
    const thrown = (() => {
      try {
        parse(text);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({
      code: 'SHK_USAGE',
      message: expect.stringContaining(`--server-tls: ${message}`.replace('--server-tls: names', 'names')),
      advice: expect.stringContaining(advice),
    });
  });

  it('lower the security level where a version wants it, and only there', () => {
    expect(limitOptions({ ...noLimits, min: '1.0' })).toMatchObject({
      minVersion: 'TLSv1',
      ciphers: expect.stringMatching(/:@SECLEVEL=0$/),
    });
    expect(limitOptions({ ...noLimits, max: '1.1' })).toMatchObject({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' });
    expect(limitOptions({ ...noLimits, max: '1.1', ciphers: 'ALL:@SECLEVEL=1' }).ciphers).toBe('ALL:@SECLEVEL=1');
    expect(limitOptions({ ...noLimits, min: '1.2', max: '1.2' })).toEqual({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    expect(limitOptions(noLimits)).toEqual({});
  });
});
