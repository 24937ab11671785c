import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli, startShakedown } from './support/shakedown.js';

const folder = testFolder();
let server: EchoServer;
/** In both: /a, /b. In one, the Origin of /b is wrong and /c is there as well. */
let good: string;
let bad: string;

const record = async (name: string, visits: readonly (readonly [path: string, origin: string])[]): Promise<string> => {
  const { ready, stop } = await startShakedown(folder, ['--record', join(folder, name)]);
  for (const [path, origin] of visits) await withNpmWs({ url: `${server.url}${path}`, proxy: ready.proxy, origin });
  await stop();
  return name;
};

beforeAll(async () => {
  server = await startEchoServer({ origins: ['http://good.example'] });
  good = await record('good.jsonl', [
    ['a', 'http://good.example'],
    ['b', 'http://good.example'],
  ]);
  bad = await record('bad.jsonl', [
    ['a', 'http://good.example'],
    ['b', 'http://evil.example'],
    ['c', 'http://good.example'],
  ]);
});
afterAll(async () => {
  endAll();
  await server.close();
});
const compare = (...words: readonly string[]) => runCli(folder, ['compare', ...words]);

describe('compare', () => {
  it('of two exchanges that went the same way ends with 0', async () => {
    const { code, stdout, stderr } = await compare(`${good}#1`, `${bad}#1`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Both opened\. Nothing but what differs every time is different\.\n/);
  });

  it('of two that did not ends with 1, tells the cause first, and fits into 80 columns', async () => {
    const { code, stdout, stderr } = await compare(`${good}#2`, `${bad}#2`);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^A opened, B was refused with 403\. What most likely matters: request\.origin\.\n/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('\x1b');
  });

  it('prints one JSON document', async () => {
    const { code, stdout } = await compare(`${good}#2`, `${bad}#2`, '--json');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse(stdout)).toMatchObject({
      same: false,
      a: { file: good, exchange: '2', url: `${server.url}b`, outcome: 'closed', status: 101 },
      b: { file: bad, exchange: '2', outcome: 'refused', status: 403 },
      differences: expect.arrayContaining([
        {
          where: 'request.origin',
          a: 'http://good.example',
          b: 'http://evil.example',
          weight: expect.any(Number),
          note: expect.any(String),
        },
      ]),
      alike: expect.arrayContaining(['target']),
    });
  });

  it('pairs the exchanges of whole recordings, and tells those without a partner', async () => {
    const { code, stdout } = await compare(good, bad);
    expect(code).toBe(1);
    expect(stdout).toContain(`${server.url}b\nA opened, B was refused with 403.`);
    expect(stdout).toContain(`Only in B: #3  101 closed  ${server.url}c\n`);
    expect(stdout).toMatch(/\n2 pairs compared: 1 the same but for noise, 1 different\.\n$/);
    expect(stdout).not.toContain(`${server.url}a\n`);

    const json = JSON.parse((await compare(good, bad, '--json')).stdout);
    expect(json).toMatchObject({
      same: false,
      a: { file: good, exchange: null },
      pairs: [
        { a: { exchange: '1' }, b: { exchange: '1' }, same: true },
        { a: { exchange: '2' }, b: { exchange: '2' }, same: false, differences: expect.any(Array) },
      ],
      unpaired: { a: [], b: [{ exchange: '3', url: `${server.url}c` }] },
    });
  });

  it('of a recording with itself ends with 0', async () => {
    expect(await compare(good, good)).toMatchObject({ code: 0, stdout: '2 pairs compared: 2 the same but for noise, 0 different.\n' });
  });

  it('finds a file that has a # in its name', async () => {
    copyFileSync(join(folder, good), join(folder, 'run#7.jsonl'));
    expect(await compare('run#7.jsonl#1', `${good}#1`)).toMatchObject({ code: 0 });
    expect(await compare('run#7.jsonl', good)).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'an id that is not there',
      () => [`${good}#9`, `${bad}#1`],
      /holds no exchange "9"\.\n {2}It holds:\n {4}good\.jsonl#1 {2}101 closed {2}ws:/,
    ],
    [
      'one exchange and a recording of several',
      () => [`${good}#1`, bad],
      /bad\.jsonl holds 3 exchanges, and one is to be compared\.\n {2}It holds:\n/,
    ],
    ['one word only', () => [good], /Not enough/],
  ])('%s is wrong usage, and tells what there is', async (_, words, complaint) => {
    const { code, stdout, stderr } = await compare(...words());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(complaint);
  });

  it('a file that is no recording cannot be compared', async () => {
    expect(await compare('nothing.jsonl', good)).toMatchObject({ code: 3, stderr: expect.stringContaining('there is no such file') });
  });
});
