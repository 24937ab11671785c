import { createServer } from 'node:http';
import express from 'express';
import { WebSocketServer } from 'ws';
import { headFrom, listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'express-forbidden',
  title: 'an upgrade listener beside Express that wants a ticket in the query, whoever asks: 403',
  cause: 'server',
  codes: ['server.forbidden'],
  start: async (grounds) => {
    const server = createServer(express());
    const wss = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      if (request.url?.includes('ticket=')) wss.handleUpgrade(request, socket, head, () => {});
      else socket.end(headFrom('HTTP/1.1 403 Forbidden', 'Content-Type: text/plain', 'Connection: close', 'Content-Length: 0'));
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/ws` };
  },
};
