import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import { startEchoServer } from '../support/echo-server.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli, startShakedown } from './support/shakedown.js';
import { converse, echo, openThrough } from './support/talk.js';

const folder = testFolder();
afterAll(endAll);
const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('start --rules', () => {
  it('ends with 2 and the place of what is wrong, before anything listens', async () => {
    const path = put('bad.yaml', 'rules:\n  - match: { hots: a }\n    faults: [drop-upgrad]\n');
    const { code, stdout, stderr } = await runCli(folder, ['start', '--no-ui', '--port', '0', '--rules', path]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${path}:2:14: hots is no word of a match; did you mean host?\n    - match: { hots: a }\n               ^\n`);
    expect(stderr).toContain(`${path}:3:14: drop-upgrad is not a fault; did you mean drop-upgrade?\n`);
  });

  it.each([
    [['--rules', 'none.yaml'], 'none.yaml cannot be read: there is no such file.'],
    [['--rules', 'a.yaml', '--rules', 'b.yaml'], '--rules was given 2 times.'],
    [['--scenario', 'nginx'], 'nginx is not a scenario; did you mean nginx-default?'],
    [['--scenario', 'latency'], 'latency is not a scenario.'],
    [['--fault', 'nginx-default'], 'nginx-default is not a fault but a scenario.'],
    [['--fault', 'status:nth=3,first=2'], 'it would never apply: number 3 is not among the first 2.'],
    [['--fault', 'h2-reset', '--http2=off'], 'it works on HTTP/2 only, and HTTP/2 is off'],
  ])('%j ends with 2', async (flags, said) => {
    const { code, stderr } = await runCli(folder, ['start', '--no-ui', '--port', '0', '--no-record', ...flags]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it('follows the file while a client comes again and another stays', async () => {
    const server = await startEchoServer();
    const rule = (name: string, nth: number): string =>
      `  - name: ${name}\n    match: { path: /again, nth: ${nth} }\n    faults: [{ status: { code: 503 } }]\n`;
    const path = put('live.yaml', `seed: 3\nrules:\n${rule('second', 2)}`);
    const { ready, child, stop } = await startShakedown(folder, ['--json', '--rules', path, '--scenario', 'alb-idle-60s']);
    const lines = createLines(child.stdout);
    const again = () => converse(ready.proxy, `${server.url}again`, 'x').catch(({ message }: Error) => message);
    const stays = await openThrough(ready.proxy, server.url);
    expect(await again()).toBeUndefined();
    const read = lines.notice('were read again');
    put('live.yaml', `seed: 3\nrules:\n${rule('second', 2)}${rule('first of the new', 1)}`);
    expect(await read).toContain('1 armed, 0 taken back, 1 as before');
    expect([await again(), await again()]).toEqual(['Unexpected server response: 503', undefined]);
    await echo(stays, 'still open');
    stays.terminate();
    const events = (await stop()).stdout
      .split('\n')
      .filter(Boolean)
      .map((line): Event => JSON.parse(line));
    expect(events.find(({ type }) => type === 'listening')).toMatchObject({ seed: 3 });
    expect(events.flatMap((event) => (event.type === 'armed' ? [event.choice.rule] : []))).toEqual([
      'alb-idle-60s',
      'second',
      'first of the new',
    ]);
    expect(readFileSync(ready.recording ?? '', 'utf8')).toContain(`The rules of ${path} are in force: 1 rule, 1 fault.`);
    await server.close();
  });
});

/** The events that are printed as they happen. */
const createLines = (stdout: NodeJS.ReadableStream | null) => {
  let text = '';
  stdout?.on('data', (chunk) => {
    text += String(chunk);
  });
  return {
    notice: async (words: string): Promise<string> => {
      while (!text.includes(words)) if (stdout) await once(stdout, 'data');
      return text.split('\n').find((line) => line.includes(words)) ?? '';
    },
  };
};

describe('faults --scenarios', () => {
  it('lists them in lines, and as an array', async () => {
    const { stdout } = await runCli(folder, ['faults', '--scenarios']);
    expect(stdout).toMatch(/^nginx-default +nginx stands in front of the server/m);
    const all: { id: string; faults: string[] }[] = JSON.parse((await runCli(folder, ['faults', '--scenarios', '--json'])).stdout);
    expect(all.find(({ id }) => id === 'squid')).toMatchObject({ faults: ['connect-deny', 'squid-hop'], expects: expect.any(Array) });
  });

  it('shows one in full, by its own flag where a fault has its name', async () => {
    const uses = [['squid'], ['captive-portal'], ['captive-portal', '--scenarios'], ['captive-portal', '--json'], ['squit', '--scenarios']];
    const [squid, both, scenario, fault, wrong] = await Promise.all(uses.map((words) => runCli(folder, ['faults', ...words])));
    expect(squid?.stdout).toContain('      - connect-deny: { code: 403, brand: squid }\n');
    expect(both?.stdout).toContain('shakedown faults --scenarios captive-portal');
    expect(scenario?.stdout).toContain('start --scenario captive-portal');
    expect(JSON.parse(fault?.stdout ?? '')).toMatchObject([{ stage: 'response' }]);
    expect(wrong?.stderr).toContain('squit is not a scenario; did you mean squid?');
  }, 60_000);
});
