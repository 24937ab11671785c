import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startEchoServer } from '../support/echo-server.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli } from './support/shakedown.js';

const folder = testFolder();
afterAll(endAll);

const canned = fileURLToPath(new URL('../recordings/v1.jsonl', import.meta.url));
const sample = (name: string): string => fileURLToPath(new URL(`../formats/har/samples/${name}.har`, import.meta.url));

describe('import', () => {
  it('makes a recording in the data folder, tells its path, and inspect says what is not recorded', async () => {
    const { code, stdout, stderr } = await runCli(folder, ['import', sample('chrome')]);
    expect(code).toBe(0);
    const path = /^The recording is (.*)\n$/.exec(stdout)?.[1] ?? '';
    expect(dirname(path)).toBe(join(folder, 'data', 'shakedown', 'recordings'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(stderr).toContain('7 exchanges and 6 messages imported; what the file does not hold is marked as not recorded.');

    const inspected = await runCli(folder, ['inspect', path, '--no-color']);
    expect(inspected.stdout).toContain('imported from a HAR of WebInspector 537.36; not recorded: heads byte for byte');
    expect(inspected.stdout).toContain('no answer: Error during WebSocket handshake: Unexpected response code: 403');
    const json = await runCli(folder, ['inspect', path, '--json', '--filter', 'status = 403']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      status: 403,
      imported: { from: 'har', lacks: expect.arrayContaining(['response-head']) },
    });
  });

  it('prints one JSON document, and tells on stderr what was left out', async () => {
    const path = join(folder, 'some.har');
    const har = JSON.parse(readFileSync(sample('mitmproxy'), 'utf8'));
    har.log.entries[1].request.url = 'file:///etc/passwd\u001b[2J';
    writeFileSync(path, JSON.stringify(har));
    const out = join(folder, 'some.jsonl');
    const { code, stdout, stderr } = await runCli(folder, ['import', path, '--out', out, '--json']);
    expect(code).toBe(0);
    const where = 'log.entries[1].request.url';
    expect(JSON.parse(stdout)).toEqual({
      path: out,
      exchanges: 4,
      messages: 4,
      skipped: [{ where, why: 'is no http, https, ws or wss address' }],
    });
    expect(stderr).toContain(`shakedown: left out: ${where} is no http, https, ws or wss address\n`);
  });

  it('takes what export wrote, both ways', async () => {
    const har = join(folder, 'v1.har');
    expect((await runCli(folder, ['export', canned, '--out', har, '--no-redact'])).code).toBe(0);
    const back = join(folder, 'back.jsonl');
    expect((await runCli(folder, ['import', har, '--out', back])).code).toBe(0);
    const messages = async (path: string) =>
      (await runCli(folder, ['inspect', path, '--messages', '--json'])).stdout.split('\n').filter(Boolean);
    const facts = (lines: readonly string[]) =>
      lines
        .map((line) => JSON.parse(line))
        .map(({ exchange, at, from, type, text, base64 }) => ({ exchange, at, from, type, text, base64 }));
    expect(facts(await messages(back))).toEqual(facts(await messages(canned)));

    const lines = join(folder, 'lines.jsonl');
    writeFileSync(lines, (await messages(canned)).join('\n'));
    const again = join(folder, 'again.jsonl');
    expect((await runCli(folder, ['import', lines, '--out', again])).code).toBe(0);
    const shown = facts(await messages(again)).sort((one, other) => Number(one.exchange) - Number(other.exchange));
    expect(shown).toEqual(facts(await messages(canned)));
  });

  it.each([
    ['a file that is not there', ['import', 'nothing.har'], 3, 'cannot be read'],
    ['a recording', ['import', canned], 3, 'is a recording of shakedown already'],
    ['a file that is there as the recording', ['import', sample('chrome'), '--out', canned], 3, 'a recording is never written over'],
    ['a flag that is unknown', ['import', 'x.har', '--outt', 'y'], 2, '--out'],
  ])('ends with its exit code on %s', async (_, args, expected, text) => {
    const { code, stdout, stderr } = await runCli(folder, args);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toContain(text);
  });

  it('makes what another tool saw replayable', async () => {
    await using echo = await startEchoServer();
    const har = JSON.parse(readFileSync(sample('mitmproxy'), 'utf8'));
    const [entry] = har.log.entries;
    const mine = (text: string) => text.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${echo.port}`);
    entry.request.url = mine(entry.request.url);
    entry.request.headers = entry.request.headers.map(({ name, value }: Record<string, string>) => ({ name, value: mine(value ?? '') }));
    const path = join(folder, 'theirs.har');
    writeFileSync(path, JSON.stringify({ log: { ...har.log, entries: [entry] } }));
    const recording = join(folder, 'theirs.jsonl');
    await runCli(folder, ['import', path, '--out', recording]);
    const { stdout, stderr } = await runCli(folder, ['replay', recording, '--json', '--record', join(folder, 'replayed.jsonl')]);
    expect(stderr).toContain('the replay comes in by CONNECT');
    expect(echo.seen).toHaveLength(1);
    expect(echo.seen[0]?.url).toBe('/chat?room=1');
    const differences = (JSON.parse(stdout).differences as { where: string }[]).map(({ where }) => where);
    // Their server pinged and had another name for itself; what was said came back the same.
    expect(differences).not.toContain('messages');
    expect(differences).not.toContain('status');
    expect(existsSync(join(folder, 'replayed.jsonl'))).toBe(true);
  });
});
