import type { Grounds } from '../grounds.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startPython } from './support.js';

const start = async (grounds: Grounds, more: string) => ({
  url: `ws://127.0.0.1:${await startPython(
    grounds,
    `import asyncio, sys
from tornado.web import Application
from tornado.websocket import WebSocketHandler

class Echo(WebSocketHandler):
    def on_message(self, message):
        self.write_message(message)
    ${more.replaceAll('\n', '\n    ')}

async def main():
    Application([("/ws", Echo)]).listen(int(sys.argv[1]), "127.0.0.1")
    await asyncio.Event().wait()

asyncio.run(main())
`,
  )}/ws`,
  origin: 'https://app.example',
});

export const setup: Setup = {
  id: 'tornado-origin',
  title: 'tornado as it comes, asked by a page of another host: 403',
  needs: ['python3:tornado'],
  cause: 'origin',
  codes: ['origin.rejected'],
  start: (grounds) => start(grounds, ''),
  mends: [['tornado', 'origin']],
  mended: (grounds) => start(grounds, remedyOf('tornado', 'origin')),
};
