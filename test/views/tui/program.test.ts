import { describe, expect, test } from 'vitest';
import type { Control } from '../../../src/control/control.js';
import { faults } from '../../../src/faults/catalogue.js';
import { screenOf, selectedRow } from '../../../src/views/tui/state.js';
import { failed, fakeControl, healthy, open, refused } from '../fake-control.js';
import { begin } from './begin.js';

const many = (n: number) => Array.from({ length: n }, (_, index) => healthy(`e${index}`, `h${index}.example`));

describe('the list', () => {
  test('follows the newest exchange until the cursor goes up, and again from the last one', async () => {
    const control = fakeControl(many(100));
    const { press, state, program } = await begin(control);
    expect(selectedRow(state())?.id).toBe('e99');
    await press('up', 'k');
    control.put(healthy('new'));
    await program.tick();
    expect(selectedRow(state())?.id).toBe('e97');
    await press('G');
    expect(selectedRow(state())?.id).toBe('new');
    control.put(healthy('newer'));
    await program.tick();
    expect(selectedRow(state())?.id).toBe('newer');
  });

  test('keeps the selected exchange when the engine forgets the oldest', async () => {
    const details = many(30);
    let gone = 0;
    const control = fakeControl(details);
    const shrinking: Control = {
      ...control,
      version: async () => gone,
      rows: async ({ from, limit }) => {
        const all = await control.rows({ from: 0, limit: 100 });
        return { total: all.total - gone, rows: all.rows.slice(gone).slice(from, from + limit) };
      },
    };
    const { press, state, program } = await begin(shrinking);
    await press('up', 'up');
    expect(selectedRow(state())?.id).toBe('e27');
    gone = 5;
    await program.tick();
    expect(selectedRow(state())?.id).toBe('e27');
  });

  test('is filtered by URL, finding, status and outcome while it is typed', async () => {
    const { press, state, screen } = await begin(fakeControl([refused(), healthy(), failed(), open()]));
    await press('/', ...'ORIGIN.rej');
    expect(state().list.rows.map(({ id }) => id)).toEqual(['x-refused']);
    expect(screen()).toContain('1 of 4 match "ORIGIN.rej"');
    await press('enter');
    expect(state().prompt).toBeNull();
    await press('/', 'ctrl-u', ...'101');
    expect(state().list.rows.map(({ id }) => id)).toEqual(['x-healthy', 'x-open']);
    await press('ctrl-u', ...'nothing like it', 'enter');
    expect(screen()).toContain('None of 4 exchanges fits the filter "nothing like it"');
    await press('escape');
    expect(state().list.total).toBe(4);
  });

  test('says how to point an app here while nothing has arrived', async () => {
    const { screen } = await begin(fakeControl());
    expect(screen()).toContain('Nothing has arrived yet');
    expect(screen()).toContain('curl --proxy http://127.0.0.1:8101');
  });
});

describe('an exchange', () => {
  test('that has a finding opens with it, that has none with its legs', async () => {
    const { press, state, screen } = await begin(fakeControl([refused()]));
    await press('enter');
    expect(screen()).toContain('403 refused · origin.rejected');
    expect(screen()).toContain('verifyClient: ({ origin })');
    const other = await begin(fakeControl([healthy()]));
    await other.press('enter');
    expect(other.state().detail?.pane).toBe('legs');
    await press('escape');
    expect(screenOf(state())).toBe('list');
  });

  test('shows both legs with what differs', async () => {
    const { press, screen } = await begin(fakeControl([refused()]));
    await press('enter', '2');
    expect(screen()).toMatch(/Upgrade: websocket +- /);
    expect(screen()).toMatch(/Origin: http:\/\/app\.example +~ Origin: https:\/\/evil\.example/);
    expect(screen()).toMatch(/Host: api\.example\.com +│ Host: api\.example\.com/);
  });

  test('has its findings and its TLS facts on panes of their own', async () => {
    const { press, state, screen } = await begin(fakeControl([refused()]));
    await press('enter', 'tab');
    expect(screen()).toContain('CLIENT LEG');
    await press('3');
    expect(screen()).toMatch(/issuer +CN=Example CA/);
    await press('tab');
    expect(state().detail?.pane).toBe('messages');
    await press('tab');
    expect(state().detail?.pane).toBe('findings');
  });

  test('is refreshed while it changes', async () => {
    const control = fakeControl([open('e')]);
    const { press, screen, program } = await begin(control);
    await press('enter');
    expect(screen()).toContain('101 open');
    control.put(healthy('e'));
    await program.tick();
    expect(screen()).toContain('101 closed');
  });

  test('scrolls no further than to its last line, and up again at once', async () => {
    const { press, state } = await begin(fakeControl([refused()]), { columns: 80, rows: 24 });
    await press('enter', '2');
    await press(...Array.from({ length: 50 }, () => 'down'));
    const end = state().detail?.scroll ?? 0;
    expect(end).toBeGreaterThan(0);
    expect(end).toBeLessThan(30);
    await press('up');
    expect(state().detail?.scroll).toBe(end - 1);
  });

  test('that the engine has forgotten says so', async () => {
    const control = fakeControl([refused()]);
    const { press, screen } = await begin({ ...control, detail: async () => null });
    await press('enter');
    expect(screen()).toContain('The engine no longer has this exchange');
  });

  test('is replayed with r, and what differs is shown', async () => {
    const control = fakeControl([refused()], {}, [{ exchange: 'x-refused', where: 'status', recorded: '403', now: '101' }]);
    const { press, screen, state } = await begin(control);
    await press('enter', 'r');
    expect(control.calls).toContain('replay x-refused');
    expect(screen()).toContain('Different: 1 difference.');
    expect(screen()).toMatch(/- before +403\n.*\+ now +101/);
    await press('q');
    expect(screenOf(state())).toBe('detail');
  });
});

describe('faults', () => {
  const index = faults.findIndex(({ id }) => id === 'drop-upgrade');
  const down = Array.from({ length: index }, () => 'down');

  test('are armed and disarmed with Enter, and stay in sight on every screen', async () => {
    const control = fakeControl([refused()]);
    const { press, screen, state } = await begin(control);
    await press('f', ...down, 'enter');
    expect(control.calls).toContain('arm drop-upgrade');
    for (const keys of [[], ['escape'], ['enter'], ['?']]) {
      await press(...keys);
      expect(screen()).toContain('FAULT ARMED: drop-upgrade (applied 0×)');
    }
    await press('f', 'enter');
    expect(state().armed).toEqual([]);
    expect(screen()).not.toContain('ARMED');
  });

  test('are armed by number, and disarmed all together with x', async () => {
    const { press, state, screen } = await begin(fakeControl());
    await press('f', '1', '2');
    expect(state().armed.map(({ choice }) => choice.fault)).toEqual(faults.slice(0, 2).map(({ id }) => id));
    await press('x');
    expect(state().armed).toEqual([]);
    expect(screen()).toContain('2 faults are disarmed.');
  });

  test('take parameters that were typed, in place of the same fault with others', async () => {
    const { press, state } = await begin(fakeControl());
    await press('f', ...down, 'enter', 'e', 'ctrl-u', ...'drop-upgrade:connection=keep', 'enter');
    expect(state().armed.map(({ choice }) => choice.params['connection'])).toEqual(['keep']);
  });

  test('that do not parse leave the armed one alone and say what is wrong', async () => {
    const { press, state, screen } = await begin(fakeControl());
    await press('f', ...down, 'enter', 'e', ...':nonsense=1', 'enter');
    expect(screen()).toContain('nonsense is not a parameter');
    expect(state().armed).toHaveLength(1);
  });

  test('are no menu over a recording, and the screen says why', async () => {
    const { press, state, screen } = await begin(fakeControl([refused()], { proxy: null, ca: null }));
    await press('f');
    expect(screenOf(state())).toBe('list');
    expect(screen()).toContain('This is a recording');
  });

  test('asked for twice at once are refused the second time', async () => {
    const control = fakeControl();
    const { program, screen } = await begin(control);
    program.press('f');
    program.press('1');
    program.press('2');
    expect(screen()).toContain('arming');
    await program.idle();
    expect(control.calls.filter((call) => call.startsWith('arm '))).toHaveLength(1);
  });
});

describe('the end', () => {
  test('q on the list quits; Ctrl-C interrupts from anywhere, also while something is typed', async () => {
    const one = await begin(fakeControl([refused()]));
    await one.press('enter', 'q', 'q');
    expect(one.left).toEqual([{ why: 'quit' }]);
    const other = await begin(fakeControl([refused()]));
    await other.press('/', 'q', 'ctrl-c');
    expect(other.left).toEqual([{ why: 'interrupted' }]);
  });

  test('an engine that is gone ends the program with a sentence, one lost answer does not', async () => {
    const control = fakeControl([refused()]);
    const { program, left } = await begin(control);
    control.die();
    await program.tick();
    expect(left).toEqual([]);
    await program.tick();
    await program.tick();
    await program.tick();
    expect(left).toEqual([{ why: 'engine-gone', text: 'The engine no longer answers: the worker has ended' }]);
  });

  test('a terminal that is too small says so, and q still quits', async () => {
    const { press, left, screen } = await begin(fakeControl([refused()]), { columns: 50, rows: 8 });
    expect(screen().replaceAll('\n', ' ')).toContain('shakedown needs 60 columns and 12 rows. This terminal has 50 and 8');
    await press('q');
    expect(left).toEqual([{ why: 'quit' }]);
  });
});

describe("the browser's own requests", () => {
  /** Nine of the browser's own, as an engine hides them, and two of the page's. */
  const withNoise = (pages: number): Control => {
    const own = Array.from({ length: 9 }, (_, index) => failed(`own${index}`, 'accounts.google.com'));
    const control = fakeControl([...own, ...many(pages)]);
    return {
      ...control,
      rows: async ({ from, limit, all = false, filter = '' }) => {
        const { rows } = await control.rows({ from: 0, limit: 100, filter });
        const shown = rows.filter(({ id }) => all || !id.startsWith('own'));
        return { total: shown.length, rows: shown.slice(from, from + limit), hidden: 9, ...(filter && { searched: all ? 11 : 2 }) };
      },
    };
  };

  test('are out of the list and counted, until H shows them', async () => {
    const { press, state, screen } = await begin(withNoise(2), { columns: 120, rows: 24 });
    expect(state().list.total).toBe(2);
    expect(screen()).toContain("2 of 2, following · 9 of the browser's own hidden, press H to show");
    expect(screen()).not.toContain('accounts.google.com');
    expect(screen()).toMatch(/ H hidden /);
    await press('H');
    expect(state().list.total).toBe(11);
    expect(screen()).toContain("11 of 11, following · press H to hide the browser's own 9");
    expect(screen()).toContain('accounts.google.com');
    await press('/', ...'google', 'enter');
    expect(state().list.total).toBe(9);
    await press('H');
    expect(screen()).toContain('None of 2 exchanges fits the filter "google"');
  });

  test('are told in few words on a small terminal, and when nothing else has come', async () => {
    const { screen } = await begin(withNoise(2), { columns: 80, rows: 24 });
    expect(screen()).toContain('2 of 2, following · 9 hidden (H)');
    const quiet = await begin(withNoise(0), { columns: 80, rows: 24 });
    expect(quiet.screen()).toContain("No page has asked for anything yet. 9 requests of the browser's own are");
    expect(quiet.screen()).not.toContain('Point an app');
  });

  test('are no matter where nothing is hidden: H says so', async () => {
    const { press, screen } = await begin(fakeControl(many(2)));
    expect(screen()).not.toMatch(/ H hidden /);
    await press('H');
    expect(screen()).toContain('Nothing is hidden');
  });
});

test('what the engine has to say stands on the screen until the next key', async () => {
  const { program, press, screen } = await begin(fakeControl([healthy('one')]));
  program.notice('error', 'The recording a.jsonl has stopped: the disk is full. The traffic goes on.');
  expect(screen()).toContain('the disk is full. The traffic goes on.');
  await press('down');
  expect(screen()).not.toContain('the disk is full');
});

describe('the faults menu', () => {
  test('finds faults by words as they are typed, arms what is found, and shows all again', async () => {
    const { press, state, screen } = await begin(fakeControl());
    await press('f', '/', ...'nginx upgrade');
    expect(screen()).toMatch(/Faults \(\d+ of \d+, with nginx upgrade\)/);
    expect(screen()).toContain('drop-upgrade');
    expect(screen()).not.toContain('bad-cert');
    await press('enter', 'enter');
    expect(state().armed).toHaveLength(1);
    await press('/', 'escape');
    expect(screen()).toContain(`Faults (${faults.length})`);
    await press('/', ...'no such words');
    expect(screen()).toContain('No fault holds these words');
  });
});
