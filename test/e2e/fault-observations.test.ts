import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../../src/faults/catalogue.js';
import { type Observation, type Observatory, openObservatory } from './support/observe.js';

// docs/fault-observations.json holds what real clients said of each fault. `SHAKEDOWN_OBSERVE=1 npx vitest run
// test/e2e/fault-observations.test.ts` writes it anew; without that, a sample is run again and compared.
const file = new URL('../../docs/fault-observations.json', import.meta.url);
/** `missing` asks only of the faults that nobody has asked of. */
const observing = process.env.SHAKEDOWN_OBSERVE !== undefined;
const onlyMissing = process.env.SHAKEDOWN_OBSERVE === 'missing';
const known: Record<string, Observation> = JSON.parse(readFileSync(file, 'utf8'));

// Other protocols than HTTP/1.1 by CONNECT have tests of their own.
const observable = faults.filter(({ stage, only }) => !['http2', 'http-response'].includes(stage) && only !== 'socks');
/** One of each stage, another one each time that the catalogue grows, and the three that started it all. */
const sample = new Set([
  ...['drop-upgrade', 'bad-cert', 'wrong-origin'],
  ...[...new Set(observable.map(({ stage }) => stage))]
    .map((stage) => observable.filter((one) => one.stage === stage))
    .flatMap((family) => family[faults.length % family.length]?.id ?? []),
]);

let observatory: Observatory;
beforeAll(async () => {
  observatory = await openObservatory();
});
afterAll(() => observatory[Symbol.asyncDispose]());

it('every fault that these clients can meet has been observed', () => {
  if (!observing) expect(observable.map(({ id }) => id).filter((id) => !known[id])).toEqual([]);
  expect(Object.keys(known).filter((id) => !observable.some((fault) => fault.id === id))).toEqual([]);
});

describe.each(
  observable.filter(({ id }) => (observing ? !(onlyMissing && known[id]) : sample.has(id))).map((fault) => [fault.id, fault] as const),
)('%s', (id, fault) => {
  it('is met by real clients as it was before', async () => {
    const observation = await observatory.observe(fault);
    if (observing) {
      known[id] = observation;
      const inOrder = Object.fromEntries(observable.flatMap((one) => (known[one.id] ? [[one.id, known[one.id]]] : [])));
      writeFileSync(file, `${JSON.stringify(inOrder, null, 2)}\n`);
      return;
    }
    const said = known[id]?.said ?? {};
    for (const [client, words] of Object.entries(observation.said)) expect(`${client}: ${words}`).toBe(`${client}: ${said[client]}`);
  }, 60_000);
});
