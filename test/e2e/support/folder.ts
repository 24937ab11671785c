import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** The temp folder of a test file; it goes when the file is done. */
export const testFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-e2e-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
