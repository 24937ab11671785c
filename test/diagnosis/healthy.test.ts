import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { exchangeFrom } from '../support/exchange.js';

/** What differs between healthy handshakes, each with its ways; every pair of ways of two kinds comes together somewhere. */
const requests = [
  '',
  '+ Origin: https://app.example\n',
  '+ Origin: https://shop.example\n+ User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0\n+ Accept-Encoding: gzip, deflate, br, zstd\n+ Pragma: no-cache\n+ Cache-Control: no-cache\n',
  '= Connection: keep-alive, Upgrade\n+ Origin: http://localhost:3000\n+ Cookie: a=1; b=2\n+ Sec-Fetch-Mode: websocket\n',
  '= Upgrade: WebSocket\n= Connection: upgrade\n+ X-Forwarded-For: 203.0.113.9\n+ X-Forwarded-Proto: https\n+ Via: 1.1 edge\n',
  '+ Authorization: Bearer token\n+ User-Agent: Go-http-client/1.1\n',
  '+ User-Agent: Python/3.11 websockets/10.4\n+ X-Empty:\n',
] as const;
const answers = [
  '',
  '+ Server: nginx/1.22.1\n+ Date: Sun, 01 Mar 2026 12:00:00 GMT\n',
  '= Upgrade: WebSocket\n= Connection: upgrade\n+ Via: 1.1 varnish (Varnish/7.1)\n',
  '+ Server: cloudflare\n+ CF-RAY: 8\n+ CF-Cache-Status: DYNAMIC\n',
  '+ Keep-Alive: timeout=5\n+ X-Powered-By: Express\n+ Set-Cookie: sid=1; Path=/\n',
] as const;
const offers = [
  { sent: '', agreed: '' },
  { sent: '+ Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\n', agreed: '' },
  {
    sent: '+ Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\n',
    agreed: '+ Sec-WebSocket-Extensions: permessage-deflate\n',
  },
  { sent: '+ Sec-WebSocket-Protocol: chat, superchat\n', agreed: '+ Sec-WebSocket-Protocol: superchat\n' },
] as const;
const ends = [
  {
    title: 'the client closes',
    after:
      '+0.1 client sends \\x81\\x82\\x00\\x00\\x00\\x00hi\n+0.1 server sends \\x81\\x02hi\n+5 client sends \\x88\\x82\\x00\\x00\\x00\\x00\\x03\\xe8\nserver sends \\x88\\x02\\x03\\xe8\nserver fin\nclient fin\nclosed\n',
  },
  {
    title: 'the server closes',
    after:
      '+0.1 server sends \\x82\\x01x\n+70 server sends \\x88\\x02\\x03\\xe9\nclient sends \\x88\\x82\\x00\\x00\\x00\\x00\\x03\\xe9\nserver fin\nclient fin\nclosed\n',
  },
  { title: 'it is open still', after: '+0.1 server sends \\x89\\x01p\nclient sends \\x8a\\x81\\x00\\x00\\x00\\x00p\n' },
] as const;
const targets = ['', 'target: wss://app.example/chat\n'] as const;

const varieties = requests.flatMap((request, a) =>
  answers.flatMap((answer, b) =>
    offers.flatMap((offer, c) =>
      ends.flatMap(({ title, after }, d) =>
        targets.flatMap((target, e) => {
          // A third of all: each pair of ways is among them.
          if ((a + b + c + d + e) % 3 !== 0) return [];
          const tls = target === '' ? '' : '--- then\nserver tls {}\nclient tls {}\n';
          return [
            {
              title: `${a}${b}${c}${d}${e}: ${title}`,
              script: { target, tls, request: `${request}${offer.sent}`, answer: `${answer}${offer.agreed}`, after },
            },
          ];
        }),
      ),
    ),
  ),
);

describe('a healthy handshake', () => {
  it('comes in 200 varieties and more', () => expect(varieties.length).toBeGreaterThanOrEqual(200));

  it('gives no finding in any of them', () => {
    const said = varieties.flatMap(({ title, script }) => {
      const exchange = exchangeFrom(
        `${script.target}${script.tls}--- request\n${script.request}--- answer\n${script.answer}--- then\n${script.after}`,
      );
      expect(exchange.marks.open, title).not.toBeNull();
      return diagnose(exchange).map(({ code }) => `${title}: ${code}`);
    });
    expect(said).toEqual([]);
  });
});
