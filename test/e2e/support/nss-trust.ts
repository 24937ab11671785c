import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the NSS database of a throw-away HOME, with this CA in it: what Chromium on Linux trusts. */
export const trustInHome = (certutil: string, home: string, caPath: string): void => {
  const database = join(home, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  for (const args of [
    ['-N', '--empty-password'],
    ['-A', '-t', 'C,,', '-n', 'shakedown', '-i', caPath],
  ]) {
    const { status, stderr } = spawnSync(certutil, ['-d', `sql:${database}`, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`certutil: ${stderr}`);
  }
};
