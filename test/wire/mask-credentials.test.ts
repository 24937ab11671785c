import { describe, expect, it } from 'vitest';
import { maskCredentials } from '../../src/wire/mask-credentials.js';
import { socksConnect, socksCredentials, socksGreeting } from '../../src/wire/socks-client.js';

const latin1 = (...parts: readonly Uint8Array[]): string => Buffer.concat(parts).toString('latin1');

describe('credentials in what an upstream proxy was told', () => {
  it.each([
    ['Proxy-Authorization: Basic dTpw\r\n', 'Proxy-Authorization: Basic ***\r\n'],
    ['pROXY-authorization :\tBasic  dTpw \r\n', 'pROXY-authorization :\tBasic ***\r\n'],
    ['Proxy-Authorization: Basic\r\n dTpw\r\n', 'Proxy-Authorization: Basic ***\r\n'],
    ['Proxy-Authorization: token\r\n', 'Proxy-Authorization: ***\r\n'],
    ['Proxy-Authorization: Digest username="u",\n\tresponse="r"\nX: y\r\n', 'Proxy-Authorization: Digest ***\nX: y\r\n'],
    ['Authorization: Bearer t\r\n', 'Authorization: Bearer ***\r\n'],
    ['X-Authorization: Bearer t\r\n', 'X-Authorization: Bearer t\r\n'],
  ])('%j becomes %j', (lines, masked) => {
    const head = (text: string): string => `CONNECT a:1 HTTP/1.1\r\n${text}\r\n`;
    expect(maskCredentials(head(lines))).toBe(head(masked));
  });

  it('of SOCKS5 go, whole or cut anywhere, and the rest stays', () => {
    const credentials = socksCredentials({ user: 'user-name', password: 'pass-word' });
    const connect = socksConnect({ host: 'a.test', port: 1 });
    const whole = latin1(socksGreeting(true), credentials, connect);
    expect(maskCredentials(whole)).toBe(`\x05\x02\0\x02\x01\x03***\x03***${latin1(connect)}`);
    for (let at = 0; at <= whole.length; at++) expect(maskCredentials(whole.slice(0, at))).not.toMatch(/user|pass/);
  });

  it('of SOCKS5 are not looked for where none were given', () => {
    const said = latin1(socksGreeting(false), socksConnect({ host: 'a.test', port: 1 }));
    expect(maskCredentials(said)).toBe(said);
  });
});
