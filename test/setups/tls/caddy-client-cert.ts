import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsCaddy } from './support.js';

export const setup: Setup = {
  id: 'tls-caddy-client-cert',
  title: 'Caddy that requires a client certificate',
  needs: ['caddy', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue();
    const tls = `${fullChain} ${key} {
    client_auth {
      mode require_and_verify
      trusted_ca_cert_file ${pki.root}
    }
  }`;
    return { url: `wss://localhost:${await startTlsCaddy(grounds, { tls })}/chat`, ca: pki.root };
  },
};
