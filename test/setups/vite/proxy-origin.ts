import { type EchoOptions, startEchoServer } from '../../support/echo-server.js';
import type { Grounds } from '../grounds.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startVite } from './support.js';

/** An application that takes its own Origin only. */
const startOwn = async (grounds: Grounds): Promise<number> => {
  const origins: string[] = [];
  const app = await startEchoServer({ origins } satisfies EchoOptions);
  grounds.atEnd(() => app.close());
  origins.push(`http://127.0.0.1:${app.port}`);
  return app.port;
};

export const setup: Setup = {
  id: 'vite-proxy-origin',
  title: 'Vite with `changeOrigin: true`, which changes Host only, in front of an application that looks at the Origin',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => {
    const app = await startOwn(grounds);
    const port = await startVite(
      grounds,
      `server: { proxy: { '/ws': { target: 'ws://127.0.0.1:${app}', ws: true, changeOrigin: true } } }`,
    );
    return { url: `ws://127.0.0.1:${port}/ws`, origin: 'http://localhost:5173' };
  },
  mends: [['Vite', 'origin']],
  mended: async (grounds) => {
    const app = await startOwn(grounds);
    const code = remedyOf('Vite', 'origin').replace('localhost:8080', `127.0.0.1:${app}`);
    return { url: `ws://127.0.0.1:${await startVite(grounds, code)}/ws`, origin: 'http://localhost:5173' };
  },
};
