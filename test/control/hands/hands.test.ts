import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { Problem } from '../../../src/model/problem.js';
import { frame } from '../../proxy/support/frames.js';
import { bugsOf, type House, startHouse } from '../../proxy/support/house.js';
import { openRawClient, upgradeRequest } from '../../support/raw-client.js';
import { eventsOf, openClient } from './support.js';

let server: WebSocketServer;
let url: string;
let port: number;
let house: House;
const peers: WebSocket[] = [];
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => peers.push(socket));
  await once(server, 'listening');
  port = (server.address() as { port: number }).port;
  url = `ws://127.0.0.1:${port}/`;
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await startHouse();
});
afterEach(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
});

const open = async () => {
  const client = await openClient(house, url);
  const peer = peers.at(-1);
  if (!peer) throw new Error('the server saw nobody');
  peer.on('error', () => {});
  return { client, peer };
};
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : error),
  );
const text = (value: string) => Buffer.from(value);

describe('a frame put in by hand', () => {
  it('reaches the client as if the server had sent it, and the server as if the client had', async () => {
    const { client, peer } = await open();
    await house.engine.control.inject('1', { to: 'client', type: 'text', payload: text('für dich') });
    expect(await client.next()).toEqual(['für dich']);
    const heard = once(peer, 'message');
    await house.engine.control.inject('1', { to: 'server', type: 'binary', payload: Uint8Array.of(1, 2, 3) });
    const [data, isBinary] = await heard;
    expect([Buffer.from(data), isBinary]).toEqual([Buffer.of(1, 2, 3), true]);
    expect(eventsOf(house, 'injected')).toMatchObject([
      { to: 'client', frame: 'text', bytes: 9 },
      { to: 'server', frame: 'binary', bytes: 3 },
    ]);
    expect(house.all()[0]).toMatchObject({
      frames: { fromClient: { messages: 0 }, fromServer: { messages: 0 } },
      given: { fromClient: { messages: 1, defects: [] }, fromServer: { messages: 1, defects: [] } },
      applied: [
        { id: 'by-hand', leg: 'client' },
        { id: 'by-hand', leg: 'server' },
      ],
    });
    client.socket.close(1000);
    expect(await client.closed).toEqual([1000, '']);
  });

  it('may be a ping, whose pong comes back', async () => {
    const { client, peer } = await open();
    const [pinged, ponged] = [once(client.socket, 'ping'), once(peer, 'pong')];
    await house.engine.control.inject('1', { to: 'client', type: 'ping', payload: text('are you there') });
    expect(String((await pinged)[0])).toBe('are you there');
    expect(String((await ponged)[0])).toBe('are you there');
    client.socket.terminate();
  });

  it('never stands between two fragments of a message', async () => {
    using client = await openRawClient({
      target: { host: '127.0.0.1', port },
      via: { type: 'connect', proxy: { host: '127.0.0.1', port: house.port } },
    });
    await client.send(upgradeRequest({ host: '127.0.0.1', port }));
    await client.until('\r\n\r\n');
    const peer = peers.at(-1);
    const heard: string[] = [];
    const two = new Promise<void>((resolve) => peer?.on('message', (data) => heard.push(data.toString()) === 2 && resolve()));
    const arrived = peer && once(peer, 'ping');
    await client.send(frame({ opcode: 1, payload: 'be', fin: false, masked: true }), frame({ opcode: 9, masked: true }));
    await arrived;
    const pinged = peer && once(peer, 'ping');
    await house.engine.control.inject('1', { to: 'server', type: 'text', payload: text('put in') });
    await house.engine.control.inject('1', { to: 'server', type: 'ping', payload: text('') });
    await pinged;
    await client.send(frame({ opcode: 0, payload: 'gun', masked: true }));
    await two;
    expect(heard).toEqual(['begun', 'put in']);
  });

  it('is refused where it cannot go', async () => {
    const { client } = await open();
    const { control } = house.engine;
    expect(await codeOf(control.inject('9', { to: 'client', type: 'text', payload: text('') }))).toBe('SHK_NOT_FOUND');
    expect(await codeOf(control.inject('1', { to: 'client', type: 'ping', payload: Buffer.alloc(126) }))).toBe('SHK_USAGE');
    client.socket.close();
    await client.closed;
    await house.event(({ type }) => type === 'closed');
    expect(await codeOf(control.inject('1', { to: 'client', type: 'text', payload: text('') }))).toBe('SHK_STATE');
    expect(await codeOf(control.close('1', {}))).toBe('SHK_STATE');
    expect(await codeOf(control.kill('1'))).toBe('SHK_STATE');
  });
});

describe('a close by hand', () => {
  it('tells both sides the code and the reason, and ends the exchange', async () => {
    const { client, peer } = await open();
    const peerClosed = once(peer, 'close');
    await house.engine.control.close('1', { code: 4711, reason: 'wegen Umbaus' });
    expect(await client.closed).toEqual([4711, 'wegen Umbaus']);
    const [code, reason] = await peerClosed;
    expect([code, String(reason)]).toEqual([4711, 'wegen Umbaus']);
    await house.event(({ type }) => type === 'closed');
    const [exchange] = house.all();
    expect(exchange?.outcome).toBe('closed');
    expect(
      exchange
        ? diagnose(exchange).filter(({ severity, culprit }) => severity === 'error' && culprit !== 'somebody, by hand in shakedown')
        : null,
    ).toEqual([]);
  });

  it('ends it also when nobody answers', async () => {
    using client = await openRawClient({
      target: { host: '127.0.0.1', port },
      via: { type: 'connect', proxy: { host: '127.0.0.1', port: house.port } },
    });
    await client.send(upgradeRequest({ host: '127.0.0.1', port }));
    await client.until('\r\n\r\n');
    peers.at(-1)?.pause();
    await house.event(({ type, ...rest }) => type === 'head' && 'site' in rest && rest.site === 'clientGot');
    await house.engine.control.close('1', { code: 1001 });
    expect((await client.ended).how).toBe('fin');
    expect(client.received().subarray(-4)).toEqual(Buffer.of(0x88, 2, 0x03, 0xe9));
    client.end();
    peers.at(-1)?.terminate();
    await house.event(({ type }) => type === 'closed');
  });
});

describe('a kill', () => {
  it('resets both legs of an open WebSocket, and is told as what it is', async () => {
    const { client, peer } = await open();
    const [clientClosed, peerClosed] = [client.closed, once(peer, 'close')];
    await house.engine.control.kill('1');
    expect((await clientClosed)[0]).toBe(1006);
    expect((await peerClosed)[0]).toBe(1006);
    await house.event(({ type }) => type === 'closed');
    expect(eventsOf(house, 'end')).toMatchObject([
      { leg: 'client', how: 'reset', by: 'shakedown' },
      { leg: 'server', how: 'reset', by: 'shakedown' },
    ]);
    const [exchange] = house.all();
    const [first] = exchange ? diagnose(exchange) : [];
    expect(first).toMatchObject({ severity: 'error', culprit: 'somebody, by hand in shakedown' });
  });

  it('ends an exchange that is still waiting for its answer, also one that is held', async () => {
    using client = await openRawClient({
      target: { host: '127.0.0.1', port },
      via: { type: 'connect', proxy: { host: '127.0.0.1', port: house.port } },
    });
    await house.engine.control.hold({ at: 'request' });
    await client.send(upgradeRequest({ host: '127.0.0.1', port }));
    await house.event(({ type }) => type === 'held');
    await house.engine.control.kill('1');
    expect((await client.ended).how).toBe('reset');
    await house.event(({ type }) => type === 'closed');
    expect((await house.engine.control.holds()).held).toEqual([]);
  });
});
