import type { Product } from './product.js';

export const vite: Product = {
  name: 'Vite',
  remedies: {
    upgrade: {
      text: 'Say `ws: true` on the proxied path. changeOrigin changes Host only; rewriteWsOrigin changes Origin.',
      config: `server: {
  proxy: { '/ws': { target: 'http://localhost:8080', ws: true, changeOrigin: true, rewriteWsOrigin: true } },
}`,
      ran: 'Vite 8.3',
    },
    host: {
      text: 'Name the host under which the page is opened.',
      config: "server: { allowedHosts: ['my.host'], hmr: { clientPort: 443, protocol: 'wss' } }",
      ran: 'Vite 8.3',
    },
    origin: {
      text: 'Let the dev server rewrite the Origin for the server behind it. It puts `target` there letter by letter: http://, not ws://.',
      config: "server: { proxy: { '/ws': { target: 'http://localhost:8080', ws: true, changeOrigin: true, rewriteWsOrigin: true } } }",
      ran: 'Vite 8.3',
    },
  },
};

export const webpack: Product = {
  name: 'webpack-dev-server',
  remedies: {
    upgrade: {
      text: 'Say `ws: true` on the proxied path.',
      config: "proxy: [{ context: ['/ws'], target: 'http://localhost:8080', ws: true, changeOrigin: true }]",
      ran: 'webpack-dev-server 5.2',
    },
    host: {
      text: 'Name the host under which the page is opened.',
      config: "allowedHosts: ['my.host'], client: { webSocketURL: 'auto://0.0.0.0:0/ws' }",
      ran: 'webpack-dev-server 5.2',
    },
  },
};
