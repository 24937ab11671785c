import type { Product } from './product.js';

export const pythonWebsockets: Product = {
  name: 'Python websockets',
  remedies: {
    origin: {
      text: 'List the origins; None stands for clients that send none.',
      config: 'serve(handler, "0.0.0.0", 8080, origins=["https://app.example", None])',
      ran: 'websockets 10.4',
    },
    subprotocol: {
      text: 'Name the subprotocols that the server speaks.',
      config: 'serve(handler, "0.0.0.0", 8080, subprotocols=["chat"])',
    },
    handler: {
      text: 'uvicorn needs a WebSocket library, or it answers "Unsupported upgrade request".',
      config: "pip install 'uvicorn[standard]'",
    },
    idle: {
      text: 'Its own Ping every 20 seconds keeps connections alive; a wrong ping_timeout ends them.',
      config: 'serve(handler, "0.0.0.0", 8080, ping_interval=20)',
    },
  },
};

export const tornado: Product = {
  name: 'tornado',
  remedies: {
    origin: {
      text: 'Override check_origin of the handler.',
      config: 'def check_origin(self, origin):\n    return origin == "https://app.example"',
      ran: 'tornado 6.2',
    },
    subprotocol: {
      text: 'Override select_subprotocol of the handler.',
      config: 'def select_subprotocol(self, subprotocols):\n    return "chat" if "chat" in subprotocols else None',
    },
  },
};

export const aiohttp: Product = {
  name: 'aiohttp',
  remedies: {
    origin: { text: 'aiohttp does not check it: look for your own code that reads the field.', config: 'request.headers.get("Origin")' },
    subprotocol: { text: 'Name the subprotocols that the server speaks.', config: 'web.WebSocketResponse(protocols=("chat",))' },
  },
};
