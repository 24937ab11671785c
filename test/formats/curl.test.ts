import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curl } from '../../src/formats/commands/curl.js';
import type { Target } from '../../src/model/target.js';
import { testFolder } from '../e2e/support/folder.js';
import { findProgram } from '../support/find.js';
import { fin, type RawServer, readHead, send, startRawServer } from '../support/raw-server.js';
import { hostileTexts, randomText, runScript, seededBytes } from './support/hostile.js';
import { commandsOf, exchangeOf, recordedOf, written } from './support/recorded.js';

const target: Target = { scheme: 'ws', host: 'api.test', port: 80, path: '/chat' };
const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const commandOf = async (request: string, more: Partial<Parameters<typeof exchangeOf>[1]> = {}): Promise<string> =>
  (await commandsOf(curl, [recordedOf(exchangeOf(request, { target, ...more }))])).trim();

describe('the curl command of an exchange', () => {
  it('has its fields in their order, its real URL, and takes away what curl adds', async () => {
    const command = await commandOf(head('GET /chat?a=1 HTTP/1.1', 'Host: api.test', 'Upgrade: websocket', 'Empty:', "X: it's"));
    expect(command.split('\n')).toEqual([
      "# 'exchange 1: ws://api.test/chat, 403, refused'",
      'curl --http1.1 --include --no-buffer --globoff --path-as-is \\',
      "  -H 'User-Agent:' \\",
      "  -H 'Accept:' \\",
      "  -H 'Host: api.test' \\",
      "  -H 'Upgrade: websocket' \\",
      "  -H 'Empty;' \\",
      "  -H 'X: it'\\''s' \\",
      "  'http://api.test/chat?a=1'",
    ]);
  });

  it('says method, target and version where they are not the usual ones', async () => {
    const options = { kind: 'http', target: { ...target, scheme: 'https', port: 8443 } } as const;
    expect(await commandOf(head('OPTIONS * HTTP/1.0', 'Host: a'), options)).toMatch(
      /^curl --http1\.0 .*\n {2}--request 'OPTIONS' --request-target '\*' \\\n[\s\S]* 'https:\/\/api\.test:8443\/'$/m,
    );
    expect(await commandOf(head('HEAD /x HTTP/1.1', 'Host: a'), options)).toContain('\n  --head \\\n');
    expect(await commandOf(head('GET /a#b HTTP/1.1', 'Host: a'))).toContain("--request-target '/a#b'");
  });

  it('takes -k only where the certificate was bad and the session went on', async () => {
    const secure = { ...target, scheme: 'wss', port: 443 } as const;
    const facts = { version: 'TLSv1.3', cipher: '', alpn: null, sni: null, chain: [] };
    const tls = (authorized: boolean) => ({ type: 'tls', leg: 'server', tls: { ...facts, authorized, error: null } }) as const;
    const request = head('GET / HTTP/1.1', 'Host: a');
    expect(await commandOf(request, { target: secure, more: [tls(false)] })).toContain(' --insecure ');
    expect(await commandOf(request, { target: secure, more: [tls(true)] })).not.toContain('insecure');
  });

  it('makes the HTTP/1.1 handshake of an extended CONNECT, and leaves a request of HTTP/2 in HTTP/2', async () => {
    const connect = head(
      'CONNECT /chat HTTP/2',
      ':protocol: websocket',
      ':scheme: https',
      ':authority: api.test',
      'sec-websocket-version: 13',
    );
    const command = await commandOf(connect, { target: { ...target, scheme: 'wss', port: 443 } });
    expect(command).toContain("# 'it was a stream of HTTP/2");
    for (const field of ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Host: api.test'])
      expect(command).toContain(`-H '${field}'`);
    expect(command).not.toContain(':protocol');
    const plain = head('GET /page HTTP/2', ':scheme: https', ':authority: api.test', 'accept: */*');
    expect(await commandOf(plain, { kind: 'http', target: { ...target, scheme: 'https', port: 443 } })).toMatch(/^curl --http2 /m);
  });

  it('goes by the same upstream proxy', async () => {
    const proxy = { scheme: 'http', host: 'proxy.test', port: 3128 } as const;
    const command = await commandOf(head('GET / HTTP/1.1', 'Host: a'), { more: [{ type: 'upstream', proxy, request: '' }] });
    expect(command).toContain("\n  --proxy 'http://proxy.test:3128' --proxytunnel \\\n");
  });

  it('leaves out what curl cannot send, and says so: a second Host, a line break by NUL or CR, a body, a name that curl takes for a file', async () => {
    const command = await commandOf(
      head('POST / HTTP/1.1', 'Host: a', 'Host: b', 'X: a\rEvil: 1', 'Y: \0', '@/etc/passwd: x', 'Content-Length: 5', 'Good: 1'),
      { kind: 'http' },
    );
    expect(command).toContain("# '4 of its fields are left out:");
    expect(command).toContain("# 'its body is not part of this command'");
    expect(command.match(/-H '[^']*'/g)).toEqual(["-H 'User-Agent:'", "-H 'Accept:'", "-H 'Host: a'", "-H 'Good: 1'"]);
  });

  it.each([
    ['a host that is none', { ...target, host: 'x y' }],
    ['a host with another meaning in a URL', { ...target, host: 'user@evil' }],
    ['a host with a control character', { ...target, host: 'a\nb' }],
    ['a host that is an option', { ...target, host: '-K' }],
    ['an unknown protocol', { ...target, scheme: 'tcp' as const }],
  ])('is missing, with a reason, for %s', async (_name, place) => {
    const command = await commandOf(head('GET / HTTP/1.1', 'Host: a'), { target: place });
    expect(command).toMatch(/^# '[^'\n]*: no command, [^'\n]*'$/);
  });

  it('says in front what was redacted', async () => {
    expect(await written(curl, [])).toBe(
      "# 'curl commands for a POSIX shell, from session.jsonl by shakedown 9.9.9; redacted: cookie 2'\n",
    );
  });
});

const [program, sh] = [findProgram('curl'), findProgram('sh')];

describe.skipIf('missing' in program || 'missing' in sh)('run by sh', () => {
  const folder = testFolder();
  let server: RawServer;
  beforeAll(async () => {
    server = await startRawServer([readHead, send('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'), fin]);
  });
  afterAll(() => server.close());

  const next = seededBytes(3);
  const values = [...hostileTexts, ...Array.from({ length: 4000 }, () => randomText(next))];
  /** As a server reads it: without the white space around. A value of nothing else cannot be told from none. */
  const inField = (text: string): string => text.replace(/^[ \t\v\f]+|[ \t\v\f]+$/g, '');
  const perRequest = 60;

  it('the same request arrives, byte for byte, and no other process starts', async () => {
    if ('missing' in sh) return;
    writeFileSync(join(folder, 'pwned.seed'), '');
    const here: Target = { scheme: 'ws', host: '127.0.0.1', port: server.port, path: '/' };
    const requests = Array.from({ length: Math.ceil(values.length / perRequest) }, (_, at) => {
      const some = values.slice(at * perRequest, (at + 1) * perRequest).map(inField);
      const path = `/${values[at]?.replace(/[ \t]/g, '%20') ?? ''}`;
      return [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, ...some.map((value, nth) => `X-${nth}: ${value}`)];
    });
    const exchanges = requests.map((lines) => recordedOf(exchangeOf(head(...lines), { target: here })));
    const script = await written(curl, exchanges);
    // Nothing that a terminal obeys stands in the script itself.
    expect(script).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    await runScript(sh.path, script, { cwd: folder });
    const arrived = server.connections.map(({ received }) => received().toString('latin1').split('\r\n\r\n')[0]?.split('\r\n') ?? []);
    const expected = requests.map((lines) => lines.map((line) => (/^X-\d+: $/.test(line) ? line.slice(0, -1) : line)));
    expect(arrived).toEqual(expected);
    expect(readdirSync(folder)).toEqual(['pwned.seed']);
  });
});
