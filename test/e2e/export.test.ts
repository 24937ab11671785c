import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samples } from '../../scripts/generate/cli-json.mjs';
import { allFormats, exportFormats } from '../../src/views/export-formats.js';
import { recordRich, richTexts } from '../formats/support/rich-recording.js';
import { findProgram } from '../support/find.js';
import { testFolder } from './support/folder.js';
import { endAll, environment, program, runCli, spawnCli } from './support/shakedown.js';

const folder = testFolder();
const rich = join(folder, 'rich.jsonl');

beforeAll(() => recordRich(rich, join(folder, 'ca')), 60_000);
afterAll(endAll);

const exported = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await runCli(folder, ['export', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^shakedown: redacted[^\n]*\n$/) });
  return stdout;
};
const linesOf = (text: string): { readonly exchange: string }[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('a whole recording', () => {
  it('as jsonl is what inspect --messages --json prints, when nothing is redacted', async () => {
    const { stdout } = await runCli(folder, ['export', rich, '-f', 'jsonl', '--no-redact']);
    expect(stdout).toBe((await runCli(folder, ['inspect', rich, '--messages', '--json'])).stdout);
    expect(stdout.length).toBeGreaterThan(500);
  });

  it('goes to a file of its owner alone, and --json says what was written', async () => {
    const out = join(folder, 'some.csv');
    const { code, stdout } = await runCli(folder, ['export', rich, '--out', out, '--json']);
    expect(code).toBe(0);
    const said = JSON.parse(stdout);
    expect(said).toEqual({
      ...{ format: 'csv', out, exchanges: expect.any(Number), messages: expect.any(Number), bytes: statSync(out).size },
      ...{ redacted: expect.any(Array), blanked: expect.any(Number) },
    });
    expect(Object.keys(said)).toEqual(Object.keys(samples.export));
    expect(said.exchanges).toBeGreaterThan(5);
    expect(said.messages).toBeGreaterThan(2 * richTexts.length);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });
});

describe('which exchanges', () => {
  const idsIn = async (...args: readonly string[]): Promise<string[]> => [
    ...new Set(linesOf(await exported(rich, '-f', 'jsonl', ...args)).map(({ exchange }) => exchange)),
  ];

  it('are named behind the file or by --exchange, and chosen by a filter', { timeout: 60_000 }, async () => {
    expect(await idsIn('1', '--exchange', '2')).toEqual(['1', '2']);
    expect(await idsIn('--exchange', '1', '--exchange', '2')).toEqual(['1', '2']);
    expect(await idsIn('--filter', 'message ~ "in three frames" && request.cookie ~ sid')).toEqual(['1']);
  });

  it('an id that is not there is an error that names it, and an empty choice ends with 1', async () => {
    const missing = await runCli(folder, ['export', rich, '-f', 'jsonl', '99']);
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('There is no exchange 99 in') });
    const out = join(folder, 'nothing.csv');
    const empty = await runCli(folder, ['export', rich, '-o', out, '--filter', 'status = 599']);
    expect(empty).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^shakedown: none of the \d+ exchanges fits the filter\.\n$/),
    });
    expect(readdirSync(folder).filter((name) => /nothing|tmp/.test(name))).toEqual([]);
  });
});

describe('the file that is written', () => {
  const inside = mkdtempSync(join(folder, 'files-'));
  const toFile = (out: string, ...more: readonly string[]) => runCli(inside, ['export', rich, '--out', out, ...more]);

  it('has the format that its name says', async () => {
    await toFile('a.csv');
    expect(readFileSync(join(inside, 'a.csv'), 'utf8')).toMatch(/^\ufeffexchange,url,/);
    await toFile('a.sh');
    expect(readFileSync(join(inside, 'a.sh'), 'utf8')).toMatch(/^# 'curl commands/);
    await toFile('a.shakedown.jsonl');
    expect(readFileSync(join(inside, 'a.shakedown.jsonl'), 'utf8')).toMatch(/^\{"format":"shakedown-recording"/);
    const unknown = await toFile('a.xyz');
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/does not say which format[\s\S]*\n {4}csv +CSV, one message a row/),
    });
  });

  it('is never written over without --force, and never through a link', async () => {
    writeFileSync(join(inside, 'old.csv'), 'old');
    expect(await toFile('old.csv')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is a file with that name already') });
    expect(readFileSync(join(inside, 'old.csv'), 'utf8')).toBe('old');
    expect(await toFile('old.csv', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(join(inside, 'old.csv'), 'utf8')).toMatch(/^\ufeffexchange/);
    writeFileSync(join(inside, 'target'), 'precious');
    symlinkSync('target', join(inside, 'link.csv'));
    mkdirSync(join(inside, 'folder.csv'));
    for (const name of ['link.csv', 'folder.csv']) expect(await toFile(name, '--force')).toMatchObject({ code: 2 });
    expect(readFileSync(join(inside, 'target'), 'utf8')).toBe('precious');
    expect(await toFile('missing/a.csv')).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no such folder') });
  });

  it('is never the recording itself', async () => {
    const before = readFileSync(rich);
    expect(await toFile(rich, '--force', '-f', 'recording')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is the recording itself'),
    });
    expect(readFileSync(rich).equals(before)).toBe(true);
  });

  it('leaves nothing when the program is ended while it writes, or when it cannot go on', async () => {
    const long = join(folder, 'long.jsonl');
    writeLong(long);
    const begun = new Promise<void>((resolve) => {
      const watcher = watch(inside, (_event, name) => {
        if (name === null || !name.endsWith('.tmp')) return;
        watcher.close();
        resolve();
      });
    });
    const { child, finished } = spawnCli(inside, ['export', long, '-o', 'ended.csv']);
    await begun;
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 130 });
    expect(await toFile('broken.csv', '99')).toMatchObject({ code: 2 });
    expect(readdirSync(inside).filter((file) => /ended|broken|tmp/.test(file))).toEqual([]);
  });
});

/** Enough that the program is at it for seconds. */
const writeLong = (path: string): void => {
  const [first = '', ...lines] = readFileSync(rich, 'utf8').trimEnd().split('\n');
  const own = lines.filter((line) => line.includes('"exchange":"1"'));
  const copies = Array.from({ length: 150 }, (_, at) => own.join('\n').replaceAll('"exchange":"1"', `"exchange":"${at}"`));
  writeFileSync(path, `${[first, ...copies].join('\n')}\n`);
};

describe('wrong use', () => {
  it.each([
    [['--json'], '--json tells what was written to a file'],
    [['-f', 'cvs'], 'There is no format cvs; did you mean csv?'],
  ])('%j is an error with a sentence', async (args, sentence) => {
    expect(await runCli(folder, ['export', rich, ...args])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(sentence),
    });
  });
});

describe('what the file is like', () => {
  it('damaged lines and a torn end are said on stderr, and the rest is exported', async () => {
    const lines = readFileSync(rich, 'latin1').split('\n');
    lines.splice(3, 0, '{"at":"garbage');
    writeFileSync(join(folder, 'damaged.jsonl'), lines.join('\n').slice(0, -10), 'latin1');
    const { code, stderr } = await runCli(folder, ['export', 'damaged.jsonl', '-f', 'jsonl']);
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      'shakedown: this recording has no end: its process was killed or is still running; up to the last 100 ms may be missing, and the last line is torn and was left out.',
      'shakedown: 1 damaged line was left out, the first is line 4.',
      expect.stringMatching(/^shakedown: redacted/),
      '',
    ]);
  });

  it('with --no-redact it warns of the credentials that it holds', async () => {
    const { stderr } = await runCli(folder, ['export', rich, '-f', 'jsonl', '--no-redact']);
    expect(stderr).toBe('shakedown: warning: not redacted, and it holds credentials (the query parameter access_token, Cookie).\n');
  });

  it('a reader of the pipe that leaves is no error', async () => {
    const env = environment(folder, { NODE: process.execPath, PROGRAM: program, FILE: rich });
    const line = '{ "$NODE" "$PROGRAM" export "$FILE" -f jsonl; echo "exit code $?" >&2; } | head -n 1';
    const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-c', line], { cwd: folder, env });
    expect(JSON.parse(stdout)).toMatchObject({ exchange: '1', type: 'text', text: richTexts[0] });
    expect(stderr).toContain('exit code 0\n');
  });
});

const terminal = findProgram('script');

describe.skipIf('missing' in terminal)('on a terminal', () => {
  const inTerminal = (words: string) =>
    promisify(execFile)('/bin/sh', ['-c', `script -qec '"$NODE" "$PROGRAM" ${words}' /dev/null </dev/null`], {
      cwd: folder,
      env: environment(folder, { NODE: process.execPath, PROGRAM: program, FILE: rich, TERM: 'xterm-256color' }),
    }).catch((error: { stdout: string }) => error);

  it('no character of any format is one that a terminal obeys or an eye cannot see', { timeout: 60_000 }, async () => {
    for (const { id } of (await allFormats()).filter(({ binary }) => !binary)) {
      // What a slow machine says of its progress is ours, and draws.
      const { stdout } = await inTerminal(`export "$FILE" -f ${id} 1 2 -o - 2>/dev/null`);
      expect(stdout.length).toBeGreaterThan(500);
      expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]/);
    }
  });

  it('without a format the formats are listed', async () => {
    const { stdout } = await inTerminal('export "$FILE"');
    for (const { id } of exportFormats) expect(stdout).toMatch(new RegExp(`^ {4}${id} +\\S`, 'm'));
  });
});
