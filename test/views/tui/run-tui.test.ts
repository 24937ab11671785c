// alone: Ink reads CI when it is imported, and draws nothing then; another test file may have done that before.
import { EventEmitter, once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Control } from '../../../src/control/control.js';
import { type ExitReason, runTui } from '../../../src/views/tui/run-tui.js';
import { fakeControl, refused } from '../fake-control.js';

/** A terminal of 80 by 24 in memory; what is written to it is there at once. */
const terminal = () => {
  let written = '';
  let ended = false;
  const changed = new EventEmitter();
  const rawModes: boolean[] = [];
  const stdin = new PassThrough();
  Object.assign(stdin, { isTTY: true, ref: () => stdin, unref: () => stdin, setRawMode: (on: boolean) => rawModes.push(on) });
  const stdout = new Writable({
    write: (chunk, _, done) => {
      written += String(chunk);
      changed.emit('data');
      done();
    },
  });
  Object.assign(stdout, { isTTY: true, columns: 80, rows: 24 });
  const until = async (text: string | RegExp) => {
    while (!(typeof text === 'string' ? written.includes(text) : text.test(written))) {
      if (ended) throw new Error(`the program is over; it wrote ${JSON.stringify(written)}`);
      await once(changed, 'data');
    }
  };
  const end = () => {
    ended = true;
    changed.emit('data');
  };
  return {
    stdin: stdin as unknown as NodeJS.ReadStream & PassThrough,
    stdout: stdout as unknown as NodeJS.WriteStream,
    rawModes,
    until,
    end,
    written: () => written,
    forget: () => {
      written = '';
    },
  };
};

/** Those of Ink's own packages stay for the life of the process (restore-cursor): they are told apart by having been there after a first run. */
const listening = () => ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'uncaughtExceptionMonitor'].map((name) => process.listenerCount(name));

const begin = (control: Control) => {
  const tty = terminal();
  const reasons: ExitReason[] = [];
  const over = runTui(control, { stdin: tty.stdin, stdout: tty.stdout, env: { NO_COLOR: '1' }, onExit: (reason) => reasons.push(reason) });
  over.then(tty.end, tty.end);
  return { ...tty, over, reasons };
};

const left = /\x1b\[\?25h\x1b\[\?1049l$/;

test('it takes the alternate screen, draws, and gives everything back when the user quits', async () => {
  const { stdin, rawModes, until, over, reasons, written } = begin(fakeControl([refused()]));
  await until('origin.rejected');
  expect(written()).toMatch(/^\x1b\[\?1049h/);
  expect(written()).not.toContain('\x1b[3J');
  stdin.write('q');
  await over;
  expect(written()).toMatch(left);
  expect(reasons).toEqual([{ why: 'quit' }]);
  expect(rawModes.at(-1)).toBe(false);
});

test('it leaves no listener of its own behind', async () => {
  const counts: number[][] = [];
  for (let run = 0; run < 2; run++) {
    const ui = begin(fakeControl([refused()]));
    await ui.until('origin.rejected');
    ui.stdin.write('q');
    await ui.over;
    await new Promise(setImmediate);
    counts.push(listening());
  }
  expect(counts[1]).toEqual(counts[0]);
});

test.each([
  ['Ctrl-C', ({ stdin }: ReturnType<typeof begin>) => stdin.write('\x03'), 'interrupted'],
  ['SIGTERM', () => process.emit('SIGTERM'), 'SIGTERM'],
  ['SIGHUP', () => process.emit('SIGHUP'), 'SIGHUP'],
  ['the end of its input', ({ stdin }: ReturnType<typeof begin>) => stdin.end(), 'terminal-lost'],
  ['an error of its terminal', ({ stdout }: ReturnType<typeof begin>) => stdout.emit('error', new Error('EIO')), 'terminal-lost'],
])('it restores the terminal on %s', async (_, act, why) => {
  const ui = begin(fakeControl([refused()]));
  await ui.until('origin.rejected');
  act(ui);
  await ui.over;
  expect(ui.written()).toMatch(left);
  expect(ui.reasons).toEqual([{ why }]);
});

test('it restores the terminal before Node prints an uncaught exception', async () => {
  const ui = begin(fakeControl([refused()]));
  await ui.until('origin.rejected');
  (process as EventEmitter).emit('uncaughtExceptionMonitor', new Error('a bug'), 'uncaughtException');
  expect(ui.written()).toMatch(left);
  process.emit('SIGTERM');
  await ui.over;
});

test('an engine that is gone is told on the screen that stays', async () => {
  const control = fakeControl([refused()]);
  const ui = begin(control);
  await ui.until('origin.rejected');
  control.die();
  await ui.over;
  expect(ui.written()).toMatch(/\x1b\[\?1049lThe engine no longer answers: the worker has ended\n$/);
});

test('a bug in drawing restores the terminal and is told to the caller', async () => {
  const control = fakeControl([refused()]);
  const broken: Control = {
    ...control,
    rows: async (window) => {
      const { total, rows } = await control.rows(window);
      return { total, rows: rows.map((row) => ({ ...row, startedAt: undefined as unknown as string })) };
    },
  };
  const ui = begin(broken);
  await expect(ui.over).rejects.toThrow(TypeError);
  expect(ui.written()).toMatch(left);
  expect(ui.reasons).toEqual([]);
});

test('a new size is drawn anew from a clear screen', async () => {
  const ui = begin(fakeControl([refused()]));
  await ui.until('origin.rejected');
  ui.forget();
  Object.assign(ui.stdout, { columns: 40, rows: 8 });
  ui.stdout.emit('resize');
  await ui.until(/\x1b\[2J\x1b\[H[\s\S]*shakedown needs/);
  Object.assign(ui.stdout, { columns: 120, rows: 40 });
  ui.stdout.emit('resize');
  await ui.until('wss://api.example.com/socket');
  ui.stdin.write('q');
  await ui.over;
});

test('the environment that Ink and React read at import is left as it was', async () => {
  const environment = { ...process.env };
  const ui = begin(fakeControl());
  await ui.until('Nothing has arrived yet');
  expect(process.env).toEqual(environment);
  ui.stdin.write('q');
  await ui.over;
});
