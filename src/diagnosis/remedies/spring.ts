import type { Product } from './product.js';

export const spring: Product = {
  name: 'Spring',
  remedies: {
    origin: {
      text: 'Allow the origins of the endpoint, and the path in Spring Security.',
      config: `registry.addHandler(handler, "/ws").setAllowedOrigins("https://app.example");
// STOMP: registry.addEndpoint("/ws").setAllowedOriginPatterns("https://*.example");`,
    },
    host: { text: 'Behind a proxy let Tomcat read the forwarded fields.', config: 'server.forward-headers-strategy=framework' },
    handler: {
      text: 'Register the handler at the path that the client asks for; with SockJS a plain client asks for /ws/websocket.',
      config: 'registry.addHandler(handler, "/ws");',
    },
  },
};
