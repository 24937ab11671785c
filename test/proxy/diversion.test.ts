import { readFileSync } from 'node:fs';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createArmory } from '../../src/faults/armory.js';
import type { EventBody } from '../../src/model/event.js';
import type { FrameResume } from '../../src/model/frame.js';
import { createDiversion } from '../../src/proxy/create-diversion.js';
import type { Crossing } from '../../src/proxy/diversion.js';
import { createHolds } from '../../src/proxy/holds.js';
import { limits } from '../../src/proxy/limits.js';
import type { River } from '../../src/proxy/river.js';
import type { Tap } from '../../src/proxy/tap.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { openStage } from '../faults/support/scene.js';
import { bytesOf, hexOf } from '../wire/streams.js';

const websocket: Crossing = { grounds: ['http/1.1'], frames: { deflate: false } };
const text = (payload: string | Buffer): Uint8Array => encodeFrame({ fin: true, opcode: 1, payload: Buffer.from(payload) });

/** A diversion of what the server says, with a receiver that only listens. */
const divert = (options: { readonly crossing?: Crossing; readonly resume?: FrameResume } = {}) => {
  const real = createArmory({ seed: 1, onChange: () => undefined });
  let watchers = 0;
  const armory: typeof real = {
    ...real,
    watch: (listener) => {
      watchers += 1;
      const end = real.watch(listener);
      return () => {
        watchers -= 1;
        end();
      };
    },
  };
  const events: EventBody[] = [];
  const written: Buffer[] = [];
  const cuts: string[] = [];
  let rooms = 0;
  const river = {
    armory,
    seed: 1,
    clock: { now: () => Date.now() },
    look: () => undefined,
    holds: createHolds({ clock: { now: () => Date.now() }, look: () => undefined, onChange: () => undefined }),
    resumeOf: () => options.resume ?? { left: 0, header: '', unfinished: false },
  } as unknown as River;
  const tap = { id: '1', ordinal: 1, emit: (event: EventBody) => events.push(event) } as unknown as Tap;
  const diversion = createDiversion(river, {
    ...{ from: 'server', tap, pulse: { lastByteMs: 0, silent: new Set() } },
    target: { scheme: 'ws', host: 'a.example', port: 80, path: '/' },
  });
  const attach = (): void => {
    diversion.attach({
      write: (bytes) => written.push(Buffer.from(bytes)) > 0,
      cut: (how) => cuts.push(how),
      room: () => (rooms += 1),
      wait: () => {},
    });
    diversion.begin(options.crossing ?? websocket);
  };
  return {
    ...{ diversion, armory, events, written, cuts, attach },
    watchers: () => watchers,
    rooms: () => rooms,
    got: () => hexOf(Buffer.concat(written)),
    kinds: () => events.map(({ type }) => type),
  };
};

afterEach(() => void vi.useRealTimers());

describe('a diversion', () => {
  it('is not active while nothing is armed, and becomes so when something is', () => {
    const { diversion, armory, attach, kinds, got } = divert();
    attach();
    expect(diversion.active).toBe(false);
    armory.arm('refragment:bytes=1');
    expect(diversion.active).toBe(true);
    expect(kinds()).toEqual(['detour']);
    diversion.push(text('hi'));
    expect(got()).toBe('010168' + '800169');
    expect(kinds()).toEqual(['detour', 'fault', 'given']);
  });

  it('is not active for a fault on frames where no frames cross, nor for one on the other direction', () => {
    const tunnel = divert({ crossing: { grounds: ['http/1.1'], frames: null } });
    tunnel.attach();
    tunnel.armory.arm('refragment');
    expect(tunnel.diversion.active).toBe(false);
    const websockets = divert();
    websockets.attach();
    websockets.armory.arm('refragment:from=client');
    expect(websockets.diversion.active).toBe(false);
  });

  it('begins at the border of a frame when it is armed in the middle of one', () => {
    const whole = text('first');
    for (let at = 1; at < whole.length; at++) {
      const scanner = createFrameScanner('server');
      scanner.push(whole.subarray(0, at));
      const resume = scanner.resume();
      const { diversion, armory, attach, got } = divert(resume ? { resume } : {});
      attach();
      armory.arm('reserved-opcode:frame=1,opcode=3');
      diversion.push(whole.subarray(at));
      diversion.push(text('hi'));
      expect(got()).toBe(`${hexOf(whole.subarray(at))}83026869`);
    }
  });

  it('gives the bytes of the sender again when the fault is disarmed', () => {
    const { diversion, armory, attach, got } = divert();
    attach();
    armory.arm('reserved-opcode:frame=0,opcode=3');
    diversion.push(text('one'));
    diversion.push(text('two').subarray(0, 3));
    armory.disarm('reserved-opcode');
    diversion.push(text('two').subarray(3));
    expect(got()).toBe(`83036f6e65${hexOf(text('two'))}`);
  });

  it('watches the armory only from its pump on, and until it is stopped', () => {
    const { diversion, armory, attach, watchers } = divert();
    expect(watchers()).toBe(0);
    attach();
    expect(watchers()).toBe(1);
    diversion.stop();
    expect(watchers()).toBe(0);
    armory.arm('refragment');
    expect(diversion.active).toBe(false);
  });

  it('leaves no timer and writes nothing more once it is stopped', () => {
    vi.useFakeTimers();
    const { diversion, armory, attach, written } = divert();
    armory.arm('latency:ms=1000,jitter=0,from=server');
    armory.arm('ping-flood:pings=5,ms=1000');
    attach();
    diversion.push(text('hi'));
    expect(vi.getTimerCount()).toBe(1);
    diversion.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10_000);
    diversion.push(text('late'));
    expect(written).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is full when so much waits that the sender must wait, and says when there is room again', () => {
    vi.useFakeTimers();
    const { diversion, armory, attach, rooms, written } = divert();
    armory.arm('latency:ms=1000,jitter=0,from=server');
    attach();
    const chunk = text(Buffer.alloc(1024 * 1024, 0x2e));
    for (let sent = 0; sent <= limits.divertedBytes; sent += chunk.length) {
      expect(diversion.full).toBe(false);
      diversion.push(chunk);
    }
    expect(diversion.full).toBe(true);
    expect([rooms(), written.length]).toEqual([0, 0]);
    vi.advanceTimersByTime(1100);
    expect(diversion.full).toBe(false);
    expect(rooms()).toBe(1);
    expect(Buffer.concat(written).length).toBeGreaterThan(limits.divertedBytes);
  });

  it('carries the end of the sender behind what waits', () => {
    vi.useFakeTimers();
    const { diversion, armory, attach, got } = divert();
    armory.arm('latency:ms=100,jitter=0,from=server');
    attach();
    diversion.push(text('hi'));
    const seen: string[] = [];
    diversion.end(() => seen.push(got()));
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(seen).toEqual(['81026869']);
  });

  it('writes pieces of a frame one by one, in their time', () => {
    vi.useFakeTimers();
    const { diversion, armory, attach, written } = divert();
    armory.arm('split-frame:where=bytes,ms=10');
    attach();
    diversion.push(text('hi'));
    expect(written.map((bytes) => hexOf(bytes))).toEqual(['81']);
    vi.advanceTimersByTime(15);
    expect(written.map((bytes) => hexOf(bytes))).toEqual(['81', '02']);
    vi.advanceTimersByTime(50);
    expect(written.map((bytes) => hexOf(bytes))).toEqual(['81', '02', '68', '69']);
  });

  it('says nothing more, and holds nothing, behind a cut', () => {
    const { diversion, armory, attach, cuts, got, watchers } = divert();
    armory.arm('cut-frame:frame=2,share=0.5,end=reset');
    attach();
    for (const payload of ['one!', 'two!', 'more']) diversion.push(text(payload));
    expect(got()).toBe(`${hexOf(text('one!'))}${hexOf(text('two!').subarray(0, 3))}`);
    expect(cuts).toEqual(['reset']);
    expect(watchers()).toBe(0);
  });

  it('tells that a fault threw, and lets the traffic pass', () => {
    const { diversion, armory, attach, events, got } = divert();
    armory.arm('inject-frame:type=binary,hex=xyz');
    armory.arm('refragment:bytes=1,from=server,frame=2');
    attach();
    diversion.push(text('hi'));
    expect(got()).toBe('81026869');
    expect(events.filter(({ type }) => type === 'fault-failed')).toEqual([
      { type: 'fault-failed', id: 'inject-frame', message: 'hex takes pairs of hexadecimal digits, and nothing between them.' },
    ]);
  });

  it('tells that frames cannot be found any more behind a length that nobody can count with', () => {
    const river = divert({ resume: { left: Number.POSITIVE_INFINITY, header: '', unfinished: false } });
    river.attach();
    river.armory.arm('reserved-opcode');
    river.diversion.push(text('hi'));
    expect(river.got()).toBe('81026869');
    expect(river.kinds()).toContain('fault-failed');
  });

  it('puts a frame of ours in though nothing is armed', () => {
    const { diversion, attach, got } = divert();
    attach();
    diversion.inject({ fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: 9, key: null, payload: bytesOf('21') });
    diversion.push(text('hi'));
    expect(got()).toBe('890121' + '81026869');
  });

  it('takes a hundred thousand pieces without slowing down', () => {
    const { diversion, armory, attach, written } = divert();
    armory.arm('split-frame:where=bytes,ms=0');
    attach();
    for (let count = 0; count < 10; count++) diversion.push(text(Buffer.alloc(20_000, 0x2e)));
    expect(written.length).toBe(100_000);
  });
});

describe('faults that come and go in the middle of a connection', () => {
  const talk = async (deflate: boolean) => {
    const stage = await openStage({ server: { deflate }, client: { deflate } });
    const socket = new WebSocket(stage.server.url.replace('127.0.0.1', 'localhost'), {
      ca: readFileSync(stage.shakedown.ca, 'utf8'),
      origin: 'https://app.example',
      perMessageDeflate: deflate ? { threshold: 0 } : false,
      agent: new HttpsProxyAgent(stage.shakedown.proxy),
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const echo = (message: string): Promise<string> =>
      new Promise((resolve, reject) => {
        socket.once('message', (data) => resolve(data.toString()));
        socket.once('error', reject);
        socket.send(message);
      });
    return { stage, socket, echo };
  };

  it.each([false, true])(
    'change nothing that is said, by harmless faults, under TLS (compressed: %s)',
    async (deflate) => {
      const { stage, socket, echo } = await talk(deflate);
      await using _ = stage;
      const said = (index: number): string => `message ${index} of a talk that repeats itself, message by message`;
      const heard: string[] = [];
      for (let index = 0; index < 40; index++) {
        if (index === 5) await stage.shakedown.arm('refragment:from=both,bytes=3,empty=1');
        if (index === 10) await stage.shakedown.arm('split-frame:from=both,ms=0');
        if (index === 15) await stage.shakedown.arm('ping-flood:from=both,pings=20');
        if (index === 20) await stage.shakedown.disarm('refragment');
        if (index === 25) await stage.shakedown.disarm('split-frame');
        if (index === 30) await stage.shakedown.arm('unsolicited-pong:from=both,message=0');
        heard.push(await echo(said(index)));
      }
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.close(4000, 'done');
      expect(await closed).toBe(4000);
      expect(heard).toEqual(Array.from({ length: 40 }, (_, index) => said(index)));
      const found = await stage.shakedown.exchange('1');
      expect(new Set(found?.exchange.applied.map(({ id }) => id))).toEqual(
        new Set(['refragment', 'split-frame', 'ping-flood', 'unsolicited-pong']),
      );
      expect(found?.exchange.faultFailures).toEqual([]);
      expect(found?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    },
    60_000,
  );
});
