import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'connect-http10',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The proxy answers CONNECT in HTTP/1.0',
  about: 'The status line says HTTP/1.0, with a Proxy-agent field as old proxies have it. The tunnel is as good as any.',
  imitates:
    'Many proxies to this day: they took their answer from the first draft of CONNECT (Squid before 3.2, mod_proxy_connect, tinyproxy, ncat).',
  params: {},
  example: 'connect-http10',
  expects: [],
  effects: [{ client: 'ws (Node), curl, Chromium, Python http.client, aiohttp', sees: 'Nothing: the WebSocket opens.' }],
  apply: ({ reply }) =>
    reply.startsWith('HTTP/1.1')
      ? { raw: reply.replace('HTTP/1.1', 'HTTP/1.0').replace('\r\n\r\n', '\r\nProxy-agent: Apache/2.2\r\n\r\n') }
      : undefined,
});
