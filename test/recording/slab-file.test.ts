import { describe, expect, it } from 'vitest';
import { isoTime } from '../../src/model/clock.js';
import type { Event } from '../../src/model/event.js';
import { encodeEvent } from '../../src/recording/codec.js';
import type { Missing } from '../../src/recording/missing.js';
import { createPacker } from '../../src/recording/slab.js';
import { createSlabFile } from '../../src/recording/slab-file.js';
import { memoryDisk } from './support/disk.js';
import { closedEvent, epoch, openedEvent } from './support/events.js';
import { firstLine, readAll } from './support/files.js';

const none: Missing = { events: 0, bytes: 0 };

/** A recording on a disk in memory, a slab for each call. */
const recording = ({ room, limit = null }: { room?: number; limit?: number | null } = {}) => {
  const disk = memoryDisk(firstLine.replace('}\n', ',"lastLine":"stopped"}\n'), room);
  const said: string[] = [];
  let held = 0;
  const slabs = createSlabFile(
    {
      file: disk.file,
      now: () => epoch,
      give: () => void held--,
      stalled: (code) => said.push(`stalled ${code}`),
      resumed: () => said.push('resumed'),
      limited: (what) => said.push(`limited ${what}`),
      leftOut: (list) => said.push(...list.map(({ exchange, from, bytes }) => `left out ${exchange} ${from} ${bytes}`)),
    },
    limit,
  );
  const packer = createPacker({
    take: (bytes) => new ArrayBuffer(bytes + (-bytes & 7)),
    give: (slab) => slabs.push(slab),
    began: () => {},
  });
  const send = (fill: () => void): void => {
    held++;
    fill();
    packer.send();
  };
  const source = async function* () {
    yield disk.state.bytes;
  };
  return {
    ...{ disk, slabs, said },
    held: () => held,
    event: (event: Event) => send(() => packer.line(encodeEvent(event))),
    bytes: (exchange: string, chunk: Uint8Array) => send(() => packer.bytes(exchange, 'server', chunk, epoch)),
    end: (ending = { exchanges: 1, lost: none }) => slabs.end(ending).missing,
    read: () => readAll(source()),
  };
};

const shortly = (events: readonly Event[]) =>
  events.map((event) => (event.type === 'bytes' ? `bytes ${Buffer.from(event.data, 'base64')}` : event.type));

describe('slabs on a disk that refuses a write', () => {
  it('all reach the file in their order, whichever of the first 50 writes fails, and for how long', async () => {
    for (let failing = 1; failing <= 50; failing++) {
      for (const [code, times] of [
        ['ENOSPC', 1],
        ['EIO', 3],
        ['EROFS', 200],
      ] as const) {
        const { disk, said, bytes, slabs, event, end, read, held } = recording();
        disk.state.refuse = (write) => (write >= failing && write < failing + times ? code : '');
        event(openedEvent('1'));
        for (let index = 0; index < 60; index++) bytes('1', Buffer.from(String(index)));
        if (failing <= 61) expect(said[0]).toBe(`stalled ${code}`);
        for (let tries = 0; tries < 300 && !slabs.retry(); tries++);
        event(closedEvent('1'));
        expect(end()).toEqual(none);
        expect([said, held()]).toEqual([[`stalled ${code}`, 'resumed'], 0]);
        const { list, damaged, torn, ending } = await read();
        expect([damaged, torn]).toEqual([0, false]);
        const lines = shortly(list);
        // The mark is there when a write worked behind the one that failed, and it lies where the failure was.
        const mark = lines.indexOf('notice');
        expect(mark).toBe(times === 1 ? failing - 1 : -1);
        const expected = ['opened', ...Array.from({ length: 60 }, (_, index) => `bytes ${index}`), 'closed', 'stopped'];
        expect(lines.filter((line) => line !== 'notice')).toEqual(expected);
        expect(ending).toMatchObject({ exchanges: 1, lost: none });
      }
    }
  });

  it('wait un-acknowledged, so that whoever sends them stops', () => {
    const { disk, bytes, slabs, held } = recording();
    disk.state.refuse = () => 'ENOSPC';
    for (let index = 0; index < 5; index++) bytes('1', Buffer.from('x'));
    expect(held()).toBe(5);
    disk.state.refuse = () => '';
    expect(slabs.retry()).toBe(true);
    expect(held()).toBe(0);
  });

  it('at the end write what fits, give up last lines for the mark, and say what is missing', async () => {
    const whole = recording();
    const run = ({ event, bytes, end }: ReturnType<typeof recording>): Missing => {
      event(openedEvent('1'));
      for (let index = 0; index < 60; index++) bytes('1', Buffer.from(`payload ${index}`));
      return end();
    };
    expect(run(whole)).toEqual(none);
    const size = whole.disk.state.bytes.length;
    for (let room = firstLine.length + 1000; room < size; room += 97) {
      const short = recording({ room });
      const missing = run(short);
      const { list, damaged, torn, ending } = await short.read();
      expect([damaged, torn]).toEqual([0, false]);
      const kept = shortly(list).filter((line) => line.startsWith('bytes'));
      expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => `bytes payload ${index}`));
      expect(list.slice(-2).map(({ type }) => type)).toEqual(['notice', 'stopped']);
      const lostBytes = Array.from({ length: 60 }, (_, index) => `payload ${index}`)
        .slice(kept.length)
        .join('').length;
      expect(missing.bytes).toBe(lostBytes);
      // Whether the mark of the stall itself was given up again is chance.
      expect(missing.events - (60 - kept.length)).toBeLessThanOrEqual(1);
      expect(ending).toMatchObject({ lost: missing });
      expect(short.disk.state.bytes.length).toBeLessThanOrEqual(room);
    }
  });

  it('are counted and given back when the file is gone', () => {
    const { bytes, slabs, disk, held, end } = recording();
    bytes('1', Buffer.from('one'));
    const before = disk.text();
    slabs.abandon();
    bytes('1', Buffer.from('three'));
    expect([held(), disk.text()]).toEqual([0, before]);
    end();
    expect(disk.text()).toContain('"lost":{"bytes":5,"events":1}');
  });
});

describe('a recording of limited size', () => {
  it('never grows over it: payloads stay out first, everything in the end, and all of it is said', async () => {
    for (const limit of [64 * 1024, 100_000, 300_000]) {
      const { disk, event, bytes, said, end, read } = recording({ limit });
      for (let round = 0; round < 4000; round++) {
        const id = String(Math.floor(round / 50));
        if (round % 50 === 0) event(openedEvent(id));
        bytes(id, new Uint8Array(100).fill(0x61));
        if (round % 50 === 49) event(closedEvent(id));
        expect(disk.state.bytes.length).toBeLessThanOrEqual(limit);
      }
      end({ exchanges: 80, lost: none });
      expect(disk.state.bytes.length).toBeLessThanOrEqual(limit);
      const { list, damaged, torn, ending } = await read();
      expect([damaged, torn]).toEqual([0, false]);
      const kept = list.reduce((sum, each) => sum + (each.type === 'bytes' ? 100 : 0), 0);
      expect(kept).toBeGreaterThan(limit / 8);
      expect(ending).toMatchObject({ lost: { bytes: 400_000 - kept } });
      expect(said.filter((text) => text.startsWith('limited'))[0]).toBe('limited payloads');
      expect(said.filter((text) => text === 'limited payloads')).toHaveLength(1);
      // Of each exchange that ended in the file, what is there and what is said to be missing make up the whole.
      const sums = new Map<string, number>();
      for (const each of list) {
        if (each.type === 'bytes') sums.set(each.exchange, (sums.get(each.exchange) ?? 0) + 100);
        if (each.type === 'bytes-lost') sums.set(each.exchange, (sums.get(each.exchange) ?? 0) + each.bytes);
        if (each.type === 'closed') expect(sums.get(each.exchange)).toBe(5000);
      }
    }
  });

  it('ends with a notice when heads alone fill it', async () => {
    const { disk, event, said, end, read } = recording({ limit: 64 * 1024 });
    for (let round = 0; round < 1000; round++) event({ ...openedEvent(String(round)), at: isoTime(epoch + round) });
    expect(said).toEqual(['limited everything']);
    const text = disk.text();
    end({ exchanges: 1000, lost: none });
    expect(disk.text().startsWith(text)).toBe(true);
    const { list } = await read();
    expect(list.slice(-2)).toMatchObject([{ type: 'notice', text: expect.stringContaining('--max-recording') }, { type: 'stopped' }]);
    const kept = list.filter(({ type }) => type === 'opened').length;
    expect(list.at(-1)).toMatchObject({ lost: { events: 1000 - kept } });
  });
});
