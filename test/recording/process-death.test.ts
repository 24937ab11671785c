import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { timeOf } from '../../src/model/clock.js';
import { workerFile } from '../../src/recording/worker-file.js';
import { readAll } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const child = (mode: string, path: string) =>
  spawn(process.execPath, [fileURLToPath(new URL('support/writing-child.mjs', import.meta.url)), mode, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Starts a recording process, kills it after it has told that many times up to when it has recorded, and returns the first and last such time. */
const killedAfter = async (path: string, tellings: number): Promise<{ first: number; last: number }> => {
  const writing = child('until-killed', path);
  let first = 0;
  let last = 0;
  let count = 0;
  for await (const line of createInterface({ input: writing.stdout })) {
    last = Number(line);
    first ||= last;
    if (++count === tellings) writing.kill('SIGKILL');
  }
  return { first, last };
};

describe('a process that records', () => {
  it('was built: these tests run the package in dist', () => {
    expect(existsSync(workerFile('writer-worker.js'))).toBe(true);
  });

  it('may be killed at any moment: the file opens and lacks at most the last 100 ms', async () => {
    const folder = scratchFolder();
    let file = 0;
    const missingAfter = async (tellings: number): Promise<number> => {
      const path = join(folder, `${file++}.jsonl`);
      const told = await killedAfter(path, tellings);
      const { list, damaged } = await readAll(path);
      expect(damaged).toBe(0);
      const recorded = list.at(-1);
      return Math.round(told.last - (recorded ? timeOf(recorded.at) : told.first));
    };
    const missing: number[] = [];
    for (const tellings of [1, 2, 5, 20, 47, 80, 110, 170, 250, 400]) {
      let least = await missingAfter(tellings);
      // A machine with more work than cores can hold back a thread for longer than that: such a kill is tried again, twice.
      for (let again = 0; least > 100 && again < 2; again++) least = Math.min(least, await missingAfter(tellings));
      missing.push(least);
    }
    console.log(`kill -9: ms of traffic missing at the end of the file: ${missing.join(' ')}`);
    expect(Math.max(...missing)).toBeLessThanOrEqual(100);
  });

  it('stays flat over a million small chunks', async () => {
    const writing = child('million', join(scratchFolder(), 'a.jsonl'));
    const [line] = (await once(createInterface({ input: writing.stdout }), 'line')) as [string];
    const { grownMiB, cpuSeconds } = JSON.parse(line) as { grownMiB: number; cpuSeconds: number };
    console.log(`a million chunks of 125 bytes: ${cpuSeconds.toFixed(2)} CPU s over all threads, ${grownMiB.toFixed(1)} MiB more memory`);
    expect(grownMiB).toBeLessThan(48);
  });
});
