import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Problem } from '../../src/model/problem.js';
import type { Recorder } from '../../src/recording/recorder.js';
import { defaultRecordingPath } from '../../src/recording/recording-path.js';
import { openRecording, type RecordingOptions } from '../../src/recording/writer.js';
import { closedEvent, epoch, openedEvent, realClock, steppingClock } from './support/events.js';
import { linesOf, readAll } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const open = async (path: string, options: Partial<RecordingOptions> = {}): Promise<{ recorder: Recorder; troubles: Problem[] }> => {
  const troubles: Problem[] = [];
  const onTrouble = (problem: Problem) => void troubles.push(problem);
  const recorder = await openRecording({ path, clock: steppingClock(), shakedown: '0.1.0', onTrouble, ...options });
  onTestFinished(() => recorder.close());
  return { recorder, troubles };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a recording', () => {
  it('is a file of lines: what it is, then events and bytes in their order', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    recorder.event(openedEvent('1'));
    recorder.bytes('1', 'client', Buffer.from([0x81, 0x00]), epoch);
    recorder.bytes('1', 'server', Buffer.from('hello'), epoch + 0.25);
    recorder.event(closedEvent('1'));
    await recorder.flush();
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      '{"format":"shakedown-recording","version":1,"startedAt":"2026-01-31T09:05:00.001001Z","shakedown":"0.1.0","lastLine":"stopped"}',
      '{"at":"2026-01-31T09:05:00.000000Z","exchange":"1","type":"opened","connection":1,"peer":{"address":"127.0.0.1","port":50000},"entrance":null}',
      '{"at":"2026-01-31T09:05:00.000000Z","exchange":"1","type":"bytes","from":"client","data":"gQA="}',
      '{"at":"2026-01-31T09:05:00.000250Z","exchange":"1","type":"bytes","from":"server","data":"aGVsbG8="}',
      '{"at":"2026-01-31T09:05:01.000000Z","exchange":"1","type":"closed","client":{"in":1,"out":2},"server":null}',
      '',
    ]);
  });

  it('copies a chunk before it returns, so that the caller may use it again', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    const chunk = Buffer.from('one');
    recorder.bytes('1', 'client', chunk, epoch);
    chunk.write('two');
    await recorder.close();
    expect(linesOf(path)[0]).toContain(`"data":"${Buffer.from('one').toString('base64')}"`);
  });

  it('reaches the file by itself soon after it happened', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    recorder.bytes('1', 'client', Buffer.from('x'), epoch);
    await expect.poll(() => linesOf(path).length, { interval: 5 }).toBe(1);
  });

  it('is for its owner alone, as are the folders made for it', async () => {
    const folder = join(scratchFolder(), 'new', 'recordings');
    await open(join(folder, 'a.jsonl'));
    expect(statSync(join(folder, 'a.jsonl')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is named after its start and the process', () => {
    const path = defaultRecordingPath('/data', { now: () => epoch }, 4711);
    expect(path).toBe(join('/data', 'recordings', '2026-01-31T09-05-00-4711.jsonl'));
  });

  it('ignores what comes after it was closed, and may be closed twice', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    await Promise.all([recorder.close(), recorder.close()]);
    recorder.event(openedEvent('1'));
    recorder.bytes('1', 'client', Buffer.from('x'), epoch);
    await recorder.flush();
    expect(linesOf(path)).toEqual([expect.stringContaining('"type":"stopped"')]);
  });

  it('ends with a line that says so, and how many exchanges there were', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    for (const id of ['1', '2']) recorder.event(openedEvent(id));
    await recorder.flush();
    expect((await readAll(path)).ending).toBe('none');
    await recorder.close();
    const { list, ending } = await readAll(path);
    expect(ending).toMatchObject({ type: 'stopped', exchanges: 2, lost: { bytes: 0, events: 0 } });
    expect(list.at(-1)).toEqual(ending);
  });
});

describe('a recording is refused', () => {
  const refusal = async (path: string): Promise<unknown> =>
    open(path).then(
      () => 'opened',
      (error: unknown) => error,
    );

  it('over a file that exists, which stays as it is', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    writeFileSync(path, 'dear diary');
    const message = `The recording ${path} cannot be created: there is something with that name already, and a recording is never written over.`;
    expect(await refusal(path)).toMatchObject({ code: 'SHK_RECORDING', message, advice: expect.stringContaining('--record') });
    expect(readFileSync(path, 'utf8')).toBe('dear diary');
  });

  it('through a symbolic link, also one that leads nowhere', async () => {
    const folder = scratchFolder();
    symlinkSync(join(folder, 'target'), join(folder, 'link.jsonl'));
    expect(await refusal(join(folder, 'link.jsonl'))).toMatchObject({ code: 'SHK_RECORDING' });
    expect(readdirSync(folder)).toEqual(['link.jsonl']);
  });

  it('at a folder, and under a file', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal(join(folder, 'there'))).toMatchObject({ code: 'SHK_RECORDING' });
    expect(await refusal(join(folder, 'file', 'a.jsonl'))).toMatchObject({ message: expect.stringContaining('no folder') });
    expect(await refusal(join(folder, 'file', 'deeper', 'a.jsonl'))).toMatchObject({ message: expect.stringContaining('no folder') });
  });
});

describe('when the disk cannot keep up', () => {
  it('payloads are dropped and counted for each direction, and no event is', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const lost: unknown[] = [];
    const { recorder, troubles } = await open(path, { onLost: (event) => lost.push(event) });
    const chunk = new Uint8Array(64 * 1024);
    const events = 500;
    // 62 MiB without a turn of the event loop: no slab can come back meanwhile.
    for (let index = 0; index < events; index++) {
      recorder.event(openedEvent(String(index)));
      recorder.bytes('long', 'server', chunk, epoch);
      recorder.bytes(String(index), 'client', chunk, epoch);
      recorder.event(closedEvent(String(index)));
    }
    await recorder.close();
    const { list, damaged } = await readAll(path);
    const kept = list.reduce((sum, event) => sum + (event.type === 'bytes' ? Buffer.from(event.data, 'base64').length : 0), 0);
    const missing = list.reduce((sum, event) => sum + (event.type === 'bytes-lost' ? event.bytes : 0), 0);
    expect(kept + missing).toBe(2 * events * chunk.length);
    expect(kept).toBeLessThan(20 * 1024 * 1024);
    expect(list.filter(({ type }) => type === 'opened' || type === 'closed')).toHaveLength(2 * events);
    expect(damaged).toBe(0);
    expect(troubles).toEqual([]);
    expect(lost).toEqual(list.filter(({ type }) => type === 'bytes-lost'));
    expect(list.at(-1)).toMatchObject({ type: 'stopped', exchanges: events, lost: { bytes: missing, events: 0 } });
    const last = list.filter(({ exchange }) => exchange === '499').map(({ type }) => type);
    expect(last).toEqual(['opened', 'bytes-lost', 'closed']);
  });

  it('payloads are kept again when it has caught up', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    const chunk = new Uint8Array(128 * 1024);
    for (let index = 0; index < 200; index++) recorder.bytes('1', 'server', chunk, epoch);
    await recorder.flush();
    await turn();
    recorder.bytes('1', 'server', Buffer.from('back again'), epoch);
    await recorder.close();
    const { list } = await readAll(path);
    expect(list.at(-3)).toMatchObject({ type: 'bytes-lost', from: 'server' });
    expect(list.at(-2)).toMatchObject({ type: 'bytes', data: Buffer.from('back again').toString('base64') });
  });

  it('events over four times the bound are dropped, and a notice says how many', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const { recorder } = await open(path);
    const text = 'x'.repeat(200_000);
    for (let index = 0; index < 500; index++) recorder.event({ ...openedEvent('1'), type: 'notice', level: 'info', text });
    await recorder.close();
    const { list, ending } = await readAll(path);
    expect(list.at(-2)).toMatchObject({ type: 'notice', text: expect.stringMatching(/^\d+ events are missing here/) });
    const missing = Number.parseInt(String((list.at(-2) as { text?: string }).text), 10);
    expect(missing).toBeGreaterThan(0);
    expect(list.length - 2 + missing).toBe(500);
    expect(ending).toMatchObject({ lost: { events: missing } });
  });
});

describe('when the file cannot be written any more', () => {
  it('a deleted folder is told once, and recording costs nobody anything', async () => {
    const folder = join(scratchFolder(), 'recordings');
    const { recorder, troubles } = await open(join(folder, 'a.jsonl'), { clock: realClock });
    rmSync(folder, { recursive: true });
    recorder.event(openedEvent('1'));
    await recorder.flush();
    expect(troubles).toMatchObject([{ code: 'SHK_RECORDING', message: expect.stringContaining('deleted') }]);
    recorder.event(closedEvent('1'));
    await recorder.close();
    expect(troubles).toHaveLength(1);
  });
});
