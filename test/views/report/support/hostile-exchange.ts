import type { RecordedExchange } from '../../../../src/formats/format.js';
import type { Exchange } from '../../../../src/model/exchange.js';
import { emptyTally } from '../../../../src/model/frame.js';
import type { Head } from '../../../../src/model/head.js';
import type { Leg } from '../../../../src/model/leg.js';
import type { Message } from '../../../../src/wire/messages.js';
import { leaf } from '../../../support/exchange.js';

const at = '2026-01-31T12:00:00.000000Z';

const legOf = (side: Leg['side'], v: string): Leg => ({
  side,
  peer: { address: v, port: 80 },
  hello: { sni: v, alpn: [v], versions: [v] },
  tls: {
    version: v,
    cipher: v,
    alpn: v,
    sni: v,
    chain: [1, 2].map(() => ({
      ...leaf,
      subject: v,
      issuer: v,
      notBefore: v,
      notAfter: v,
      dnsNames: [v],
      ipAddresses: [v],
      keyType: v,
      signature: v,
      fingerprint: v,
      serial: v,
    })),
    authorized: false,
    error: v,
  },
  ...(side === 'server' ? { clientCertificate: { ...leaf, subject: v } } : {}),
  starting: { tls: 1, response: 2, total: 0 },
  timings: { tls: 1, response: 4, total: 9 },
  bytesIn: 1,
  bytesOut: 1,
  end: { how: 'reset', by: 'peer', code: v, at },
  goaway: { code: v, lastStream: 1, debug: v },
});

const messagesOf = (v: string): Message[] =>
  (['text', 'binary', 'ping', 'close', 'text'] as const).map((type, index) => {
    const content =
      type === 'close' ? Buffer.concat([Buffer.from([3, 232]), Buffer.from(v)]) : Buffer.from(index === 4 ? `${v} `.repeat(200) : v);
    return {
      from: index % 2 === 0 ? 'client' : 'server',
      type,
      bytes: content,
      length: content.length,
      wireBytes: 9,
      frames: 2,
      cut: index === 0,
      compressed: true,
      error: v,
    };
  });

/** Defects are given: what a parser finds odd would be another list for each text. */
const headOf = (raw: string, note: string): Head => ({
  raw,
  startLine: raw.split('\r\n')[0] ?? '',
  headers: [],
  defects: [{ code: 'bad-name', offset: 1, note, ambiguous: true }],
});

/** An exchange that has this text in every field that could hold one. */
export const hostileExchange = (v: string, number: number): RecordedExchange => {
  const line = v.replace(/[\r\n]/g, ' ');
  const request = headOf(`GET /${line} HTTP/1.1\r\n${line}: ${line}\r\nHost: ${line}\r\n ${line}\r\n\r\n`, v);
  const got = headOf(`GET /a${line} HTTP/1.1\r\nX-${line}: b${line}\r\nHost: ${line}\r\n\r\n`, v);
  const answer = headOf(`HTTP/1.1 101 ${line}\r\nSec-WebSocket-Protocol: ${line}\r\n${line}\r\n\r\n`, v);
  const tally = {
    ...emptyTally,
    frames: 4,
    messages: 2,
    close: { code: 1000, reason: v },
    defects: [{ code: 'rsv' as const, offset: 1, note: v }],
  };
  const exchange: Exchange = {
    id: `${v}${number}`,
    connection: 1,
    given: {},
    startedAt: at,
    endedAt: at,
    kind: 'websocket',
    entrance: 'connect',
    door: { request: v, reply: v },
    target: { scheme: 'ws', host: v, port: 80, path: `/${v}` },
    client: legOf('client', v),
    server: legOf('server', v),
    upstream: {
      proxy: { scheme: 'http', host: v, port: 3128 },
      request: v,
      reply: v,
      status: 403,
      outcome: 'refused',
      why: v,
      tls: null,
      tlsFailure: { code: v, message: v, alert: 48, firstBytes: v, chain: [], sni: v },
    },
    dialFailure: { code: v, message: v, attempts: [] },
    dialAttempts: [{ address: v, code: v, ms: 1 }],
    resolveOverride: [v],
    mirrored: { defects: [v], possible: true },
    heads: { clientSent: request, serverGot: got, serverSent: answer, clientGot: answer },
    http2: { stream: 1, settings: { client: { [v]: 1 }, server: { [v]: 2 } } },
    informational: [answer],
    notAHead: { clientSent: { raw: v, why: 'unknown-bytes' }, serverSent: { raw: v, why: 'truncated' } },
    status: 101,
    body: v,
    applied: [{ id: v, params: { [v]: v }, stage: 'request', leg: 'server', before: `one\n${v}`, after: `${v}\nother` }],
    faultFailures: [{ id: v, message: v }],
    refusal: { status: 502, why: 'dial-failed', text: v },
    frames: { fromClient: tally, fromServer: tally },
    lostBytes: 3,
    marks: { open: 1, lastByte: 2, closed: 3 },
    outcome: 'closed',
    imported: { from: 'har', creator: v, lacks: [], close: { code: 1000, reason: v }, error: v },
  };
  return {
    exchange,
    findings: [1, 2].map(() => ({
      code: v,
      cause: 'origin' as const,
      severity: 'error' as const,
      confidence: 0.9,
      title: v,
      evidence: [{ leg: 'server' as const, what: 'body' as const, text: v, offset: 3 }],
      ruledOut: [],
      culprit: v,
      fix: [1, 2, 3, 4].map(() => ({ for: v, text: v, config: `a\n${v}\n` })),
      rfc: v,
    })),
    messages: async function* () {
      yield messagesOf(v).map((message) => ({ message, at }));
    },
    chunks: async function* () {},
    events: async function* () {},
  };
};
