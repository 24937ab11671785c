import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { har } from '../../../src/formats/har/export.js';
import { importFile } from '../../../src/formats/import.js';
import { Problem } from '../../../src/model/problem.js';
import { readRecording } from '../../../src/recording/reader.js';
import { exchangesOf, exported, scratch } from '../support/files.js';

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const entry = JSON.parse(readFileSync(at('samples/mitmproxy.har'), 'utf8')).log.entries[0];

const importText = async (text: string | Buffer) => {
  const folder = scratch();
  writeFileSync(join(folder, 'in.har'), text);
  const to = join(folder, 'out.jsonl');
  return { to, outcome: await importFile(join(folder, 'in.har'), { to, shakedown: '0.1.0' }).catch((error: unknown) => error) };
};
const harOf = (...entries: readonly unknown[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'someone', version: '1' }, entries } });
const skippedOf = async (bad: unknown) => {
  const { outcome } = await importText(harOf(bad, entry));
  if (outcome instanceof Error) throw outcome;
  return (outcome as { exchanges: number; skipped: readonly { where: string; why: string }[] }).skipped.map(
    ({ where, why }) => `${where} ${why}`,
  );
};

describe('an entry that is not as it should be', () => {
  it.each([
    ['is no object', 17, 'log.entries[0] is a number, not an object'],
    ['has no request', { ...entry, request: undefined }, 'log.entries[0].request is missing, not an object'],
    ['has a number as its URL', { ...entry, request: { ...entry.request, url: 7 } }, 'log.entries[0].request.url is a number, not a text'],
    [
      'leads nowhere',
      { ...entry, request: { ...entry.request, url: 'data:text/plain,x' } },
      'log.entries[0].request.url is no http, https, ws or wss address',
    ],
    ['has a URL that is none', { ...entry, request: { ...entry.request, url: 'http://[::1' } }, 'log.entries[0].request.url is no address'],
    ['has no time', { ...entry, startedDateTime: 'yesterday' }, 'log.entries[0].startedDateTime is no ISO time'],
    ['is of the year 200000', { ...entry, startedDateTime: '+200000-01-01T00:00:00Z' }, 'log.entries[0].startedDateTime is no ISO time'],
    ['has a status of 1e308', { ...entry, response: { ...entry.response, status: 1e308 } }, 'log.entries[0].response.status is no status'],
    [
      "has a list as its headers' name",
      { ...entry, request: { ...entry.request, headers: [{ name: [], value: '' }] } },
      'log.entries[0].request.headers[0].name is a list, not a text',
    ],
    [
      'would smuggle a head',
      { ...entry, response: { ...entry.response, headers: [{ name: 'A', value: 'b\r\n\r\nHTTP/1.1 200 OK' }] } },
      'log.entries[0].response.headers[0].value holds a line break or a NUL',
    ],
    [
      'has a field name with a space',
      { ...entry, request: { ...entry.request, headers: [{ name: 'A b', value: '' }] } },
      'log.entries[0].request.headers[0].name is no name of a field',
    ],
    [
      'would smuggle a request line',
      { ...entry, request: { ...entry.request, method: 'GET / HTTP/1.1\r\nX:' } },
      'log.entries[0].request.method is no name of a method',
    ],
  ])('%s: it is passed over and told, and the rest is there', async (_, bad, why) => {
    expect(await skippedOf(bad)).toEqual([why]);
  });

  it('is passed over where a number is too big for JSON', async () => {
    const { outcome } = await importText(harOf(entry, entry).replace('"status":101', '"status":1e999'));
    expect(outcome).toMatchObject({
      exchanges: 1,
      skipped: [{ where: 'log.entries[0].response.status', why: 'is no number that can be counted with' }],
    });
  });

  it('cannot reach a prototype', async () => {
    const text = harOf(entry).replace('"cache":{}', '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"cache":{}');
    const { outcome } = await importText(text);
    expect(outcome).toMatchObject({ exchanges: 1 });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('loses the one message that is none, and keeps the others', async () => {
    const [first, second] = entry._webSocketMessages;
    const bad = [
      { ...first, opcode: 3 },
      { ...first, time: -1 },
      { ...first, type: 'told' },
      { ...second, data: '~~~' },
      { ...first, data: 7 },
      'text',
    ];
    const messages = [first, ...bad, second];
    const { outcome } = await importText(harOf({ ...entry, _webSocketMessages: messages }));
    expect(outcome).toMatchObject({ exchanges: 1, messages: 2 });
    const name = (index: number) => `log.entries[0]._webSocketMessages[${index}]`;
    expect((outcome as { skipped: unknown }).skipped).toEqual([
      { where: `${name(1)}.opcode`, why: 'is that of no message' },
      { where: `${name(2)}.time`, why: 'is no time in seconds since 1970' },
      { where: `${name(3)}.type`, why: 'is neither send nor receive' },
      { where: `${name(4)}.data`, why: 'is no base64' },
      { where: `${name(5)}.data`, why: 'is a number, not a text' },
      { where: name(6), why: 'is a text, not an object' },
    ]);
  });
});

describe('a file that is not as it should be', () => {
  it('gives what stands before its torn end', async () => {
    const whole = harOf(entry, entry);
    const { outcome } = await importText(whole.slice(0, whole.length - 200));
    expect(outcome).toMatchObject({
      exchanges: 1,
      skipped: [{ where: expect.stringMatching(/^log\.entries\[1\]/), why: expect.stringMatching(/ends in the middle, after \d+ bytes/) }],
    });
  });

  it.each([
    ['empty', ''],
    ['no JSON', 'hello'],
    ['without entries', '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}'],
    ['whose entries are no list', '{"log":{"entries":{"a":1}}}'],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['a recording', readFileSync(at('../../recordings/v1.jsonl'))],
    ['a million levels deep', `{"log":{"entries":[${'['.repeat(1_000_000)}`],
  ])('is a Problem that names it, and leaves nothing behind: %s', async (_, text) => {
    const { to, outcome } = await importText(text);
    expect(outcome).toBeInstanceOf(Problem);
    expect(outcome).toMatchObject({ code: 'SHK_RECORDING', message: expect.stringContaining('in.har') });
    expect(existsSync(to)).toBe(false);
  });

  it('is never written over another file', async () => {
    const { to } = await importText(harOf(entry));
    expect(statSync(to).mode & 0o777).toBe(0o600);
    const input = join(scratch(), 'again.har');
    writeFileSync(input, harOf(entry));
    await expect(importFile(input, { to, shakedown: '0.1.0' })).rejects.toMatchObject({ code: 'SHK_RECORDING' });
  });

  it('never does more harm than a Problem, however it is changed, and what comes of it can be read', async () => {
    const folder = scratch();
    const whole = readFileSync(await exported(at('../../recordings/v1.jsonl'), { format: har, folder, name: 'v1.har' }), 'utf8');
    const texts = [whole, readFileSync(at('samples/chrome.har'), 'utf8'), readFileSync(at('samples/playwright.har'), 'utf8')];
    const words = ['null', '-1', '1e999', '{}', '[]', '"x"', '"__proto__"', 'true', '', '9007199254740993', '"\\ud800"'];
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts.keys()),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words)), { minLength: 1, maxLength: 6 }),
        async (which, changes) => {
          let changed = texts[which] ?? '';
          for (const [seed, word] of changes) {
            // A whole value in place of another, so that most of what comes out is still JSON.
            const values = [...changed.matchAll(/(?<=":\s?)("[^"\\]*"|-?\d[\d.]*|null|true|\{\}|\[\])/g)];
            const one = values[seed % values.length];
            if (one) changed = changed.slice(0, one.index) + word + changed.slice(one.index + one[0].length);
          }
          const path = join(folder, `${number}.har`);
          const to = join(folder, `${number++}.jsonl`);
          writeFileSync(path, changed);
          const outcome = await importFile(path, { to, shakedown: '0.1.0' }).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(Problem);
            return;
          }
          expect(await readRecording(to, { onEvent: () => {} })).toMatchObject({ damaged: 0, unknown: 0, torn: false });
          for (const recorded of await exchangesOf(to)) for await (const _ of recorded.messages());
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
