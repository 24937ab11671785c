import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Server } from 'socket.io';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startShakedown } from '../../../src/index.js';
import { startHttp2Server } from '../../support/http2-server.js';
import { testCertificate } from '../../support/test-certificate.js';
import { openStage, type Scene } from '../support/scene.js';

/** What the client met, by choice: `open`, or the code of the first finding. */
const played = async (scene: Scene, choices: readonly string[]): Promise<readonly (readonly [string, string | undefined])[]> => {
  await using stage = await openStage(scene);
  const seen: (readonly [string, string | undefined])[] = [];
  for (const text of choices) {
    const { choice } = await stage.shakedown.arm(text);
    const { client, findings, exchange } = await stage.play();
    expect(exchange.faultFailures).toEqual([]);
    expect(exchange.applied.map(({ id }) => id)).toEqual([text.split(':')[0]]);
    seen.push([text, client.opened ? 'open' : findings[0]?.code]);
    await stage.shakedown.disarm(choice.key);
  }
  return seen;
};

const all = (code: string, ...choices: readonly string[]): readonly (readonly [string, string])[] =>
  choices.map((choice) => [choice, code]);

describe('what is said of a fault at the entrance', () => {
  it.each<[string, Scene, readonly (readonly [string, string])[]]>([
    [
      'CONNECT and TLS',
      {},
      [
        ...all('intermediary.connect-malformed', 'connect-garbage:kind=smtp', 'connect-garbage:kind=socks', 'connect-garbage:kind=html'),
        ...all('intermediary.connect-malformed', 'connect-garbage:kind=tls-alert,end=reset', 'connect-garbage:kind=http2-settings'),
        ...all('intermediary.connect-malformed', 'connect-cut:bytes=0', 'connect-cut:bytes=38', 'connect-body:framing=chunked'),
        ...all('intermediary.connect-malformed', 'tunnel-cut:on=answer', 'drop-connection:end=fin'),
        ...all('intermediary.connect-timeout', 'connect-stall:bytes=20', 'drop-connection:end=silence'),
        ...all('intermediary.connect-refused', 'connect-deny:code=405,brand=nginx', 'connect-deny:code=302', 'connect-status:code=299'),
        ...all('intermediary.proxy-auth-required', 'connect-deny:code=407,brand=squid', 'proxy-auth:scheme=NTLM'),
        ...all('tls.handshake-eof', 'tunnel-cut:ms=20', 'tunnel-cut:end=reset'),
        // npm ws throws away what comes in one segment with the head.
        ...all(
          'open',
          'connect-body:ms=0',
          'connect-body:send=false',
          'connect-status:code=200,reason=',
          'connect-extra-head:fields=2000,length=200',
        ),
      ],
    ],
    [
      'CONNECT without TLS',
      { secure: false },
      [
        ['tunnel-cut', 'server.empty-reply'],
        ['tunnel-cut:end=reset', 'server.reset'],
      ],
    ],
    [
      'SOCKS5',
      { way: 'socks5' },
      [
        ...all(
          'intermediary.connect-malformed',
          'socks-garbage:kind=wrong-address-type',
          'socks-cut:bytes=1,end=reset',
          'drop-connection:end=fin',
        ),
        ...all('intermediary.connect-refused', 'socks-reply:reply=general-failure', 'socks-reply:reply=address-type-not-supported'),
        ...all('intermediary.connect-timeout', 'socks-stall:bytes=3'),
        ...all('tls.handshake-eof', 'tunnel-cut'),
        ...all('open', 'connect-split:bytes=3,ms=1', 'slow-connect:ms=20', 'slow-accept:ms=20'),
      ],
    ],
    [
      'a reverse proxy',
      { way: 'reverse' },
      [
        ['drop-connection:end=reset', 'server.reset'],
        ['drop-connection:end=fin,ms=10', 'server.empty-reply'],
        ['slow-accept:ms=20', 'open'],
      ],
    ],
  ])(
    'is what a client would be told of such a peer: %s',
    async (_, scene, expected) => {
      expect(
        await played(
          scene,
          expected.map(([choice]) => choice),
        ),
      ).toEqual(expected);
    },
    60_000,
  );

  it('names the fault as the culprit, not a proxy', async () => {
    await using stage = await openStage();
    await stage.shakedown.arm('connect-deny:brand=squid');
    const { findings, exchange } = await stage.play();
    expect(findings[0]).toMatchObject({ culprit: "shakedown's fault connect-deny", title: 'The proxy answered 403 to CONNECT' });
    expect(findings[0]?.evidence[0]).toMatchObject({ leg: 'client', what: 'upstream', text: 'HTTP/1.1 403 Forbidden' });
    expect(exchange.server).toBe(null);
  });
});

describe('what is said of a fault on the server leg', () => {
  it.each<[string, Scene, readonly (readonly [string, string])[]]>([
    [
      'TLS',
      {},
      [
        ...all(
          'open',
          'offer-old-tls:version=1.2',
          'offer-one-cipher:suite=ECDHE-ECDSA-AES128-GCM-SHA256',
          'offer-one-cipher:suite=TLS_AES_256_GCM_SHA384',
        ),
        ...all('tls.version', 'offer-old-tls:version=1.0'),
        ...all('tls.cipher', 'offer-one-cipher:suite=DHE-RSA-AES256-GCM-SHA384', 'offer-one-cipher:suite=TLS_AES_128_CCM_SHA256'),
        ...all('tls.alpn-h2-only', 'other-alpn:offer=http/1.0'),
        ['dial-error:code=EHOSTUNREACH', 'url.unreachable'],
        ['dial-error:code=ECONNREFUSED,ms=10', 'url.refused'],
      ],
    ],
    [
      'a client without a tunnel',
      { way: 'reverse' },
      [
        ['offer-old-tls', 'tls.version'],
        ['plain-to-tls', 'url.scheme-mismatch-plain-to-tls'],
        ['wrong-place:port=9', 'url.refused'],
        ['slow-dial:ms=20', 'open'],
      ],
    ],
    ['another site', { byName: true }, [['wrong-sni:name=other.example', 'certificate.name-mismatch']]],
  ])(
    'is what a client would be told of such a server: %s',
    async (_, scene, expected) => {
      expect(
        await played(
          scene,
          expected.map(([choice]) => choice),
        ),
      ).toEqual(expected);
    },
    60_000,
  );

  it('HTTP/2 alone, offered for a client that does not speak it, is carried over where the server takes it', async () => {
    await using modern = await startHttp2Server(testCertificate());
    await using shakedown = await startShakedown({ insecure: ['localhost'], faults: ['other-alpn:offer=h2'] });
    const ca = readFileSync(shakedown.ca, 'utf8');
    const socket = new WebSocket(`wss://localhost:${modern.port}/chat`, { ca, agent: new HttpsProxyAgent(shakedown.proxy) });
    const heard = new Promise<string>((resolve) =>
      socket.on('message', (data) => resolve(String(data))).on('error', ({ message }) => resolve(message)),
    );
    socket.on('open', () => socket.send('one'));
    expect(await heard).toBe('one');
    const row = (await shakedown.exchanges())[0];
    const found = row && (await shakedown.exchange(row.id));
    expect(found?.exchange.http2?.stream).toBe(1);
    expect(found?.exchange.applied.map(({ before, after }) => [before, after])).toEqual([
      ['TLS; sni: localhost; alpn: none', 'alpn: ["h2"]'],
    ]);
    socket.terminate();
  });

  it('two Socket.IO servers in turn lose the session that one of them gave out', async () => {
    const servers = await Promise.all(
      [1, 2].map(async () => {
        const server = createServer();
        const io = new Server(server);
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return { io, place: `127.0.0.1:${(server.address() as AddressInfo).port}` };
      }),
    );
    const [one, two] = servers.map(({ place }) => place);
    await using shakedown = await startShakedown({ reverse: `http://${one}`, faults: [`no-sticky:places=${one} ${two}`] });
    const base = `${shakedown.proxy}/socket.io/?EIO=4`;
    const polled = await (await fetch(`${base}&transport=polling`, { headers: { connection: 'close' } })).text();
    const sid = /"sid":"([^"]+)"/.exec(polled)?.[1];
    expect(sid).toBeDefined();
    const socket = new WebSocket(`${base.replace('http', 'ws')}&transport=websocket&sid=${sid}`);
    const error = await new Promise<string>((resolve) =>
      socket.on('error', ({ message }) => resolve(message)).on('open', () => resolve('open')),
    );
    expect(error).toBe('Unexpected server response: 400');
    const row = (await shakedown.exchanges()).at(-1);
    const found = row && (await shakedown.exchange(row.id));
    expect(found?.findings[0]?.code).toBe('intermediary.sticky-session');
    for (const { io } of servers) await io.close();
  });
});
