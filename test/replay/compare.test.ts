import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../src/model/event.js';
import type { Finding } from '../../src/model/finding.js';
import { compare } from '../../src/replay/compare.js';
import type { Recorded } from '../../src/replay/recorded.js';
import { encodeMessage } from '../../src/wire/frame-encoder.js';
import {
  clientSays,
  ended,
  handshake,
  left,
  type Moment,
  normal,
  recordedOf,
  requestHead,
  serverFrame,
  serverSays,
  switching,
  tunnel,
} from './sample.js';

const finding = (code: string): Finding => ({
  code,
  cause: 'server',
  severity: 'error',
  confidence: 1,
  title: '',
  evidence: [],
  ruledOut: [],
  culprit: null,
  fix: [],
  rfc: '',
});
const differences = (recorded: Recorded, now: Recorded, refusedCertificate = false) =>
  compare({
    recorded,
    now,
    refusedCertificate,
    findingsOf: ({ status }) => (status === 101 ? [] : [finding(`server.status-${status}`)]),
  }).map(({ where, recorded: then, now: later }) => [where, then, later]);
const exchange = (moments: readonly Moment[]): Recorded => recordedOf([...tunnel, ...moments], '7');
const opened = (answer: string, ...moments: readonly Moment[]): Recorded =>
  exchange([...handshake({ answer }), ...moments, ...(moments.some(([, what]) => 'type' in what) ? [] : ended(99))]);
const answered = (...fields: readonly string[]): Recorded => opened(switching(...fields));
const refused = (status: string): Recorded => exchange([...handshake({ answer: `HTTP/1.1 ${status}\r\n\r\n` }), ...ended(99)]);

describe('the comparison of a replay with its record', () => {
  it('finds nothing between two runs of the same', () => {
    const run = opened(switching(), [20, clientSays('a')], [21, serverSays('b')], [22, serverFrame('close', normal)]);
    expect(differences(run, run)).toEqual([]);
  });

  it('names the status first, then what follows from it, and nothing of the other answer', () => {
    const now = exchange([...handshake({ answer: 'HTTP/1.1 403 Forbidden\r\nServer: nginx\r\n\r\n' }), ...ended(99)]);
    expect(differences(opened(switching(), [21, serverSays('b')]), now)).toEqual([
      ['status', '101', '403'],
      ['outcome', 'closed', 'refused'],
      ['finding', 'none', 'server.status-403'],
    ]);
  });

  it('compares the answer field by field, whatever the case of the names', () => {
    expect(differences(answered('Server: a', 'X-One: 1', 'x-both: 1'), answered('Server: b', 'X-Two: 2', 'X-Both: 1'))).toEqual([
      ['response-head', 'server: a', 'server: b'],
      ['response-head', 'x-one: 1', 'no x-one'],
      ['response-head', 'no x-two', 'x-two: 2'],
    ]);
  });

  it('compares the reason phrase', () => {
    expect(differences(refused('400 Bad Request'), refused('400 No'))).toEqual([
      ['response-head', 'HTTP/1.1 400 Bad Request', 'HTTP/1.1 400 No'],
    ]);
  });

  it('leaves out what no two answers share', () => {
    const volatile = (one: string) => [
      `Date: ${one}`,
      `X-Request-Id: ${one}`,
      `CF-RAY: ${one}`,
      `Age: ${one}`,
      `Set-Cookie: sid=${one}; Path=/`,
    ];
    expect(differences(answered(...volatile('1')), answered(...volatile('2')))).toEqual([]);
  });

  it('sees a cookie that is set no more', () => {
    expect(differences(answered('Set-Cookie: sid=1', 'Set-Cookie: csrf=1'), answered('Set-Cookie: sid=2'))).toEqual([
      ['response-head', 'set-cookie: sid=..., csrf=...', 'set-cookie: sid=...'],
    ]);
  });

  it('compares Sec-WebSocket-Accept only where the server was asked with the same key', () => {
    const other = switching().replace('s3pP', 'AAAA');
    const otherKey = exchange([
      ...handshake({ answer: other }),
      [10, { type: 'head', site: 'serverGot', raw: requestHead().replace('dGhl', 'AAAA') }],
      ...ended(99),
    ]);
    expect(differences(opened(switching()), opened(other))).toHaveLength(1);
    expect(differences(opened(switching()), otherKey)).toEqual([]);
  });

  it('names the subprotocol and the extensions by themselves', () => {
    expect(
      differences(
        answered('Sec-WebSocket-Protocol: chat', 'Sec-WebSocket-Extensions: permessage-deflate'),
        answered('Sec-WebSocket-Protocol: v2'),
      ),
    ).toEqual([
      ['subprotocol', 'chat', 'v2'],
      ['extensions', 'permessage-deflate', 'none'],
    ]);
  });

  it('shows the first message that differs, and the count', () => {
    const then = opened(switching(), [20, serverSays('same')], [21, serverSays('one')], [22, serverSays('x')]);
    const now = opened(switching(), [20, serverSays('same')], [21, serverSays('two')]);
    expect(differences(then, now)).toEqual([
      ['messages', 'message 2: "one"', 'message 2: "two"'],
      ['messages', '3 messages', '2 messages'],
    ]);
  });

  it('sees one message more', () => {
    expect(differences(answered(), opened(switching(), [20, serverSays('hi')]))).toEqual([
      ['messages', 'message 1: none', 'message 1: "hi"'],
      ['messages', '0 messages', '1 message'],
    ]);
  });

  it('tells text from binary', () => {
    const binary = { from: 'server' as const, chunk: encodeMessage({ type: 'binary', bytes: Buffer.from('hi') }) };
    expect(differences(opened(switching(), [20, serverSays('hi')]), opened(switching(), [20, binary]))).toEqual([
      ['messages', 'message 1: "hi"', 'message 1: 2 bytes 6869'],
    ]);
  });

  it('compares what messages say, not their frames, their compression or the Pings between them', () => {
    const field = 'Sec-WebSocket-Extensions: permessage-deflate';
    const bytes = deflateRawSync(Buffer.from('hello'), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
    const compressed = { from: 'server' as const, chunk: encodeMessage({ type: 'text', bytes, compressed: true, maxFrame: 2 }) };
    const agreed = (...moments: readonly Moment[]) =>
      exchange([...handshake({ request: requestHead(field), answer: switching(field) }), ...moments, ...ended(99)]);
    expect(differences(agreed([20, serverSays('hello')]), agreed([20, serverFrame('ping')], [21, compressed]))).toEqual([]);
  });

  it('compares how the server closed', () => {
    const then = opened(switching(), [20, serverFrame('close', normal)]);
    const now = opened(switching(), [20, serverFrame('close', Buffer.from('\x03\xf3oops', 'latin1'))]);
    expect(differences(then, now)).toEqual([['close', '1000', '1011 "oops"']]);
    expect(differences(then, answered())).toEqual([['close', '1000', 'no Close frame']]);
  });

  it('tells a server that broke off from one that ended in order, and not who was first', () => {
    const reset: Moment[] = [[20, { type: 'end', leg: 'server', how: 'reset', by: 'peer', code: 'ECONNRESET' }], ...ended(21)];
    expect(differences(answered(), exchange([...handshake(), ...reset]))).toEqual([
      ['end', 'in order', 'broken off by the server (reset)'],
    ]);
    expect(differences(answered(), exchange([...handshake(), ...left(20)]))).toEqual([]);
  });

  it('does not blame a replay for ending what was still open', () => {
    expect(differences(exchange(handshake()), opened(switching(), [20, serverFrame('close', normal)]))).toEqual([]);
  });

  it('names what happened before the answer, and before what follows from it', () => {
    const refusal: EventBody = { type: 'refused', status: 502, why: 'dial-failed', text: '' };
    const now = exchange([
      [6, { type: 'dial-failed', failure: { code: 'ECONNREFUSED', message: '', attempts: [] } }],
      [7, refusal],
      ...ended(8),
    ]);
    expect(differences(answered(), now).slice(0, 3)).toEqual([
      ['dial', 'no failure', 'failed (ECONNREFUSED)'],
      ['status', '101', '502, by shakedown (dial-failed)'],
      ['outcome', 'closed', 'failed'],
    ]);
  });

  it('sees the server leg of TLS change', () => {
    const tls = (error: string | null): Moment => [
      6,
      {
        type: 'tls',
        leg: 'server',
        tls: { version: 'TLSv1.3', cipher: '', alpn: null, sni: null, chain: [], authorized: error === null, error },
      },
    ];
    expect(
      differences(exchange([tls(null), ...handshake(), ...ended(99)]), exchange([tls('CERT_HAS_EXPIRED'), ...handshake(), ...ended(99)])),
    ).toEqual([['server-tls', 'TLSv1.3, certificate good', 'TLSv1.3, certificate bad (CERT_HAS_EXPIRED)']]);
  });

  it('counts a client that refused the certificate with an alert and one that just left as the same', () => {
    const alert: Moment = [
      6,
      { type: 'tls-failed', leg: 'client', failure: { code: '', message: '', alert: 45, firstBytes: '', chain: [], sni: null } },
    ];
    const then = exchange([alert, ...ended(9)]);
    expect(differences(then, exchange(ended(9)), true)).toEqual([]);
    expect(differences(then, exchange(ended(9)), false)).toEqual([
      ['client-tls', 'broken off by the client', 'no objection of the client'],
    ]);
  });
});
