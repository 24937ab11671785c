import { describe, expect, it } from 'vitest';
import { createLedger } from '../../src/ledger/ledger.js';
import { isoTime } from '../../src/model/clock.js';
import type { Event } from '../../src/model/event.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Finding } from '../../src/model/finding.js';

const start = 1_769_850_300_000;
const clock = { now: () => start + 5000 };
const opened = (exchange: string, ms = 0): Event => ({
  at: isoTime(start + ms),
  exchange,
  type: 'opened',
  connection: 1,
  peer: { address: '127.0.0.1', port: 50_000 },
  entrance: 'reverse',
});
const closed = (exchange: string, ms = 0): Event => ({
  at: isoTime(start + ms),
  exchange,
  type: 'closed',
  client: { in: 0, out: 0 },
  server: null,
});
const target: Event = {
  at: isoTime(start),
  exchange: '1',
  type: 'target',
  target: { scheme: 'wss', host: 'a.test', port: 443, path: '/chat' },
  kind: 'websocket',
};
const head = (site: 'clientSent' | 'serverSent' | 'clientGot', raw: string): Event => ({
  at: isoTime(start),
  exchange: '1',
  type: 'head',
  site,
  raw,
});
const handshake = [
  opened('1'),
  target,
  head('clientSent', 'GET /chat HTTP/1.1\r\nHost: a.test\r\n\r\n'),
  head('serverSent', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  head('clientGot', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'),
];
const all = { from: 0, limit: 100 };
const none = () => [];
const finding = (code: string): Finding => ({
  code,
  cause: 'origin',
  severity: 'error',
  confidence: 1,
  title: `about ${code}`,
  evidence: [],
  ruledOut: [],
  culprit: null,
  fix: [],
  rfc: '',
});

describe('the ledger', () => {
  it('knows an exchange as its events tell it, bytes included', () => {
    const ledger = createLedger({ clock });
    for (const event of handshake) ledger.apply(event);
    ledger.bytes('1', 'server', Uint8Array.of(0x81, 0x02, 0x68, 0x69), start + 10);
    ledger.apply({ at: isoTime(start + 11), exchange: '1', type: 'bytes', from: 'server', data: Buffer.of(0x81, 0x00).toString('base64') });
    expect(ledger.get('1')).toMatchObject({ outcome: 'open', frames: { fromServer: { messages: 2 }, fromClient: { messages: 0 } } });
    expect(ledger.get('2')).toBeUndefined();
  });

  it('gives rows with what a list shows', () => {
    const ledger = createLedger({ clock });
    for (const event of handshake) ledger.apply(event);
    ledger.apply(opened('2', 1000));
    ledger.apply(closed('2', 3500));
    const { total, rows } = ledger.rows(all, ({ id }) => (id === '1' ? [finding('origin.rejected'), finding('url.path')] : []));
    expect(total).toBe(2);
    expect(rows).toEqual([
      {
        id: '1',
        startedAt: isoTime(start),
        kind: 'websocket',
        entrance: 'reverse',
        url: 'wss://a.test/chat',
        status: 101,
        outcome: 'open',
        finding: { code: 'origin.rejected', severity: 'error', title: 'about origin.rejected' },
        faults: [],
        fromClient: 0,
        fromServer: 0,
        durationMs: 5000,
      },
      expect.objectContaining({ id: '2', url: '', finding: null, outcome: 'failed', durationMs: 2500 }),
    ]);
  });

  it('gives a window of the rows, and no more', () => {
    const ledger = createLedger({ clock });
    for (let id = 0; id < 10; id++) ledger.apply(opened(String(id)));
    expect(ledger.rows({ from: 7, limit: 2 }, none).rows.map(({ id }) => id)).toEqual(['7', '8']);
    expect(ledger.rows({ from: 9, limit: 5 }, none).rows.map(({ id }) => id)).toEqual(['9']);
    expect(ledger.rows({ from: 10, limit: 5 }, none)).toEqual({ total: 10, rows: [] });
  });

  it('leaves out what is to be hidden, and counts it', () => {
    const ledger = createLedger({ clock });
    for (let id = 0; id < 10; id++) ledger.apply(opened(String(id)));
    const hides = ({ id }: Exchange) => Number(id) % 2 === 1;
    const ids = (from: number, limit: number, all: boolean) => {
      const { rows, ...rest } = ledger.rows({ from, limit }, none, { hides, all, fits: null });
      return { ...rest, ids: rows.map(({ id }) => id) };
    };
    expect(ids(1, 3, false)).toEqual({ total: 5, hidden: 5, ids: ['2', '4', '6'] });
    expect(ids(1, 3, true)).toEqual({ total: 10, hidden: 5, ids: ['1', '2', '3'] });
  });

  it('gives those that fit, by what was found too, and counts all that were asked', () => {
    const ledger = createLedger({ clock });
    for (let id = 0; id < 10; id++) ledger.apply(opened(String(id)));
    const hides = ({ id }: Exchange) => Number(id) % 2 === 1;
    const fits = ({ id }: Exchange, findings: () => readonly Finding[]) => Number(id) >= 5 && findings().length === 0;
    const { rows, ...rest } = ledger.rows({ from: 1, limit: 5 }, none, { hides, all: false, fits });
    expect({ ...rest, ids: rows.map(({ id }) => id) }).toEqual({ total: 2, hidden: 5, searched: 5, ids: ['8'] });
    expect(ledger.rows({ from: 0, limit: 1 }, none, { hides: null, all: false, fits })).toMatchObject({ total: 5, searched: 10 });
  });

  it('asks for findings once for each state of an exchange', () => {
    const ledger = createLedger({ clock });
    ledger.apply(opened('1'));
    ledger.apply(opened('2'));
    const asked: string[] = [];
    const findingsOf = ({ id }: Exchange) => {
      asked.push(id);
      return [];
    };
    ledger.rows(all, findingsOf);
    ledger.rows(all, findingsOf);
    expect(asked).toEqual(['1', '2']);
    ledger.apply(closed('2'));
    ledger.rows(all, findingsOf);
    expect(asked).toEqual(['1', '2', '2']);
  });

  it('forgets the longest ended over its limit and counts them; open ones stay', () => {
    const ledger = createLedger({ limit: 3, clock });
    for (const id of ['a', 'b', 'c']) ledger.apply(opened(id));
    ledger.apply(closed('b'));
    ledger.apply(closed('a'));
    ledger.apply(opened('d'));
    expect(ledger.exchanges().map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    ledger.apply(opened('e'));
    ledger.apply(opened('f'));
    expect(ledger.exchanges().map(({ id }) => id)).toEqual(['c', 'd', 'e', 'f']);
    expect(ledger.evicted).toBe(2);
    ledger.apply(closed('e'));
    expect(ledger.exchanges().map(({ id }) => id)).toEqual(['c', 'd', 'f']);
    expect(ledger).toMatchObject({ size: 3, evicted: 3 });
  });

  it('stays small over a hundred thousand exchanges', () => {
    const ledger = createLedger({ limit: 100, clock });
    for (let id = 0; id < 100_000; id++) {
      ledger.apply(opened(String(id)));
      ledger.bytes(String(id), 'client', Uint8Array.of(1), start);
      ledger.apply(closed(String(id)));
    }
    expect(ledger).toMatchObject({ size: 100, evicted: 99_900 });
  });

  it('has a version that grows with every change, and only then', () => {
    const ledger = createLedger({ clock });
    const seen = [ledger.version];
    const look = () => seen.push(ledger.version);
    ledger.apply(opened('1'));
    look();
    ledger.bytes('1', 'client', Uint8Array.of(1), start);
    look();
    ledger.bytes('unknown', 'client', Uint8Array.of(1), start);
    ledger.rows(all, none);
    look();
    expect(seen).toEqual([0, 1, 2, 2]);
  });
});

describe('who listens to the ledger', () => {
  const bytes: Event = { at: isoTime(start), exchange: '1', type: 'bytes', from: 'client', data: 'AQ==' };
  const notice: Event = { at: isoTime(start), exchange: '', type: 'notice', level: 'info', text: 'hello' };

  it('hears every event but bytes, also those of no exchange, until it ends that', () => {
    const ledger = createLedger({ clock });
    const heard: string[] = [];
    const end = ledger.subscribe(({ type }) => heard.push(type));
    for (const event of [opened('1'), bytes, notice]) ledger.apply(event);
    end();
    ledger.apply(closed('1'));
    expect(heard).toEqual(['opened', 'notice']);
    expect(ledger.size).toBe(1);
  });

  it('finds the event already applied', () => {
    const ledger = createLedger({ clock });
    const outcomes: unknown[] = [];
    ledger.subscribe(() => outcomes.push(ledger.get('1')?.outcome));
    ledger.apply(opened('1'));
    ledger.apply(closed('1'));
    expect(outcomes).toEqual(['pending', 'failed']);
  });

  it('is dropped when it throws; the others hear of it', () => {
    const ledger = createLedger({ clock });
    const heard: Event[] = [];
    ledger.subscribe(() => {
      throw new Error('a bug');
    });
    ledger.subscribe((event) => heard.push(event));
    ledger.apply(opened('1'));
    ledger.apply(closed('1'));
    expect(heard.map(({ type }) => type).sort()).toEqual(['closed', 'notice', 'opened']);
    expect(heard.find(({ type }) => type === 'notice')).toMatchObject({ text: expect.stringContaining('a bug') });
  });
});
