import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Shakedown, startShakedown } from '../../../src/index.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';

const caDir = mkdtempSync(join(tmpdir(), 'shakedown-library-'));
let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(async () => {
  await server.close();
  rmSync(caDir, { recursive: true, force: true });
});

const start = (): Promise<Shakedown> => startShakedown({ seed: 1, caDir });

/** One conversation; gives the status that the client was refused with, or null. */
const converse = (shakedown: Shakedown, path = '', messages: readonly string[] = []): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${server.url}${path}`, { agent: new HttpsProxyAgent(shakedown.proxy) });
    let left = messages.length;
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
      if (left === 0) socket.close(1000);
    });
    socket.on('message', () => {
      left -= 1;
      if (left === 0) socket.close(1000);
    });
    socket.on('error', (error) => resolve(error.message));
    socket.on('close', () => resolve(null));
  });
const refused = 'Unexpected server response: 503';

describe('the library', () => {
  it('arms a fault for one exchange', async () => {
    await using shakedown = await start();
    const fault = await shakedown.arm('status').once();
    expect(fault.choice).toMatchObject({ fault: 'status', times: 1 });
    expect([await converse(shakedown), await converse(shakedown)]).toEqual([refused, null]);
    // Its times are spent: there is nothing to disarm, and that is no error.
    await fault.disarm();
  });

  it('arms by filter and number, counts, and disarms at the end of a block', async () => {
    await using shakedown = await start();
    {
      await using fault = await shakedown.arm('status').where('path ~ /chat').nth(2);
      const seen = [];
      for (const path of ['chat', 'news', 'chat', 'chat']) seen.push(await converse(shakedown, path));
      expect(seen).toEqual([null, null, refused, null]);
      expect(await fault.count()).toBe(1);
    }
    expect(await shakedown.exchanges('fault = status')).toHaveLength(1);
    await shakedown.arm('status');
    await shakedown.reset();
    expect(await converse(shakedown)).toBeNull();
  });

  it('arms also what nobody awaits, and rejects what cannot be armed', async () => {
    await using shakedown = await start();
    void shakedown.arm('status').once();
    expect(await converse(shakedown)).toBe(refused);
    await expect(shakedown.arm('statsu')).rejects.toThrow('did you mean status?');
    await expect(shakedown.arm('bad-cert').where('path = /x')).rejects.toThrow('path is known from the stage http2 on');
  });

  it('waits for an exchange, that is there or comes', async () => {
    await using shakedown = await start();
    const coming = shakedown.waitFor('path ~ /second', { ended: true });
    await converse(shakedown, 'first');
    await converse(shakedown, 'second');
    expect((await coming).exchange).toMatchObject({ id: '2', outcome: 'closed' });
    expect((await shakedown.waitFor('path ~ /first')).exchange.id).toBe('1');
  });

  it('says what came when it waited in vain', async () => {
    await using shakedown = await start();
    await expect(shakedown.waitFor('status = 404', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'SHK_TIMEOUT',
      message: 'No exchange fitted "status = 404" within 50 ms. No exchange came at all: is the app told to use the proxy?',
    });
    await converse(shakedown);
    await expect(shakedown.waitFor('status = 404', { timeoutMs: 50 })).rejects.toThrow(/There is 1: 1 ws:\/\/\S+ 101/);
    await expect(shakedown.waitFor('status = = 404')).rejects.toMatchObject({ code: 'SHK_USAGE' });
  });

  it('gives messages and findings', async () => {
    await using shakedown = await start();
    await shakedown.arm('drop-upgrade').nth(2);
    await converse(shakedown, '', ['one', 'two']);
    await converse(shakedown);
    const messages = await shakedown.messages('1');
    const texts = messages.flatMap(({ from, type, text }) => (type === 'text' ? [`${from}: ${text}`] : []));
    expect(texts.toSorted()).toEqual(['client: one', 'client: two', 'server: one', 'server: two']);
    expect(messages.at(-1)?.type).toBe('close');
    expect((await shakedown.findings('2'))[0]?.code).toBe('intermediary.upgrade-stripped');
    expect((await shakedown.findings()).map(({ code }) => code)).toContain('intermediary.upgrade-stripped');
    expect(await shakedown.messages('99')).toEqual([]);
  });
});
