import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcapngFormat } from '../../../src/formats/pcapng/pcapng.js';
import { isoTime } from '../../../src/model/clock.js';
import type { Event } from '../../../src/model/event.js';
import { stepsOfExchanges } from '../../recording/support/events.js';
import { answer, begun, bytes, captureOf, happened, heads, recordingOf, request } from './support/events.js';
import type { ReadPacket } from './support/read-capture.js';

const told = ({ comments }: ReadPacket): string => comments.join('\n');
const said = (packets: readonly ReadPacket[], leg: 0 | 1): string[] =>
  packets.filter((packet) => packet.interface === leg && packet.payload.length > 0).map(({ payload }) => payload.toString('latin1'));
const line = ({ interface: leg, source, target, flags }: ReadPacket): string => `${leg} ${source} > ${target} ${flags}`;
const size = { client: { in: request.length, out: answer.length }, server: { in: answer.length, out: request.length } };

describe('a capture', () => {
  it('names shakedown, the recording and the two legs', async () => {
    const { application, comments, interfaces } = await captureOf(happened([]));
    expect(application).toBe('shakedown 0.0.0');
    expect(comments.slice(0, 2)).toEqual([
      'Recording session.jsonl, begun 2026-01-31T09:05:00.000000Z.',
      'not redacted: it holds what the traffic held, credentials too',
    ]);
    expect(interfaces).toEqual(['client leg', 'server leg']);
  });

  it('says what was redacted', async () => {
    const redaction = { kinds: [{ kind: 'cookie', places: 3 }], blanked: 1 };
    const nobody = (async function* () {})();
    const context = { shakedown: '1', recording: 'r', startedAt: '2026-01-31T09:05:00.000000Z', redaction };
    let text = '';
    for await (const part of pcapngFormat.write(nobody, context)) text += Buffer.from(part as Uint8Array).toString('latin1');
    expect(text).toContain('redacted: cookie 3, blanked whole 1');
  });

  it('shows each leg between the addresses that were recorded, in the chunks that crossed', async () => {
    const { packets } = await captureOf(
      happened([...begun(), ...heads(answer), bytes('client', 'one'), bytes('client', 'two'), bytes('server', 'three')]),
    );
    expect(said(packets, 0)).toEqual([request, answer, 'one', 'two', 'three']);
    expect(said(packets, 1)).toEqual([request, answer, 'one', 'two', 'three']);
    expect(new Set(packets.map(({ source, target }) => [source, target].sort().join(' ')))).toEqual(
      new Set(['10.0.0.7:50123 192.0.2.1:8080', '10.0.0.9:3000 192.0.2.1:49152']),
    );
    expect(packets.filter(({ flags }) => flags === 'SYN').map(line)).toEqual([
      '1 192.0.2.1:49152 > 10.0.0.9:3000 SYN',
      '0 10.0.0.7:50123 > 192.0.2.1:8080 SYN',
    ]);
  });

  it('takes port 80 in the place of one that Wireshark gives to another protocol, and says so', async () => {
    const { packets } = await captureOf(happened([...begun(6379), ...heads(answer)]));
    const syn = packets.find(({ flags, interface: leg }) => flags === 'SYN' && leg === 1);
    expect(syn?.target).toBe('10.0.0.9:80');
    expect(syn && told(syn)).toContain('The real port is 6379');
  });

  it('ends each leg as it ended: a reset of the server, carried on to the client', async () => {
    const { packets } = await captureOf(
      happened([
        ...begun(),
        ...heads(answer),
        { type: 'end', leg: 'server', how: 'reset', by: 'peer', code: 'ECONNRESET' },
        { type: 'end', leg: 'client', how: 'reset', by: 'shakedown', code: '' },
        bytes('client', 'too late'),
        { type: 'closed', client: { ...size.client, in: request.length + 8 }, server: size.server },
      ]),
    );
    expect(packets.slice(-2).map(line)).toEqual(['1 10.0.0.9:3000 > 192.0.2.1:49152 RST ACK', '0 192.0.2.1:8080 > 10.0.0.7:50123 RST ACK']);
  });

  it('shows a server that refused the connection as SYN and RST', async () => {
    const failure = {
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED',
      attempts: [{ address: '10.0.0.9', code: 'ECONNREFUSED', ms: 0.5 }],
    };
    const { packets } = await captureOf(happened([...begun().slice(0, 4), { type: 'dial-failed', failure }]));
    const tries = packets.filter((packet) => packet.interface === 1);
    expect(tries.map(line)).toEqual(['1 192.0.2.1:49152 > 10.0.0.9:3000 SYN', '1 10.0.0.9:3000 > 192.0.2.1:49152 RST ACK']);
    expect((tries[1]?.atMicros ?? 0) - (tries[0]?.atMicros ?? 0)).toBe(500);
    expect(tries[0] && told(tries[0])).toContain('ECONNREFUSED after 0.5 ms');
  });

  it('leaves room where bytes were lost, and gives back the header that the gap cut', async () => {
    const resume = { left: 0, header: Buffer.of(0x82).toString('base64'), unfinished: false };
    const { packets } = await captureOf(
      happened([
        ...begun(),
        ...heads(answer),
        bytes('server', 'before'),
        { type: 'bytes-lost', from: 'server', bytes: 1001, why: 'the disk was full', resume },
        bytes('server', '\x01x'),
      ]),
    );
    for (const leg of [0, 1]) {
      const data = packets.filter((packet) => packet.interface === leg && packet.payload.length > 0).slice(-3);
      expect(data.map(({ payload }) => payload.toString('latin1'))).toEqual(['before', '\x82', '\x01x']);
      expect(((data[1]?.sequence ?? 0) - (data[0]?.sequence ?? 0)) >>> 0).toBe('before'.length + 1000);
      expect(data[1] && told(data[1])).toContain('1001 bytes from the server are missing before this: the disk was full.');
    }
  });

  it('never leaves so much room that sequence numbers would turn around', async () => {
    const lost = { type: 'bytes-lost', from: 'client', bytes: 5e12, why: 'long' } as const;
    const { packets } = await captureOf(happened([...begun(), ...heads(answer), bytes('client', 'a'), lost, bytes('client', 'b')]));
    const [a, b] = packets.filter((packet) => packet.interface === 0 && packet.payload.length === 1);
    expect(((b?.sequence ?? 0) - (a?.sequence ?? 0)) >>> 0).toBe(1 + 2 ** 30);
    expect(b && told(b)).toContain('5000000000000 bytes');
  });

  it('puts a finding on the packet that is its evidence, and a fault on what it changed', async () => {
    const refused = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 18\r\n\r\n';
    const fault = {
      id: 'wrong-origin',
      params: { value: 'https://evil.test' },
      stage: 'request',
      leg: 'server',
      before: request,
      after: request,
    } as const;
    const [sent, got, ...rest] = heads(refused);
    if (!sent || !got) throw new Error('two heads');
    const { packets } = await captureOf(
      happened([
        ...begun(),
        { ...sent, raw: request.replace('\r\n\r\n', '\r\nOrigin: https://evil.test\r\n\r\n') } as typeof sent,
        { type: 'fault', fault },
        got,
        ...rest,
        bytes('server', 'Origin not allowed'),
      ]),
    );
    const holders = (text: string): string[] =>
      packets
        .filter((packet) => told(packet).includes(text))
        .map(({ interface: leg, payload }) => `${leg} ${payload.toString('latin1').slice(0, 12)}`);
    expect(holders('origin.rejected')).toEqual(['1 HTTP/1.1 403']);
    expect(holders('Fault wrong-origin value=https://evil.test')).toEqual(['1 GET /chat HT']);
    expect(holders('shakedown exchange 1, client leg: ws://a.test:3000/chat; refused, status 403')).toHaveLength(1);
  });

  it('leaves room for an answer of shakedown itself, and quotes its sentence', async () => {
    const [sent] = heads(answer);
    if (!sent) throw new Error('a head');
    const { packets } = await captureOf(
      happened([
        ...begun().slice(0, 3),
        sent,
        { type: 'refused', status: 502, why: 'loop', text: 'shakedown: that is me.' },
        { type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' },
        { type: 'closed', client: { in: request.length, out: 77 }, server: null },
      ]),
    );
    const [head, fin] = [packets.find(({ payload }) => payload.length > 0), packets.find(({ flags }) => flags === 'FIN ACK')];
    expect(((fin?.sequence ?? 0) - (head?.acknowledged ?? 0)) >>> 0).toBe(77);
    expect(fin && told(fin)).toContain('Shakedown itself answered 502 (loop) here: shakedown: that is me. The 77 bytes');
  });

  it('makes visible what a terminal would obey in a comment', async () => {
    const [sent] = heads(answer);
    if (!sent) throw new Error('a head');
    const { packets } = await captureOf(
      happened([
        ...begun().slice(0, 3),
        sent,
        { type: 'refused', status: 400, why: 'loop', text: 'a\x1b[31m\u202eb\nc' },
        { type: 'closed', client: { in: request.length, out: 9 }, server: null },
      ]),
    );
    expect(packets.flatMap(({ comments }) => comments).join('')).toContain('a\\x1b[31m<U+202E>b\\nc');
  });
});

describe('a capture of anything that can be in a recording', () => {
  const next = (packet: ReadPacket): number => (packet.sequence + packet.payload.length + (/SYN|FIN/.test(packet.flags) ? 1 : 0)) >>> 0;

  it('has right lengths and checksums, and sequence numbers that never go back', async () => {
    await fc.assert(
      fc.asyncProperty(stepsOfExchanges, async (steps) => {
        const events = steps.map((step): Event => {
          if ('event' in step) return step.event;
          const data = Buffer.from(step.chunk).toString('base64');
          return { at: isoTime(step.atMs), exchange: step.exchange, type: 'bytes', from: step.from, data };
        });
        const { packets } = await captureOf(recordingOf(events));
        const due = new Map<string, number>();
        const times = new Map<string, number>();
        for (const packet of packets) {
          const way = `${packet.source} ${packet.target}`;
          const both = [packet.source, packet.target].sort().join(' ');
          const starts = packet.flags === 'SYN';
          const expected = due.get(way);
          if (expected !== undefined && !/SYN/.test(packet.flags)) expect((packet.sequence - expected) >>> 0).toBeLessThanOrEqual(2 ** 31);
          due.set(way, next(packet));
          if (starts) due.delete(`${packet.target} ${packet.source}`);
          const back = due.get(`${packet.target} ${packet.source}`);
          if (/ACK/.test(packet.flags) && back !== undefined) expect((packet.acknowledged - back) >>> 0).toBeLessThanOrEqual(2 ** 31);
          if (!starts) expect(packet.atMicros).toBeGreaterThanOrEqual(times.get(both) ?? 0);
          times.set(both, packet.atMicros);
          expect(told(packet)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
