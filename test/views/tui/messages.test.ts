import { describe, expect, test } from 'vitest';
import { fakeControl, healthy, messagesOf, open, refused } from '../fake-control.js';
import { begin } from './begin.js';

const numbered = (count: number) => messagesOf(...Array.from({ length: count }, (_, nth) => `server text message ${nth + 1} of them`));

describe('the messages pane', () => {
  test('tells direction, time, type, size and beginning of each', async () => {
    const messages = messagesOf('client text hello', 'server binary \u0001\u0002', 'client ping', {
      ...{ type: 'close', from: 'server', bytes: Buffer.from([0x0f, 0xa1]) },
    });
    const { press, screen } = await begin(fakeControl([healthy()], {}, [], messages), { columns: 80, rows: 24 });
    await press('enter', '4');
    const lines = screen().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '  no.     seconds from     type       size payload',
        expect.stringMatching(/^> {3}1 +\+0\.\d{3} client → text {8}5 B hello +$/),
        expect.stringMatching(/^ {4}2 +\+0\.\d{3} ← server binary {6}2 B 01 02 +$/),
        expect.stringMatching(/^ {4}4 +\+0\.\d{3} ← server close {7}2 B 4001 a code of the application +$/),
      ]),
    );
    expect(screen()).toContain('1 of 4 messages');
  });

  test('scrolls anywhere in a million, and asks only for what is on the screen and a page around it', async () => {
    const control = fakeControl([healthy()]);
    const total = 1_000_000;
    const asked: number[] = [];
    const { press, screen, state } = await begin({
      ...control,
      messages: async (_id, { from, limit }) => {
        asked.push(limit);
        const rows = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, nth) => ({
          ...{ number: from + nth, at: '2026-01-31T12:00:00.000000Z', from: 'client' as const, type: 'text' as const },
          ...{ length: 1, wireBytes: 7, frames: 1, cut: false, compressed: false, start: Buffer.from(`payload ${from + nth}`) },
        }));
        return { total, messages: rows };
      },
    });
    await press('enter', '4');
    expect(screen()).toContain('payload 0');
    await press('end');
    expect(screen()).toMatch(/> +1,000,000 .*payload 999999/);
    await press('pageup', 'pageup', 'up');
    expect(screen()).toMatch(/payload 9999\d\d/);
    await press('home');
    expect(screen()).toMatch(/> +1 .*payload 0 /);
    expect(Math.max(...asked)).toBeLessThan(80);
    expect(state().detail?.messages.rows.length).toBeLessThan(80);
    expect(asked.length).toBeLessThan(12);
  });

  test('follows the newest of an open exchange, until one goes up', async () => {
    const messages = numbered(100);
    const control = fakeControl([open()], {}, [], messages);
    const { press, screen, program } = await begin(control);
    await press('enter', '4');
    expect(screen()).toContain('100 of 100 messages, following');
    messages.push(...numbered(101).slice(100));
    control.put(open());
    await program.tick();
    expect(screen()).toContain('101 of 101 messages, following');
    await press('up');
    expect(screen()).toContain('100 of 101 messages ');
    await press('G');
    expect(screen()).toContain('101 of 101 messages, following');
  });

  test('says why there are none', async () => {
    const { press, screen } = await begin(fakeControl([refused()]));
    await press('enter', '4');
    expect(screen()).toContain('This WebSocket never opened: it has no messages.');
    await press('enter');
    expect(screen()).toContain('Only messages can be opened here: press 4 for them.');
  });

  test('a recording that cannot be read is told in the pane, and does not end the UI', async () => {
    const { Problem } = await import('../../../src/model/problem.js');
    const control = fakeControl([healthy()]);
    const trouble = new Problem('SHK_RECORDING', 'The recording x.jsonl cannot be read: there is no such file.', 'Look at its name.');
    const { press, screen, left, program } = await begin({ ...control, messages: () => Promise.reject(trouble) });
    await press('enter', '4');
    for (let time = 0; time < 5; time++) await program.tick();
    expect(screen()).toContain('The recording x.jsonl cannot be read: there is no such file. Look at its name.');
    expect(left).toEqual([]);
  });
});

describe('one message', () => {
  test('is shown as JSON, text and hex in turn, with its facts', async () => {
    const messages = messagesOf('client text {"a":[1,2]}', 'server text plain');
    const { press, screen } = await begin(fakeControl([healthy()], {}, [], messages), { columns: 80, rows: 24 });
    await press('enter', '4', 'enter');
    expect(screen()).toContain('Message 1 of 2: text');
    expect(screen()).toMatch(/client → server · \+0\.\d{3} s · 11 B · 1 frame, 13 B on the wire/);
    expect(screen()).toContain('[JSON]');
    expect(screen()).toContain('\n {\n   "a": [\n     1,\n     2\n   ]\n }\n');
    await press('v');
    expect(screen()).toContain(' 00000000  7b 22 61 22 3a 5b 31 2c 32 5d 7d                 {"a":[1,2]}');
    await press('v');
    expect(screen()).toContain('\n {"a":[1,2]}\n');
    await press('right');
    expect(screen()).toMatch(/Message 2 of 2: text[\s\S]*server → client[\s\S]*\n plain\n/);
    expect(screen()).not.toContain('JSON ');
    await press('left', 'escape');
    expect(screen()).toContain('1 of 2 messages');
  });

  test('a Close has its code in words, a bomb is called one', async () => {
    const bomb = { compressed: true, cut: true, length: 16 * 1024 * 1024, wireBytes: 20_000, bytes: Buffer.from('zzzz') };
    const messages = messagesOf({ type: 'close', bytes: Buffer.from('\u0003\u00f1too long', 'latin1') }, bomb);
    const { press, screen } = await begin(fakeControl([healthy()], {}, [], messages));
    await press('enter', '4', 'enter');
    expect(screen()).toContain('\n 1009 message too big "too long"\n');
    await press('right');
    expect(screen()).toContain('! A compression bomb: 19.5 KiB on the wire inflate to at least 16.0 MiB, 839 times as much.');
  });

  test('of a megabyte on one line scrolls at once', async () => {
    const messages = messagesOf({ bytes: Buffer.alloc(1024 * 1024, 'x'), length: 10 * 1024 * 1024, cut: true });
    const { press, screen } = await begin(fakeControl([healthy()], {}, [], messages), { columns: 80, rows: 24 });
    await press('enter', '4', 'enter');
    expect(screen()).toContain('! It is cut: only its beginning is shown, of 10.0 MiB.');
    expect(screen()).toContain('more lines (Space)');
    const before = performance.now();
    await press('v', 'end', 'home', 'pagedown');
    expect(performance.now() - before).toBeLessThan(3000);
    expect(screen()).toContain('78 78 78 78');
  });
});

test('what comes while a message is open does not take its place', async () => {
  const messages = numbered(3);
  const control = fakeControl([open()], {}, [], messages);
  const { press, screen, program } = await begin(control);
  await press('enter', '4', 'enter');
  messages.push(...numbered(4).slice(3));
  control.put(open());
  await program.tick();
  expect(screen()).toMatch(/Message 3 of 4: text[\s\S]*\n message 3 of them\n/);
});

describe('finding a text', () => {
  test('goes to the first message that holds it, and on and back with n and N', async () => {
    const { press, screen, state } = await begin(fakeControl([healthy()], {}, [], numbered(25)));
    await press('enter', '/');
    expect(screen()).toContain(' find: ');
    await press(...'message 2', 'enter');
    expect(state().detail?.messages.search?.numbers).toEqual([1, 19, 20, 21, 22, 23, 24]);
    expect(screen()).toMatch(/>.*message 2 of/);
    expect(screen()).toContain('2 of 25 messages · 1 of 7 with "message 2"');
    await press('n', 'n');
    expect(screen()).toContain('21 of 25 messages · 3 of 7 with "message 2"');
    await press('N', 'N', 'N');
    expect(screen()).toContain('7 of 7 with "message 2"');
    await press('enter', 'n');
    expect(screen()).toContain('Message 2 of 25: text');
  });

  test('says when there is none, and n then says what to do', async () => {
    const { press, screen } = await begin(fakeControl([healthy()], {}, [], numbered(3)));
    await press('enter', '/', ...'absent', 'enter');
    expect(screen()).toContain('no message has "absent"');
    await press('n');
    expect(screen()).toContain('There is no message to go to');
  });
});

describe('the clipboard', () => {
  test('gets the exchange as a curl command', async () => {
    const { press, clipboard, screen } = await begin(fakeControl([refused()]));
    await press('y');
    expect(clipboard).toEqual(["curl 'https://example.com/x-refused'\n"]);
    expect(screen()).toContain('Copied as a curl command, without its secrets');
  });
});
