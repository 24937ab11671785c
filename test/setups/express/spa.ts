import { createServer } from 'node:http';
import express from 'express';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'express-spa',
  title: 'Express that answers every path with the page of a single-page app, and has no upgrade listener',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.status-200'],
  start: async (grounds) => {
    const app = express();
    app.get('*', (_, response) => void response.type('html').send('<!doctype html><title>app</title><div id="root"></div>'));
    return { url: `ws://127.0.0.1:${await listen(grounds, createServer(app))}/ws` };
  },
};
