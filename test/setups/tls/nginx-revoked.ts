import type { Setup } from '../setup.js';
import { ocspAnswer } from './ocsp-answer.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-revoked',
  title: 'nginx that staples what the CA says of its certificate: revoked, because the key leaked',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.revoked'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'intermediate' });
    const answer = ocspAnswer(grounds, site, 'revoked');
    const port = await startTlsNginx(grounds, {
      cert: site.fullChain,
      key: site.key,
      more: `ssl_stapling on; ssl_stapling_file ${answer};`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
  mended: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'intermediate' });
    const answer = ocspAnswer(grounds, site, 'good');
    const port = await startTlsNginx(grounds, {
      cert: site.fullChain,
      key: site.key,
      more: `ssl_stapling on; ssl_stapling_file ${answer};`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
  doctorOnly: 'npm ws asks for no staple, and so nothing is asked of the server for it',
};
