import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { redactedCopy } from '../../src/formats/redacted-copy.js';
import { readAll, recordingText, writeText } from '../recording/support/files.js';
import { scratchFolder } from '../recording/support/folder.js';
import { haystack, needles } from '../redaction/haystack.js';
import { plantedRecording } from '../redaction/planted.js';

const copyOf = async (...args: Parameters<typeof redactedCopy>) => {
  const copy = await redactedCopy(...args);
  onTestFinished(copy.remove);
  return copy;
};

const found = (hay: string, secrets: ReadonlyMap<string, string>): string[] =>
  [...secrets].filter(([, secret]) => needles(secret).some((needle) => hay.includes(needle))).map(([place]) => place);

describe('a redacted copy', () => {
  it('holds none of the planted secrets in any form, and the original holds all', async () => {
    const { events, secrets } = await plantedRecording();
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText(events));
    expect(secrets.size).toBeGreaterThanOrEqual(50);
    expect(found(haystack(readFileSync(path), events), secrets)).toEqual([...secrets.keys()]);

    const copy = await copyOf(path);
    const read = await readAll(copy.path);
    expect(found(haystack(readFileSync(copy.path), read.list), secrets)).toEqual([]);
    expect(read.damage).toEqual([]);
    expect(read.list.map(({ at, exchange, type }) => `${at} ${exchange} ${type}`)).toEqual(
      events.map(({ at, exchange, type }) => `${at} ${exchange} ${type}`),
    );
    expect(copy.summary.kinds.length).toBeGreaterThan(10);
  });

  it('is for its owner alone, and is gone when it is removed', async () => {
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText((await plantedRecording()).events));
    const copy = await redactedCopy(path);
    expect(statSync(copy.path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(copy.path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(copy.path))).toEqual(['redacted.jsonl']);
    await copy.remove();
    expect(() => statSync(dirname(copy.path))).toThrow('ENOENT');
  });

  it('has the wanted exchanges only, and knows the secrets of the others', async () => {
    const { events, secrets } = await plantedRecording();
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText(events));
    const copy = await copyOf(path, { wanted: (id) => id === 'basic' });
    const { list } = await readAll(copy.path);
    expect(new Set(list.map(({ exchange }) => exchange))).toEqual(new Set(['basic', '']));
    expect(found(haystack(readFileSync(copy.path), list), secrets)).toEqual([]);
  });

  it('takes what can be read only once', async () => {
    const { events, secrets } = await plantedRecording();
    const once = async function* () {
      yield Buffer.from(recordingText(events));
    };
    const copy = await copyOf(once());
    const { list } = await readAll(copy.path);
    expect(list).toHaveLength(events.length);
    expect(found(haystack(readFileSync(copy.path), list), secrets)).toEqual([]);
    expect(readdirSync(dirname(copy.path))).toEqual(['redacted.jsonl']);
  });

  it.each([['SIGTERM'], ['SIGINT'], ['exit']] as const)('goes with a process that ends early: %s', async (how) => {
    const path = writeText(join(scratchFolder(), 'a.jsonl'), recordingText((await plantedRecording()).events));
    const script = fileURLToPath(new URL('copying-child.mjs', import.meta.url));
    const child = spawn(process.execPath, [script, path, how], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    if (how !== 'exit') child.kill(how);
    expect(await ended).toEqual(how === 'exit' ? [0, null] : [null, how]);
    expect(existsSync(dirname(line))).toBe(false);
  });

  it('says what is wrong with a recording that cannot be read, and leaves no folder', async () => {
    await expect(redactedCopy(join(scratchFolder(), 'none.jsonl'))).rejects.toThrow('there is no such file');
  });
});
