import { describe, expect, it } from 'vitest';
import { nameCovers } from '../../src/diagnosis/certificates.js';
import { culpritOf } from '../../src/diagnosis/culprits.js';
import { parseHead } from '../../src/wire/http-head.js';

const answer = (...lines: string[]) =>
  parseHead(`HTTP/1.1 502 Bad Gateway\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`, 'response');

describe('who answered', () => {
  it.each([
    ['nginx/1.22.1', ['Server: nginx/1.22.1'], ''],
    ['nginx', [], '<hr><center>nginx</center>'],
    ['Apache/2.4.57', ['Server: Apache/2.4.57 (Debian)'], ''],
    ['Caddy', ['Server: Caddy'], ''],
    ['squid/5.7', ['Server: squid/5.7', 'X-Squid-Error: ERR_ACCESS_DENIED 0'], ''],
    ['Envoy', ['server: istio-envoy'], ''],
    ['Envoy', [], 'upstream connect error or disconnect/reset before headers. reset reason: connection failure'],
    ['Cloudflare', ['Server: cloudflare', 'CF-RAY: 1'], ''],
    ['awselb/2.0', ['Server: awselb/2.0'], ''],
    ['AWS CloudFront', ['Via: 1.1 abc.cloudfront.net (CloudFront)'], ''],
    ['Varnish', ['Via: 1.1 varnish (Varnish/7.1)'], ''],
    ['HAProxy', [], "The server didn't respond in time."],
    ['Microsoft-IIS/10.0', ['Server: Microsoft-IIS/10.0'], ''],
    ['Python/3.11 websockets/12.0', ['Server: Python/3.11 websockets/12.0'], ''],
    ['TornadoServer/6.2', ['Server: TornadoServer/6.2'], ''],
    ['daphne', ['Server: daphne'], ''],
    ['Cowboy', ['server: Cowboy'], ''],
    ['Express', ['X-Powered-By: Express'], ''],
    ['Node http', ['Connection: keep-alive', 'Keep-Alive: timeout=5'], ''],
    ['socket.io', [], '{"code":0,"message":"Transport unknown"}'],
  ])('is %s', (name, fields, body) => {
    expect(culpritOf(answer(...fields), body)?.name).toBe(name);
  });

  it('prefers what stands in front: Express behind nginx is answered by nginx', () => {
    expect(culpritOf(answer('Server: nginx', 'X-Powered-By: Express'), '')?.name).toBe('nginx');
  });

  it('says nothing when nothing gives it away', () => {
    expect(culpritOf(answer('Content-Length: 0', 'Date: Sun, 01 Mar 2026 12:00:00 GMT'), '')).toBeUndefined();
  });
});

describe('nameCovers (RFC 9525 section 6.3)', () => {
  it.each([
    ['app.example', 'APP.example', true],
    ['app.example', 'app.example.', true],
    ['*.app.example', 'a.app.example', true],
    ['*.app.example', 'app.example', false],
    ['*.app.example', 'a.b.app.example', false],
    ['*.example', 'app.example', false],
    ['*.localhost', 'localhost', false],
    ['a*.app.example', 'ab.app.example', false],
  ])('%s covers %s: %s', (pattern, host, covered) => {
    expect(nameCovers(pattern, host)).toBe(covered);
  });
});
