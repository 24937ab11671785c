import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.js';
import { endAll, environment, program, runCli } from './support/shakedown.js';

const folder = testFolder();
afterAll(endAll);

/** The program with something on its standard input. */
const piped = async (args: readonly string[], input: string | Buffer) => {
  const child = spawn(process.execPath, [program, 'explain', ...args], { cwd: folder, env: environment(folder), stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
};

const chrome = "WebSocket connection to 'wss://app.example/chat' failed: Error during WebSocket handshake: Unexpected response code: 400";

describe('shakedown explain', () => {
  it('explains its argument as JSON with the promised fields, and ends with 0', async () => {
    const { code, stdout, stderr } = await runCli(folder, ['explain', chrome, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { matches } = JSON.parse(stdout);
    expect(matches).toHaveLength(1);
    expect(matches[0]).toMatchObject({ client: 'Chromium', text: chrome, cause: 'server', when: expect.stringContaining('400') });
    expect(matches[0].codes.slice(0, 2)).toEqual(['server.bad-request', 'intermediary.upgrade-stripped']);
  });

  it('takes words without quotes for one text', async () => {
    const { code, stdout } = await runCli(folder, ['explain', 'Unexpected', 'server', 'response:', '404']);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: 'ws, ws with https-proxy-agent, socket.io-client:' });
  });

  it.each([[[]], [['-']]])('reads a log from standard input with %j', async (args) => {
    const log = `08:00:00 started\n08:00:01 Error: connect ECONNREFUSED 127.0.0.1:8080\n08:00:02 ${chrome}\n`;
    const { code, stdout } = await piped([...args, '--json'], log);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).matches.map(({ codes }: { codes: string[] }) => codes[0])).toEqual(['server.bad-request', 'url.refused']);
  });

  it('keeps to 80 columns, names the findings by their titles and the command to go on with', async () => {
    const { stdout } = await runCli(folder, ['explain', chrome]);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain('intermediary.upgrade-stripped        The Upgrade field was lost on the');
    expect(stdout).toContain('  next    shakedown doctor wss://app.example/chat\n');
    expect(stdout).toContain('shakedown findings server.bad-request');
  });

  it('says kindly that nothing was found, what to do then, and ends with 1', async () => {
    const { code, stdout } = await runCli(folder, ['explain', 'connection established']);
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/^Nothing in this text is a message .* shakedown doctor URL .* shakedown open/);
    expect(await runCli(folder, ['explain', 'connection established', '--json'])).toMatchObject({
      code: 1,
      stdout: '{"matches":[],"cut":false}\n',
    });
  });

  it('reads the last mebibyte and says that there was more', async () => {
    const early = await piped(['--json'], `${chrome}\n${'x\n'.repeat(524_288)}`);
    expect({ code: early.code, stdout: early.stdout }).toEqual({ code: 1, stdout: '{"matches":[],"cut":true}\n' });
    expect(early.stderr).toBe('shakedown: only the last 1 MiB was read.\n');
    const late = await piped(['--json'], `${'x\n'.repeat(3_000_000)}${chrome}\n`);
    expect({ code: late.code, matches: JSON.parse(late.stdout).matches.length }).toEqual({ code: 0, matches: 1 });
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('reads %s', async (encoding) => {
    const bytes = Buffer.from(`\ufeff${chrome}\r\n`, encoding === 'utf-8' ? 'utf8' : 'utf16le');
    const { stdout } = await piped(['--json'], encoding === 'utf-16be' ? bytes.swap16() : bytes);
    expect(JSON.parse(stdout).matches[0]).toMatchObject({ client: 'Chromium', text: chrome });
  });

  it('lets no control character of the text through', async () => {
    const text = `Error: Invalid URL: ws://a\u202e\x07\x9b31m/ is not a valid WebSocket URL`;
    for (const args of [[], ['--json']]) {
      const { stdout } = await piped(args, text);
      expect([...stdout].filter((character) => /(?!\n)[\p{Cc}\p{Cf}]/u.test(character))).toEqual([]);
    }
  });

  it('takes bytes that are no text', async () => {
    const { code, stdout } = await piped(['--json'], Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0x80]), Buffer.from(`\n${chrome}\n`)]));
    expect({ code, found: JSON.parse(stdout).matches.length }).toEqual({ code: 0, found: 1 });
  });

  it('says what its guide shows', async () => {
    const guide = readFileSync(new URL('../../docs/guides/explain.md', import.meta.url), 'utf8');
    const shown = [...guide.matchAll(/```\n\$ shakedown explain "([^"]+)"\n([^`]+)```/g)];
    expect(shown).toHaveLength(3);
    for (const [, text = '', output] of shown) expect((await runCli(folder, ['explain', text])).stdout).toBe(output);
  });
});
