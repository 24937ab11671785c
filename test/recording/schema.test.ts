import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeFirstLine, decodeLine, encodeEvent } from '../../src/recording/codec.js';
import { testFolder } from '../e2e/support/folder.js';
import { endAll, runCli, startShakedown } from '../e2e/support/shakedown.js';
import { converse } from '../e2e/support/talk.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { stepsOfExchanges } from './support/events.js';

const docs = new URL('../../docs/', import.meta.url);
const canned = new URL('../recordings/', import.meta.url);
const schemaOf = (name: string): ValidateFunction =>
  new Ajv2020({ strict: true, strictRequired: false, allErrors: false }).compile(JSON.parse(readFileSync(new URL(name, docs), 'utf8')));
const lineSchema = schemaOf('recording.schema.json');
const inspectSchema = schemaOf('inspect.schema.json');

const folder = testFolder();
let server: EchoServer;
let fresh: string;
beforeAll(async () => {
  server = await startEchoServer({ origins: ['http://good.example', ''] });
  const { ready, stop } = await startShakedown(folder, ['--record', join(folder, 'fresh.jsonl'), '--fault', 'drop-upgrade:times=1']);
  await withNpmWs({ url: server.url, proxy: ready.proxy });
  await converse(ready.proxy, server.url, 'hello', 'grüße');
  await withNpmWs({ url: server.url, proxy: ready.proxy, origin: 'http://evil.example' });
  await withNpmWs({ url: 'wss://127.0.0.1:9/', proxy: ready.proxy });
  await stop();
  fresh = join(folder, 'fresh.jsonl');
});
afterAll(async () => {
  endAll();
  await server.close();
});

const linesIn = (path: string | URL): readonly string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
/** The lines that a schema does not take, with what it says. */
const refusedBy = (schema: ValidateFunction, lines: readonly string[]) =>
  lines.filter((line) => !schema(JSON.parse(line))).map((line) => [line.slice(0, 200), JSON.stringify(schema.errors)]);

describe('docs/recording.schema.json', () => {
  it('takes every line of every canned recording', () => {
    const files = readdirSync(canned).filter((name) => name.endsWith('.jsonl'));
    expect(files).not.toEqual([]);
    for (const name of files) expect(refusedBy(lineSchema, linesIn(new URL(name, canned)))).toEqual([]);
  });

  it('takes every line of a recording that was just made', () => {
    const lines = linesIn(fresh);
    expect(new Set(lines.map((line) => JSON.parse(line).type)).size).toBeGreaterThan(15);
    expect(refusedBy(lineSchema, lines)).toEqual([]);
  });

  it('takes what a later shakedown may add: a field, a word, a type', () => {
    const [, ...lines] = linesIn(fresh);
    for (const line of lines) expect(lineSchema({ ...JSON.parse(line), later: { more: 1 } })).toBe(true);
    expect(lineSchema({ at: '2026-01-31T09:05:00.000000Z', exchange: '1', type: 'from-the-future', what: 1 })).toBe(true);
    const closed = { at: '2026-01-31T09:05:00.000000Z', exchange: '1', type: 'disarmed', key: 'a', why: 'later' };
    expect(lineSchema(closed)).toBe(true);
  });

  it('takes no first line that the reader refuses', () => {
    const [first = ''] = linesIn(fresh);
    const field = fc.constantFrom('format', 'version', 'startedAt', 'shakedown');
    fc.assert(
      fc.property(field, fc.jsonValue(), (name, value) => {
        const line = JSON.stringify({ ...JSON.parse(first), [name]: value });
        if (lineSchema(JSON.parse(line))) expect(decodeFirstLine(line)).toBeDefined();
      }),
    );
    expect(decodeFirstLine(first)).toBeDefined();
  });

  it('says what everything is', () => {
    const { $defs } = JSON.parse(readFileSync(new URL('recording.schema.json', docs), 'utf8'));
    expect(
      Object.entries($defs).filter(([name, schema]) => name.startsWith('event-') && !(schema as { description?: string }).description),
    ).toEqual([]);
  });
});

/** Every path to a value within a value. */
const pathsIn = (value: unknown): readonly (readonly string[])[] => {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, entry]) => pathsIn(entry).map((path) => [key, ...path]))];
};
type Change = (holder: Record<string, unknown>, key: string) => void;

const changed = (value: unknown, path: readonly string[], change: Change): unknown => {
  const copy = structuredClone(value) as Record<string, unknown>;
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  change(holder, path.at(-1) ?? '');
  return copy;
};

const times = fc.oneof(
  fc.constantFrom('2026-02-30T00:00:00Z', '2026-01-31T24:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T00:60:00.1Z', '2026-01-01T00:00:60Z'),
  fc.constantFrom(
    '2026-01-31T09:05:00.1234567890Z',
    '2026-01-31T09:05:00.Z',
    '2026-01-31T09:05:00',
    '2026-01-31T24:00:01Z',
    '0000-00-00T00:00:00Z',
  ),
  fc.array(fc.constantFrom('2', '0', '1', '9', '-', 'T', ':', '.', 'Z'), { minLength: 18, maxLength: 28 }).map((parts) => parts.join('')),
);
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    'client',
    'server',
    'clientSent',
    'serverGot',
    'wss',
    'tcp',
    'peer',
    'shakedown',
    'cook',
    true,
    null,
    '',
    '\u0100',
    '\xff',
    1e300,
  ),
  times,
);
const replaced =
  (value: unknown): Change =>
  (holder, key) => {
    Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
  };
const removed: Change = (holder, key) => void delete holder[key];
const added =
  (value: unknown, name: string): Change =>
  (holder, key) => {
    const inner = holder[key];
    if (typeof inner === 'object' && inner !== null) replaced(value)(inner as Record<string, unknown>, name);
  };
const change: fc.Arbitrary<Change> = fc.oneof(
  anything.map(replaced),
  fc.constant(removed),
  fc.tuple(anything, fc.constantFrom('__proto__', 'constructor', 'later', 'raw', 'toString')).map(([value, name]) => added(value, name)),
);

const address = { scheme: 'http', host: 'proxy.example', port: 3128 };
const certificate = {
  ...{
    subject: 'CN=a',
    issuer: 'CN=b',
    serial: '1',
    notBefore: '',
    notAfter: '',
    dnsNames: ['a'],
    ipAddresses: [],
    keyType: 'ec',
    keyBits: 256,
  },
  ...{
    signature: '',
    isCa: false,
    selfSigned: false,
    extendedKeyUsage: ['1.2'],
    caIssuers: ['http://ca.example'],
    fingerprint: '',
    der: '',
  },
};
const tls = { version: 'TLSv1.3', cipher: '', alpn: 'h2', sni: 'a', chain: [certificate], authorized: true, error: 'X', staple: 'revoked' };
const failure = { code: 'X', message: '', alert: 48, firstBytes: '', chain: [certificate], sni: 'a', staple: 'revoked' };
/** Of the types that neither recording holds, or not with all their fields. */
const rareEvents = [
  {
    type: 'imported',
    kind: 'websocket',
    from: 'har',
    creator: 'WebInspector 537.36',
    lacks: ['frames', 'close'],
    status: 403,
    open: 1.5,
    lostBytes: 1,
    close: { code: 1006, reason: '' },
    error: 'Connection closed before receiving a handshake response',
    timings: { dns: 1, connect: 2, tls: 3 },
  },
  { type: 'resolved', addresses: ['127.0.0.1'], override: ['a=127.0.0.1'] },
  { type: 'dialled', peer: { address: '127.0.0.1', port: 1 }, attempts: [{ address: '::1', code: 'X', ms: 1 }] },
  { type: 'dial-failed', failure: { code: 'X', message: '', attempts: [{ address: '::1', code: 'X', ms: 1 }] } },
  { type: 'upstream', proxy: address, request: '' },
  { type: 'upstream-tls', tls },
  { type: 'upstream-tls-failed', failure },
  { type: 'upstream-reply', reply: '', outcome: 'ok', status: 200, why: '' },
  { type: 'client-certificate', shown: certificate },
  { type: 'head', site: 'clientSent', raw: 'GET / HTTP/1.1', sameAs: 'serverGot', informational: true, reserialised: true },
  { type: 'http2', stream: 1, settings: { client: { A: 1 }, server: { B: 2 } } },
  { type: 'goaway', leg: 'server', code: 'NO_ERROR', lastStream: 1, debug: '' },
  { type: 'bytes-lost', from: 'client', bytes: 1, why: 'slow-disk', resume: { left: 1, header: '', unfinished: false } },
  { type: 'fault', fault: { id: 'a', params: { a: 1, b: 'x', c: true }, stage: 'request', leg: 'server', before: '', after: '' } },
  { type: 'fault-failed', id: 'a', message: '' },
  { type: 'detour', from: 'client' },
  { type: 'given', from: 'server', data: '' },
  { type: 'held', held: 'held-1', hold: 'hold-1', what: 'request', from: 'client' },
  { type: 'released', held: 'held-1', how: 'edited', why: 'asked' },
  { type: 'injected', to: 'server', frame: 'text', bytes: 1 },
  { type: 'hold', hold: 'hold-1', what: 'message', from: 'client', match: 'message ~ a' },
  { type: 'unhold', hold: 'hold-1', why: 'asked' },
  { type: 'armed', choice: { key: 'a', fault: 'b', params: { a: 1 }, probability: 1, times: 1 } },
];

describe('the schema and the reader agree', () => {
  const agree = (value: unknown): void => {
    const line = JSON.stringify(value);
    const taken = decodeLine(line);
    // Stated: who the schema says is a first line is one only at the beginning of a file.
    if (decodeFirstLine(line)) return;
    expect({ line, taken: lineSchema(JSON.parse(line)) }).toEqual({ line, taken: taken.type !== 'damage' });
  };
  const lines = () => [...linesIn(new URL('v1.jsonl', canned)).slice(1), ...linesIn(fresh).slice(1)].filter((line) => line.length < 20_000);

  it('on an event of every type with each of its values taken away, or replaced by one of every kind', () => {
    const real = new Map<string, { readonly type: string }>();
    for (const line of lines()) {
      const value = JSON.parse(line);
      // The longest of a type has the most in it.
      if (line.length > JSON.stringify(real.get(value.type) ?? '').length) real.set(value.type, value);
    }
    const samples = [...rareEvents.map((event) => ({ at: '2026-01-31T09:05:00.000000Z', exchange: '1', ...event })), ...real.values()];
    const { $defs } = JSON.parse(readFileSync(new URL('recording.schema.json', docs), 'utf8'));
    expect(new Set(samples.map(({ type }) => type))).toEqual(new Set($defs.event.properties.type.examples));
    const kinds = ['', 'x', '\u0100', 'client', 0, 1.5, true, false, null, [], [1], ['x'], {}, { x: 1 }, JSON.parse('{"__proto__":1}')];
    for (const value of samples) {
      agree(value);
      for (const path of pathsIn(value).slice(1)) {
        for (const how of [removed, ...kinds.map(replaced), ...kinds.map((kind) => added(kind, '__proto__'))])
          agree(changed(value, path, how));
      }
    }
  }, 60_000);

  it('on every line of real recordings with one thing changed in it', () => {
    const values = lines().map((line): unknown => JSON.parse(line));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), change, (nth, place, how) => {
        const value = values[nth % values.length];
        const paths = pathsIn(value).slice(1);
        agree(changed(value, paths[place % paths.length] ?? ['at'], how));
      }),
      { numRuns: 3000 },
    );
  }, 60_000);

  it('on events as they can be generated', () => {
    fc.assert(
      fc.property(stepsOfExchanges, (steps) => {
        for (const step of steps) if ('event' in step) agree(JSON.parse(encodeEvent(step.event)));
      }),
      { numRuns: 100 },
    );
  });

  it('on times', () => {
    fc.assert(
      fc.property(times, (at) => agree({ at, exchange: '1', type: 'dial', host: 'a', port: 1 })),
      { numRuns: 3000 },
    );
  });
});

describe('docs/inspect.schema.json', () => {
  it.each([[[]], [['--messages']]])('takes every line that `inspect --json %s` prints', async (flags) => {
    for (const path of [fresh, new URL('v1.jsonl', canned).pathname]) {
      const { code, stdout } = await runCli(folder, ['inspect', path, '--json', ...flags]);
      const lines = stdout.trimEnd().split('\n');
      expect({ code, enough: lines.length > 3 }).toEqual({ code: 0, enough: true });
      expect(refusedBy(inspectSchema, lines)).toEqual([]);
    }
  });

  it('does not take a line that lacks what is promised', async () => {
    const { stdout } = await runCli(folder, ['inspect', fresh, '--json']);
    const { findings: _, ...rest } = JSON.parse(stdout.split('\n')[0] ?? '');
    expect(inspectSchema(rest)).toBe(false);
    expect(inspectSchema({ ...rest, findings: [{ code: 1 }] })).toBe(false);
  });
});
