import { execFile } from 'node:child_process';
import { codeOf, sentenceOf } from '../../model/problem.js';

/** How long one run of certutil may take. */
const timeoutMs = 20_000;

const run = (args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    execFile('certutil', [...args], { timeout: timeoutMs }, (error) => (error ? reject(error) : resolve()));
  });

/**
 * Makes the CA trusted in this one Firefox profile, by NSS's certutil. Resolves with null, or with the sentence that says what the user has to do.
 */
export const trustInProfile = async (profile: string, caPath: string, platform: NodeJS.Platform): Promise<string | null> => {
  const byHand = `Until then wss and https fail in it; or open http://shakedown.test/ca.pem there and trust it for websites.`;
  // What Windows calls certutil is another program.
  if (platform === 'win32') return `Firefox does not trust shakedown's CA yet. ${byHand}`;
  try {
    await run(['-N', '--empty-password', '-d', `sql:${profile}`]);
    await run(['-A', '-d', `sql:${profile}`, '-n', 'shakedown', '-t', 'C,,', '-i', caPath]);
    return null;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return `certutil could not make Firefox trust shakedown's CA: ${sentenceOf(error)}. ${byHand}`;
    const tools = platform === 'darwin' ? '`brew install nss`' : "NSS's tools (Debian: `apt install libnss3-tools`, Fedora: nss-tools)";
    return `Firefox does not trust shakedown's CA, because certutil is not installed: install ${tools} and open it again. ${byHand}`;
  }
};
