import { expect, test } from 'vitest';
import { selectedRow } from '../../../src/views/tui/state.js';
import { fakeControl, healthy, open, refused } from '../fake-control.js';
import { begin } from './begin.js';

const many = (n: number) => Array.from({ length: n }, (_, index) => healthy(`e${index}`, `h${index}.example`));

test('loads what is scrolled to, and only a window of it', async () => {
  const control = fakeControl(many(500));
  const { press, screen, state } = await begin(control);
  await press('g');
  expect(screen()).toContain('h0.example');
  expect(state().list.rows.length).toBeLessThan(80);
  await press('pagedown', 'pagedown');
  expect(selectedRow(state())).toBeDefined();
  expect(screen()).not.toContain('h0.example');
});

test('asks for nothing but the version while nothing changes, and never two things at once', async () => {
  const control = fakeControl([refused()]);
  const { program } = await begin(control);
  control.calls.length = 0;
  await Promise.all([program.tick(), program.tick(), program.tick()]);
  await program.tick();
  expect(control.calls).toEqual(['version', 'version']);
  expect(control.most()).toBe(1);
});

test('draws a stream without end on every third look only, and its last state when it stops', async () => {
  const control = fakeControl([open()]);
  const { program } = await begin(control);
  let drawn = 0;
  program.subscribe(() => drawn++);
  const look = async (times: number, change: () => void) => {
    control.calls.length = 0;
    for (let time = 0; time < times; time++) {
      change();
      await program.tick();
    }
    return control.calls.filter((call) => call === 'rows').length;
  };
  const flow = () => control.put(open());
  await look(5, flow);
  drawn = 0;
  expect(await look(30, flow)).toBe(10);
  expect(drawn).toBe(10);
  program.press('enter');
  await look(6, flow);
  drawn = 0;
  expect(await look(30, flow)).toBe(10);
  expect(drawn).toBe(10);
  control.put(healthy('last'));
  expect(await look(3, () => undefined)).toBe(1);
  expect(selectedRow(program.get())?.id).toBe('last');
  drawn = 0;
  expect(await look(5, () => undefined)).toBe(0);
  expect(drawn).toBe(0);
});

test('asks again for open exchanges once a second, because their durations grow', async () => {
  const control = fakeControl([open()]);
  const { program, pass } = await begin(control);
  control.calls.length = 0;
  await program.tick();
  pass(1000);
  await program.tick();
  expect(control.calls).toEqual(['version', 'version', 'rows']);
});
