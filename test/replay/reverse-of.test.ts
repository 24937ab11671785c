import { describe, expect, it } from 'vitest';
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

describe('the reverse mode that a recorded exchange needs', () => {
  it('leads to the recorded target, with the path that stood before the client’s', () => {
    const { exchange } = recordedOf([...reverse, ...handshake(), target('/base/chat'), got(requestHead().replace('api.test', 'up.test'))]);
    expect(reverseOf(exchange)).toEqual({ target: { scheme: 'wss', host: 'up.test', port: 443, path: '/base' }, keepHost: false });
  });

  it('keeps the Host where it was kept', () => {
    const { exchange } = recordedOf([...reverse, ...handshake(), target('/chat'), got(requestHead())]);
    expect(reverseOf(exchange)).toEqual({ target: { scheme: 'wss', host: 'up.test', port: 443, path: '/' }, keepHost: true });
  });

  it('is none for the other entrances', () => {
    expect(reverseOf(recordedOf([...tunnel, ...handshake(), ...ended(20)]).exchange)).toBeNull();
  });
});
