import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from './free-port.js';

it('gives each who asks at the same time a port of its own, on which nobody listens, below those that the system draws', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(new Set(ports).size).toBe(50);
  for (const port of ports) expect(port).toBeLessThan(32_768);
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const more = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(more.filter((port) => ports.includes(port))).toEqual([]);
  for (const server of servers) server.close();
});
