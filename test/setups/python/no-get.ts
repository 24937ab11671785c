import type { Setup } from '../setup.js';
import { startPython } from './support.js';

export const setup: Setup = {
  id: 'python-no-get',
  title: 'a BaseHTTPRequestHandler without do_GET: 501',
  needs: ['python3:http'],
  cause: 'server',
  codes: ['server.status-unexpected'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(
      grounds,
      `import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(204)
        self.end_headers()

HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
`,
    )}/ws`,
  }),
};
