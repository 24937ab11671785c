import type { Product } from './product.js';

/** Measured with 1.4.69. */
export const lighttpd: Product = {
  name: 'lighttpd',
  remedies: {
    upgrade: {
      text: 'mod_proxy passes upgrades on only when it is told to (1.4.46 and later).',
      config: 'proxy.header = ("upgrade" => "enable")',
      ran: 'lighttpd 1.4.69',
    },
    gateway: { text: 'Look into server.errorlog; 503 means that no host of proxy.server took the connection: check host and port.' },
  },
};
