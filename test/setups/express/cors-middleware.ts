import { createServer } from 'node:http';
import express from 'express';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'express-cors-middleware',
  title: 'Express that allows every Origin by CORS fields, while the WebSocketServer has a list of its own',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => {
    const app = express();
    app.use((_, response, next) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      next();
    });
    const server = createServer(app);
    new WebSocketServer({
      server,
      verifyClient: ({ origin }: { readonly origin?: string }) => origin === undefined || new URL(origin).hostname.endsWith('app.example'),
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/ws`, origin: 'http://localhost:5173' };
  },
};
