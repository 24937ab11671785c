import { describe, expect, it } from 'vitest';
import { products } from '../../src/diagnosis/remedies/remedies.js';
import { setups } from './all.js';

const mended = setups.flatMap(({ id, mends = [] }) => mends.map(([product, topic]) => ({ id, of: `${product}: ${topic}` })));
const remedies = products.flatMap(({ name, remedies: all }) =>
  Object.entries(all).map(([topic, remedy]) => ({ of: `${name}: ${topic}`, ...remedy })),
);

describe('the remedies that say with what they were tried', () => {
  it('are run by a set-up', () => {
    const tried = new Set(mended.map(({ of }) => of));
    expect(remedies.filter(({ ran, of }) => ran !== undefined && !tried.has(of)).map(({ of }) => of)).toEqual([]);
  });

  it('say so when a set-up runs them', () => {
    const said = new Set(remedies.filter(({ ran }) => ran !== undefined).map(({ of }) => of));
    expect(mended.filter(({ of }) => !said.has(of)).map(({ id, of }) => `${id} mends ${of}`)).toEqual([]);
  });

  it('have a configuration that can be run, and name a release', () => {
    for (const { of, ran, config } of remedies)
      if (ran !== undefined) expect({ of, config, ran }).toMatchObject({ config: /./, ran: / \d/ });
  });
});

describe('the set-ups', () => {
  it('that name a remedy run it', () => {
    expect(setups.filter((setup) => setup.mends !== undefined && setup.mended === undefined).map(({ id }) => id)).toEqual([]);
  });

  it('have each an id of their own', () => {
    const ids = setups.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
