import { describe, expect, it } from 'vitest';
import { startFold } from '../../../src/fold/fold.js';
import { isClaimed } from '../../../src/formats/pcapng/claimed-ports.js';
import { createConversation, type Packet } from '../../../src/formats/pcapng/conversation.js';
import { createPorts, oursFor, peerOf } from '../../../src/formats/pcapng/endpoints.js';
import { missingBytes } from '../../../src/formats/pcapng/missing.js';
import { socks5Turns } from '../../../src/formats/pcapng/socks-turns.js';
import { checksumOf, sumWords } from '../../../src/formats/pcapng/tcp-packet.js';
import type { Event } from '../../../src/model/event.js';
import { errorName, errorNamed, readSettings, writeSettings } from '../../../src/wire/http2/frame.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the internet checksum', () => {
  it('of the example in RFC 1071 section 3 is the complement of ddf2', () => {
    const bytes = hex('0001 f203 f4f5 f6f7');
    expect(checksumOf(sumWords(bytes, 0, bytes.length))).toBe(0xffff - 0xddf2);
  });

  it('takes an odd last byte as the upper half of a word', () => {
    expect(checksumOf(sumWords(hex('0102 03'), 0, 3))).toBe(0xffff - 0x0402);
  });
});

describe('the turns of SOCKS5', () => {
  const turns = (request: string, replies: string | null): string[] =>
    socks5Turns(hex(request), replies === null ? null : hex(replies)).map(
      ({ from, bytes }) => `${from} ${Buffer.from(bytes).toString('hex')}`,
    );

  it.each([
    ['a method is chosen', '0501 00 0501 0001 7f000001 01bb', null, ['asker 050100', 'proxy 0500', 'asker 050100017f00000101bb']],
    [
      'a password is taken',
      '0501 02 0101 75 0170 0501 0001 7f000001 01bb',
      null,
      ['asker 050102', 'proxy 0502', 'asker 0101750170', 'proxy 0100', 'asker 050100017f00000101bb'],
    ],
    ['nothing follows a greeting', '0501 00', null, ['asker 050100']],
    [
      'all replies are known',
      '0501 00 0501 0001 7f000001 01bb',
      '0500 0505 0001',
      ['asker 050100', 'proxy 0500', 'asker 050100017f00000101bb', 'proxy 05050001'],
    ],
    ['it is cut', '05', null, ['asker 05']],
  ])('%s', (_, request, replies, expected) => expect(turns(request, replies)).toEqual(expected));
});

describe('the ends of a leg', () => {
  it('are on this machine when the peer is, and nobody else’s when it is not', () => {
    const ours = (address: string): string =>
      Buffer.from(
        oursFor(
          peerOf({ address, port: 1 }, () => 2),
          80,
        ).address,
      ).toString('hex');
    expect(ours('127.0.0.1')).toBe('7f000001');
    expect(ours('::ffff:127.0.0.1')).toBe('7f000001');
    expect(ours('::1')).toBe(`${'0'.repeat(31)}1`);
    expect(ours('10.1.2.3')).toBe('c0000201');
    expect(ours('fe80::1%eth0')).toBe('20010db8000000000000000000000001');
    expect(ours('no address')).toBe('c0000201');
  });

  it('never take a port that Wireshark gives to another protocol', () => {
    const next = createPorts();
    const ports = Array.from({ length: 20_000 }, next);
    expect(ports.some(isClaimed)).toBe(false);
    expect(new Set(ports).size).toBe(16_383);
    expect(Math.max(...ports)).toBe(65_535);
  });
});

describe('a conversation', () => {
  const packets: Packet[] = [];
  const ends = { peer: { address: hex('0a000001'), port: 1000 }, ours: { address: hex('0a000002'), port: 80 } };
  const start = () => {
    packets.length = 0;
    return createConversation({ leg: 'client', ...ends, opener: 'peer', number: 1, emit: (packet) => packets.push(packet) });
  };
  const tail = (count: number) =>
    packets.slice(-count).map(({ from, segment }) => `${from} ${segment.flags.toString(16)} ${segment.payload.length}`);

  it('cuts a chunk that no packet can hold, with PSH on the last piece, and acknowledges in time', () => {
    const line = start();
    line.open(1, { at: 1, how: 'taken' });
    line.say('peer', new Uint8Array(70_000), 2);
    expect(tail(3)).toEqual(['peer 10 65495', 'peer 18 4505', 'ours 10 0']);
  });

  it('says nothing behind a FIN of the same end, and nothing at all behind a reset', () => {
    const line = start();
    line.open(1, { at: 1, how: 'taken' });
    line.fin('peer', 2);
    line.say('peer', new Uint8Array(1), 3);
    line.say('ours', new Uint8Array(2), 4);
    line.reset('ours', 5);
    line.say('ours', new Uint8Array(3), 6);
    line.fin('ours', 7);
    expect(tail(4)).toEqual(['peer 11 0', 'ours 10 0', 'ours 18 2', 'ours 14 0']);
  });
});

describe('bytes that are missing', () => {
  const at = '2026-01-31T09:05:00.000000Z';
  const exchangeOf = (method: string, answer: string, out: number) => {
    const fold = startFold('1');
    const raw = `${method} / HTTP/1.1\r\nHost: a\r\n\r\n`;
    const events = [
      { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 1 }, entrance: null },
      { type: 'target', target: { scheme: 'http', host: 'a', port: 80, path: '/' }, kind: 'http' },
      { type: 'head', site: 'clientSent', raw },
      { type: 'head', site: 'clientGot', raw: answer },
      { type: 'closed', client: { in: raw.length, out }, server: null },
    ];
    for (const event of events) fold.apply({ at, exchange: '1', ...event } as Event);
    return fold.exchange;
  };
  const missing = (method: string, answer: string, out: number): number =>
    missingBytes({ exchange: exchangeOf(method, answer, out), side: 'client', from: 'ours', passed: answer.length, behind: 0 });
  const ok = (fields: string): string => `HTTP/1.1 200 OK\r\n${fields}\r\n`;

  it.each([
    ['an announced body', 'GET', ok('Content-Length: 10\r\n'), 10, 10],
    ['an announced body where nothing was counted', 'GET', ok('Content-Length: 10\r\n'), -100, 10],
    ['an announced body that was cut off', 'GET', ok('Content-Length: 10\r\n'), 4, 4],
    ['no body of an answer to HEAD', 'HEAD', ok('Content-Length: 10\r\n'), 0, 0],
    ['no body of a 204', 'GET', 'HTTP/1.1 204 No Content\r\n\r\n', 0, 0],
    ['chunks, as they were counted', 'GET', ok('Transfer-Encoding: chunked\r\n'), 25, 25],
    ['at least one byte of chunks that nobody counted', 'GET', ok('Transfer-Encoding: chunked\r\n'), 0, 1],
  ])('are those of %s', (_, method, answer, more, expected) => expect(missing(method, answer, answer.length + more)).toBe(expected));
});

describe('words of HTTP/2 that are written anew', () => {
  it('are the ones that were read', () => {
    const settings = { HEADER_TABLE_SIZE: 4096, ENABLE_CONNECT_PROTOCOL: 1, '0xabc': 7 };
    expect(readSettings(writeSettings(settings))).toEqual(settings);
    for (const code of [0, 8, 13, 0x1234]) expect(errorNamed(errorName(code))).toBe(code);
  });

  it('are left out or INTERNAL_ERROR when nobody knows them', () => {
    expect(writeSettings({ constructor: 1 }).length).toBe(0);
    expect(errorNamed('what')).toBe(2);
  });
});
