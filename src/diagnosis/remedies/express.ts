import type { Product } from './product.js';

const oneListener = `const server = createServer(app);   // of node:http; not app.listen(): that makes another server
const allowed = new Set(['https://app.example']);
const wss = new WebSocketServer({ noServer: true });
server.on('upgrade', (req, socket, head) => {
  const { pathname } = new URL(req.url, 'http://x');
  if (pathname !== '/ws') return socket.end('HTTP/1.1 404 Not Found\\r\\nConnection: close\\r\\n\\r\\n');
  if (!allowed.has(req.headers.origin)) return socket.end('HTTP/1.1 403 Forbidden\\r\\nConnection: close\\r\\n\\r\\n');
  wss.handleUpgrade(req, socket, head, (ws) => wss.emit('connection', ws, req));
});
server.listen(8080);`;

const ran = 'Express 4.21 and ws 8.23';

export const express: Product = {
  name: 'Express + ws',
  remedies: {
    handler: { text: 'One http server, one upgrade listener that knows all paths.', config: oneListener, ran },
    origin: { text: 'Compare the Origin in the upgrade listener with a list of your own.', config: oneListener, ran },
    upgrade: {
      text: 'Where http-proxy or http-proxy-middleware passes requests on, it has to be told of upgrades too.',
      config: "server.on('upgrade', (req, socket, head) => proxy.ws(req, socket, head));",
    },
  },
};

export const wsNode: Product = {
  name: 'ws (Node)',
  remedies: {
    handler: {
      text: 'A wrong path gets 400 from ws. Two WebSocketServers with `server` and `path` on one server refuse each other: use noServer.',
      config: oneListener,
      ran,
    },
    origin: {
      text: 'verifyClient answers 401 when it says no: let it accept the Origin of the page.',
      config: "new WebSocketServer({ server, verifyClient: ({ origin }) => ['https://app.example'].includes(origin) });",
      ran: 'ws 8.23',
    },
    subprotocol: {
      text: 'Choose one of the offered subprotocols; by default ws takes the first.',
      config: "new WebSocketServer({ server, handleProtocols: (offered) => (offered.has('chat') ? 'chat' : false) });",
      ran: 'ws 8.23',
    },
    limits: { text: 'Raise the limit of Node for heads.', config: 'node --max-http-header-size=65536 server.js' },
    idle: { text: 'Send a Ping every 30 seconds.', config: 'setInterval(() => wss.clients.forEach((ws) => ws.ping()), 30_000);' },
  },
};
