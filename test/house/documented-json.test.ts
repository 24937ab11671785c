import { once } from 'node:events';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { samples } from '../../scripts/generate/cli-json.mjs';
import { testFolder } from '../e2e/support/folder.js';
import { endAll, runCli, startShakedown } from '../e2e/support/shakedown.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { startEchoServer } from '../support/echo-server.js';

const folder = testFolder();
afterAll(endAll);

/** The names and kinds of what is there, so that a sample can be held against the real thing. */
const kindsOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(kindsOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, kindsOf(entry)]));
};

/** A session that works and one that is refused, in one recording. */
const record = async (name: string): Promise<string> => {
  await using echo = await startEchoServer({ origins: ['http://app.example'] });
  const shakedown = await startShakedown(folder, ['--record', join(folder, name)]);
  for (const origin of ['http://app.example', 'http://evil.example'])
    await withNpmWs({ url: echo.url, proxy: shakedown.ready.proxy, origin });
  await shakedown.stop();
  return name;
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

  it('has the fields that a comparison has', async () => {
    const file = await record('compared.jsonl');
    const { code, stdout } = await runCli(folder, ['compare', `${file}#1`, `${file}#2`, '--json']);
    expect(code).toBe(1);
    const printed = JSON.parse(stdout);
    expect(kindsOf(printed)).toEqual(kindsOf(samples.compare));
    expect(printed.differences[0]).toMatchObject({
      where: 'request.origin',
      b: 'http://evil.example',
      note: expect.stringContaining('Origins'),
    });
  });
});
