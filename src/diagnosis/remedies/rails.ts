import type { Product } from './product.js';

export const rails: Product = {
  name: 'Rails',
  remedies: {
    origin: {
      text: 'Action Cable answers 404 to an Origin that is not on its list, and writes the reason into the log.',
      config: "config.action_cable.allowed_request_origins = ['https://app.example', %r{https://.*\\.example}]",
    },
    host: {
      text: 'Same-origin checks need Host and X-Forwarded-Proto from the proxy in front.',
      config: 'config.action_cable.allow_same_origin_as_host = true',
    },
    handler: { text: 'Mount the cable at the path that the client asks for.', config: "mount ActionCable.server => '/cable'" },
  },
};
