import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/model/exchange.js';
import { pathOn, routeOf } from '../../src/proxy/reverse-routes.js';
import { reverseOf } from '../../src/replay/reverse-of.js';
import { ended, handshake, type Moment, recordedOf, requestHead, tunnel } from './sample.js';

const reverse: readonly Moment[] = [
  [0, { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50000 }, entrance: null }],
  [1, { type: 'entrance', entrance: 'reverse', request: '' }],
];
const target = (path: string): Moment => [
  6,
  { type: 'target', target: { scheme: 'wss', host: 'up.test', port: 443, path }, kind: 'websocket' },
];
const got = (raw: string): Moment => [8, { type: 'head', site: 'serverGot', raw }];

const exchangeTo = (asked: string, due: string): Exchange =>
  recordedOf([...reverse, [5, { type: 'head', site: 'clientSent', raw: requestHead().replace(/^GET \S+/, `GET ${asked}`) }], target(due)])
    .exchange;

describe('the reverse mode that recorded exchanges need', () => {
  it('leads to the recorded target, with the path that stood before the client’s', () => {
    const { exchange } = recordedOf([...reverse, ...handshake(), target('/base/chat'), got(requestHead().replace('api.test', 'up.test'))]);
    const to = { scheme: 'wss', host: 'up.test', port: 443, path: '/base/chat' };
    expect(reverseOf([exchange])).toEqual({ routes: [{ prefix: '', target: to, base: '/base' }], keepHost: false });
  });

  it('keeps the Host where it was kept', () => {
    const { exchange } = recordedOf([...reverse, ...handshake(), target('/chat'), got(requestHead())]);
    expect(reverseOf([exchange])).toMatchObject({ routes: [{ prefix: '', base: '' }], keepHost: true });
  });

  it('has one entry for all paths that lead to one server alike, and one for each where they do not', () => {
    const [chat, feed] = [exchangeTo('/chat?room=1', '/base/chat?room=1'), exchangeTo('/feed', '/base/feed')];
    expect(reverseOf([chat, feed])?.routes).toMatchObject([{ prefix: '', base: '/base' }]);
    const stripped = exchangeTo('/api/users/', '/users/');
    expect(reverseOf([chat, stripped])?.routes).toMatchObject([
      { prefix: '/chat', base: '/base/chat' },
      { prefix: '/api/users', base: '/users' },
    ]);
  });

  it('leads every recorded path to its recorded path again', () => {
    for (const [asked, due] of [
      ['/api', '/'],
      ['/api?x=1', '/?x=1'],
      ['/api/', '/'],
      ['/api/v1/', '/v1/'],
      ['/', '/base/'],
    ] as const) {
      const routes = reverseOf([exchangeTo('/other', '/elsewhere'), exchangeTo(asked, due)])?.routes ?? [];
      const route = routeOf(routes, asked);
      expect(route && pathOn(route, asked)).toBe(due);
    }
  });

  it('is none for the other entrances', () => {
    expect(reverseOf([recordedOf([...tunnel, ...handshake(), ...ended(20)]).exchange])).toBeNull();
  });
});
