import type { EchoOptions } from '../../support/echo-server.js';
import type { Grounds } from '../grounds.js';
import type { Asking } from '../setup.js';
import { startApp, startNginx } from './support.js';

/** The lines that pass an upgrade on. */
export const upgradeLines =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $http_host;';

/** proxy_pass to a port of this machine. */
export const passTo = (port: number): string => `proxy_pass http://127.0.0.1:${port};`;

/** A location for every path, with these lines. */
export const location = (...lines: readonly string[]): string => `location / { ${lines.join(' ')} }`;

/** nginx that listens in clear with this in its server block, and what else stands in `http`; asked at /chat. */
export const nginxWith = async (grounds: Grounds, server: string, http = ''): Promise<Asking> => {
  const port = await startNginx(grounds, { http, server: (at) => `listen 127.0.0.1:${at.port}; ${server}` });
  return { url: `ws://127.0.0.1:${port}/chat` };
};

/** nginx before the application, with these lines beside proxy_pass. */
export const nginxBefore = async (grounds: Grounds, lines: string, options: EchoOptions = {}): Promise<Asking> =>
  nginxWith(grounds, location(passTo(await startApp(grounds, options)), lines));
