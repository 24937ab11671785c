import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Event } from '../../src/model/event.js';
import { bugsOf, type House, startHouse } from '../proxy/support/house.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';

let folder: string;
let file: string;
let server: EchoServer;
let house: House | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shakedown-rules-'));
  file = join(folder, 'rules.yaml');
  server = await startEchoServer();
});
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
  house = undefined;
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (text: string, options: Parameters<typeof startHouse>[0] = {}): Promise<House> => {
  writeFileSync(file, text);
  house = await startHouse({ rules: file, seed: null, ...options });
  return house;
};
type Noted = Extract<Event, { type: 'notice' }>;
/** The next notice that holds this. */
const notice = async (home: House, words: string): Promise<Noted> => {
  const from = home.events.length;
  return (await home.event(
    (event) => home.events.indexOf(event) >= from && event.type === 'notice' && event.text.includes(words),
  )) as Noted;
};
const connect = (home: House, path: string): Promise<WebSocket | string> =>
  new Promise((resolve) => {
    const agent = new HttpsProxyAgent(`http://127.0.0.1:${home.port}`);
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { agent });
    socket.on('open', () => resolve(socket));
    socket.on('error', (error) => resolve(error.message));
  });
const fate = async (home: House, path: string): Promise<string> => {
  const socket = await connect(home, path);
  if (typeof socket === 'string') return socket;
  socket.terminate();
  return 'open';
};
const armed = async (home: House): Promise<string[]> =>
  (await home.engine.control.armed()).map(({ choice }) => `${choice.rule}: ${choice.key}`);

const dead = 'rules:\n  - name: dead\n    match: { path: /dead }\n    faults: [{ status: { code: 418 } }]\n';
const gone = '  - name: gone\n    match: { path: /gone }\n    faults: [{ status: { code: 410 } }]\n';

describe('a rules file', () => {
  it('arms its rules at the start, and tells of them on the record', async () => {
    const home = await start(`seed: 77\n${dead}`);
    expect(home.engine.info.seed).toBe(77);
    expect(home.events.find(({ type }) => type === 'armed')).toMatchObject({
      choice: { fault: 'status', rule: 'dead', match: expect.any(String) },
    });
    expect(home.events).toContainEqual(
      expect.objectContaining({ type: 'notice', level: 'info', text: `The rules of ${file} are in force: 1 rule, 1 fault.` }),
    );
    expect([await fate(home, '/dead'), await fate(home, '/alive')]).toEqual(['Unexpected server response: 418', 'open']);
  });

  it('is followed while it changes, and no open connection falls', async () => {
    const home = await start(dead);
    const open = await connect(home, '/alive');
    if (typeof open === 'string') throw new Error(open);
    const told = notice(home, 'were read again');
    writeFileSync(file, dead + gone);
    expect((await told).text).toBe(`The rules of ${file} were read again: 1 armed, 0 taken back, 1 as before.`);
    expect(await fate(home, '/gone')).toBe('Unexpected server response: 410');
    const echoed = new Promise((resolve) => open.once('message', (data) => resolve(String(data))));
    open.send('still here');
    expect(await echoed).toBe('still here');
    open.terminate();
  });

  it('may be renamed over, as editors do', async () => {
    const home = await start(dead);
    const told = notice(home, 'were read again');
    writeFileSync(`${file}~`, `rules:\n${gone}`);
    renameSync(`${file}~`, file);
    await told;
    expect(await armed(home)).toEqual(['gone: status.2']);
    expect(home.events.filter(({ type }) => type === 'disarmed')).toMatchObject([{ key: 'status', why: 'reloaded' }]);
  });

  it('may lie behind a link to a folder that is swapped', async () => {
    for (const [name, text] of [['one', dead] as const, ['two', `rules:\n${gone}`] as const]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'r.yaml'), text);
    }
    const link = join(folder, 'now');
    symlinkSync(join(folder, 'one'), link);
    house = await startHouse({ rules: join(link, 'r.yaml') });
    const told = notice(house, 'were read again');
    symlinkSync(join(folder, 'two'), `${link}~`);
    renameSync(`${link}~`, link);
    await told;
    expect(await armed(house)).toEqual(['gone: status.2']);
  });

  it('that is wrong leaves the old rules in force, with the place in a notice', async () => {
    const home = await start(dead);
    const told = notice(home, 'stay in force');
    writeFileSync(file, `${dead}${gone.replace('status', 'stats')}`);
    const { level, text } = await told;
    expect(level).toBe('error');
    expect(text).toBe(`${file}:7:16: stats is not a fault; did you mean status? The rules as they were stay in force.`);
    expect(await fate(home, '/dead')).toBe('Unexpected server response: 418');
    const mended = notice(home, 'were read again');
    writeFileSync(file, dead);
    expect((await mended).text).toContain('0 armed, 0 taken back, 1 as before');
  });

  it('that goes away leaves them in force, too, and may come again', async () => {
    const home = await start(dead);
    const told = notice(home, 'is gone');
    unlinkSync(file);
    expect((await told).level).toBe('warning');
    expect(await armed(home)).toEqual(['dead: status']);
    const again = notice(home, 'were read again');
    writeFileSync(file, 'rules: []');
    await again;
    expect(await armed(home)).toEqual([]);
  });

  it('loses against --seed, and says so; another seed waits for the next start', async () => {
    const home = await start(`seed: 5\n${dead}`, { seed: 6 });
    expect(home.engine.info.seed).toBe(6);
    expect(home.events).toContainEqual(expect.objectContaining({ text: `${file} says seed 5, and --seed says 6, which is used.` }));
    const told = notice(home, 'says seed 8 now');
    writeFileSync(file, `seed: 8\n${dead}`);
    expect((await told).text).toContain('6 stays in use until the next start');
    expect(home.engine.info.seed).toBe(6);
  });

  it.each([
    ['is wrong', 'rules: [{ faults: [stats] }]', 'SHK_FAULT', ':1:20: stats is not a fault; did you mean status?'],
    ['is empty', '', 'SHK_FAULT', ':1:1: it is empty'],
    ['is too long', `# ${'x'.repeat(1024 * 1024)}`, 'SHK_USAGE', 'it is longer than 1 MiB'],
  ])('that %s starts nothing', async (_, text, code, words) => {
    await expect(start(text)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it.each([
    ['no-such-file.yaml', 'there is no such file'],
    ['.', 'it is no plain file'],
  ])('%s that is none starts nothing', async (name, words) => {
    const path = join(folder, name);
    await expect(startHouse({ rules: path })).rejects.toMatchObject({
      code: 'SHK_USAGE',
      message: `The rules file ${path} cannot be read: ${words}.`,
    });
  });

  it('is refused with the flags together when they are too many', async () => {
    const many = `rules:\n${'  - faults: [status]\n'.repeat(500)}`;
    await expect(start(many, { faults: ['drop-upgrade'] })).rejects.toThrow(
      '1 fault is armed, 500 are to come, and 500 can be armed at once.',
    );
  });
});

describe('a fault that could never apply', () => {
  it('keeps the engine from listening', async () => {
    await expect(startHouse({ faults: ['bad-cert:match=path = /x'] })).rejects.toThrow('path is known from the stage http2 on');
  });

  it('is refused by Control.arm', async () => {
    house = await startHouse({ http2: 'off' });
    await expect(house.engine.control.arm('h2-reset')).rejects.toMatchObject({ code: 'SHK_FAULT' });
    expect(bugsOf(house)).toEqual([]);
  });
});
