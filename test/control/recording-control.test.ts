import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Control, Rows } from '../../src/control/control.js';
import { openRecordingControl } from '../../src/control/recording-control.js';
import { appendEnd, appendOpening, appendTexts, beginRecording } from './support/big-recording.js';

let folder: string;
let path: string;
let control: Control;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakedown-recording-'));
  path = join(folder, 'session.jsonl');
  beginRecording(path);
});
afterEach(async () => {
  await control?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (): Promise<void> => {
  control = (await openRecordingControl(path)).control;
};
const texts = (from: number, count: number) => Array.from({ length: count }, (_, nth) => `message ${from + nth}`);
const textsOf = async (id: string, from: number, limit: number): Promise<string[]> =>
  (await control.messages(id, { from, limit })).messages.map(({ start }) => Buffer.from(start).toString());
/** How long an event may be waited for. */
const patienceMs = 20_000;
/** Rows as soon as the whole file was looked through. */
const settled = (filter: string): Promise<Rows> =>
  vi.waitFor(async () => {
    const rows = await control.rows({ from: 0, limit: 100, filter });
    expect(rows.reading).toBeUndefined();
    return rows;
  }, patienceMs);
const refusal = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n';

describe('Control over a recording', () => {
  it('gives rows, details and messages by number', async () => {
    appendOpening(path, '1', 'a.example');
    appendTexts(path, '1', texts(0, 5000));
    appendEnd(path, '1');
    appendOpening(path, '2', 'b.example', refusal);
    appendEnd(path, '2');
    await open();
    expect(await control.info()).toMatchObject({ proxy: null, recording: path });
    const { rows, total } = await settled('');
    expect(total).toBe(2);
    expect(rows.map(({ id, status, fromServer }) => [id, status, fromServer])).toEqual([
      ['1', 101, 5000],
      ['2', 403, 0],
    ]);
    expect((await control.detail('2'))?.findings.length).toBeGreaterThan(0);
    expect(await control.detail('3')).toBeNull();
    expect(await textsOf('1', 4998, 10)).toEqual(['message 4998', 'message 4999']);
    expect(await control.messages('2', { from: 0, limit: 10 })).toEqual({ total: 0, messages: [] });
    const whole = await control.message('1', 1234);
    expect(whole).toMatchObject({ number: 1234, from: 'server', type: 'text', length: 12, frames: 1 });
    expect(Buffer.from(whole?.bytes ?? []).toString()).toBe('message 1234');
    expect(await control.message('1', 5000)).toBeNull();
    expect(await control.searchMessages('1', 'MESSAGE 499')).toEqual({
      numbers: [499, ...texts(4990, 10).map((_, n) => 4990 + n)],
      more: false,
    });
  });

  it('never gives more than a thousand messages at once', async () => {
    appendOpening(path, '1', 'a.example');
    appendTexts(path, '1', texts(0, 1500));
    await open();
    expect(await textsOf('1', 0, 1e9)).toHaveLength(1000);
  });

  it('sees what is written after it was opened: messages, exchanges, ends', async () => {
    appendOpening(path, '1', 'a.example');
    appendTexts(path, '1', texts(0, 2));
    await open();
    expect(await textsOf('1', 0, 10)).toEqual(['message 0', 'message 1']);
    const before = await control.version();
    appendTexts(path, '1', texts(2, 1));
    expect(await textsOf('1', 0, 10)).toEqual(['message 0', 'message 1', 'message 2']);
    expect(await control.version()).toBeGreaterThan(before);
    appendEnd(path, '1');
    appendOpening(path, '2', 'b.example');
    await vi.waitFor(async () => {
      const { rows } = await control.rows({ from: 0, limit: 10 });
      expect(rows.map(({ id, outcome }) => [id, outcome])).toEqual([
        ['1', 'closed'],
        ['2', 'open'],
      ]);
    }, patienceMs);
  });

  it('filters in the language of inspect, also by messages, and asks open exchanges again', async () => {
    for (const id of ['1', '2', '3']) {
      appendOpening(path, id, `${id}.example`);
      appendTexts(path, id, [id === '2' ? 'the needle' : 'hay']);
      if (id !== '3') appendEnd(path, id);
    }
    await open();
    expect(await settled('host = 1.example || outcome = open')).toMatchObject({ total: 2, searched: 3, rows: [{ id: '1' }, { id: '3' }] });
    expect(await settled('3.exam')).toMatchObject({ total: 1, rows: [{ id: '3' }] });
    expect(await settled('message ~ needle')).toMatchObject({ total: 1, rows: [{ id: '2' }] });
    appendTexts(path, '3', ['another needle']);
    await vi.waitFor(
      async () => expect((await control.rows({ from: 1, limit: 5, filter: 'message ~ needle' })).rows).toMatchObject([{ id: '3' }]),
      patienceMs,
    );
    await expect(control.rows({ from: 0, limit: 1, filter: 'hots ~ x' })).rejects.toMatchObject({ code: 'SHK_USAGE', at: 0 });
  });

  it('has no engine, and says so', async () => {
    await open();
    expect(await control.armed()).toEqual([]);
    for (const asked of [control.arm('drop-upgrade'), control.disarm('k'), control.replay('1', [])]) {
      await expect(asked).rejects.toMatchObject({ code: 'SHK_USAGE', message: 'This is a recording: there is no live proxy here.' });
    }
  });

  it('refuses a file that is no recording, and one that is not there', async () => {
    writeFileSync(path, 'hello\n');
    await expect(openRecordingControl(path)).rejects.toMatchObject({ code: 'SHK_RECORDING' });
    await expect(openRecordingControl(join(folder, 'absent'))).rejects.toMatchObject({ code: 'SHK_RECORDING' });
  });
});
