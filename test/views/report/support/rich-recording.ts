import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import WebSocket, { WebSocketServer } from 'ws';
import { frame } from '../../../proxy/support/frames.js';
import { startHouse } from '../../../proxy/support/house.js';
import { callHttp2, extendedConnect } from '../../../proxy/support/http2-caller.js';
import { startEchoServer } from '../../../support/echo-server.js';
import { startHttp2Server } from '../../../support/http2-server.js';
import { testCertificate } from '../../../support/test-certificate.js';

const settled = (socket: WebSocket): Promise<'open' | 'failed'> =>
  new Promise((resolve) => void socket.once('open', () => resolve('open')).once('error', () => resolve('failed')));
const closed = (socket: WebSocket): Promise<void> => new Promise((resolve) => void socket.once('close', () => resolve()));
const echo = (socket: WebSocket): Promise<void> => new Promise((resolve) => void socket.once('message', () => resolve()));

const order = (n: number) => ({
  type: 'order',
  id: 12_345_678_901_234_567_890n.toString(),
  lines: Array.from({ length: n }, (_, i) => ({ item: `part-${i}`, price: i * 1.5, tags: ['new', '漢字'] })),
});

/**
 * One real run: a long talk with fragments, compression, JSON and binary; a refused Origin; a fault; a certificate that does not verify; a name
 * without a server; a server that sends what is no frame; HTTP/2. Writes the recording into the folder and returns its path.
 */
export const richRecording = async (folder: string): Promise<string> => {
  const path = join(folder, 'rich session.jsonl');
  const own = testCertificate();
  await using plain = await startEchoServer({ protocols: ['chat.v1'], answers: { '/login': 426 } });
  await using strict = await startEchoServer({ origins: ['https://app.example'] });
  await using secure = await startEchoServer({ tls: own });
  await using h2 = await startHttp2Server(own);
  const rude = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      const key = /sec-websocket-key: (\S+)/i.exec(data.toString('latin1'))?.[1] ?? '';
      socket.end(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Key: ${key}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<h1>hello</h1>`,
      );
    });
  });
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  const compressing = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 0 } });
  compressing.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  await new Promise<void>((resolve) => void compressing.once('listening', resolve));
  const ended: Promise<unknown>[] = [];
  {
    await using house = await startHouse({ record: { type: 'file', path }, insecure: ['127.0.0.1', 'localhost'] });
    const open = (url: string, options: WebSocket.ClientOptions = {}, protocols: string[] = []): WebSocket => {
      const socket = new WebSocket(url, protocols, {
        agent: new HttpsProxyAgent(`http://127.0.0.1:${house.port}`),
        ca: house.ca,
        ...options,
      });
      socket.on('error', () => {});
      ended.push(closed(socket));
      return socket;
    };
    const talk = open(
      `ws://127.0.0.1:${(compressing.address() as AddressInfo).port}/chat?room=7&token=abc`,
      { origin: 'https://app.example' },
      ['chat.v1', 'bearer.eyJhbGciOi'],
    );
    await settled(talk);
    for (let n = 0; n < 30; n++) {
      talk.send(n % 3 === 0 ? JSON.stringify(order(n)) : `message ${n} \u202e with \x1b[31m and <b>`);
      await echo(talk);
    }
    for (const [index, part] of ['{"split":', '[1,2,', '3]}'].entries()) talk.send(part, { fin: index === 2 });
    await echo(talk);
    talk.send(Buffer.from(Array.from({ length: 900 }, (_, i) => i % 256)));
    await echo(talk);
    talk.ping('still there?');
    talk.send(`${'long '.repeat(3000)}end`);
    await echo(talk);
    talk.close(4001, 'done here');
    await closed(talk);

    await settled(open(`${strict.url}socket`, { origin: 'https://evil.example' }));
    await settled(open(`${plain.url}login`));
    await house.engine.control.arm('drop-upgrade');
    await settled(open(`${plain.url}chat`));
    await house.engine.control.disarm('drop-upgrade');
    const distrusting = open(secure.url, { ca: [] });
    await settled(distrusting);
    const trusting = open(`wss://localhost:${secure.port}/feed`);
    await settled(trusting);
    trusting.send('over TLS');
    await echo(trusting);
    trusting.close(1000);
    await settled(open('ws://127.0.0.1:9/nobody'));
    await settled(open(`ws://127.0.0.1:${(rude.address() as AddressInfo).port}/rude`));
    const client = await callHttp2({ proxyPort: house.port, originPort: h2.port, ca: house.ca });
    const { stream, answer, bytes } = client.ask(extendedConnect(`127.0.0.1:${h2.port}`, { origin: 'https://page.test' }));
    await answer;
    stream.write(frame({ opcode: 1, payload: 'hello over h2', masked: true }));
    await bytes(15);
    stream.end(frame({ opcode: 8, payload: Buffer.of(3, 232), masked: true }));
    await bytes(19);
    await client[Symbol.asyncDispose]();
    await house.exchanges(client.localPort, 1);
    await Promise.all(ended);
  }
  rude.close();
  compressing.close();
  return path;
};
