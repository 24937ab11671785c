import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dial } from './support/caller.js';
import { within } from './support/deadline.js';

const root = join(import.meta.dirname, '../..');
const most = 8 * 1024 * 1024;

let folder = '';
let child: ChildProcess;
let proxyPort = 0;

/** The built program in a process of its own, so that only its memory is measured. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shakedown-back-pressure-'));
  const ready = join(folder, 'ready.json');
  const flags = ['start', '--no-ui', '--port', '0', '--ready-file', ready, '--record', join(folder, 'r.jsonl')];
  const main = join(root, 'dist/cli/main.js');
  const reporter = join(import.meta.dirname, 'support/memory-reporter.cjs');
  child = spawn(process.execPath, ['--expose-gc', '--require', reporter, main, ...flags], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, XDG_DATA_HOME: folder, HOME: folder },
  });
  const info = () => {
    try {
      return JSON.parse(readFileSync(ready, 'utf8')) as { proxy: string };
    } catch {
      return null;
    }
  };
  const proxy = await within(
    new Promise<string>((resolve) => {
      const look = () => {
        const found = info();
        if (!found) return;
        watcher.close();
        resolve(found.proxy);
      };
      const watcher = watch(folder, look);
      look();
    }),
    () => 'shakedown does not start; was it built?',
    60_000,
  );
  proxyPort = Number(new URL(proxy).port);
});
afterAll(async () => {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
  rmSync(folder, { recursive: true, force: true });
});

interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}
const usage = async (): Promise<Usage> => {
  const answer = once(child, 'message');
  child.send('how much');
  return (await answer)[0] as Usage;
};

/** A WebSocket through the proxy, both ends plain sockets, paused. */
const open = async (): Promise<{ client: Socket; server: Socket; close: () => void }> => {
  const listener = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  const accepted = once(listener, 'connection') as Promise<[Socket]>;
  const client = await dial(proxyPort);
  const read = (socket: Socket, end: string): Promise<void> =>
    new Promise((resolve) => {
      let text = '';
      const onData = (chunk: Buffer) => {
        text += chunk.toString('latin1');
        if (!text.endsWith(end)) return;
        socket.off('data', onData).pause();
        resolve();
      };
      socket.on('data', onData).resume();
    });
  client.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\n\r\n`);
  await read(client, '\r\n\r\n');
  client.write('GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: k\r\n\r\n');
  const [server] = await accepted;
  server.on('error', () => {});
  await read(server, '\r\n\r\n');
  server.write('HTTP/1.1 101 S\r\n\r\n');
  await read(client, '\r\n\r\n');
  return {
    client,
    server,
    close: () => {
      client.destroy();
      server.destroy();
      listener.close();
    },
  };
};

const block = Buffer.alloc(64 * 1024, 'x');

/** Writes for as long as anything goes in, and then while the memory of the proxy is asked for twelve times more; how much went in. */
const fill = async (from: Socket): Promise<{ written: number; seen: Usage[] }> => {
  const seen: Usage[] = [];
  let written = 0;
  const more = (): void => {
    do written += block.length;
    while (from.write(block));
  };
  from.on('drain', more);
  more();
  for (let still = 0, before = written; still < 12; before = written) {
    seen.push(await usage());
    still = written === before ? still + 1 : 0;
  }
  from.off('drain', more);
  return { written, seen };
};

describe('a side that stops reading', () => {
  it.each([
    { title: 'the client, while the server streams', reader: 'client' },
    { title: 'the server, while the client streams', reader: 'server' },
  ] as const)(
    'stops the other one, and the process does not grow: $title',
    async ({ reader }) => {
      const { client, server, close } = await open();
      const [to, from] = reader === 'client' ? [client, server] : [server, client];
      // Warm: 32 MB through and read, so that what any stream costs is there already.
      const warm = 32 * 1024 * 1024;
      let read = 0;
      const digest = createHash('sha256');
      let wanted = warm;
      let reached = () => {};
      to.on('data', (chunk: Buffer) => {
        read += chunk.length;
        digest.update(chunk);
        if (read >= wanted) reached();
      });
      const until = (count: number) =>
        within(
          new Promise<void>((resolve) => {
            wanted = count;
            reached = resolve;
            to.resume();
            if (read >= count) resolve();
          }),
          () => `${read} of ${count} bytes came`,
          60_000,
        );
      to.resume();
      for (let sent = 0; sent < warm; sent += block.length) if (!from.write(block)) await once(from, 'drain');
      await until(warm);
      to.pause();
      await usage();
      const before = await usage();
      const { written, seen } = await fill(from);
      const growth = (of: keyof Usage) => Math.max(...seen.map((one) => one[of])) - before[of];
      const mebibytes = { rss: growth('rss') / 2 ** 20, heap: growth('heapUsed') / 2 ** 20, external: growth('external') / 2 ** 20 };
      console.log(`${reader} stalled with ${(written / 2 ** 20).toFixed(1)} MiB written; growth in MiB: ${JSON.stringify(mebibytes)}`);
      expect(seen.length).toBeGreaterThan(10);
      expect(growth('heapUsed') + growth('external')).toBeLessThan(most);
      expect(growth('rss')).toBeLessThan(most);

      await until(warm + written);
      from.end();
      await once(to, 'end');
      const expected = createHash('sha256');
      for (let sent = 0; sent < warm + written; sent += block.length) expected.update(block);
      expect(read).toBe(warm + written);
      expect(digest.digest('hex')).toBe(expected.digest('hex'));
      close();
    },
    90_000,
  );
});
