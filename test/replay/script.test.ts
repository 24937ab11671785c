import { describe, expect, it } from 'vitest';
import { type Script, scriptOf } from '../../src/replay/script.js';
import { connectHead, ended, handshake, left, type Moment, recordedOf, requestHead, tunnel } from './sample.js';

const scriptFor = (moments: readonly Moment[]): Script => {
  const script = scriptOf(recordedOf(moments));
  if (script.type !== 'script') throw new Error(script.why);
  return script;
};
const hello: Moment = [6, { type: 'client-hello', hello: { sni: 'api.test', alpn: ['http/1.1'], versions: ['TLSv1.3', 'TLSv1.2'] } }];
const wss: Moment = [6, { type: 'target', target: { scheme: 'wss', host: 'api.test', port: 443, path: '' }, kind: 'unknown' }];
const tlsDone: Moment = [
  7,
  {
    type: 'tls',
    leg: 'client',
    tls: { version: 'TLSv1.3', cipher: '', alpn: 'http/1.1', sni: 'api.test', chain: [], authorized: null, error: null },
  },
];
const tlsFailed: Moment = [
  7,
  { type: 'tls-failed', leg: 'client', failure: { code: 'ERR_SSL', message: '', alert: 48, firstBytes: '', chain: [], sni: 'api.test' } },
];
const badLeaf: Moment = [
  6,
  { type: 'fault', fault: { id: 'bad-cert', params: {}, stage: 'client-tls', leg: 'client', before: '', after: '' } },
];
const [, request, ...answer] = handshake();
const wssHandshake: readonly Moment[] = [
  [7, { type: 'target', target: { scheme: 'wss', host: 'api.test', port: 443, path: '/chat' }, kind: 'websocket' }],
  ...(request ? [request, ...answer] : []),
];
const connection = (request: string, entrance: 'socks5' | 'socks4a' | 'connect'): readonly Moment[] => [
  [0, { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50000 }, entrance }],
  ...(request === '' ? [] : ([[1, { type: 'entrance', entrance, request }]] as const)),
];
const hex = (script: Script): string[] => script.door.map(({ bytes }) => Buffer.from(bytes).toString('hex'));

describe('the script of a recorded exchange', () => {
  it('says CONNECT and the request head as the client did, byte for byte', () => {
    const script = scriptFor([...tunnel, ...handshake({ request: requestHead('x-ODD:  spaced') }), ...ended(50)]);
    expect(script.door.map(({ bytes, reply }) => [Buffer.from(bytes).toString('latin1'), reply])).toEqual([[connectHead, 'connect']]);
    expect(script.head).toBe(requestHead('x-ODD:  spaced'));
    expect(script).toMatchObject({ tls: null, doorTls: null, hangUp: 'fin', notes: [] });
  });

  it('cuts the recorded SOCKS5 bytes where the client waited for a reply', () => {
    const bytes = '\x05\x02\x00\x02\x05\x01\x00\x03\x08api.test\x00\x50';
    const script = scriptFor([...connection(bytes, 'socks5'), ...handshake(), ...ended(50)]);
    expect(hex(script)).toEqual(['05020002', '05010003086170692e746573740050']);
    expect(script.door.map(({ reply }) => reply)).toEqual(['socks5-method', 'socks5']);
  });

  it.each([
    ['connect', [Buffer.from(connectHead).toString('hex')]],
    ['socks5', ['050100', '05010003086170692e746573740050']],
    ['socks4a', ['0401005000000001006170692e7465737400']],
  ] as const)('opens the %s entrance anew for a later request of its connection, and says so', (entrance, bytes) => {
    const script = scriptFor([...connection('', entrance), ...handshake(), ...ended(50)]);
    expect(hex(script)).toEqual(bytes);
    expect(script.notes).toEqual(['It was a later request of its connection; the replay gives it a connection of its own.']);
  });

  it('speaks TLS inside the tunnel with the recorded SNI, ALPN and highest version', () => {
    const script = scriptFor([...tunnel, hello, wss, tlsDone, ...wssHandshake, ...ended(50)]);
    expect(script.tls).toEqual({
      host: 'api.test',
      sni: 'api.test',
      alpn: ['http/1.1'],
      maxVersion: 'TLSv1.3',
      statusRequest: false,
      trust: 'ours',
    });
    expect(script.doorTls).toBeNull();
  });

  it('speaks TLS to the port itself where the client did', () => {
    const reverse: Moment = [5, { type: 'entrance', entrance: 'reverse', request: '' }];
    const script = scriptFor([...tunnel.slice(0, 1), hello, tlsDone, reverse, ...handshake(), ...ended(50)]);
    expect(script.doorTls).toMatchObject({ sni: 'api.test' });
    expect(script).toMatchObject({ tls: null, door: [] });
  });

  it.each([
    ['took a good certificate', [hello, wss, tlsDone, ...wssHandshake], 'ours'],
    ['refused a bad certificate', [hello, wss, badLeaf, tlsFailed], 'ours'],
    ['took a bad certificate', [hello, wss, badLeaf, tlsDone, ...wssHandshake], 'anyone'],
    ['refused a good certificate', [hello, wss, tlsFailed], 'nobody'],
    ['left without a word behind a good certificate', [hello, wss, tlsDone], 'nobody'],
  ] as const)('trusts as a client that %s', (_, moments, trust) => {
    expect(scriptFor([...tunnel, ...moments, ...ended(50)]).tls?.trust).toBe(trust);
  });

  it('says that a head which Node had read is not byte for byte', () => {
    const reserialised: Moment = [7, { type: 'head', site: 'clientSent', raw: requestHead(), reserialised: true }];
    expect(scriptFor([...tunnel, ...handshake(), reserialised, ...ended(50)]).notes).toEqual([
      'Its request head is on record as Node had read it: names and order are as they were, spacing is not.',
    ]);
  });

  it('has the patience of a client that gave up on its server', () => {
    const [target, sent, got] = handshake();
    const silent = [...tunnel, ...[target, sent, got].flatMap((moment) => (moment ? [moment] : []))];
    expect(scriptFor([...silent, ...left(4000)]).patienceMs).toBe(4000);
    expect(scriptFor([...silent, ...left(20, 'reset')])).toMatchObject({ patienceMs: 1000, hangUp: 'reset' });
  });

  it.each([
    [
      'an opaque tunnel',
      [[6, { type: 'target', target: { scheme: 'tcp', host: 'a', port: 1, path: '' }, kind: 'tunnel' }]],
      /opaque tunnel/,
    ],
    ['a plain request', [[6, { type: 'target', target: { scheme: 'http', host: 'a', port: 1, path: '/' }, kind: 'http' }]], /plain HTTP/],
    ['a recording with holes', [...handshake(), [11, { type: 'bytes-lost', from: 'client', bytes: 12, why: '' }]], /lacks 12 bytes/],
  ] as const)('cannot be made of %s, and says why', (_, moments, why) => {
    const script = scriptOf(recordedOf([...tunnel, ...(moments as readonly Moment[])]));
    expect(script).toMatchObject({ type: 'unplayable', why: expect.stringMatching(why) });
  });
});
