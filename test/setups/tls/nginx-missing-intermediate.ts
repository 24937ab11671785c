import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-missing-intermediate',
  title: 'nginx with the leaf alone, as many take it out of the mail of the CA',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.incomplete-chain'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'intermediate', caIssuers: 'http://pki.acme.example/issuing2.crt' });
    const port = await startTlsNginx(grounds, { cert: site.cert, key: site.key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
  mends: [['nginx', 'chain']],
  mended: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'intermediate' });
    const shown = remedyOf('nginx', 'chain').replace('/etc/ssl/fullchain.pem', site.fullChain).replace('/etc/ssl/privkey.pem', site.key);
    const [, cert = '', key = ''] = /ssl_certificate\s+(\S+);\s+ssl_certificate_key\s+(\S+);/.exec(shown) ?? [];
    const port = await startTlsNginx(grounds, { cert, key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};
