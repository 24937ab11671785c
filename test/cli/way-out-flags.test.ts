import { describe, expect, it } from 'vitest';
import { engineOptions } from '../../src/cli/engine-flags.js';
import { withNoProxy } from '../../src/cli/way-out-flags.js';
import { parseWayOut, wayOutNotices } from '../../src/control/way-out.js';

describe('the flags of the way out', () => {
  it('are taken one by one or many, and as lists where a list is meant', () => {
    const { out } = engineOptions({
      host: '127.0.0.1',
      port: '0',
      upstreamProxy: 'socks5://u:p@[::1]:9050',
      noProxy: ['a.test,.b.test 10.0.0.0/8', '*:22'],
      resolve: 'api.test=127.0.0.1',
    });
    expect(out.upstream).toEqual({ scheme: 'socks5', host: '::1', port: 9050, credentials: { user: 'u', password: 'p' } });
    expect(out.exceptions.map(({ type }) => type)).toEqual(['host', 'suffix', 'network', 'all']);
    expect(out.resolve.map(({ text }) => text)).toEqual(['api.test=127.0.0.1']);
  });

  it('leave the way straight when none is given, whatever the environment says', () => {
    expect(engineOptions({ host: '127.0.0.1', port: '0' }).out).toEqual({ upstream: null, exceptions: [], resolve: [] });
  });

  it.each([
    [
      ['start', '--no-proxy', 'a.test', '--json'],
      ['start', '--no-proxy=a.test', '--json'],
    ],
    [
      ['--no-proxy=a.test', '--no-record'],
      ['--no-proxy=a.test', '--no-record'],
    ],
    [
      ['run', '--', 'curl', '--no-proxy', 'a.test'],
      ['run', '--', 'curl', '--no-proxy', 'a.test'],
    ],
  ])('--no-proxy is a flag with a value and no negation: %j', (words, joined) => {
    expect(withNoProxy(words)).toEqual(joined);
  });

  it('are told at the start, without the password', () => {
    const out = parseWayOut({ upstreamProxy: 'http://u:geheim@proxy.test', noProxy: ['a.test'], resolve: ['b.test=::1'] });
    expect(wayOutNotices(out)).toEqual([
      'The server leg goes through the upstream proxy http://proxy.test:1080 with credentials, but for the hosts of --no-proxy.',
      "--resolve takes the resolver's place for b.test=::1.",
    ]);
    expect(wayOutNotices(parseWayOut({}))).toEqual([]);
  });
});
