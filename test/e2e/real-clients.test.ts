import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { type House, startHouse } from '../proxy/support/house.js';
import { withGorilla } from '../support/clients/go-gorilla.js';
import { withJava } from '../support/clients/java-http.js';
import { type Attempt, greeting, type Outcome } from '../support/clients/outcome.js';
import { withPythonLibrary } from '../support/clients/python-libraries.js';
import { type SocketIoServer, startSocketIoServer, withSocketIo } from '../support/clients/socket-io.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findGorilla, findModule, findProgram } from '../support/find.js';

// Clients of other languages and libraries, each by its own proxy setting and its own way to trust a CA: once over ws, once over wss.
// handshakes.test.ts has npm ws, undici, Node's global WebSocket, Python websockets, curl and Chromium.
const python = '/usr/bin/python3';
const websocketClient = findModule(python, 'websocket');
const aiohttp = findModule(python, 'aiohttp');
const go = findGorilla();
const java = findProgram('java');

let house: House;
let servers: Readonly<Record<'ws' | 'wss', EchoServer>>;
let socketIo: Readonly<Record<'ws' | 'wss', SocketIoServer>>;
beforeAll(async () => {
  house = await startHouse();
  const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
  servers = { ws: await startEchoServer(), wss: await startEchoServer({ tls: serverOptions }) };
  socketIo = { ws: await startSocketIoServer(), wss: await startSocketIoServer(serverOptions) };
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await Promise.all([...Object.values(servers), ...Object.values(socketIo)].map((server) => server.close()));
});

interface Client {
  readonly name: string;
  readonly missing: string | null;
  readonly entrance: Readonly<Record<'ws' | 'wss', string>>;
  readonly drive: (attempt: Attempt) => Promise<Outcome>;
}

const byConnect = { ws: 'connect', wss: 'connect' } as const;
const missingOf = (found: object): string | null => ('missing' in found ? String(found.missing) : null);
const clients: readonly Client[] = [
  { name: 'socket.io-client', missing: null, entrance: byConnect, drive: withSocketIo },
  {
    name: 'Python websocket-client',
    missing: missingOf(websocketClient),
    entrance: byConnect,
    drive: (attempt) => withPythonLibrary(python, 'websocket', attempt),
  },
  {
    name: 'Python aiohttp',
    missing: missingOf(aiohttp),
    entrance: { ws: 'absolute', wss: 'connect' },
    drive: (attempt) => withPythonLibrary(python, 'aiohttp', attempt),
  },
  {
    name: 'Go gorilla',
    missing: missingOf(go),
    entrance: byConnect,
    drive: (attempt) => withGorilla('path' in go ? go.path : '', attempt),
  },
  {
    name: 'Java JDK',
    missing: missingOf(java),
    entrance: byConnect,
    drive: (attempt) => withJava('path' in java ? java.path : '', attempt),
  },
];

const urlOf = ({ name }: Client, scheme: 'ws' | 'wss'): string =>
  name === 'socket.io-client'
    ? `${scheme === 'wss' ? 'https' : 'http'}://localhost:${socketIo[scheme].port}/`
    : `${scheme}://localhost:${servers[scheme].port}/chat`;

describe.each(clients.map((client) => [client.name, client] as const))('%s', (_, client) => {
  it.skipIf(client.missing !== null).each(['ws', 'wss'] as const)(
    'goes through over %s, is recorded whole, and nothing is found wrong',
    { timeout: 240_000 },
    async (scheme) => {
      const url = urlOf(client, scheme);
      const before = new Set(house.all().map(({ id }) => id));
      const outcome = await client.drive({ url, proxy: `http://127.0.0.1:${house.port}`, ca: house.ca, timeoutMs: 60_000 });
      expect(outcome).toEqual({ opened: true, echoed: true, error: '', closeCode: 1000 });
      const closed = await house.event((event) => event.type === 'closed' && !before.has(event.exchange));
      const exchange = house.all().find(({ id }) => id === closed.exchange);
      expect(exchange).toMatchObject({ kind: 'websocket', status: 101, outcome: 'closed', entrance: client.entrance[scheme] });
      expect(exchange?.target).toMatchObject({ scheme, port: Number(new URL(url).port) });
      const sent = house.crossed(closed.exchange, 'server').toString('latin1');
      expect(sent).toContain(greeting);
      expect(exchange && diagnose(exchange)).toEqual([]);
    },
  );
});
