import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A benchmark that cannot see a lost or changed message would praise a broken proxy.
const script = (name: string) => join(import.meta.dirname, '../../scripts/bench', name);
const children = new Set<ReturnType<typeof spawn>>();

const startNode = (args: readonly string[]) => {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.add(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
};

let echo: number;
beforeAll(async () => {
  const { lines } = startNode([script('echo.mjs')]);
  echo = JSON.parse((await lines.next()).value).ws;
});
afterAll(() => {
  for (const child of children) child.kill();
});

/** A relay in front of the echo server that gives each chunk of the server to `alter`, with the offset at which it begins. */
const startRelay = (alter: (chunk: Buffer, offset: number, client: Socket) => void) =>
  new Promise<{ port: number; close: () => void }>((resolve) => {
    const server = createServer((client) => {
      const upstream = connect(echo, '127.0.0.1');
      let offset = 0;
      client.pipe(upstream);
      upstream.on('data', (chunk) => {
        alter(chunk, offset, client);
        offset += chunk.length;
      });
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    });
    server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() }));
  });

const runLoad = async (port: number, ...more: readonly string[]) => {
  const { child, lines } = startNode([script('load.mjs'), '--target', `127.0.0.1:${port}`, '--warmup', '10', '--messages', '500', ...more]);
  expect(JSON.parse((await lines.next()).value)).toEqual({ ready: true });
  child.stdin?.write('go\n');
  return JSON.parse((await lines.next()).value);
};

describe('the load generator of the benchmark', () => {
  it.each([
    ['125 bytes', ['--conns', '3', '--window', '16']],
    ['64 KiB', ['--size', '65536', '--window', '2']],
    ['126 bytes, one at a time', ['--size', '126']],
  ])('counts every echo of a sound server (%s)', async (_name, more) => {
    expect(await runLoad(echo, ...more)).toMatchObject({ messages: 500, lost: 0, changed: 0 });
  });

  it('sees one changed bit, and what did not come after it', async () => {
    const flipAt = 20_000;
    const relay = await startRelay((chunk, offset, client) => {
      const at = flipAt - offset;
      if (at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 1;
      client.write(chunk);
    });
    const { changed, lost } = await runLoad(relay.port);
    relay.close();
    expect(changed).toBe(1);
    expect(lost).toBeGreaterThan(0);
  });

  it('sees what is lost when the connection ends early', async () => {
    const relay = await startRelay((chunk, offset, client) => {
      if (offset < 20_000) client.write(chunk);
      else client.destroy();
    });
    const { changed, lost } = await runLoad(relay.port);
    relay.close();
    expect(changed).toBe(0);
    expect(lost).toBeGreaterThan(300);
  });
});
