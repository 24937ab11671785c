import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import { Problem } from '../../src/model/problem.js';
import { lineLimit } from '../../src/recording/codec.js';
import { readRecording } from '../../src/recording/reader.js';
import { anyEvent, closedEvent, openedEvent } from './support/events.js';
import { exchangesIn, firstLine, readAll, recordingText, writeText } from './support/files.js';
import { scratchFolder } from './support/folder.js';

const some: readonly Event[] = [
  openedEvent('1'),
  { at: '2026-01-31T09:05:00.100000Z', exchange: '1', type: 'head', site: 'clientSent', raw: 'GET /é HTTP/1.1\r\nHost: a.test\r\n\r\n' },
  { at: '2026-01-31T09:05:00.200000Z', exchange: '1', type: 'bytes', from: 'client', data: 'gQA=' },
  closedEvent('1'),
];

const problemOf = async (path: string): Promise<unknown> =>
  readAll(path).then(
    () => 'opened',
    (error: unknown) => error,
  );

describe('reading a recording', () => {
  it('tells every event in its order, and where the file ends', async () => {
    const text = recordingText(some);
    const path = writeText(join(scratchFolder(), 'a.jsonl'), text);
    const read = await readAll(path);
    expect(read.list).toEqual(some);
    expect(read).toMatchObject({ events: 4, unknown: 0, damaged: 0, torn: false, first: { version: 1, shakedown: '0.1.0' } });
    expect(read.end).toEqual({ line: 6, offset: Buffer.byteLength(text) });
  });

  it('goes on from where it ended, for a file that is still being written', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const text = Buffer.from(recordingText(some));
    const half = text.indexOf('"type":"head"');
    writeText(path, text.subarray(0, half));
    const before = await readAll(path);
    expect(before.list).toEqual(some.slice(0, 1));
    expect(before.torn).toBe(true);
    writeText(path, text);
    const rest: Event[] = [];
    const after = await readRecording(path, { onEvent: (event) => rest.push(event) }, { from: before.end });
    expect(rest).toEqual(some.slice(1));
    expect(after.end).toEqual({ line: 6, offset: text.length });
  });

  it('opens a file that was cut at any byte, but for its first line', async () => {
    const text = Buffer.from(recordingText(some));
    const header = Buffer.byteLength(firstLine);
    const path = join(scratchFolder(), 'a.jsonl');
    for (let length = 0; length < text.length; length++) {
      writeText(path, text.subarray(0, length));
      if (length < header - 1) {
        const problem = await problemOf(path);
        expect([length, problem instanceof Problem && problem.code]).toEqual([length, 'SHK_RECORDING']);
        continue;
      }
      const { list, damaged } = await readAll(path);
      const whole =
        text
          .subarray(header, length + 1)
          .toString()
          .split('\n').length - 1;
      expect([length, list, damaged]).toEqual([length, some.slice(0, whole), 0]);
    }
  });

  it('reports a damaged line with its number, and reads on', async () => {
    const lines = recordingText(some).split('\n');
    lines[2] = '{"at":"2026-01-31T09:05:00.1';
    const { list, damage, torn } = await readAll(writeText(join(scratchFolder(), 'a.jsonl'), lines.join('\n')));
    expect(list).toEqual([some[0], some[2], some[3]]);
    expect(damage).toEqual([{ line: 3, offset: expect.any(Number), why: 'it is not JSON' }]);
    expect(torn).toBe(false);
  });

  it('passes over a line of more than 16 MiB, and keeps none of it', async () => {
    const long = Buffer.alloc(lineLimit + 10, 0x61);
    const text = Buffer.concat([
      Buffer.from(recordingText(some.slice(0, 1))),
      long,
      Buffer.from('\n'),
      Buffer.from(recordingText(some.slice(1))),
    ]);
    const { list, damage } = await readAll(writeText(join(scratchFolder(), 'a.jsonl'), text));
    expect(list).toEqual(some);
    expect(damage.map(({ line }) => line)).toEqual([3, 4]);
    expect(damage[0]?.why).toContain('longer');
  });

  it('counts and skips events that a later shakedown writes', async () => {
    const text = `${firstLine}{"at":"2026-01-31T09:05:00.000000Z","exchange":"1","type":"quic-started"}\n`;
    expect(await readAll(writeText(join(scratchFolder(), 'a.jsonl'), text))).toMatchObject({ events: 0, unknown: 1, damaged: 0 });
  });

  it('reads files with blank lines and CRLF, as an editor may leave them', async () => {
    const text = `${recordingText(some).replaceAll('\n', '\r\n')}\r\n`;
    expect(await readAll(writeText(join(scratchFolder(), 'a.jsonl'), text))).toMatchObject({ list: some, damaged: 0 });
  });
});

describe('a file that is no readable recording gives a problem that names it', () => {
  const refused: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['an empty file', '', /is empty/],
    ['a text', 'dear diary\n', /not a recording/],
    ['other JSON lines', '{"at":1}\n{"at":2}\n', /not a recording/],
    ['binary', '\0\x01\xff\xfe', /not a recording/],
    ['a first line cut short', '{"format":"shaked', /cut short/],
    ['a newer version', '{"format":"shakedown-recording","version":9,"shakedown":"7.1.0"}\n', /version 9.*up to version 1/],
    ['a version that never was', '{"format":"shakedown-recording","version":0}\n', /not a recording/],
  ];
  it.each(refused)('%s', async (_, text, message) => {
    const path = writeText(join(scratchFolder(), 'a.jsonl'), text);
    const problem = await problemOf(path);
    expect(problem).toMatchObject({ code: 'SHK_RECORDING', message: expect.stringMatching(message), advice: expect.stringMatching(/\w+/) });
    expect((problem as Problem).message).toContain(path);
  });

  it('a newer version, with the shakedown that can read it', async () => {
    const text = '{"format":"shakedown-recording","version":9,"shakedown":"7.1.0\\u001b[2J"}\n';
    const problem = await problemOf(writeText(join(scratchFolder(), 'a.jsonl'), text));
    expect((problem as Problem).advice).toBe('Read it with a newer shakedown (7.1.0?[2J wrote it).');
  });

  it('a folder, and a file that is not there', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'b'));
    expect(await problemOf(join(folder, 'b'))).toMatchObject({ code: 'SHK_RECORDING', message: expect.stringContaining('it is a folder') });
    expect(await problemOf(join(folder, 'c'))).toMatchObject({ code: 'SHK_RECORDING', message: expect.stringContaining('no such file') });
  });
});

describe('a mutated recording', () => {
  it('throws nothing but a Problem, a thousand times', async () => {
    const path = join(scratchFolder(), 'a.jsonl');
    const outcomes = { opened: 0, refused: 0 };
    const change = fc.tuple(fc.nat(), fc.constantFrom('flip', 'cut', 'insert', 'swap', 'word'), fc.nat({ max: 255 }));
    const words = [
      'null',
      '{}',
      '[]',
      '1e999',
      '-1',
      '""',
      '"__proto__"',
      '"constructor"',
      '\n',
      '"\\ud800"',
      'true',
      '{"__proto__":{"at":1}}',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 6 }), fc.array(change, { minLength: 1, maxLength: 4 }), async (events, changes) => {
        let bytes = Buffer.from(recordingText([openedEvent('1'), ...events, closedEvent('1')]));
        for (const [place, kind, value] of changes) {
          const at = place % (bytes.length + 1);
          if (kind === 'flip' && at < bytes.length) bytes[at] = value;
          if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)]);
          if (kind === 'insert') bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(value), bytes.subarray(at)]);
          if (kind === 'swap') bytes = Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
          // Puts another value where one stands: JSON stays, its meaning goes.
          if (kind === 'word') {
            const colon = bytes.indexOf('":', at);
            const end = Math.min(...[',', '}'].map((mark) => bytes.indexOf(mark, colon)).filter((found) => found > colon));
            const word = Buffer.from(words[value % words.length] ?? '');
            if (colon !== -1 && end < bytes.length) bytes = Buffer.concat([bytes.subarray(0, colon + 2), word, bytes.subarray(end)]);
          }
        }
        writeText(path, bytes);
        try {
          await exchangesIn(path);
          outcomes.opened++;
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== 'SHK_RECORDING') throw error;
          outcomes.refused++;
        }
      }),
      { numRuns: 1000 },
    );
    expect(outcomes.opened).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(10);
  });
});
