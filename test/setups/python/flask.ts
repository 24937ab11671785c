import type { Setup } from '../setup.js';
import { startPython } from './support.js';

export const setup: Setup = {
  id: 'flask-route',
  title: 'Flask, which speaks WSGI and cannot be upgraded, with an ordinary route at the path: Werkzeug says 400 to an upgrade',
  needs: ['python3:flask'],
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.bad-request'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(
      grounds,
      `import sys
from flask import Flask

app = Flask(__name__)

@app.get("/ws")
def ws():
    return "hello"

app.run(host="127.0.0.1", port=int(sys.argv[1]))
`,
    )}/ws`,
  }),
};
