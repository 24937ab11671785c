import { gzipSync } from 'node:zlib';
import type { Event } from '../../src/model/event.js';
import { createSession } from './session.js';

/** A made-up secret for each place: no two have eight characters in a row in common. */
const canary = (nth: number): string => {
  let text = '';
  let state = (nth + 1) * 2654435761;
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
  for (let at = 0; at < 20; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length];
  }
  return `${text.slice(0, 8)}-${text.slice(8)}7`;
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A recording with a secret in every place that the product promises to look at, and the secrets by the names of their places. */
export const plantedRecording = async (): Promise<{ readonly events: Event[]; readonly secrets: ReadonlyMap<string, string> }> => {
  const secrets = new Map<string, string>();
  const plant = (place: string, value = canary(secrets.size)): string => {
    secrets.set(place, value);
    return value;
  };
  const all: Event[] = [];

  const bearer = plant('Authorization: Bearer');
  const password = plant('password of Basic');
  const proxyPassword = plant('Proxy-Authorization inside the tunnel');
  const jwt = `${part({ alg: 'HS256' })}.${part({ sub: plant('inside a JWT') })}.${plant('signature of a JWT')}`;
  const odd = plant('a password with odd characters', `pä"ss/wörd&=${canary(90)}`);

  const heads = createSession({
    id: 'heads',
    path: `/ws?access_token=${plant('query access_token')}&sig=${plant('query sig')}&room=12&code=${plant('query code')}&next=${encodeURIComponent(`https://b.test/?token=${plant('URL inside a query')}`)}`,
    request: [
      `Authorization: Bearer ${bearer}`,
      `Proxy-Authorization: Basic ${Buffer.from(`proxy:${proxyPassword}`).toString('base64')}`,
      `Cookie: theme=dark; sid=${plant('Cookie')}; pref=${encodeURIComponent(`{"k":"${plant('percent-encoded JSON in a cookie')}"}`)}`,
      `X-Api-Key: ${plant('X-Api-Key')}`,
      `X-Session-Token: ${plant('X-Session-Token')}`,
      `X-App-Secret: ${plant('X-App-Secret')}`,
      `X-Folded-Token: ${plant('first line of a folded field')}`,
      ` ${plant('second line of a folded field')}`,
      `X-Half-Token: ${plant('first of two headers')}`,
      `X-Half-Token: ${plant('second of two headers')}`,
      `Sec-WebSocket-Protocol: graphql-ws, access_token, ${plant('subprotocol after access_token')}`,
      `Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.${Buffer.from(plant('subprotocol of Kubernetes')).toString('base64url')}`,
      `Referer: https://bob:${plant('user info in Referer')}@a.test/page?jwt=${plant('query in Referer')}`,
      `Origin: https://${plant('user name in a URL')}@a.test`,
    ],
    answer: [
      `Set-Cookie: id=${plant('Set-Cookie')}; Path=/; HttpOnly`,
      `Location: https://b.test/#id_token=${plant('fragment of Location')}`,
      `X-Echo: ${bearer}`,
    ],
  });
  heads.emit({
    type: 'entrance',
    entrance: 'connect',
    request: `CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: Bearer ${plant('entrance CONNECT')}\r\n\r\n`,
  });
  heads.emit({
    type: 'upstream',
    proxy: { scheme: 'http', host: 'p.test', port: 1 },
    request: `CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: Basic ${Buffer.from(`u:${plant('upstream CONNECT')}`).toString('base64')}\r\n\r\n`,
  });
  const socks = plant('upstream SOCKS5');
  heads.emit({
    type: 'upstream',
    proxy: { scheme: 'socks5', host: 'p.test', port: 1 },
    request: `\x05\x02\0\x02\x01\x03bob${String.fromCharCode(socks.length)}${socks}\x05\x01\0\x01\x7f\0\0\x01\0P`,
  });
  const user = plant('entrance SOCKS4');
  heads.emit({ type: 'entrance', entrance: 'socks4a', request: `\x04\x01\0P\x7f\0\0\x01${user}\0` });
  heads.emit({
    type: 'upstream-reply',
    reply: `HTTP/1.1 407 No\r\n\r\nbad password ${password}`,
    outcome: 'refused',
    status: 407,
    why: `it said no to ${password}`,
  });
  heads.emit({
    type: 'dial-failed',
    failure: { code: 'X', message: `cannot reach https://x:${plant('URL in a dial error')}@b.test/`, attempts: [] },
  });
  heads.emit({ type: 'not-a-head', site: 'clientSent', raw: `GET /?token=${plant('head cut short')}`, why: 'truncated' });
  heads.emit({ type: 'refused', status: 502, why: 'loop', text: `no way to wss://a.test/?api_key=${plant('refusal')}` });
  heads.emit({ type: 'goaway', leg: 'server', code: 'NO_ERROR', lastStream: 1, debug: `token=${plant('debug data of GOAWAY')}` });
  heads.emit({
    type: 'tls-failed',
    leg: 'server',
    failure: { code: 'X', message: '', alert: null, firstBytes: `GET /?sid=${plant('first bytes in place of TLS')}`, chain: [], sni: null },
  });
  heads.emit({
    type: 'fault',
    fault: {
      id: 'a',
      stage: 'request',
      leg: 'server',
      params: { password: plant('parameter of a fault') },
      before: `GET / HTTP/1.1\r\nCookie: a=${plant('before a fault')}\r\n\r\n`,
      after: `GET / HTTP/1.1\r\nCookie: a=${plant('after a fault')}\r\n\r\n`,
    },
  });
  all.push(...heads.close());

  const basic = createSession({ id: 'basic', request: [`Authorization: Basic ${Buffer.from(`alice:${password}`).toString('base64')}`] });
  await basic.say('client', `my password is ${password}, percent ${[...password].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')}`);
  await basic.say(
    'client',
    `base64 ${Buffer.from(`x${bearer}`).toString('base64')} ${Buffer.from(`xy${bearer}`).toString('base64')} hex ${Buffer.from(bearer).toString('hex')}`,
  );
  await basic.say(
    'client',
    JSON.stringify({
      user: 'bob',
      password: plant('JSON password'),
      nested: { apiKey: plant('JSON apiKey'), list: [{ client_secret: plant('JSON in a list') }] },
    }),
    { cuts: [1, 7, 30, 60] },
  );
  await basic.say('client', JSON.stringify({ data: JSON.stringify({ refreshToken: plant('JSON in JSON') }) }), { maxFrame: 13 });
  await basic.say('server', JSON.stringify({ session: plant('split over two frames') }), { maxFrame: 24 });
  await basic.say('server', JSON.stringify({ session: plant('split over two chunks') }), { cuts: [26] });
  await basic.say('client', `grant_type=password&password=${encodeURIComponent(plant('form'))}`);
  await basic.say('client', `{"type":"connection_init","payload":{"x-anything":"${plant('connection_init')}"}}`);
  await basic.say('client', `40{"token":"${plant('Socket.IO')}"}`);
  await basic.say('client', `CONNECT\naccept-version:1.2\nlogin:alice\npasscode:${plant('STOMP')}\n\n\0`);
  const mqtt = plant('MQTT');
  await basic.say(
    'client',
    Buffer.from(`\x10\x2f\0\x04MQTT\x04\xc2\0\x3c\0\x03dev\0\x05alice\0${String.fromCharCode(mqtt.length)}${mqtt}`, 'latin1'),
    { type: 'binary' },
  );
  await basic.say(
    'server',
    Buffer.concat([Buffer.of(0, 255, 8, 200), Buffer.from(`apiKey="${plant('binary message')}"`), Buffer.of(0xfe, 0)]),
    { type: 'binary' },
  );
  await basic.say('server', `see ${jwt} and ghp_${plant('prefix ghp_', canary(71).replace('-', 'A'))} and sk-proj-${plant('prefix sk-')}`);
  await basic.say(
    'server',
    ['-----BEGIN ', 'PRIVATE KEY-----\n', plant('PEM', canary(70).replace('-', 'A')), '\n-----END ', 'PRIVATE KEY-----'].join(''),
  );
  await basic.say('server', JSON.stringify({ passphrase: odd }));
  await basic.say('server', `<a>${odd}</a> ${encodeURIComponent(odd)} ${JSON.stringify(JSON.stringify(odd))}`);
  await basic.say('client', Buffer.from(plant('Ping', bearer)), { type: 'ping' });
  await basic.say('server', Buffer.concat([Buffer.of(0x0f, 0xa0), Buffer.from(`token=${plant('Close reason')}`)]), { type: 'close' });
  all.push(...basic.close());

  const packed = createSession({ id: 'packed', deflate: true });
  for (const from of ['client', 'server'] as const) {
    await packed.say(from, `{"hello":"world","pad":"${'abc '.repeat(20)}"}`);
    await packed.say(from, JSON.stringify({ token: plant(`compressed, from the ${from}`) }), { maxFrame: 9, cuts: [3, 14, 15] });
    await packed.say(from, `again ${[...secrets.values()].at(-1)} and ${bearer}`);
    await packed.say(from, JSON.stringify({ secret: plant(`compressed with context, from the ${from}`), more: 'abc abc' }), { cuts: [5] });
  }
  all.push(...packed.close());

  const body = createSession({ id: 'body', status: '403 Forbidden', answer: ['Transfer-Encoding: chunked'] });
  const page = `{"access_token":"${plant('body in the chunked coding')}"}`;
  body.chunk('server', Buffer.from(`8\r\n${page.slice(0, 8)}\r\n10\r\n${page.slice(8, 24)}\r\n`));
  body.chunk('server', Buffer.from(`${(page.length - 24).toString(16)}\r\n${page.slice(24)}\r\n0\r\n\r\n`));
  all.push(...body.close());

  const zipped = createSession({ id: 'zipped', status: '401 Unauthorized', answer: ['Content-Encoding: gzip'] });
  zipped.chunk('server', gzipSync(`{"token":"${plant('body in gzip')}"}`));
  all.push(...zipped.close());

  all.push({
    at: '2026-01-31T09:05:00.000000Z',
    exchange: '',
    type: 'notice',
    level: 'info',
    text: `proxy http://me:${plant('notice')}@p.test:3128`,
  });
  return { events: all, secrets };
};
