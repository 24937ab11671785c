import { describe, expect, it } from 'vitest';
import { parseChoice } from '../../../src/faults/choice.js';
import type { Fault } from '../../../src/faults/fault.js';
import { findFault } from '../../../src/faults/find.js';
import type { FlowFault, FlowStart, FlowStep, WireFrame } from '../../../src/faults/flow.js';
import type { ValuesOf } from '../../../src/faults/param-spec.js';
import { createRandom } from '../../../src/faults/random.js';
import { opcodes } from '../../../src/model/frame.js';
import { deflatedZeros } from '../../../src/wire/deflate-bomb.js';
import { createFrameDecoder } from '../../../src/wire/frame-decoder.js';
import { createFrameScanner } from '../../../src/wire/frame-scanner.js';
import { createInflater } from '../../../src/wire/inflate.js';
import { createMessageReader } from '../../../src/wire/messages.js';
import { writeWireFrame } from '../../../src/wire/write-wire-frame.js';
import { bytesOf, hexOf } from '../../wire/streams.js';
import { target } from '../sample.js';

const begin = (choice: string, start: Partial<FlowStart> = {}): FlowFault<WireFrame> | undefined => {
  const { fault: id, params } = parseChoice(choice);
  const fault = findFault(id) as unknown as Fault<'frame'>;
  return fault.apply(
    { from: 'server', nowMs: 0, openedMs: 0, deflate: false, lastByteMs: () => 0, ...start },
    params as ValuesOf<Fault['params']>,
    {
      target,
      random: createRandom(3),
    },
  );
};
const framesOf = (hex: string, from: 'client' | 'server'): WireFrame[] => {
  const raw = bytesOf(hex);
  return createFrameDecoder({ from })
    .push(raw)
    .map(({ header, payload, offset, wireBytes }) => {
      const { fin, rsv1, rsv2, rsv3, opcode, key } = header;
      return { fin, rsv1, rsv2, rsv3, opcode, key, payload, raw: raw.subarray(offset, offset + wireBytes) };
    });
};
const written = (step: FlowStep<WireFrame>): string =>
  step.type === 'unit'
    ? hexOf(writeWireFrame(step.unit))
    : step.type === 'wire'
      ? hexOf(step.bytes)
      : `<${step.type === 'end' ? step.how : step.type}>`;

/** What the receiver gets of these frames, one step after the other, and of the end behind them. */
const passed = (choice: string, hex: string, start: Partial<FlowStart> = {}): string => {
  const flow = begin(choice, start);
  if (!flow) return 'left alone';
  const steps = framesOf(hex, start.from ?? 'server').flatMap((frame) => flow.push(frame, 1) ?? [{ type: 'unit', unit: frame } as const]);
  const woken = (flow.wakeAt?.() ?? Number.POSITIVE_INFINITY) <= 1000 ? (flow.wake?.(1000) ?? []) : [];
  return [...steps, ...woken].map(written).join(' ');
};

const hi = '8102 6869';
const ho = '8102 686f';
/** A masked text "hi" with the key 01020304. */
const maskedHi = '8182 01020304 696b';

describe('the bytes of each fault on frames', () => {
  it.each([
    ['reserved-bit:bits=1', hi, 'c1026869'],
    ['reserved-bit:bits=2', hi, 'a1026869'],
    ['reserved-bit:bits=3,frame=2', `${hi} ${ho}`, '81026869 9102686f'],
    ['reserved-bit:bits=123,kind=ping', `${hi} 8900`, '81026869 f900'],
    ['reserved-bit:bits=1', 'c1026869', 'c1026869'],
    ['reserved-opcode:opcode=7', hi, '87026869'],
    ['reserved-opcode:opcode=15', hi, '8f026869'],
    ['bad-utf8', `${hi} ${ho}`, '810268ff 8102686f'],
    ['bad-utf8:how=unfinished', hi, '81036869c3'],
    ['bad-utf8:how=surrogate', hi, '81056869eda080'],
    ['bad-utf8:how=overlong,message=2', `${hi} 8201ff ${ho}`, '81026869 8201ff 8104686fc0af'],
    ['bad-utf8', '0102 6869 8002 686f', '01026869 800268ff'],
    ['bad-utf8', 'c1026869', 'c1026869'],
    ['split-character', '8103 62c3bc', '010262c3 8001bc'],
    ['split-character', hi, '81026869'],
    ['stray-continuation:payload=x', hi, '81026869 800178'],
    ['stray-continuation:payload=x,fin=false,message=2', `${hi} ${ho}`, '81026869 8102686f 000178'],
    ['stray-continuation:payload=x', '0102 6869 8900 8002 686f', '01026869 8900 8002686f 800178'],
    ['fragmented-control', hi, '81026869 090470617274'],
    ['fragmented-control:opcode=close', hi, '81026869 080203e8'],
    ['interleaved-message:payload=x', '8104 61626364', '01026162 810178 80026364'],
    ['interleaved-message:payload=x', 'c104 61626364', '41026162 810178 80026364'],
    ['odd-length:form=long-16', hi, '817e00026869'],
    ['odd-length:form=long-64', hi, '817f00000000000000026869'],
    ['odd-length:form=top-bit', hi, '817f80000000000000026869'],
    ['odd-length:form=huge,bytes=1099511627776', hi, '817f00000100000000006869'],
    ['refragment:bytes=1', '8103 616263', '010161 000162 800163'],
    ['refragment:bytes=2,empty=1', '8103 616263', '01026162 0000 800163'],
    ['refragment:bytes=4,empty=1', hi, '0100 80026869'],
    ['refragment:bytes=1', 'c102 6162 8900', '410161 800162 8900'],
    ['refragment:bytes=1', '0102 6162', '010161 000162'],
    ['split-frame:where=header,ms=0', hi, '81 026869'],
    ['split-frame:where=bytes,bytes=3,ms=0', hi, '810268 69'],
    ['coalesce-frames:frames=2', `${hi} ${ho} ${hi}`, '81026869 8102686f 81026869'],
    ['swallow-ping', `8900 ${hi} 8a00`, '81026869 8a00'],
    ['swallow-ping:pass=1', '8900 8900', '8900'],
    ['swallow-pong:from=server', `8900 ${hi} 8a00`, '8900 81026869'],
    ['ping-flood:pings=2,bytes=1', hi, '81026869 890170 890170'],
    ['unsolicited-pong:pongs=2,payload=x', `${hi} ${ho}`, '81026869 8a0178 8a0178 8102686f'],
    ['inject-frame:payload=x', `${hi} ${ho}`, '81026869 810178 8102686f'],
    ['inject-frame:type=binary,hex=ff00', hi, '81026869 8202ff00'],
    ['inject-frame:type=close,code=4001,payload=x', hi, '81026869 88030fa178'],
    ['inject-frame:type=raw,hex=c1ff', hi, '81026869 c1ff'],
    ['inject-frame:payload=x,message=0,ms=500', hi, '81026869 810178'],
    ['inject-frame:payload=x,message=0,ms=500', '0102 6869', '01026869'],
    ['inject-frame:payload=x,message=2', `${hi} 8800`, '81026869 8800'],
    ['early-close:code=4001,reason=no', `${hi} ${ho} 8800`, '81026869 88040fa16e6f'],
    ['cut-frame:share=0.5', hi, '8102 <fin>'],
  ])('%s makes of %s', (choice, before, after) => {
    expect(passed(choice, before)).toBe(after);
  });

  it('wrong-mask-key inverts the key, and what the server reads', () => {
    expect(passed('wrong-mask-key', maskedHi, { from: 'client' })).toBe('8182fefdfcfb696b');
    const [frame] = framesOf('8182 fefdfcfb 696b', 'client');
    expect(hexOf(frame?.payload ?? new Uint8Array(0))).toBe('9796');
  });

  it('unmask-frame and mask-frame turn the mask of the side that must not change it', () => {
    expect(passed('unmask-frame', maskedHi, { from: 'client' })).toBe('81026869');
    const masked = framesOf(passed('mask-frame', hi), 'server')[0];
    expect([masked?.key?.length, Buffer.from(masked?.payload ?? []).toString()]).toEqual([4, 'hi']);
    for (const [choice, from] of [
      ['unmask-frame', 'server'],
      ['mask-frame', 'client'],
      ['wrong-mask-key', 'server'],
    ] as const)
      expect(passed(choice, hi, { from })).toBe('left alone');
  });

  it('long-control sends as many bytes as it is told, in the shortest form', () => {
    expect(passed('long-control:bytes=126', hi)).toBe(`81026869 897e007e${'78'.repeat(126)}`);
    expect(passed('long-control:opcode=close,bytes=200', hi)).toBe(`81026869 887e00c803e8${'78'.repeat(198)}`);
  });

  it('corrupt-deflate breaks the first block, a byte, or drops the message with all its fragments', () => {
    const deflate = { deflate: true };
    expect(passed('corrupt-deflate', 'c102 ca00', deflate)).toBe('c102ce00');
    expect(passed('corrupt-deflate:how=flip', '8101 61 c103 caffee', deflate)).toBe('810161 c103ca00ee');
    expect(passed('corrupt-deflate:how=drop', `4101ca 8900 8001ff ${hi}`, deflate)).toBe('8900 81026869');
    expect(passed('corrupt-deflate', 'c102 ca00')).toBe('left alone');
  });

  it('a masked frame of ours comes from the client, an unmasked one from the server', () => {
    const steps = passed('inject-frame:payload=x,from=client', maskedHi, { from: 'client' }).split(' ');
    const [, own] = steps.map((hex) => framesOf(hex, 'client')[0]);
    expect([own?.key?.length, Buffer.from(own?.payload ?? []).toString()]).toEqual([4, 'x']);
  });
});

describe('laws of faults on frames', () => {
  const harmless = [
    'refragment:bytes=1,empty=2',
    'split-frame:ms=0',
    'split-character',
    'coalesce-frames:frames=2',
    'ping-flood:pings=3',
    'unsolicited-pong',
    'unsolicited-pong:message=0',
  ];
  const talk = `8103 62c3bc 0102 6869 8901 70 8003 e282ac 8200 81${'7e0100'}${'c3bc'.repeat(128)} 8802 03e8`;

  it.each(harmless)('%s leaves every message as it was, and breaks no rule of RFC 6455', (choice) => {
    for (const from of ['server', 'client'] as const) {
      const hex =
        from === 'server'
          ? talk
          : framesOf(talk, from)
              .map((frame) => hexOf(writeWireFrame({ ...frame, raw: undefined, key: Uint8Array.of(1, 2, 3, 4) } as never)))
              .join('');
      const messages = (bytes: string) =>
        createMessageReader({ from })
          .push(bytesOf(bytes))
          .filter(({ type }) => type !== 'ping' && type !== 'pong')
          .map(({ type, bytes: payload, error }) => [type, hexOf(payload), error]);
      const after = passed(`${choice},from=${from}`.replace(/^([a-z-]+),/, '$1:'), hex, { from });
      expect(messages(after)).toEqual(messages(hex));
      const scanner = createFrameScanner(from);
      scanner.push(bytesOf(after));
      scanner.end();
      expect(scanner.tally().defects).toEqual([]);
    }
  });

  it('refragment and split-frame make a bounded number of parts of the longest frame', () => {
    const payload = new Uint8Array(100_000);
    const frame: WireFrame = { fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: opcodes.binary, key: null, payload };
    for (const choice of ['refragment:bytes=1,empty=100', 'refragment:bytes=1', 'split-frame:ms=0']) {
      const steps = begin(choice)?.push(frame, 0) ?? [];
      expect(steps.length).toBeGreaterThan(1000);
      expect(steps.length).toBeLessThanOrEqual(10_100);
      const [message] = createMessageReader({ from: 'server' }).push(bytesOf(steps.map(written).join('')));
      expect(message?.length).toBe(payload.length);
    }
  });

  it('coalesce-frames lets go in time, at the end, and when it holds too much', () => {
    const flow = begin('coalesce-frames:frames=100,ms=50');
    const [frame] = framesOf(hi, 'server');
    if (!flow || !frame) throw new Error('no fault');
    expect([flow.push(frame, 10), flow.wakeAt?.(), flow.wake?.(60).map(written), flow.wakeAt?.()]).toEqual([[], 60, ['81026869'], null]);
    expect([flow.push(frame, 10), flow.held?.(), flow.release?.(11)?.map(written), flow.held?.()]).toEqual([[], 2, ['81026869'], 0]);
    const long = { ...frame, payload: new Uint8Array(600_000) };
    expect([flow.push(long, 10)?.length, flow.push(long, 10)?.length]).toEqual([0, 2]);
  });

  it('a bomb inflates to what it says, from a thousandth of it', () => {
    const bytes = deflatedZeros(4);
    expect(bytes.length).toBeLessThan(6 * 1024);
    const { bytes: start, length, cut, error } = createInflater({ noContextTakeover: false, limit: 1024 * 1024 }).inflate(bytes, true);
    expect([start.length, length, cut, error]).toEqual([1024 * 1024, 4 * 1024 * 1024, true, undefined]);
  });

  it('a gigabyte of bomb takes a MiB', () => {
    expect(deflatedZeros(1024).length).toBeLessThan(1.2 * 1024 * 1024);
  });
});
