import type { Grounds } from '../grounds.js';

/** A program for Debian's Python, with the port as its first argument; gives that port. */
export const startPython = async (grounds: Grounds, source: string): Promise<number> => {
  const port = await grounds.freePort();
  await grounds.run('/usr/bin/python3', ['-u', grounds.file('server.py', source), String(port)], {
    port,
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  });
  return port;
};

/** websockets with these lines of code in front of its `main`, and this call of serve. */
export const websockets = (serving: string, more = ''): string => `import asyncio, http, sys
from websockets.server import serve

async def handler(websocket):
    async for message in websocket:
        await websocket.send(message)

${more}

async def main():
    async with ${serving.replace('"0.0.0.0", 8080', '"127.0.0.1", int(sys.argv[1])')}:
        await asyncio.Future()

asyncio.run(main())
`;

/** aiohttp with this handler of /ws. */
export const aiohttp = (handler: string): string => `import sys
from aiohttp import web

${handler}

app = web.Application()
app.router.add_get("/ws", handle)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
`;

/** An echo by aiohttp; `response` is how the answer is made. */
export const aiohttpEcho = (response: string, first = ''): string =>
  aiohttp(`async def handle(request):
    ${first}
    socket = ${response}
    await socket.prepare(request)
    async for message in socket:
        await socket.send_str(message.data)
    return socket`);
