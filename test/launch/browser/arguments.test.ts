import { describe, expect, it } from 'vitest';
import { chromiumArguments } from '../../../src/launch/browser/chromium-arguments.js';
import { userJs } from '../../../src/launch/browser/firefox-prefs.js';

const start = { proxy: 'http://127.0.0.1:8101', profile: '/tmp/p', url: 'http://localhost:3000/', more: ['--headless'] };
const args = chromiumArguments(start, { leafPin: 'PIN=', sandbox: true });

describe("Chromium's arguments", () => {
  it('name the profile, the proxy for every host, and one key to trust', () => {
    expect(args).toContain('--user-data-dir=/tmp/p');
    expect(args).toContain('--proxy-server=http://127.0.0.1:8101');
    expect(args).toContain('--proxy-bypass-list=<-loopback>');
    expect(args).toContain('--ignore-certificate-errors-spki-list=PIN=');
  });

  // threats.md T09, T10.
  it.each([
    '--ignore-certificate-errors',
    '--disable-web-security',
    '--allow-running-insecure-content',
    '--remote-debugging-port',
    '--remote-debugging-pipe',
    '--remote-allow-origins',
    '--disable-site-isolation-trials',
    '--no-sandbox',
    '--test-type',
  ])('hold no %s', (flag) => {
    expect(args.filter((arg) => arg === flag || arg.startsWith(`${flag}=`))).toEqual([]);
  });

  it('name no key where the CA itself is trusted', () => {
    expect(chromiumArguments(start, { leafPin: null, sandbox: true }).join(' ')).not.toContain('ignore-certificate');
  });

  it('give up the sandbox only where it cannot be', () => {
    expect(chromiumArguments(start, { leafPin: 'PIN=', sandbox: false })).toContain('--no-sandbox');
  });

  it("end with the user's own and the page", () => {
    expect(args.slice(-2)).toEqual(['--headless', 'http://localhost:3000/']);
  });
});

describe("Firefox's user.js", () => {
  const prefs = (proxy: string) =>
    new Map(
      userJs(proxy)
        .trimEnd()
        .split('\n')
        .map((line): [string, unknown] => {
          const [, name = '', value = ''] = /^user_pref\("([^"]+)", (.+)\);$/.exec(line) ?? [];
          return [name, JSON.parse(value)];
        }),
    );

  it('leads http, https and loopback through the proxy, and nothing past it', () => {
    const set = prefs('http://127.0.0.1:8101');
    expect(Object.fromEntries([...set].filter(([name]) => name.startsWith('network.proxy.')))).toEqual({
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': 8101,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': 8101,
      'network.proxy.no_proxies_on': '',
      'network.proxy.allow_hijacking_localhost': true,
      'network.proxy.failover_direct': false,
    });
  });

  it('names an IPv6 proxy without brackets, and port 80 as a number', () => {
    expect(prefs('http://[::1]:9000').get('network.proxy.http')).toBe('::1');
    expect(prefs('http://127.0.0.1:80').get('network.proxy.ssl_port')).toBe(80);
  });

  it('switches off no check of certificates', () => {
    const names = [...prefs('http://127.0.0.1:8101').keys()];
    expect(names.filter((name) => /^security\.|marionette|^remote\.|cert_pinning|OCSP/.test(name))).toEqual([]);
  });
});
