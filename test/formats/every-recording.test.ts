import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportExchange } from '../../src/formats/export-exchange.js';
import { recordedExchanges } from '../../src/formats/recorded-exchanges.js';
import { exchangeLine } from '../../src/recording/exchange-json.js';
import { exportFormats, formatNamed } from '../../src/views/export-formats.js';
import { testFolder } from '../e2e/support/folder.js';
import { findProgram } from '../support/find.js';
import { context } from './support/recorded.js';
import { recordRich } from './support/rich-recording.js';

const folder = testFolder();
const canned = fileURLToPath(new URL('../recordings/', import.meta.url));
const rich = join(folder, 'rich.jsonl');
const names = readdirSync(canned).filter((name) => name.endsWith('.jsonl'));
const recordings = [...names.map((name) => join(canned, name)), rich];
const python = findProgram('python3');
const jq = findProgram('jq');

beforeAll(() => recordRich(rich, join(folder, 'ca')), 60_000);

const exported = async (file: string, id: string): Promise<string> => {
  let text = '';
  const format = await formatNamed(id, file);
  for await (const part of format.write(recordedExchanges(file), context)) text += part;
  return text;
};
const linesOf = (text: string): Readonly<Record<string, unknown>>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const exchangesOf = async (file: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { exchange, findings } of recordedExchanges(file)) found.push(exchangeLine(exchange, findings));
  return found;
};

describe.each(recordings)('%s', (file) => {
  it.skipIf('missing' in jq)('as jsonl is read by jq', async () => {
    const text = await exported(file, 'jsonl');
    const counted = execFileSync('path' in jq ? jq.path : '', ['-s', 'length'], { input: text });
    expect(Number(counted.toString())).toBe(linesOf(text).length);
    expect(linesOf(text).length).toBeGreaterThan(10);
  });

  it.skipIf('missing' in python)('as csv is read by Python, with a row for each message and no formula', async () => {
    const script =
      'import csv,io,json,sys\nprint(json.dumps(list(csv.DictReader(io.TextIOWrapper(sys.stdin.buffer,"utf-8-sig",newline=""),strict=True))))';
    const input = await exported(file, 'csv');
    const rows: Record<string, string>[] = JSON.parse(
      execFileSync('path' in python ? python.path : '', ['-c', script], { input }).toString(),
    );
    const messages = linesOf(await exported(file, 'jsonl'));
    const facts = ['exchange', 'at', 'from', 'type', 'bytes', 'frames'];
    const factsOf = (row: Readonly<Record<string, unknown>>) => facts.map((name) => String(row[name]));
    expect(rows.map(factsOf)).toEqual(messages.map(factsOf));
    expect(rows.filter(({ payload = '' }) => /^[=+\-@\t\r]/.test(payload))).toEqual([]);
  });

  it('as a recording is read again as the same exchanges and messages', async () => {
    const again = join(mkdtempSync(join(folder, 'again-')), 'again.jsonl');
    writeFileSync(again, await exported(file, 'recording'));
    expect(await exchangesOf(again)).toEqual(await exchangesOf(file));
    expect(await exported(again, 'jsonl')).toBe(await exported(file, 'jsonl'));
  });

  it.each(['curl', 'websocat', 'wscat'])('as %s is a script that sh can read, with something about each exchange', async (format) => {
    const script = await exported(file, format);
    await promisify(execFile)('/bin/sh', ['-n', '-c', script]);
    const ids = (await exchangesOf(file)).map((line) => JSON.parse(line).id);
    expect([...script.matchAll(/^# 'exchange (\w+):/gm)].map(([, id]) => id)).toEqual(ids);
    expect(script).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/);
  });
});

describe('exportExchange', () => {
  const options = (id: string) => ({
    format: (source: Parameters<typeof formatNamed>[1]) => formatNamed(id, source),
    redact: false,
    shakedown: '9.9.9',
    recording: 'rich.jsonl',
  });

  it.each(exportFormats.filter(({ id }) => !['har', 'pcapng', 'html'].includes(id)).map(({ id }) => id))(
    'makes one exchange a text of %s',
    async (id) => {
      const text = await exportExchange(rich, '1', options(id));
      expect(text).toMatch(/"exchange":"1"|exchange 1:|exchange `1`|^1,ws:/m);
      expect(text).not.toMatch(/"exchange":"2"|exchange 2:|exchange `2`|^2,ws:/m);
    },
  );

  it('says so when there is no such exchange', async () => {
    await expect(exportExchange(rich, '99', options('curl'))).rejects.toMatchObject({ code: 'SHK_NOT_FOUND' });
  });
});
