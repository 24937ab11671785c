import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLine } from '../../src/recording/codec.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli, startShakedown } from './support/shakedown.js';
import { converse } from './support/talk.js';

const folder = testFolder();
let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(async () => {
  endAll();
  await server.close();
});

const python = findProgram('python3');
const script = fileURLToPath(new URL('../support/clients/control-api.py', import.meta.url));

const runPython = async (...args: readonly string[]): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> => {
  if (!('path' in python)) throw new Error(python.missing);
  const child = spawn(python.path, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
};

describe('the control API of a running shakedown', () => {
  it.skipIf(!('path' in python))("is driven by Python's standard library: arm, connect, assert, reset", async () => {
    const { ready, readyFile, stop } = await startShakedown(folder);
    const { code, out, err } = await runPython(readyFile, '127.0.0.1', String(server.port));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      denied: 401,
      armed: 201,
      refused: expect.any(Number),
      finding: 'intermediary.upgrade-stripped',
      culprit: "shakedown's fault drop-upgrade",
      faults: ['drop-upgrade'],
      reset: { disarmed: 1 },
      left: [],
      opened: 101,
      healthy: [],
    });
    const ended = await stop();
    expect(ended.code).toBe(130);
    expect(ended.stdout + ended.stderr).not.toContain(ready.token);
    expect(existsSync(readyFile)).toBe(false);
  });

  it('says where it is in the first line of --json, and its token nowhere', async () => {
    const { ready, readyFile, stop } = await startShakedown(folder, ['--json']);
    expect(statSync(readyFile).mode & 0o777).toBe(0o600);
    await converse(ready.proxy, server.url, 'hello');
    const { stdout, stderr } = await stop();
    const first = decodeLine(stdout.split('\n')[0] ?? '');
    expect(first).toMatchObject({ type: 'event', event: { type: 'listening', control: ready.control } });
    expect(stdout + stderr).not.toContain(ready.token);
  });

  it('is not there with --no-control', async () => {
    const { ready, stop } = await startShakedown(folder, ['--no-control', '--json']);
    expect(ready).toMatchObject({ control: null, token: null });
    expect((await stop()).stdout).toContain('"control":null');
  });

  it('ends its streams when shakedown ends, the last event behind all others', async () => {
    const { ready, stop } = await startShakedown(folder);
    const response = await fetch(`${ready.control}/v1/events?since=0`, { headers: { authorization: `Bearer ${ready.token}` } });
    const stream = response.text();
    await converse(ready.proxy, server.url, 'hello');
    expect((await stop()).code).toBe(130);
    const lines = (await stream).split('\n').filter((line) => line.startsWith('data: '));
    expect(JSON.parse(lines[0]?.slice(6) ?? '')).toMatchObject({ type: 'listening' });
    expect(JSON.parse(lines.at(-1)?.slice(6) ?? '')).toMatchObject({ type: 'stopped', exchanges: 1 });
  });

  it('on a port that another process has, is an error where it was asked for, and names the port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await runCli(folder, ['start', '--port', '0', '--control', String(port), '--record', 'no-control.jsonl']);
    other.close();
    expect(code).toBe(3);
    expect(stderr).toContain(`The port ${port} on 127.0.0.1, for the control API, is in use.`);
    expect(existsSync(`${folder}/no-control.jsonl`)).toBe(false);
  });
});
