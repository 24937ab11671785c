import { describe, expect, it } from 'vitest';
import { commandEnvironment, type Environment, type LaunchFacts } from '../../../src/launch/run/environment.js';

const facts: LaunchFacts = {
  proxy: 'http://127.0.0.1:41234',
  ca: '/data/ca.pem',
  bundle: '/tmp/x/roots.pem',
  extra: '/tmp/x/extra.pem',
  javaStore: '/tmp/x/roots.jks',
  preload: '/opt/shakedown/preload.cjs',
  notes: '/tmp/x/notes.jsonl',
};
const java =
  '-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=41234 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=41234 -Dhttp.nonProxyHosts= ' +
  '-Djavax.net.ssl.trustStore=/tmp/x/roots.jks -Djavax.net.ssl.trustStoreType=JKS -Djavax.net.ssl.trustStorePassword=changeit';

const made = (inherited: Environment = {}, other: Partial<LaunchFacts> = {}) => commandEnvironment(inherited, { ...facts, ...other });

describe('the environment of a launched command', () => {
  it.each(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'WS_PROXY', 'WSS_PROXY'])('names the proxy in %s, in both cases', (name) => {
    const env = made({ [name]: 'http://corporate:3128', [name.toLowerCase()]: 'http://corporate:3128' });
    expect([env[name], env[name.toLowerCase()]]).toEqual([facts.proxy, facts.proxy]);
  });

  it('leaves out no host, for websocket-client by a list that names none', () => {
    const env = made({ NO_PROXY: 'localhost,.corp', no_proxy: 'localhost' });
    expect([env.NO_PROXY, env.no_proxy]).toEqual(['', 'none.invalid']);
  });

  it.each([
    ['SSL_CERT_FILE', facts.bundle],
    ['REQUESTS_CA_BUNDLE', facts.bundle],
    ['CURL_CA_BUNDLE', facts.bundle],
    ['GIT_SSL_CAINFO', facts.bundle],
    ['AWS_CA_BUNDLE', facts.bundle],
    ['CARGO_HTTP_CAINFO', facts.bundle],
    ['PIP_CERT', facts.bundle],
    ['DENO_CERT', facts.ca],
    ['NODE_EXTRA_CA_CERTS', facts.extra],
    ['NODE_USE_ENV_PROXY', '1'],
    ['SHAKEDOWN_PROXY', facts.proxy],
    ['SHAKEDOWN_CA', facts.ca],
    ['SHAKEDOWN_NOTES', facts.notes],
  ])('sets %s', (name, value) => {
    expect(made({ [name]: 'as it was' })[name]).toBe(value);
  });

  it('keeps everything else', () => {
    expect(made({ PATH: '/bin', SSL_CERT_DIR: '/etc/ssl/certs', EMPTY: '' })).toMatchObject({
      PATH: '/bin',
      SSL_CERT_DIR: '/etc/ssl/certs',
      EMPTY: '',
    });
  });

  it.each([
    [undefined, '--require=/opt/shakedown/preload.cjs'],
    ['', '--require=/opt/shakedown/preload.cjs'],
    ['--max-old-space-size=512', '--max-old-space-size=512 --require=/opt/shakedown/preload.cjs'],
  ])('adds the preload to NODE_OPTIONS %j', (before, after) => {
    expect(made({ NODE_OPTIONS: before }).NODE_OPTIONS).toBe(after);
  });

  it.each([
    ['/a folder/preload.cjs', '--require="/a folder/preload.cjs"'],
    ['C:\\Program Files\\preload.cjs', '--require="C:\\\\Program Files\\\\preload.cjs"'],
    ['/a"b/preload.cjs', '--require="/a\\"b/preload.cjs"'],
  ])('quotes a path for NODE_OPTIONS: %s', (preload, word) => {
    expect(made({}, { preload }).NODE_OPTIONS).toBe(word);
  });

  it('adds its properties to JAVA_TOOL_OPTIONS', () => {
    expect(made().JAVA_TOOL_OPTIONS).toBe(java);
    expect(made({ JAVA_TOOL_OPTIONS: '-Xmx1g' }).JAVA_TOOL_OPTIONS).toBe(`-Xmx1g ${java}`);
    expect(made({}, { javaStore: '/a folder/roots.jks' }).JAVA_TOOL_OPTIONS).toContain('"-Djavax.net.ssl.trustStore=/a folder/roots.jks"');
  });

  it('gives Java an IPv6 proxy without brackets', () => {
    expect(made({}, { proxy: 'http://[::1]:41234' }).JAVA_TOOL_OPTIONS).toContain('-Dhttp.proxyHost=::1 -Dhttp.proxyPort=41234');
  });
});
