import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlHouse, startControlHouse } from './support.js';

let api: ControlHouse;
beforeAll(async () => {
  api = await startControlHouse();
});
afterAll(() => api[Symbol.asyncDispose]());

const rule = (name: string, path: string, fault: string) => ({ name, match: { path }, faults: [fault] });
const putYaml = (body: string) => api.ask('PUT', '/v1/rules', { body, headers: { 'content-type': 'text/yaml' } });
const names = (rules: readonly { readonly name: string }[]): readonly string[] => rules.map(({ name }) => name);

it('PUT /v1/rules puts rules in the place of its own former ones, as JSON or YAML, and keeps what is the same', async () => {
  const first = await api.ask('PUT', '/v1/rules', {
    body: { rules: [rule('one', '/nowhere', 'drop-upgrade'), rule('two', '/elsewhere', 'origin-refused')] },
  });
  expect(first.status).toBe(200);
  expect(names(first.json.rules)).toEqual(['one', 'two']);
  const { key } = first.json.rules[1].faults[0].choice;
  const second = await putYaml('rules:\n  - {name: two, match: {path: /elsewhere}, faults: [origin-refused]}\n');
  expect(second.json.rules).toMatchObject([{ name: 'two', faults: [{ choice: { key } }] }]);
});

it('PUT /v1/rules names line and column of what is wrong, and changes nothing then', async () => {
  await api.ask('PUT', '/v1/rules', { body: { rules: [rule('kept', '/', 'drop-upgrade')] } });
  const wrong = await putYaml('rules:\n  - {name: new, faults: [drop-upgrad]}\n');
  expect(wrong.status).toBe(400);
  expect(wrong.json.message).toMatch(/rules:2:\d+: .*drop-upgrade/);
  expect(names((await api.ask('GET', '/v1/rules')).json.rules)).toEqual(['kept']);
  expect((await api.ask('PUT', '/v1/rules', { body: { rules: [] } })).json.rules).toEqual([]);
  expect((await api.ask('GET', '/v1/armed')).json.armed).toEqual([]);
});
