import type { Setup } from '../setup.js';
import { startApp, startNginx } from './support.js';
import { location, passTo, upgradeLines } from './through.js';

const welcome =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n<p>If you see this page, the nginx web server is successfully installed and\nworking. Further configuration is required.</p>\n</body>\n</html>\n';

export const setup: Setup = {
  id: 'nginx-welcome-page',
  title: 'nginx knows the application by another server_name, and shows its welcome page for the rest',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.wrong-host', 'url.wrong-endpoint', 'url.not-found'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    grounds.file('html/index.html', welcome);
    const port = await startNginx(grounds, {
      server: (at) =>
        `listen 127.0.0.1:${at.port} default_server; root ${grounds.folder}/html; types { text/html html; } } server { listen 127.0.0.1:${at.port}; server_name app.example; ${location(passTo(app), upgradeLines)}`,
    });
    return { url: `ws://127.0.0.1:${port}/` };
  },
};
