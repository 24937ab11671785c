import type { Product } from './product.js';

export const haproxy: Product = {
  name: 'HAProxy',
  remedies: {
    idle: {
      text: 'After the 101 only the tunnel timeout counts; without it the client and server timeouts cut the connection.',
      config: 'timeout tunnel 1h',
      ran: 'HAProxy 2.6.12',
    },
    gateway: {
      text: 'Look at the health checks of the backend (`show servers state` on the stats socket): 503 means that no server is up.',
    },
    sticky: { text: 'Send one client to one server.', config: 'balance source' },
    filter: { text: 'Find the `http-request deny` rule that matches the path, and let it pass.' },
    limits: { text: 'Raise the size of the buffer that has to hold a head.', config: 'tune.bufsize 32768', ran: 'HAProxy 2.6.12' },
    chain: { text: 'Put key, leaf and intermediates into the one PEM file.', config: 'bind :443 ssl crt /etc/ssl/site.pem' },
  },
};

export const caddy: Product = {
  name: 'Caddy',
  remedies: {
    upgrade: {
      text: 'reverse_proxy passes upgrades by itself: look for a header_up line that deletes Upgrade or Connection.',
      config: 'reverse_proxy app:8080',
      ran: 'Caddy 2.6.2',
    },
    gateway: {
      text: 'Check that the server behind reverse_proxy runs at that address and port.',
      config: 'reverse_proxy app:8080',
      ran: 'Caddy 2.6.2',
    },
    idle: { text: 'Raise the lifetime of streams (2.7 and later).', config: 'reverse_proxy app:8080 {\n  stream_timeout 24h\n}' },
  },
};
