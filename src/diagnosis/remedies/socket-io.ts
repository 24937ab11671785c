import type { Product } from './product.js';

export const socketIo: Product = {
  name: 'socket.io',
  remedies: {
    handler: {
      text: 'Use the same `path` at both ends (/socket.io/ by default) and matching major versions; a plain WebSocket client cannot talk to it.',
      config: "io('https://app.example', { path: '/socket.io/', transports: ['websocket'] });",
    },
    origin: {
      text: 'The real check is allowRequest; `cors` speaks only to the polling requests.',
      config: `const allowed = new Set(['https://app.example']);
new Server(httpServer, {
  cors: { origin: ['https://app.example'], credentials: true },
  allowRequest: (req, done) => done(null, allowed.has(req.headers.origin)),
});`,
      ran: 'socket.io 4.8',
    },
    cors: {
      text: 'Polling is plain HTTP, so the server has to name the origin of the page in its CORS fields.',
      config: "new Server(httpServer, { cors: { origin: ['https://app.example'], credentials: true } });",
    },
    sticky: {
      text: 'Polling needs sticky sessions and an adapter; WebSocket alone does not.',
      config: "io(url, { transports: ['websocket'] });",
    },
    idle: {
      text: 'pingInterval has to be shorter than the idle timeout of every hop.',
      config: 'new Server(httpServer, { pingInterval: 25_000 });',
    },
  },
};
