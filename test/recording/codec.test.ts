import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime, timeOf } from '../../src/model/clock.js';
import { decodeFirstLine, decodeLine, encodeEvent, encodeFirstLine } from '../../src/recording/codec.js';
import { readTime } from '../../src/recording/read-time.js';
import { anyEvent } from './support/events.js';

const at = '2026-01-31T09:05:00.000001Z';
const line = (rest: string) => `{"at":"${at}","exchange":"1",${rest}}`;

describe('the lines of a recording', () => {
  it('begin with at, exchange and type, whatever the order in the event', () => {
    const event = { type: 'dial', port: 443, host: 'a.test', exchange: '7', at } as const;
    expect(encodeEvent(event)).toBe(`{"at":"${at}","exchange":"7","type":"dial","port":443,"host":"a.test"}`);
  });

  it('give back every event as it was', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const text = encodeEvent(event);
        expect(text).not.toContain('\n');
        expect(decodeLine(text)).toEqual({ type: 'event', event });
      }),
    );
  });

  it('of type bytes are read alike whether shakedown wrote them or another tool', () => {
    const written = [
      [`{"at":"${at}","exchange":"7","type":"bytes","from":"client","data":"gQA="}`, '7', 'client', 'gQA='],
      [`{"at":"${at}","exchange":"7","type":"bytes","from":"server","data":""}`, '7', 'server', ''],
      [`{ "exchange": "7", "at": "${at}", "type": "bytes", "data": "gQA=", "from": "client" }`, '7', 'client', 'gQA='],
      [`{"at":"${at}","exchange":"7","type":"bytes","from":"client","data":"gQ\\u0041="}`, '7', 'client', 'gQA='],
      [`{"at":"${at}","exchange":"a\\"b","type":"bytes","from":"client","data":"gQA="}`, 'a"b', 'client', 'gQA='],
    ] as const;
    for (const [text, exchange, from, data] of written) {
      expect(decodeLine(text)).toEqual({ type: 'event', event: { at, exchange, type: 'bytes', from, data } });
    }
    const broken = [
      'client","data":"gQA="',
      'clienT","data":"gQA="}',
      'client","data":"gQA=}',
      'client","data":3}',
      'client","data":"gQ"A="}',
    ];
    for (const rest of broken) {
      expect([rest, decodeLine(line(`"type":"bytes","from":"${rest}`).slice(0, -1)).type]).toEqual([rest, 'damage']);
    }
    expect(decodeLine('{"at":"2026-13-31T09:05:00.000001Z","exchange":"7","type":"bytes","from":"client","data":""}').type).toBe('damage');
    expect(decodeLine('{"at":"2026-01-31T09:05:00.00000xZ","exchange":"7","type":"bytes","from":"client","data":""}').type).toBe('damage');
  });

  it('hold no character that a terminal obeys', () => {
    const event = { at, exchange: '1', type: 'entrance', entrance: 'connect', request: 'a\x1b[2J\x9b2J\x7f\x85' } as const;
    const text = encodeEvent(event);
    expect(text).toContain('a\\u001b[2J\\u009b2J\\u007f\\u0085');
    expect(decodeLine(text)).toEqual({ type: 'event', event });
    expect(encodeEvent({ at, exchange: '', type: 'notice', level: 'info', text: '\u202egnp.exe' })).toContain('\\u202egnp.exe');
  });

  it('of a type that this version does not know are told apart from damage', () => {
    expect(decodeLine(line('"type":"teleported","to":3'))).toEqual({ type: 'unknown', name: 'teleported' });
    expect(decodeLine(line('"type":"constructor"'))).toEqual({ type: 'unknown', name: 'constructor' });
    expect(decodeLine(line('"type":"__proto__"'))).toEqual({ type: 'unknown', name: '__proto__' });
  });

  it('may carry fields that this version does not know', () => {
    expect(decodeLine(line('"type":"dial","host":"a","port":1,"colour":"red"'))).toMatchObject({ type: 'event' });
  });

  const damaged: readonly (readonly [name: string, line: string, why: RegExp])[] = [
    ['no JSON', '{"at":', /not JSON/],
    ['an array', '[1]', /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['no time', '{"exchange":"1","type":"dial"}', /`at`/],
    ['a time without a month', '{"at":"2026-13-01T00:00:00.000000Z","exchange":"1","type":"dial"}', /`at`/],
    ['a number for an exchange', `{"at":"${at}","exchange":1,"type":"dial"}`, /`exchange`/],
    ['an inherited field only', '{"__proto__":{"at":"x"},"exchange":"1","type":"dial"}', /`at`/],
    ['a missing field', line('"type":"dial","host":"a"'), /`port` of its `dial`/],
    ['an infinite number', line('"type":"dial","host":"a","port":1e999'), /`port` of its `dial`/],
    ['a head at no site', line('"type":"head","site":"__proto__","raw":""'), /`site`/],
    ['a head that is no latin1', line('"type":"head","site":"clientSent","raw":"€"'), /`raw`/],
    ['a chain of null', line('"type":"tls","leg":"client","tls":{"version":"","cipher":"","chain":[null]}'), /`tls`/],
    [
      'a parameter named __proto__',
      line('"type":"fault","fault":{"id":"x","params":{"__proto__":1},"stage":"request","leg":"client","before":"","after":""}'),
      /`fault`/,
    ],
  ];
  it.each(damaged)('with %s are damage, described', (_, text, why) => {
    const decoded = decodeLine(text);
    expect(decoded).toMatchObject({ type: 'damage', why: expect.stringMatching(why) });
  });

  it('nested a million deep are refused without an exception', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    expect(decodeLine(line(`"type":"dial","host":${deep},"port":1`))).toMatchObject({ type: 'damage' });
  });

  it('never make the reader throw, whatever they hold', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => ['event', 'unknown', 'damage'].includes(decodeLine(text).type)));
  });
});

describe('times of a recording', () => {
  it('are read as the model reads them, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 4e12, noNaN: true }), { minLength: 1 }), fc.nat({ max: 3000 }), (times, step) => {
        for (const ms of times.flatMap((each) => [each, each + step])) expect(readTime(isoTime(ms))).toBe(timeOf(isoTime(ms)));
      }),
    );
    expect(readTime('2026-01-31T09:05:00Z')).toBe(Date.UTC(2026, 0, 31, 9, 5));
    expect(readTime('yesterday')).toBeNaN();
    expect(readTime('2026-01-31T09:05:00.000000+')).toBeNaN();
  });
});

describe('the first line of a recording', () => {
  it('names the format, its version, the start and the writer', () => {
    const text = encodeFirstLine({ startedAt: at, shakedown: '0.1.0' });
    expect(text).toBe(`{"format":"shakedown-recording","version":1,"startedAt":"${at}","shakedown":"0.1.0"}`);
    expect(decodeFirstLine(text)).toEqual({ version: 1, startedAt: at, shakedown: '0.1.0', lastLine: '' });
    const promising = encodeFirstLine({ startedAt: at, shakedown: '0.1.0', lastLine: 'stopped' });
    expect(decodeFirstLine(promising)).toMatchObject({ lastLine: 'stopped' });
  });

  it.each([
    '',
    '{}',
    'null',
    '{"format":"har","version":1}',
    '{"format":"shakedown-recording"}',
    '{"format":"shakedown-recording","version":0.5}',
  ])('is not %j', (text) => {
    expect(decodeFirstLine(text)).toBeUndefined();
  });
});
