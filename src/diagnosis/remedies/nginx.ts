import type { Product } from './product.js';

/** Measured with 1.22.1: all three upgrade lines are needed, `proxy_http_version 1.1` alone still sends Connection: close. */
export const nginx: Product = {
  name: 'nginx',
  remedies: {
    upgrade: {
      text: 'Pass the upgrade on: by default nginx speaks HTTP/1.0 to the server and drops Upgrade. All three lines are needed.',
      config: `map $http_upgrade $connection_upgrade { default upgrade; '' close; }
location /ws/ {
  proxy_pass http://app;
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  proxy_set_header Host $host;
}`,
      ran: 'nginx 1.22.1',
    },
    host: {
      text: 'Keep the Host that the client named; by default nginx puts the name of the upstream there.',
      config: `proxy_set_header Host $host;
proxy_set_header X-Forwarded-Proto $scheme;`,
      ran: 'nginx 1.22.1',
    },
    idle: {
      text: 'Raise the read timeout (60 s by default), or let one side send a Ping more often than that.',
      config: `proxy_read_timeout 1h;
proxy_send_timeout 1h;`,
      ran: 'nginx 1.22.1',
    },
    gateway: {
      text: 'Look into the error log for the reason (refused, reset, "upstream prematurely closed"); check the address in proxy_pass, and that the server runs.',
      config: 'proxy_pass http://127.0.0.1:8080;   # https:// when the server speaks TLS',
      ran: 'nginx 1.22.1',
    },
    limits: {
      text: 'Raise the limit for request heads, or send fewer cookies.',
      config: 'large_client_header_buffers 4 32k;',
      ran: 'nginx 1.22.1',
    },
    sticky: { text: 'Send one client to one server.', config: 'upstream app { ip_hash; server 10.0.0.1:8080; server 10.0.0.2:8080; }' },
    chain: {
      text: 'Serve the leaf and its intermediates in one file, then reload.',
      config: `ssl_certificate     /etc/ssl/fullchain.pem;
ssl_certificate_key /etc/ssl/privkey.pem;`,
      ran: 'nginx 1.22.1',
    },
  },
};

export const ingressNginx: Product = {
  name: 'ingress-nginx',
  remedies: {
    upgrade: {
      text: 'Its template passes upgrades by itself: remove a configuration-snippet that sets Connection or Upgrade.',
    },
    idle: {
      text: 'Raise both timeouts on the Ingress.',
      config: `nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"
nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"`,
    },
    sticky: { text: 'Send one client to one pod.', config: 'nginx.ingress.kubernetes.io/affinity: cookie' },
  },
};
