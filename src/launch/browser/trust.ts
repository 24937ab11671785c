import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { codeOf, sentenceOf } from '../../model/problem.js';

/** Whether a certificate store trusts our CA; if not, why, and how one gets there, both as sentences. */
export type Trusted = { readonly trusted: true } | { readonly trusted: false; readonly why: string; readonly remedy: string };

/** How long one run of certutil may take. */
const timeoutMs = 20_000;

const run = (args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    execFile('certutil', [...args], { timeout: timeoutMs }, (error) => (error ? reject(error) : resolve()));
  });

/** Makes a new NSS store in this folder that trusts the CA, by NSS's certutil; Firefox and, on Linux, Chromium read such a one. */
export const trustIn = async (folder: string, caPath: string, platform: NodeJS.Platform): Promise<Trusted> => {
  // What Windows calls certutil is another program.
  if (platform === 'win32') return { trusted: false, why: 'there is no certutil of NSS on Windows', remedy: '' };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await run(['-N', '--empty-password', '-d', `sql:${folder}`]);
    await run(['-A', '-d', `sql:${folder}`, '-n', 'shakedown', '-t', 'C,,', '-i', caPath]);
    return { trusted: true };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return { trusted: false, why: `certutil failed: ${sentenceOf(error)}`, remedy: '' };
    const tools = platform === 'darwin' ? '`brew install nss`' : 'libnss3-tools on Debian, nss-tools on Fedora';
    return { trusted: false, why: 'certutil is not installed', remedy: ` Install it (${tools}).` };
  }
};
