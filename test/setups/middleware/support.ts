import type { Grounds } from '../grounds.js';
import { runModule } from '../node-server.js';

/** Express with http-proxy-middleware; `code` is what users are shown, `target` the port behind it. */
export const runProxy = (grounds: Grounds, { code, target }: { readonly code: string; readonly target: number }): Promise<number> =>
  runModule(
    grounds,
    `import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
const app = express();
${code.replace('http://localhost:9000', `http://127.0.0.1:${target}`).replace('listen(8080)', "listen(PORT, '127.0.0.1')")}
`,
  );
