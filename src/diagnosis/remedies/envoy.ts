import type { Product } from './product.js';

export const envoy: Product = {
  name: 'Envoy',
  remedies: {
    upgrade: {
      text: 'Name websocket among the upgrades of the connection manager or of the route; without it Envoy answers 403. Keep the buffer filter out of its chain.',
      config: 'upgrade_configs: [{ upgrade_type: websocket }]',
    },
    idle: {
      text: 'Lift the timeouts of the route and of the stream.',
      config: 'timeout: 0s\nidle_timeout: 0s\n# connection manager: stream_idle_timeout: 0s',
    },
    gateway: {
      text: '"no healthy upstream" and "upstream connect error" name the cluster: check its endpoints, health checks and TLS context.',
    },
    host: { text: 'Do not rewrite the Host on this route.', config: '# remove host_rewrite_literal / auto_host_rewrite' },
  },
};
