import type { Product } from './product.js';

export const httpProxyMiddleware: Product = {
  name: 'http-proxy-middleware',
  remedies: {
    upgrade: {
      text: 'Give it the upgrades of the http server yourself: it learns of that server only with its first plain request. pathFilter keeps the path, which app.use would cut off.',
      config: `const proxy = createProxyMiddleware({ target: 'http://localhost:9000', pathFilter: '/ws', ws: true });
app.use(proxy);
const server = app.listen(8080);
server.on('upgrade', proxy.upgrade);`,
      ran: 'http-proxy-middleware 3.0',
    },
    host: {
      text: 'changeOrigin puts the name of the target into Host, and leaves Origin as it was: leave it out where the server compares the two.',
      config: `createProxyMiddleware({ target: 'http://localhost:9000', pathFilter: '/ws', ws: true, changeOrigin: false });`,
      ran: 'http-proxy-middleware 3.0',
    },
    gateway: {
      text: 'Check the address in `target`, and that the server behind it runs; `logger: console` says why it could not be reached.',
    },
  },
};
