import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Grounds } from '../grounds.js';
import type { Issued } from './pki.js';

/** What the intermediate of `openPki` says of a certificate that it issued, as the openssl command writes it; path of a DER file. */
export const ocspAnswer = (grounds: Grounds, { cert }: Issued, status: 'revoked' | 'good'): string => {
  const folder = join(grounds.folder, 'pki');
  const openssl = (...args: readonly string[]): string =>
    execFileSync(grounds.program('openssl'), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 }).toString();
  const serial = openssl('x509', '-in', cert, '-noout', '-serial').trim().split('=')[1];
  const [mark, since] = status === 'revoked' ? ['R', '250102030405Z,keyCompromise'] : ['V', ''];
  grounds.file('pki/ocsp.txt', `${mark}\t391231235959Z\t${since}\t${serial}\tunknown\t/CN=localhost\n`);
  grounds.file('pki/ocsp.txt.attr', 'unique_subject = no\n');
  const [issuer, key] = ['intermediate.pem', 'intermediate.key'];
  openssl('ocsp', '-issuer', issuer, '-cert', cert, '-no_nonce', '-reqout', 'ocsp.req');
  const asIssuer = ['-index', 'ocsp.txt', '-CA', issuer, '-rsigner', issuer, '-rkey', key];
  openssl('ocsp', ...asIssuer, '-reqin', 'ocsp.req', '-respout', 'ocsp.der', '-ndays', '4');
  return join(folder, 'ocsp.der');
};
