import { expect, test } from 'vitest';
import { fakeControl, healthy, open, refused } from '../fake-control.js';
import { begin } from './begin.js';

const ids = ({ list }: { readonly list: { readonly rows: readonly { readonly id: string }[] } }) => list.rows.map(({ id }) => id);
const over = () => fakeControl([refused(), healthy(), open()]);

test('the list is filtered in the grammar of inspect, as it is typed', async () => {
  const { press, state, screen } = await begin(over());
  await press('/', ...'status >= 400 || host ~ live');
  expect(ids(state())).toEqual(['x-refused', 'x-open']);
  await press('enter');
  expect(screen()).toContain('2 of 3 match "status >= 400 || hos…"');
});

test('a filter that cannot be read points at the place; the last good one holds, and Enter does not take it', async () => {
  const { press, state, screen } = await begin(over(), { columns: 80, rows: 24 });
  await press('/', ...'status = 403');
  expect(ids(state())).toEqual(['x-refused']);
  await press(...' && hots ~ a');
  expect(ids(state())).toEqual(['x-refused']);
  expect(screen()).toContain(
    '\n filter: status = 403 && hots ~ a \n                         ^ there is no field "hots"; did you mean host?',
  );
  await press('enter');
  expect(state().prompt?.text).toBe('status = 403 && hots ~ a');
  await press('escape');
  expect(state()).toMatchObject({ prompt: null, list: { filter: '' } });
});

test('Up brings the last filters back, Down goes on again', async () => {
  const { press, state } = await begin(over());
  await press('/', ...'status = 403', 'enter', '/', 'ctrl-u', ...'live', 'enter', '/', 'up');
  expect(state().prompt?.text).toBe('live');
  await press('up');
  expect(state().prompt?.text).toBe('status = 403');
  expect(ids(state())).toEqual(['x-refused']);
  await press('up', 'down', 'down');
  expect(state().prompt?.text).toBe('');
});

test('a recording begins at its first exchange, with the filter that was given', async () => {
  const recording = fakeControl([refused(), healthy(), open()], { proxy: null });
  const { screen } = await begin(recording, { columns: 80, rows: 24 }, { tail: false });
  expect(screen()).toMatch(/> .*403/);
  const filtered = await begin(recording, { columns: 80, rows: 24 }, { tail: false, filter: 'outcome = open' });
  expect(ids(filtered.state())).toEqual(['x-open']);
  await filtered.press('r');
  expect(filtered.screen()).toContain('`shakedown replay FILE ID`');
});
