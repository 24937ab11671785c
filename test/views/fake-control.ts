import type {
  ArmedFault,
  Control,
  Difference,
  EngineInfo,
  ExchangeDetail,
  ExchangeRow,
  MessageContent,
} from '../../src/control/control.js';
import { parseChoice } from '../../src/faults/choice.js';
import { compileListFilter } from '../../src/filter/list-filter.js';
import { startFold } from '../../src/fold/fold.js';
import { rowOf } from '../../src/ledger/row.js';
import { isoTime } from '../../src/model/clock.js';
import type { Event, EventBody } from '../../src/model/event.js';
import type { Finding } from '../../src/model/finding.js';
import { urlOf } from '../../src/model/target.js';

export const t0 = Date.UTC(2026, 0, 31, 12, 0, 0);

/** An exchange as the fold makes it of these events, a millisecond apart. */
export const detailOf = (id: string, bodies: readonly EventBody[], findings: readonly Finding[] = [], startMs = t0): ExchangeDetail => {
  const fold = startFold(id);
  for (const [index, body] of bodies.entries()) fold.apply({ at: isoTime(startMs + index), exchange: id, ...body } as Event);
  const { exchange } = fold;
  return { exchange, findings, url: exchange.target ? urlOf(exchange.target) : '' };
};

export const rejected: Finding = {
  code: 'origin.rejected',
  cause: 'origin',
  severity: 'error',
  confidence: 0.95,
  title: 'The server refused the handshake because of its Origin http://app.example.',
  evidence: [
    { leg: 'server', what: 'response-head', text: 'HTTP/1.1 403 Forbidden', offset: 0 },
    { leg: 'client', what: 'request-head', text: 'Origin: http://app.example' },
  ],
  ruledOut: [],
  culprit: 'nginx/1.22.1',
  fix: [
    {
      for: 'ws (Node)',
      text: 'Allow this Origin in verifyClient.',
      config: "const allowed = ['http://app.example'];\n\tverifyClient: ({ origin }) => allowed.includes(origin)",
    },
  ],
  rfc: 'RFC 6455 section 4.2.2',
};

export const request = (host = 'api.example.com', path = '/socket', origin = 'http://app.example'): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${origin}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n`;
const switching =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const forbidden = 'HTTP/1.1 403 Forbidden\r\nServer: nginx/1.22.1\r\nContent-Length: 9\r\n\r\n';

const begin = (host: string, path: string): EventBody[] => [
  { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 51234 }, entrance: 'connect' },
  { type: 'entrance', entrance: 'connect', request: `CONNECT ${host}:443 HTTP/1.1\r\n\r\n` },
  { type: 'target', target: { scheme: 'wss', host, port: 443, path }, kind: 'websocket' },
  { type: 'dial', host, port: 443 },
  { type: 'resolved', addresses: ['192.0.2.7'] },
  { type: 'dialled', peer: { address: '192.0.2.7', port: 443 } },
  { type: 'tls-start', leg: 'server' },
  { type: 'tls', leg: 'server', tls: tls(host) },
  { type: 'head', site: 'clientSent', raw: request(host, path) },
];
const tls = (host: string) => ({
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: 'http/1.1',
  sni: host,
  chain: [
    {
      subject: `CN=${host}`,
      issuer: 'CN=Example CA, O=Example',
      serial: '01',
      notBefore: '2025-11-01T00:00:00.000Z',
      notAfter: '2026-02-01T00:00:00.000Z',
      dnsNames: [host],
      ipAddresses: [],
      keyType: 'ec',
      keyBits: 256,
      signature: 'ecdsa-with-SHA256',
      isCa: false,
      selfSigned: false,
      extendedKeyUsage: null,
      fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
      der: '',
    },
  ],
  authorized: true,
  error: null,
});
const over: EventBody = { type: 'closed', client: { in: 1, out: 1 }, server: { in: 1, out: 1 } };

/** A server that says 403, and a fault that changed the Origin on the way. */
export const refused = (id = 'x-refused', host = 'api.example.com', path = '/socket'): ExchangeDetail => {
  const before = request(host, path);
  const after = before.replace('Origin: http://app.example', 'Origin: https://evil.example').replace('Upgrade: websocket\r\n', '');
  return detailOf(
    id,
    [
      ...begin(host, path),
      {
        type: 'fault',
        fault: { id: 'wrong-origin', params: { value: 'https://evil.example' }, stage: 'request', leg: 'server', before, after },
      },
      { type: 'head', site: 'serverGot', raw: after },
      { type: 'head', site: 'serverSent', raw: forbidden },
      { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
      { type: 'bytes', from: 'server', data: Buffer.from('Forbidden').toString('base64') },
      { type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' },
      { type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' },
      over,
    ],
    [rejected],
  );
};

/** A healthy WebSocket: a text from the client, a Close from both. */
export const healthy = (id = 'x-healthy', host = 'api.example.com', path = '/socket'): ExchangeDetail =>
  detailOf(id, [
    ...begin(host, path),
    { type: 'head', site: 'serverGot', sameAs: 'clientSent' },
    { type: 'head', site: 'serverSent', raw: switching },
    { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
    { type: 'bytes', from: 'client', data: Buffer.from('818500000000 48656c6c6f'.replace(' ', ''), 'hex').toString('base64') },
    { type: 'bytes', from: 'client', data: Buffer.from('88850000000003e8627965', 'hex').toString('base64') },
    { type: 'bytes', from: 'server', data: Buffer.from('880203e8', 'hex').toString('base64') },
    { type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' },
    { type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' },
    over,
  ]);

export const open = (id = 'x-open', host = 'live.example.com', path = '/ticker'): ExchangeDetail =>
  detailOf(id, [
    ...begin(host, path),
    { type: 'head', site: 'serverGot', sameAs: 'clientSent' },
    { type: 'head', site: 'serverSent', raw: switching },
    { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
  ]);

/** Nobody listens there. */
export const failed = (id = 'x-failed', host = 'db.internal', path = '/'): ExchangeDetail =>
  detailOf(
    id,
    [
      ...begin(host, path).filter(({ type }) => !['resolved', 'dialled', 'tls', 'tls-start'].includes(type)),
      { type: 'dial-failed', failure: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 192.0.2.7:443', attempts: [] } },
      { type: 'refused', status: 502, why: 'dial-failed', text: 'No connection to db.internal:443.' },
      over,
    ],
    [{ ...rejected, code: 'url.refused', cause: 'url', title: 'Nobody listens at db.internal:443.', ruledOut: [], culprit: null, rfc: '' }],
  );

export const info: EngineInfo = {
  version: '0.1.0',
  proxy: 'http://127.0.0.1:8101',
  reverse: [],
  lan: null,
  ca: '/srv/me/.local/share/shakedown/ca.pem',
  leafPin: 'b3VyIGxlYXZlcyBzaGFyZSB0aGlzIGtleSAzMiBieXRlcyE=',
  recording: '/srv/me/.local/share/shakedown/2026-01-31.jsonl',
  seed: 42,
  pid: 1,
  control: null,
  token: null,
};

export interface FakeControl extends Control {
  /** Every call by its name, in order. */
  readonly calls: string[];
  readonly emit: (event: Event) => void;
  /** Adds or changes an exchange. */
  readonly put: (...details: readonly ExchangeDetail[]) => void;
  /** From now on every call rejects. */
  readonly die: () => void;
  readonly most: () => number;
}

/** A control over a few exchanges in memory; arming uses the real syntax. */
export const fakeControl = (
  details: readonly ExchangeDetail[] = [],
  given: Partial<EngineInfo> = {},
  differences: readonly Difference[] = [],
  messages: readonly MessageContent[] = [],
): FakeControl => {
  const held = new Map(details.map((detail) => [detail.exchange.id, detail]));
  const listeners = new Set<(event: Event) => void>();
  const calls: string[] = [];
  let armed: ArmedFault[] = [];
  let version = 1;
  let keys = 0;
  let dead = false;
  let underWay = 0;
  let most = 0;
  const call = async <T>(name: string, answer: () => T): Promise<T> => {
    calls.push(name);
    most = Math.max(most, ++underWay);
    await Promise.resolve();
    underWay--;
    if (dead) throw new Error('the worker has ended');
    return answer();
  };
  const rowFor = ({ exchange, findings, url }: ExchangeDetail): ExchangeRow => ({ ...rowOf(exchange, findings, t0 + 5000), url });
  return {
    calls,
    most: () => most,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    put: (...more) => {
      for (const detail of more) held.set(detail.exchange.id, detail);
      version++;
    },
    die: () => {
      dead = true;
    },
    info: () => call('info', () => ({ ...info, ...given })),
    version: () => call('version', () => version),
    rows: ({ from, limit, filter = '' }) =>
      call('rows', () => {
        const wanted = filter === '' ? null : compileListFilter(filter);
        const all = [...held.values()].filter(
          ({ exchange, findings }) => wanted?.begin({ exchange, findings: () => findings }).result() ?? true,
        );
        const rows = all.slice(from, from + limit).map(rowFor);
        return { total: all.length, rows, ...(wanted && { searched: held.size }) };
      }),
    messages: (_id, { from, limit }) =>
      call(`messages ${from}+${limit}`, () => ({
        total: messages.length,
        messages: messages.slice(from, from + limit).map(({ bytes, ...facts }) => ({ ...facts, start: bytes.slice(0, 200) })),
      })),
    message: (_id, number) => call(`message ${number}`, () => messages[number] ?? null),
    searchMessages: (_id, text) =>
      call(`search ${text}`, () => ({
        numbers: messages.filter(({ bytes }) => Buffer.from(bytes).includes(text)).map(({ number }) => number),
        more: false,
      })),
    detail: (id) => call('detail', () => held.get(id) ?? null),
    curl: (id) => call(`curl ${id}`, () => `curl 'https://example.com/${id}'\n`),
    armed: () => call('armed', () => armed),
    arm: (choice) =>
      call(`arm ${typeof choice === 'string' ? choice : choice.fault}`, () => {
        const one = { choice: { ...(typeof choice === 'string' ? parseChoice(choice) : choice), key: `k${++keys}` }, applied: 0 };
        armed = [...armed, one];
        version++;
        return one;
      }),
    disarm: (key) =>
      call(`disarm ${key}`, () => {
        armed = armed.filter(({ choice }) => choice.key !== key);
        version++;
      }),
    disarmAll: () => call('disarmAll', () => armed.splice(0).length),
    rules: () => call('rules', () => []),
    replaceRules: () => call('replaceRules', () => []),
    inject: (id) => call(`inject ${id}`, () => undefined),
    close: (id) => call(`close ${id}`, () => undefined),
    kill: (id) => call(`kill ${id}`, () => undefined),
    holds: () => call('holds', () => ({ holds: [], held: [] })),
    hold: (spec) => call(`hold ${spec.at}`, () => ({ id: 'hold-1', caught: 0, ms: 1000, ...spec })),
    unhold: (id) => call(`unhold ${id}`, () => undefined),
    release: (id) => call(`release ${id}`, () => undefined),
    replay: (id) => call(`replay ${id}`, () => ({ same: differences.length === 0, differences, recording: null, exchanges: ['x-again'] })),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => call('stop', () => undefined),
  };
};

/** Messages as the control gives them: `client text hello`, a millisecond apart. */
export const messagesOf = (...texts: readonly (string | Partial<MessageContent>)[]): MessageContent[] =>
  texts.map((given, number) => {
    const [, from = 'server', type = 'text', text = ''] =
      /^(client|server) (\w+) ?(.*)$/s.exec(typeof given === 'string' ? given : '') ?? [];
    const bytes = typeof given === 'string' ? Buffer.from(text) : (given.bytes ?? Buffer.alloc(0));
    const sizes = { length: bytes.length, wireBytes: bytes.length + 2, frames: 1, cut: false, compressed: false };
    const base = { number, at: isoTime(t0 + 20 + number), from: from as 'client', type: type as 'text', bytes, ...sizes };
    return typeof given === 'string' ? base : { ...base, ...given };
  });
