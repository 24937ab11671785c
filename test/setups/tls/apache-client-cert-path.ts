import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';

const modules = ['mpm_event', 'authz_core', 'ssl', 'proxy', 'proxy_http', 'proxy_wstunnel', 'socache_shmcb'];

export const setup: Setup = {
  id: 'tls-apache-client-cert-path',
  title: 'Apache httpd that wants a client certificate for one path: in TLS 1.2 it begins a second handshake there',
  needs: ['apache2', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue();
    const [app, port] = [await startApp(grounds), await grounds.freePort()];
    const path = grounds.file(
      'httpd.conf',
      `ServerRoot /usr/lib/apache2
${modules.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join('\n')}
ServerName localhost
PidFile ${grounds.folder}/httpd.pid
DefaultRuntimeDir ${grounds.folder}
Mutex posixsem
ErrorLog ${grounds.folder}/httpd.log
Listen 127.0.0.1:${port}
SSLEngine on
SSLProtocol TLSv1.2
SSLCertificateFile ${cert}
SSLCertificateKeyFile ${key}
SSLCACertificateFile ${pki.root}
<Location /chat>
  SSLVerifyClient require
</Location>
ProxyPass / ws://127.0.0.1:${app}/
`,
    );
    await grounds.run(grounds.program('apache2'), ['-DFOREGROUND', '-f', path], { port });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};
