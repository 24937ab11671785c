import { describe, expect, it } from 'vitest';
import { ask, latin1 } from './support/ask.js';
import { dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { reverseTo } from './support/house.js';
import { takePeer } from './support/peer.js';
import type { Answer } from './support/scripted-upstreams.js';
import { http, through, tidy } from './support/upstream-talk.js';

tidy();

describe('plain requests through an http upstream proxy', () => {
  const page = (): Answer => ({ say: 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage' });

  it.each(['absolute', 'reverse'] as const)('go to it in absolute form, on one connection, when they came by %s', async (way) => {
    const upstream = await http(page);
    const house = await through(`http://u:secret@127.0.0.1:${upstream.port}`, {}, { reverse: reverseTo(81, 'http') });
    const raw = await dial(house.port);
    const port = raw.localPort ?? 0;
    const client = takePeer(raw);
    for (const nth of [1, 2]) {
      const target = way === 'absolute' ? `http://127.0.0.1:81/p${nth}?q` : `/p${nth}?q`;
      await client.send(latin1(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:81\r\nProxy-Authorization: Basic bWluZQ==\r\n\r\n`));
      await within(
        (async () => {
          while (client.received().toString().split('page').length <= nth) await client.bytes(client.length() + 1);
        })(),
        () => 'no page',
      );
    }
    const value = Buffer.from('u:secret').toString('base64');
    expect(upstream.said.map(({ text }) => text.split('\r\n')[0])).toEqual([
      'GET http://127.0.0.1:81/p1?q HTTP/1.1',
      'GET http://127.0.0.1:81/p2?q HTTP/1.1',
    ]);
    expect(upstream.said.every(({ text }) => text.split(`Proxy-Authorization: Basic ${value}\r\n`).length === 2)).toBe(true);
    expect(upstream.said.every(({ text, connection }) => !text.includes('bWluZQ') && connection === 1)).toBe(true);
    client.fin();
    const exchanges = await within(house.exchanges(port, 2), () => 'the exchanges do not end');
    for (const exchange of exchanges) {
      expect(exchange.upstream).toMatchObject({ request: '', outcome: null, proxy: { port: upstream.port } });
      expect(exchange.heads.serverGot?.raw).toContain('Proxy-Authorization: Basic ***\r\n');
      expect(JSON.stringify(exchange)).not.toContain(value);
    }
  });

  it("give it the client's own credentials when there are none in its URL, in absolute form only", async () => {
    const upstream = await http(page);
    const house = await through(`http://127.0.0.1:${upstream.port}`, {}, { reverse: reverseTo(81, 'http') });
    for (const target of ['http://127.0.0.1:81/', '/']) {
      await ask(house, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:81\r\nProxy-Authorization: Basic bWluZQ==\r\nConnection: close\r\n\r\n`);
    }
    expect(upstream.said.map(({ text }) => text.includes('Basic bWluZQ=='))).toEqual([true, false]);
  });
});
