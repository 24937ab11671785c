// @ts-check
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the products read of the build; each must be newer than every source file. */
const outputs = ['dist/faults/catalogue.js', 'dist/diagnosis/catalogue.js'];

/** @param {string} root Runs `npm run build` there when dist is missing or older than src. */
export const buildIfStale = (root) => {
  if (Math.min(...outputs.map((path) => modified(join(root, path)))) > newest(join(root, 'src'))) return;
  try {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  } catch (error) {
    // tsc writes its output in spite of errors; the next run must not take it for a good build.
    for (const path of outputs) rmSync(join(root, path), { force: true });
    throw new Error('The documentation is made from the build, and `npm run build` failed.', { cause: error });
  }
};

/** @param {string} path @returns {number} milliseconds since the epoch, 0 when there is no such file */
const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** @param {string} folder @returns {number} when the latest change of a file in it was */
const newest = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, modified(join(entry.parentPath, entry.name))), 0);
