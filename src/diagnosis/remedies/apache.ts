import type { Product } from './product.js';

export const apache: Product = {
  name: 'Apache httpd',
  remedies: {
    upgrade: {
      text: 'From 2.4.47 on name the upgrade in ProxyPass; older releases need mod_proxy_wstunnel and a ws:// rule before the http:// one.',
      config: `ProxyPass /ws http://app:8080/ws upgrade=websocket
# before 2.4.47:
# ProxyPass /ws ws://app:8080/ws`,
      ran: 'Apache httpd 2.4.71',
    },
    host: { text: 'Keep the Host that the client named.', config: 'ProxyPreserveHost On', ran: 'Apache httpd 2.4.71' },
    idle: {
      text: 'Raise the timeout of the proxy: of Timeout (60 s by default) and ProxyTimeout the longer one counts for an open WebSocket.',
      config: 'ProxyTimeout 3600',
      ran: 'Apache httpd 2.4.71',
    },
    gateway: { text: 'Look into the error log (AH01102, AH00957); check the address in ProxyPass, and that the server runs.' },
    limits: { text: 'Raise the limit for one request field.', config: 'LimitRequestFieldSize 32768', ran: 'Apache httpd 2.4.71' },
    chain: {
      text: 'Serve the leaf and its intermediates in one file (2.4.8 and later).',
      config: 'SSLCertificateFile /etc/ssl/fullchain.pem',
    },
  },
};
