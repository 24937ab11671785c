import { createServer, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import express from 'express';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'express-login',
  title: 'Express whose session middleware sees the upgrade first, and sends who is not logged in to /login',
  cause: 'server',
  codes: ['server.auth', 'server.redirect'],
  start: async (grounds) => {
    const app = express();
    app.use((request, response, next) => (request.headers.cookie?.includes('session=') ? next() : response.redirect('/login')));
    const server = createServer(app);
    const wss = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      const response = new ServerResponse(request);
      response.assignSocket(socket as Socket);
      response.on('finish', () => socket.end());
      app.use('/ws', () => wss.handleUpgrade(request, socket, head, () => {}));
      app(request, response);
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/ws`, origin: 'https://app.example' };
  },
};
