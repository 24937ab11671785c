import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-http2-cleartext',
  title: 'node:http2 without TLS: it speaks HTTP/2 and nothing else (a gRPC port)',
  cause: 'url',
  codes: ['url.wrong-service'],
  start: async (grounds) => {
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    grounds.atEnd(() => server.close());
    return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/chat` };
  },
};
