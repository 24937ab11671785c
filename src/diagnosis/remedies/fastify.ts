import type { Product } from './product.js';

export const fastify: Product = {
  name: 'Fastify',
  remedies: {
    handler: {
      text: 'Take the upgrades of the http server that Fastify listens with, or register @fastify/websocket before the routes and say `websocket: true` on the route.',
      config: `const wss = new WebSocketServer({ noServer: true });
app.server.on('upgrade', (req, socket, head) => {
  const { pathname } = new URL(req.url, 'http://x');
  if (pathname !== '/ws') return socket.end('HTTP/1.1 404 Not Found\\r\\nConnection: close\\r\\n\\r\\n');
  wss.handleUpgrade(req, socket, head, (ws) => wss.emit('connection', ws, req));
});
await app.listen({ port: 8080 });`,
      ran: 'Fastify 4.29 and ws 8.23',
    },
  },
};
