import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { exchangeFrom } from '../support/exchange.js';

const good = [
  'GET /ws HTTP/1.1',
  'Host: app.example',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];

let open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.map((close) => close()));
  open = [];
});

const portOf = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return (server.address() as AddressInfo).port;
};

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n');

/** Sends a request as it stands, and diagnoses what comes back. `sent` is what the client had said before a fault of ours. */
const found = async (port: number, lines: readonly string[], sent?: readonly string[]) => {
  const raw = (of: readonly string[]) => `${of.join('\r\n')}\r\n\r\n`;
  const socket = connect(port, '127.0.0.1');
  socket.write(raw(lines));
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
    if (/\r\n\r\n/.test(answer) && /Content-Length: 2\r\n/i.test(answer)) socket.end();
  });
  await once(socket, 'close');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const change = sent ? `--- server got by drop-upgrade raw\n${escaped(raw(lines))}\n` : '';
  const script = `--- request raw\n${escaped(raw(sent ?? lines))}\n${change}`;
  return diagnose(exchangeFrom(`${script}--- answer raw\n${escaped(`${head}\r\n\r\n`)}\n--- body\n${body}\n`))[0];
};

describe('what ws really answers', () => {
  const wsServer = async (options: ConstructorParameters<typeof WebSocketServer>[0] = {}) => {
    const server = createServer((_, response) => response.writeHead(200, { 'Content-Length': 2 }).end('ok'));
    const wss = new WebSocketServer({ server, ...options });
    open.push(() => new Promise((done) => wss.close(done)));
    return portOf(server);
  };

  it('to a wrong path is a 400, and diagnosed as a wrong endpoint', async () => {
    expect(await found(await wsServer({ path: '/other' }), good)).toMatchObject({ code: 'url.wrong-endpoint', culprit: 'ws (Node)' });
  });

  it('to an Origin that verifyClient refuses is a 401, and diagnosed as the Origin', async () => {
    const port = await wsServer({ verifyClient: ({ origin }: { origin: string }) => origin === 'https://app.example' });
    expect(await found(port, [...good, 'Origin: https://evil.example'])).toMatchObject({ code: 'origin.rejected', culprit: 'ws (Node)' });
  });

  it('to version 7 lists the versions that it speaks', async () => {
    expect(await found(await wsServer(), [...good.slice(0, 5), 'Sec-WebSocket-Version: 7'])).toMatchObject({
      code: 'server.version-unsupported',
    });
  });

  it('to a key that is too short names the field', async () => {
    expect(await found(await wsServer(), [...good.slice(0, 4), 'Sec-WebSocket-Key: x', ...good.slice(5)])).toMatchObject({
      code: 'server.bad-request',
      culprit: 'the client',
    });
  });

  it('to another Upgrade is a 400 that is the fault of whoever wrote it', async () => {
    expect(
      await found(
        await wsServer(),
        good.map((line) => line.replace('websocket', 'h2c')),
      ),
    ).toMatchObject({ code: 'server.bad-request' });
  });
});

describe('what Node http really answers', () => {
  it('without an upgrade listener is that of its ordinary handler', async () => {
    const port = await portOf(createServer((_, response) => response.writeHead(200, { 'Content-Length': 2 }).end('ok')));
    expect(await found(port, good)).toMatchObject({ code: 'server.no-upgrade-handler' });
  });

  it('to a handshake whose Upgrade our fault took is blamed on the fault', async () => {
    const port = await portOf(createServer((_, response) => response.writeHead(200, { 'Content-Length': 2 }).end('ok')));
    const stripped = good.filter((line) => !/^(Upgrade|Connection):/.test(line));
    expect(await found(port, stripped, good)).toMatchObject({
      code: 'intermediary.upgrade-stripped',
      culprit: "shakedown's fault drop-upgrade",
    });
  });
});
