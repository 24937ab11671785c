import { once } from 'node:events';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { samples } from '../../scripts/generate/cli-json.mjs';
import { testFolder } from '../e2e/support/folder.js';
import { endAll, runCli, startShakedown } from '../e2e/support/shakedown.js';
import { startEchoServer } from '../support/echo-server.js';

const folder = testFolder();
afterAll(endAll);

/** The names and kinds of what is there, so that a sample can be held against the real thing. */
const kindsOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(kindsOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, kindsOf(entry)]));
};

describe('the JSON in docs/cli.md that differs with each run', () => {
  it('has the fields that a replay and a ready file have', async () => {
    const recording = join(folder, 'session.jsonl');
    const shakedown = await startShakedown(folder, ['--record', recording]);
    expect(kindsOf(shakedown.ready)).toEqual(kindsOf(samples.readyFile));

    const origins = ['http://app.example'];
    await using echo = await startEchoServer({ origins });
    const socket = new WebSocket(echo.url, { agent: new HttpsProxyAgent(shakedown.ready.proxy), origin: 'http://app.example' });
    await once(socket, 'open');
    socket.close();
    await once(socket, 'close');
    await shakedown.stop();

    // From here on the server refuses the Origin that it took before.
    origins.length = 0;
    const { code, stdout } = await runCli(folder, ['replay', recording, '--json']);
    expect(code).toBe(1);
    const printed: unknown = JSON.parse(stdout);
    expect(kindsOf(printed)).toEqual(kindsOf(samples.replay));
    expect(printed).toMatchObject({
      same: false,
      differences: expect.arrayContaining([{ exchange: '1', where: 'status', recorded: '101', now: '403' }]),
    });
  });
});
