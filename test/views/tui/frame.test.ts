import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { cleanup, render } from 'ink-testing-library';
import { createElement } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import type { ExchangeDetail } from '../../../src/control/control.js';
import { faults } from '../../../src/faults/catalogue.js';
import { lineText } from '../../../src/views/paint.js';
import { App } from '../../../src/views/tui/app.js';
import { frame } from '../../../src/views/tui/frame.js';
import { startProgram } from '../../../src/views/tui/program.js';
import type { Size } from '../../../src/views/tui/state.js';
import { parseHead } from '../../../src/wire/http-head.js';
import { displayWidth } from '../../../src/wire/visible.js';
import { type FakeControl, failed, fakeControl, healthy, messagesOf, open, refused } from '../fake-control.js';
import { hostileText, obeyed } from '../hostile.js';

afterEach(cleanup);

const sizes: readonly Size[] = [
  { columns: 60, rows: 12 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 50 },
];
/** The ways to every screen and pane. */
const walks: readonly (readonly [string, readonly string[]])[] = [
  ['list', []],
  ['filter', ['/', 'w']],
  ['findings', ['enter', '1']],
  ['legs', ['enter', '2']],
  ['TLS', ['enter', '3', 'G']],
  ['messages', ['enter', '4']],
  ['a text', ['enter', '4', 'enter']],
  ['bytes', ['enter', '4', 'end', 'enter']],
  ['a bad filter', ['/', ...'漢 > ']],
  ['a search', ['enter', '/', ...'漢字', 'enter']],
  ['faults', ['f', '1']],
  ['choice', ['f', 'e']],
  ['replay', ['r']],
  ['the new exchange of a replay', ['r', 'enter']],
  ['help', ['?']],
];
const talk = messagesOf('client text {"a":[1,{}]}', `server text ${'漢字 '.repeat(300)}`, 'client ping x', {
  type: 'binary',
  bytes: Buffer.alloc(5000, 'b'),
});
const samples = () => [healthy(), open(), failed(), refused()];

const programOver = async (control: FakeControl, size: Size, keys: readonly string[]) => {
  const program = startProgram(control, { size, faults, leave: () => undefined, now: () => 0, copy: () => true });
  await program.tick();
  for (const key of keys) {
    program.press(key);
    await program.idle();
    await program.tick();
  }
  return program;
};

const expectFits = (lines: readonly string[], { columns, rows }: Size) => {
  expect(lines.length).toBeLessThanOrEqual(rows - 1);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
};

describe.each(sizes)('at $columns x $rows', (size) => {
  test.each(walks)('the screen "%s" fits as Ink draws it', async (_, keys) => {
    const differences = [{ exchange: 'x', where: 'response-head', recorded: 'a '.repeat(500), now: 'b\r\nc' }];
    const program = await programOver(fakeControl(samples(), {}, differences, talk), size, keys);
    const { lastFrame, stdout, rerender } = render(createElement(App, { program, colour: true }));
    // ink-testing-library's terminal has 100 columns for ever.
    Object.defineProperty(stdout, 'columns', { get: () => size.columns });
    rerender(createElement(App, { program, colour: true }));
    const drawn = stripVTControlCharacters(lastFrame() ?? '').split('\n');
    expectFits(drawn, size);
    // Ink adds and takes nothing: what it draws are the lines of the frame.
    expect(drawn.map((line) => line.trimEnd())).toEqual(frame(program.get()).map((line) => lineText(line).trimEnd()));
    expect(drawn).toHaveLength(size.rows - 1);
  });
});

test('keys that arrive at the terminal reach the program', async () => {
  const program = await programOver(fakeControl(samples()), { columns: 80, rows: 24 }, []);
  const { stdin, lastFrame } = render(createElement(App, { program, colour: false }));
  stdin.write('k');
  stdin.write('\r');
  await program.tick();
  expect(lastFrame()).toContain('[1 Findings (1)]');
});

test('the selected row and the armed faults are told without colour, too', async () => {
  const program = await programOver(fakeControl(samples()), { columns: 80, rows: 24 }, ['f', '1', 'escape']);
  const lines = frame(program.get());
  const texts = lines.map(lineText);
  expect(texts.filter((text) => text.startsWith('> '))).toHaveLength(1);
  expect(texts.some((text) => text.includes('! FAULT ARMED'))).toBe(true);
});

const withText = (detail: ExchangeDetail, text: string): ExchangeDetail => {
  const { exchange, findings } = detail;
  const head = parseHead(`GET ${text} HTTP/1.1\r\nA: ${text}\r\n${text}\r\n\r\n`, 'request');
  const tally = {
    ...exchange.frames.fromClient,
    frames: 1,
    close: { code: 1000, reason: text },
    defects: [{ code: 'rsv', offset: 0, note: text } as const],
  };
  const server = exchange.server && {
    ...exchange.server,
    tls: exchange.server.tls && {
      ...exchange.server.tls,
      cipher: text,
      sni: text,
      chain: exchange.server.tls.chain.map((one) => ({ ...one, subject: text, issuer: text, dnsNames: [text] })),
    },
    end: { how: 'error', by: 'peer', code: text, at: '' } as const,
  };
  return {
    url: text,
    findings: findings.map((one) => ({
      ...one,
      code: text,
      title: text,
      culprit: text,
      evidence: [{ leg: 'server', what: 'body', text }],
      fix: [{ for: text, text, config: text }],
    })),
    exchange: {
      ...exchange,
      heads: { ...exchange.heads, clientSent: head },
      server: server as typeof exchange.server,
      body: text,
      frames: { fromClient: tally, fromServer: tally },
      faultFailures: [{ id: text, message: text }],
      applied: exchange.applied.map((one) => ({ ...one, params: { value: text }, before: text, after: text })),
    },
  };
};

const hostileMessages = (text: string) => {
  const bytes = Buffer.from(text);
  const close = { type: 'close' as const, bytes: Buffer.concat([Buffer.from([3, 232]), bytes]) };
  return messagesOf({ bytes }, { bytes, error: text }, close, { type: 'ping', bytes }, { type: 'binary', bytes });
};

test.each(walks)(
  'on the screen "%s" no captured text reaches the terminal as it is, nor breaks the layout (T46, T47, T48)',
  async (_, keys) => {
    await fc.assert(
      fc.asyncProperty(hostileText, fc.constantFrom(...sizes), async (text, size) => {
        const details = [withText(healthy('h'), text), withText(failed('f'), text), withText(refused(text === '' ? 'r' : text), text)];
        const control = fakeControl(
          details,
          { recording: text, ca: text },
          [{ exchange: text, where: text, recorded: text, now: text }],
          hostileMessages(text),
        );
        const program = await programOver(control, size, keys);
        const lines = frame(program.get()).map(lineText);
        expectFits(lines, size);
        for (const line of lines) expect(line).not.toMatch(obeyed);
      }),
      { numRuns: 15 },
    );
  },
);

test('a URL and a field of ten megabytes are drawn at once (T49)', async () => {
  const huge = Buffer.alloc(10 * 1024 * 1024, 'a\u00e9').toString('latin1');
  const detail = withText(refused('r'), 'x');
  const head = { raw: `GET / HTTP/1.1\r\nCookie: ${huge}\r\n\r\n`, startLine: '', headers: [], defects: [] };
  const long = {
    ...detail,
    url: huge,
    exchange: { ...detail.exchange, body: huge, heads: { ...detail.exchange.heads, clientSent: head } },
  };
  const size = { columns: 80, rows: 24 };
  const program = await programOver(fakeControl([long]), size, []);
  const timed = () => {
    const before = performance.now();
    expectFits(frame(program.get()).map(lineText), size);
    return performance.now() - before;
  };
  timed();
  expect(timed()).toBeLessThan(50);
  program.press('enter');
  await program.tick();
  timed();
  expect(timed()).toBeLessThan(50);
});
