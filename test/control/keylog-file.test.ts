import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openKeylogFile } from '../../src/control/keylog-file.js';

const folder = mkdtempSync(join(tmpdir(), 'shakedown-keylog-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const line = (text: string): Buffer => Buffer.from(`CLIENT_RANDOM ${text}\n`);

describe('the key log file', () => {
  it('is made for its owner alone, and appended to', async () => {
    const path = join(folder, 'keys.log');
    for (const words of [['one', 'two'], ['three']]) {
      const file = openKeylogFile(path, () => expect.unreachable());
      expect(file.notices).toEqual([]);
      for (const word of words) file.line(line(word));
      await file.close();
    }
    expect(readFileSync(path, 'utf8')).toBe('CLIENT_RANDOM one\nCLIENT_RANDOM two\nCLIENT_RANDOM three\n');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps lines that are lent and changed afterwards', async () => {
    const path = join(folder, 'lent.log');
    const file = openKeylogFile(path, () => expect.unreachable());
    const lent = line('lent');
    file.line(line('first'));
    file.line(lent);
    lent.fill(0);
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe('CLIENT_RANDOM first\nCLIENT_RANDOM lent\n');
  });

  it.skipIf(process.platform === 'win32')('warns of one that others can read', async () => {
    const path = join(folder, 'open.log');
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    const file = openKeylogFile(path, () => {});
    expect(file.notices).toEqual([expect.stringContaining('is open to other users (mode 0644)')]);
    await file.close();
  });

  it('is refused where it cannot be', () => {
    mkdirSync(join(folder, 'sub'));
    expect(() => openKeylogFile(join(folder, 'sub'), () => {})).toThrow(/^The key log .*sub cannot be written: /);
    expect(() => openKeylogFile(join(folder, 'no', 'such'), () => {})).toThrow(/ENOENT/);
    const pipe = join(folder, 'pipe');
    if (spawnSync('mkfifo', [pipe]).status === 0) expect(() => openKeylogFile(pipe, () => {})).toThrow(/it is no plain file/);
  });

  it.skipIf(process.platform !== 'linux')('says once that a full disk took nothing', async () => {
    // /dev/full is no plain file and would be refused: a bound on the size of files stands in for it.
    const script = `
      const { openKeylogFile } = await import(${JSON.stringify(new URL('../../dist/control/keylog-file.js', import.meta.url).href)});
      process.on('SIGXFSZ', () => {});
      const told = [];
      const file = openKeylogFile(${JSON.stringify(join(folder, 'full.log'))}, (text) => told.push(text));
      for (let i = 0; i < 20; i++) file.line(Buffer.alloc(1000, 97));
      await file.close();
      console.log(JSON.stringify(told));`;
    const { stdout, stderr } = spawnSync(
      '/bin/sh',
      ['-c', 'ulimit -f 4; exec "$0" --input-type=module -e "$1"', process.execPath, script],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([expect.stringMatching(/^The key log .*full\.log is not complete: EFBIG/)]);
  });

  it('leaves out what finds no room, and says so once', async () => {
    const told: string[] = [];
    const path = join(folder, 'bounded.log');
    const file = openKeylogFile(path, (text) => told.push(text));
    for (let i = 0; i < 30; i++) file.line(Buffer.alloc(100_000, 97));
    await file.close();
    expect(told).toEqual([expect.stringContaining('its disk is too slow')]);
    expect(statSync(path).size).toBe(1_000_000);
  });
});
