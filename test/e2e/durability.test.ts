import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { type Held, readTraffic, startTraffic } from './support/counted-traffic.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli, startShakedown } from './support/shakedown.js';

// What may go wrong with a recording while it is made, with the real program and real WebSockets. SHAKEDOWN_SOAK=1 runs the full numbers.
const soak = process.env.SHAKEDOWN_SOAK !== undefined;
const folder = testFolder();
let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer({ deflate: true });
});
afterAll(async () => {
  endAll();
  await server.close();
});

const unharmed = ({ wrong, damaged }: Held) => {
  expect(wrong).toEqual([]);
  expect(damaged).toBe(0);
};
const sound = (held: Held) => {
  unharmed(held);
  expect(held.whole).toBeGreaterThan(0);
};
/** A file system of this size, or why there is none. */
const smallDisk = (name: string, size: string): string | { readonly skip: string } => {
  const place = join(folder, name);
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place], { stdio: 'pipe' });
  } catch {
    return { skip: 'mounting a small tmpfs needs root on Linux' };
  }
  onTestFinished(() => void execFileSync('umount', ['-l', place]));
  return place;
};

describe('a recording whose process is killed', () => {
  it('opens, says that it has no end, and holds nothing but what was sent', async () => {
    const kills = soak ? 100 : 4;
    const messages: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const shakedown = await startShakedown(folder);
      const bytes = 200 + (kill % 5) * 3000;
      const traffic = await startTraffic(shakedown.ready.proxy, server.url, { sockets: 4, bytes });
      await traffic.goOn(1 + Math.floor(Math.random() * 60));
      const ended = traffic.close();
      shakedown.child.kill('SIGKILL');
      await Promise.all([shakedown.finished, ended]);
      const held = await readTraffic(shakedown.ready.recording ?? '', bytes);
      unharmed(held);
      expect(held.reading.ending).toBe('none');
      expect(held.lostBytes).toBe(0);
      messages.push(held.whole);
      if (kill === 0) {
        const { stderr } = await runCli(folder, ['inspect', shakedown.ready.recording ?? '']);
        expect(stderr).toContain(
          'this recording has no end: its process was killed or is still running; up to the last 100 ms may be missing',
        );
      }
    }
    // One that was killed early may hold none: the last 100 ms are not promised.
    expect(Math.max(...messages)).toBeGreaterThan(0);
    console.log(`kill -9, ${kills} times: whole messages in the files: ${messages.join(' ')}`);
  }, 900_000);
});

describe('a recording on a disk that fills up', () => {
  it('costs no WebSocket anything, says what is missing, and is true behind every gap', async ({ skip }) => {
    const runs = soak ? 20 : 2;
    const told: string[] = [];
    for (let run = 0; run < runs; run++) {
      const disk = smallDisk(`disk-${run}`, `${2 + (run % 4)}m`);
      if (typeof disk !== 'string') {
        console.log(`no full disk was tried: ${disk.skip}`);
        return skip(disk.skip);
      }
      const file = join(disk, 'a.jsonl');
      const ballast = join(disk, 'ballast');
      const roomAgain = run % 2 === 0;
      if (roomAgain) writeFileSync(ballast, new Uint8Array(1024 * 1024));
      const bytes = 40_000 + run * 1111;
      const shakedown = await startShakedown(folder, ['--record', file]);
      const traffic = await startTraffic(shakedown.ready.proxy, server.url, { sockets: 4, bytes });
      // 4 sockets, both ways: more than the disk holds, and more than may wait in memory.
      await traffic.goOn(Math.ceil((20 * 1024 * 1024) / (4 * 2 * bytes)) + (roomAgain ? run : 60));
      if (roomAgain) {
        // What waits is more than fits: room without end, in the place of the disk that was full.
        execFileSync('mount', ['-o', 'remount,size=400m', disk]);
        rmSync(ballast);
        await traffic.goOn(20);
        await expect.poll(() => readFileSync(file, 'latin1').includes('goes on: it can be written again'), { timeout: 20_000 }).toBe(true);
        await traffic.goOn(20);
      }
      expect(await traffic.close()).toEqual([1000, 1000, 1000, 1000]);
      const { code, stdout } = await shakedown.stop();
      expect(code).toBe(130);
      expect(stdout).toContain('the disk is full. The traffic goes on.');
      const held = await readTraffic(file, bytes);
      sound(held);
      expect(held.reading.ending).toMatchObject({ type: 'stopped', exchanges: 4 });
      const { lost } = held.reading.ending as Exclude<Held['reading']['ending'], string>;
      expect(lost.bytes).toBeGreaterThan(0);
      const sent = traffic.echoed.reduce((sum, count) => sum + 2 * count, 0);
      if (roomAgain) {
        expect(lost).toEqual({ bytes: held.lostBytes, events: 0 });
        expect(held.whole + held.cut).toBeLessThanOrEqual(sent);
        // Of every exchange all events are there, so that what is there and what is missing make up all that crossed.
        expect(sumsOf(file)).toEqual([]);
      } else {
        expect(readFileSync(file, 'latin1')).toContain('The recording ends here: it could not be written (ENOSPC)');
        expect(stdout).toContain('lacks its end');
      }
      told.push(`${held.whole} of ${sent} whole, ${lost.bytes} bytes and ${lost.events} events missing`);
    }
    console.log(`full disk, ${runs} times:\n${told.join('\n')}`);
  }, 900_000);

  it('is not the only limit: `ulimit -f` costs no WebSocket anything either', async () => {
    const file = join(folder, 'limited.jsonl');
    const name = join(folder, 'sh-limited');
    writeFileSync(name, `#!/bin/sh\nulimit -f 2000\nexec "${process.execPath}" "$@"\n`, { mode: 0o700 });
    const shakedown = await startShakedown(folder, ['--record', file], { through: name });
    const traffic = await startTraffic(shakedown.ready.proxy, server.url, { sockets: 4, bytes: 5000 });
    await traffic.goOn(100);
    expect(await traffic.close()).toEqual([1000, 1000, 1000, 1000]);
    const { stdout } = await shakedown.stop();
    expect(stdout).toContain('the system lets the file grow no further');
    const held = await readTraffic(file, 5000);
    sound(held);
    expect(held.reading.ending).toMatchObject({ type: 'stopped', exchanges: 4 });
    expect(statSync(file).size).toBeLessThanOrEqual(2000 * 1024);
  }, 120_000);
});

describe('the place of a recording', () => {
  it('in a folder that cannot be written to ends the start with a sentence', async ({ skip }) => {
    const disk = smallDisk('read-only', '1m');
    if (typeof disk !== 'string') return skip(disk.skip);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const { code, stderr } = await runCli(folder, ['start', '--port', '0', '--no-ui', '--record', join(disk, 'a.jsonl')]);
    expect(code).toBe(3);
    expect(stderr).toContain('cannot be created: the file system is read-only');
    expect(readdirSync(disk)).toEqual([]);
  });

  it.each([
    ['made read-only', (place: string) => execFileSync('chmod', ['0500', place])],
    ['moved away', (place: string) => renameSync(place, `${place}-moved`)],
    ['removed', (place: string) => rmSync(place, { recursive: true })],
  ])(
    'may be %s while it is written, and every WebSocket goes on',
    async (what, change) => {
      const place = join(folder, what.replaceAll(' ', '-'));
      const shakedown = await startShakedown(folder, ['--record', join(place, 'a.jsonl')]);
      expect([statSync(place).mode & 0o777, statSync(join(place, 'a.jsonl')).mode & 0o777]).toEqual([0o700, 0o600]);
      const traffic = await startTraffic(shakedown.ready.proxy, server.url, { sockets: 3, bytes: 1000 });
      await traffic.goOn(5);
      change(place);
      // The writer looks once a second whether its file still has a name.
      const until = performance.now() + 1500;
      while (performance.now() < until) await traffic.goOn(5);
      expect(await traffic.close()).toEqual([1000, 1000, 1000]);
      const { code, stdout } = await shakedown.stop();
      expect(code).toBe(130);
      if (what === 'removed') return expect(stdout).toContain('the file was deleted. The traffic goes on.');
      const held = await readTraffic(join(what === 'moved away' ? `${place}-moved` : place, 'a.jsonl'), 1000);
      sound(held);
      expect(held.reading.ending).toMatchObject({ exchanges: 3, lost: { bytes: 0, events: 0 } });
    },
    60_000,
  );

  it('belongs to one process: a second one is refused, and the first goes on', async () => {
    const file = join(folder, 'shared.jsonl');
    const first = await startShakedown(folder, ['--record', file]);
    const traffic = await startTraffic(first.ready.proxy, server.url, { sockets: 2, bytes: 500 });
    await traffic.goOn(3);
    const second = await runCli(folder, ['start', '--port', '0', '--no-ui', '--record', file]);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain('there is something with that name already, and a recording is never written over');
    await traffic.goOn(3);
    await traffic.close();
    await first.stop();
    sound(await readTraffic(file, 500));
  }, 60_000);
});

describe('a recording that is bounded by flags', () => {
  it('--max-recording: never grows over it, and says what it left out', async () => {
    const file = join(folder, 'small.jsonl');
    const shakedown = await startShakedown(folder, ['--record', file, '--max-recording', '500k']);
    const traffic = await startTraffic(shakedown.ready.proxy, server.url, { sockets: 4, bytes: 3000 });
    await traffic.goOn(100);
    expect(await traffic.close()).toEqual([1000, 1000, 1000, 1000]);
    const { stdout } = await shakedown.stop();
    expect(stdout.match(/payloads are left out from here on/g)).toHaveLength(1);
    expect(statSync(file).size).toBeLessThanOrEqual(500 * 1024);
    const held = await readTraffic(file, 3000);
    sound(held);
    expect(held.reading.ending).toMatchObject({ lost: { bytes: held.lostBytes, events: 0 } });
    expect(sumsOf(file)).toEqual([]);
    const { stderr } = await runCli(folder, ['inspect', file]);
    expect(stderr).toContain(`this recording lacks ${held.lostBytes} bytes of payload`);
  }, 60_000);

  it('--max-payload: keeps the beginning of each message, and every length', async () => {
    const file = join(folder, 'cut.jsonl');
    const shakedown = await startShakedown(folder, ['--record', file, '--max-payload', '1k']);
    const traffic = await startTraffic(shakedown.ready.proxy, server.url, { sockets: 2, bytes: 300_000 });
    await traffic.goOn(6);
    expect(await traffic.close()).toEqual([1000, 1000]);
    await shakedown.stop();
    const { stdout } = await runCli(folder, ['inspect', file, '--messages', '--json']);
    const lines = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const plain = lines.filter(({ type, compressed }) => type === 'text' && !compressed);
    expect(plain.length).toBeGreaterThan(8);
    for (const line of plain)
      expect(line).toMatchObject({ bytes: 300_000, cut: true, lost: true, text: expect.stringMatching(/^\d+ \d+ abc/) });
    for (const line of plain) expect(line.text.length).toBe(1024);
    const told = await runCli(folder, ['inspect', file, '--messages']);
    expect(told.stdout).toContain('300000 bytes (not all of it is in the recording)  0 0 abc');
    expect(sumsOf(file)).toEqual([]);
    expect(statSync(file).size).toBeLessThan((lines.length * 300_000) / 20);
  }, 60_000);
});

/** Exchanges whose bytes in the file, and bytes that it says are missing, do not make up what crossed. */
const sumsOf = (file: string): string[] => {
  const sums = new Map<string, { client: number; server: number }>();
  const wrong: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1, -1)) {
    const event = JSON.parse(line);
    const sum = sums.get(event.exchange) ?? { client: 0, server: 0 };
    sums.set(event.exchange, sum);
    if (event.type === 'bytes') sum[event.from as 'client' | 'server'] += Buffer.from(event.data, 'base64').length;
    if (event.type === 'bytes-lost') sum[event.from as 'client' | 'server'] += event.bytes;
    if (event.type === 'entrance') sum.client += event.request.length;
    if (event.type === 'head' && event.site === 'clientSent') sum.client += event.raw.length;
    if (event.type === 'head' && event.site === 'serverSent') sum.server += event.raw.length;
    if (event.type !== 'closed') continue;
    if (event.client.in !== sum.client || event.server.in !== sum.server) wrong.push(`${event.exchange}: ${JSON.stringify([sum, event])}`);
  }
  return wrong;
};
