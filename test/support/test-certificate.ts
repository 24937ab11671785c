import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../scripts/bench/certificate.mjs';

export interface TestCertificate {
  /** PEM; self-signed, so it is also what a client has to trust. */
  readonly cert: string;
  readonly key: string;
  /** Base64 SHA-256 of the public key, for Chromium's `--ignore-certificate-errors-spki-list`. */
  readonly pin: string;
}

/** A new certificate for 127.0.0.1 and localhost; nothing of it stays on disk. */
export const testCertificate = (): TestCertificate => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-certificate-'));
  try {
    const paths = makeCertificate(folder);
    const cert = readFileSync(paths.certificate, 'utf8');
    const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    return { cert, key: readFileSync(paths.key, 'utf8'), pin: createHash('sha256').update(spki).digest('base64') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
