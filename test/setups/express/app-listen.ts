import { createServer } from 'node:http';
import express from 'express';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runExpress } from './support.js';

export const setup: Setup = {
  id: 'express-app-listen',
  title: 'Express with app.listen, while the WebSocketServer sits on another http server that nobody lets listen',
  cause: 'server',
  codes: ['server.no-upgrade-handler'],
  start: async (grounds) => {
    const app = express();
    new WebSocketServer({ server: createServer(app) });
    // What app.listen does.
    return { url: `ws://127.0.0.1:${await listen(grounds, createServer(app))}/ws` };
  },
  // ws has the same one.
  mends: [
    ['Express + ws', 'handler'],
    ['ws (Node)', 'handler'],
  ],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runExpress(grounds, remedyOf('Express + ws', 'handler'))}/ws`,
    origin: 'https://app.example',
  }),
};
