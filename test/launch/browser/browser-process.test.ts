import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../../../src/launch/browser/browser-process.js';

// Node stands in for the browser.
const folder = mkdtempSync(join(tmpdir(), 'shakedown-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const start = (script: string) => startBrowser(process.execPath, ['-e', script], { env: process.env, now: Date.now });

const alive = (pid: number): boolean => {
  try {
    // A dead child of a dead parent may still be waited for by init.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const appears = async (path: string): Promise<string> => {
  for (;;) {
    if (existsSync(path) && readFileSync(path, 'utf8').endsWith('\n')) return readFileSync(path, 'utf8').trim();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe("a browser's process", () => {
  it('tells how it ended and the last 8 KiB of what it said', async () => {
    const end = await start(`process.stderr.write('x'.repeat(100000) + 'the end', () => process.exit(7))`).ended;
    expect(end).toMatchObject({ code: 7, signal: null, failure: null });
    expect(end.log).toHaveLength(8192);
    expect(end.log.endsWith('the end')).toBe(true);
  });

  it('tells why it never ran', async () => {
    const { ended, end } = startBrowser(join(folder, 'nothing'), [], { env: process.env, now: Date.now });
    expect(await ended).toMatchObject({ code: null, failure: expect.stringContaining('ENOENT') });
    await end();
  });

  it.skipIf(process.platform !== 'linux')('takes its helpers along', async () => {
    const file = join(folder, 'helper');
    const { ended, end } = start(
      `const helper = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      require('node:fs').writeFileSync(${JSON.stringify(file)}, helper.pid + '\\n'); setInterval(() => {}, 1000)`,
    );
    const helper = Number(await appears(file));
    expect(alive(helper)).toBe(true);
    await end();
    expect(await ended).toMatchObject({ signal: 'SIGTERM' });
    await expect.poll(() => alive(helper)).toBe(false);
  });
});
