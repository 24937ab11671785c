import { type EchoOptions, startEchoServer } from '../../support/echo-server.js';
import type { Grounds } from '../grounds.js';

/** nginx in the foreground with this `server { ... }` content (PORT is its port) and what else stands in `http`; gives its port. */
export const startNginx = async (
  grounds: Grounds,
  { server, http = '' }: { readonly server: (at: { readonly port: number }) => string; readonly http?: string },
): Promise<number> => {
  const port = await grounds.freePort();
  const path = grounds.file(
    'nginx.conf',
    `daemon off; worker_processes 1; pid ${grounds.folder}/nginx.pid; error_log ${grounds.folder}/nginx.log;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${grounds.folder}/${name};`).join(' ')}
  ${http}
  server { ${server({ port })} }
}
`,
  );
  await grounds.run(grounds.program('nginx'), ['-c', path, '-p', grounds.folder], { port });
  return port;
};

/** The application behind a proxy: npm ws, echoing. */
export const startApp = async (grounds: Grounds, options: EchoOptions = {}): Promise<number> => {
  const app = await startEchoServer(options);
  grounds.atEnd(() => app.close());
  return app.port;
};
