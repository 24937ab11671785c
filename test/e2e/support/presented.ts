import { createHash } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { openRawClient } from '../../support/raw-client.js';

/** Base64 SHA-256 of the key of the certificate that shakedown shows for this server, for `--ignore-certificate-errors-spki-list`. */
export const presentedPin = async (proxy: string, wss: string): Promise<string> => {
  const { hostname, port } = new URL(wss);
  const via = { type: 'connect', proxy: { host: '127.0.0.1', port: Number(new URL(proxy).port) } } as const;
  using client = await openRawClient({ target: { host: hostname, port: Number(port) }, via, tls: { servername: hostname } });
  const certificate = client.socket instanceof TLSSocket ? client.socket.getPeerX509Certificate() : undefined;
  if (!certificate) throw new Error('shakedown showed no certificate');
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
};
