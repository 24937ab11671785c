// @ts-check
import { execFile } from 'node:child_process';
import { join } from 'node:path';

/**
 * What the built program prints on stdout. The same everywhere: stdout is no terminal, so help is 110 columns wide, and yargs speaks English.
 *
 * @param {string} root @param {readonly string[]} words @returns {Promise<string>}
 */
export const runCli = (root, words) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'en_US.UTF-8', NO_COLOR: '1' };
    const options = { cwd: root, env, encoding: /** @type {const} */ ('utf8'), maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [join(root, 'dist/cli/main.js'), ...words], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`shakedown ${words.join(' ')} failed: ${stderr || error.message}`));
      else resolve(stdout);
    });
  });
