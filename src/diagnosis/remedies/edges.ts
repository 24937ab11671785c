import type { Product } from './product.js';

export const cloudflare: Product = {
  name: 'Cloudflare',
  remedies: {
    upgrade: {
      text: 'Switch WebSockets on under Network, and use a port that Cloudflare proxies (443, 2053, 2083, 2087, 2096, 8443; 80, 8080, 8880 in clear).',
    },
    idle: { text: 'It cuts connections that are idle for about 100 seconds: send a Ping every 30 seconds.' },
    gateway: {
      text: '52x means that Cloudflare could not use the origin server: 521 refused, 522 timed out, 525 and 526 TLS. Check the origin and its firewall.',
    },
    filter: { text: 'Add a WAF or bot rule that skips the path of the WebSocket: a handshake cannot solve a challenge page.' },
  },
};

export const aws: Product = {
  name: 'AWS',
  remedies: {
    upgrade: {
      text: 'ALB passes upgrades to a target group of protocol version HTTP1 (not HTTP2 or gRPC). CloudFront needs an origin request policy that forwards Sec-WebSocket-* (AllViewer). A classic load balancer needs a TCP or SSL listener.',
    },
    idle: {
      text: 'Raise idle_timeout.timeout_seconds of the ALB (60 s by default); API Gateway ends a connection after 10 idle minutes and after 2 hours: send Pings, reconnect.',
    },
    gateway: { text: 'Check the health of the targets, and that their keep-alive timeout is longer than that of the load balancer.' },
    filter: { text: 'Find the WAF rule in the sampled requests of the web ACL; at API Gateway the $connect route has to return 200.' },
    sticky: { text: 'Switch stickiness on for the target group.' },
  },
};

export const iis: Product = {
  name: 'IIS',
  remedies: {
    upgrade: {
      text: 'Install the feature "WebSocket Protocol" and enable it; on Azure App Service switch "Web sockets" on under General settings.',
      config: '<system.webServer><webSocket enabled="true" /></system.webServer>',
    },
    gateway: { text: 'Look into the log of ARR for the substatus (502.3: the server behind it did not answer).' },
  },
};

export const squid: Product = {
  name: 'Squid',
  remedies: {
    upgrade: {
      text: 'Use wss:// (then the client asks with CONNECT and Squid sees nothing), or allow the upgrade from Squid 5 on.',
      config: 'http_upgrade_request_protocols websocket allow all',
    },
    filter: { text: 'Add the port to the ports that CONNECT may reach.', config: 'acl SSL_ports port 8443', ran: 'Squid 5.7' },
  },
};

export const varnish: Product = {
  name: 'Varnish',
  remedies: {
    upgrade: {
      text: 'Varnish passes an upgrade only by pipe, with the two fields copied.',
      config: `sub vcl_recv { if (req.http.upgrade ~ "(?i)websocket") { return (pipe); } }
sub vcl_pipe { if (req.http.upgrade) { set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection = req.http.connection; } }`,
      ran: 'Varnish 7.1.1',
    },
    gateway: { text: '"Backend fetch failed" names the backend: check its health probe (`varnishadm backend.list`).' },
  },
};
