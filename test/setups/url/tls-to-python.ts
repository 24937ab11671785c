import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-tls-to-python',
  title: 'wss:// to websockets for Python without TLS',
  cause: 'url',
  codes: ['url.scheme-mismatch-tls-to-plain'],
  start: async (grounds) => {
    const port = await grounds.freePort();
    const server = grounds.file(
      'server.py',
      `import asyncio, websockets
async def echo(socket):
    async for message in socket: await socket.send(message)
async def main():
    async with websockets.serve(echo, '127.0.0.1', ${port}): await asyncio.Future()
asyncio.run(main())
`,
    );
    await grounds.run('/usr/bin/python3', [server], { port });
    return { url: `wss://localhost:${port}/chat` };
  },
};
