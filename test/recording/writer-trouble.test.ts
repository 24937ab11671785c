import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Problem } from '../../src/model/problem.js';
import { openRecording } from '../../src/recording/writer.js';
import { closedEvent, epoch, openedEvent, steppingClock } from './support/events.js';
import { readAll } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const worker = vi.hoisted(() => ({ instead: '' }));
vi.mock(import('../../src/recording/worker-file.js'), async (original) => {
  const { workerFile } = await original();
  return { workerFile: (name) => (worker.instead ? new URL(worker.instead, import.meta.url) : workerFile(name)) };
});
afterEach(() => {
  worker.instead = '';
});

const open = async (path: string) => {
  const troubles: Problem[] = [];
  const onTrouble = (problem: Problem) => void troubles.push(problem);
  const notices: string[] = [];
  const onNotice = (_: string, text: string) => void notices.push(text);
  const recorder = await openRecording({ path, clock: steppingClock(), shakedown: '0.1.0', onTrouble, onNotice });
  onTestFinished(() => recorder.close());
  return { recorder, troubles, notices };
};

describe('when the writer itself fails', () => {
  it('a crash is told once, and every call goes on working', async () => {
    worker.instead = 'support/crashing-worker.mjs';
    const { recorder, troubles } = await open(join(scratchFolder(), 'a.jsonl'));
    recorder.event(openedEvent('1'));
    await recorder.flush();
    expect(troubles).toMatchObject([{ code: 'SHK_RECORDING', message: expect.stringContaining('its writer failed (a bug)') }]);
    recorder.bytes('1', 'client', Buffer.from('x'), epoch);
    recorder.event(closedEvent('1'));
    await recorder.flush();
    await recorder.close();
    expect(troubles).toHaveLength(1);
  });

  it('a writer that is not there is a Problem at the start', async () => {
    worker.instead = 'support/no-such-worker.mjs';
    const refusal = await open(join(scratchFolder(), 'a.jsonl')).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'SHK_RECORDING', message: expect.stringContaining('could not start') });
  });
});

/** A file system of a mebibyte, or why there is none. */
const smallDisk = (): string | { skip: string } => {
  const folder = scratchFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    return { skip: 'mounting a small tmpfs needs root on Linux' };
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
};

describe('when the disk is full', () => {
  it('the file ends behind a whole line, and what came meanwhile is there when there is room again', async ({ skip }) => {
    const disk = smallDisk();
    if (typeof disk !== 'string') return skip(disk.skip);
    const path = join(disk, 'a.jsonl');
    const ballast = join(disk, 'ballast.jsonl');
    const first = await open(ballast);
    for (let index = 0; index < 3; index++) first.recorder.bytes('0', 'server', new Uint8Array(100_000), epoch);
    await first.recorder.close();

    const { recorder, troubles, notices } = await open(path);
    for (let index = 0; index < 20; index++) {
      recorder.bytes('1', 'server', new Uint8Array(30_000).fill(index), epoch);
      await recorder.flush();
    }
    expect(troubles).toMatchObject([{ code: 'SHK_RECORDING', message: expect.stringContaining('the disk is full. The traffic goes on.') }]);
    const full = await readAll(path);
    expect(full).toMatchObject({ damaged: 0, torn: false });
    expect(full.events).toBeGreaterThan(5);
    expect(full.events).toBeLessThan(20);

    rmSync(ballast);
    expect(readdirSync(disk)).toEqual(['a.jsonl']);
    for (let index = 20; index < 22; index++) recorder.bytes('1', 'server', new Uint8Array(10).fill(index), epoch);
    await expect.poll(() => notices, { timeout: 10_000, interval: 50 }).toEqual([expect.stringContaining('goes on')]);
    await recorder.close();
    const { list, ending } = await readAll(path);
    const kept = list.flatMap((event) => (event.type === 'bytes' ? [Buffer.from(event.data, 'base64')[0]] : []));
    expect(kept).toEqual([...Array(22).keys()]);
    expect(ending).toMatchObject({ lost: { bytes: 0, events: 0 } });
    expect(troubles).toHaveLength(1);
    expect(statSync(path).size).toBeLessThan(1024 * 1024);
  });

  it('no recording begins, and no empty file is left', async ({ skip }) => {
    const disk = smallDisk();
    if (typeof disk !== 'string') return skip(disk.skip);
    expect(() => writeFileSync(join(disk, 'ballast'), new Uint8Array(2 * 1024 * 1024))).toThrow('ENOSPC');
    const refusal = await open(join(disk, 'a.jsonl')).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'SHK_RECORDING', message: expect.stringContaining('the disk is full') });
    expect(readdirSync(disk)).toEqual(['ballast']);
  });
});
