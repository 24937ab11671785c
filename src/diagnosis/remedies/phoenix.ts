import type { Product } from './product.js';

export const phoenix: Product = {
  name: 'Phoenix',
  remedies: {
    origin: {
      text: 'List the origins of the endpoint.',
      config: 'config :app, AppWeb.Endpoint, url: [host: "app.example"], check_origin: ["https://app.example", "//*.example"]',
    },
    handler: {
      text: 'Name the socket in the endpoint; its path ends in /websocket.',
      config: 'socket "/socket", AppWeb.UserSocket, websocket: true',
    },
    idle: {
      text: 'The timeout of the transport closes silent sockets.',
      config: 'socket "/socket", AppWeb.UserSocket, websocket: [timeout: 60_000]',
    },
  },
};
