import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusers } from '../../src/authority/recipe.js';
import { loadRecipes, parseRecipe } from '../../src/authority/recipes.js';
import { Problem } from '../../src/model/problem.js';
import { temporaryFolder } from './support.js';

const good = loadRecipes().get('good');
const withField = (name: string, value: unknown): string => JSON.stringify({ ...good, [name]: value });

describe('the shipped recipes', () => {
  it('are all read, under the names that faults and people use', () => {
    const promised = [
      'good',
      'expired',
      'not-yet-valid',
      'wrong-host',
      'self-signed',
      'unknown-ca',
      'missing-intermediate',
      'sha1',
      'weak-key',
    ];
    const more = [
      'no-san',
      'wrong-eku',
      'no-eku',
      'ca-leaf',
      'critical-extension',
      'key-usage',
      'bad-signature',
      'malformed',
      'revoked',
      'long-lived',
      'must-staple',
    ];
    const controls = ['rsa', 'intermediate', 'unknown-root', 'expired-intermediate'];
    expect([...loadRecipes().keys()].sort()).toEqual([...promised, ...more, ...controls].sort());
  });

  it('say for each client whether it refuses, and no client refuses the good one', () => {
    expect(Object.values(good?.refusedBy ?? {})).toEqual(refusers.map(() => null));
  });

  it('name a finding when most clients refuse them', () => {
    for (const recipe of loadRecipes().values()) {
      const refusals = Object.values(recipe.refusedBy).filter((words) => words !== null).length;
      if (refusals > 1) expect(recipe.expects, recipe.id).toMatch(/^certificate\./);
    }
  });
});

describe('a wrong recipe', () => {
  const cases: readonly [field: string, value: unknown][] = [
    ['id', 'No Kebab'],
    ['names', 'everything'],
    ['names', ['*']],
    ['names', ['a\u0000b']],
    ['commonName', 'x'.repeat(65)],
    ['validity', { fromDays: 3, toDays: 1 }],
    ['validity', { fromDays: 0, toDays: 1, hours: 2 }],
    ['issuer', 'somebody'],
    ['key', 'rsa-512'],
    ['signature', 'md5'],
    ['ca', 'yes'],
    ['extendedKeyUsage', ['serverAuth']],
    ['extendedKeyUsage', ['1.3.99999999999']],
    ['keyUsage', ['sign']],
    ['extensions', [{ oid: '1.2.3', critical: true, der: '5' }]],
    ['expects', 'expired'],
    ['refusedBy', { node: null }],
  ];

  it.each(cases)('is refused with the file and the field %s', (field, value) => {
    expect(() => parseRecipe(withField(field, value), 'certs/recipes/mine.json')).toThrow(
      expect.objectContaining({ code: 'SHK_RECIPE', message: expect.stringMatching(new RegExp(`mine\\.json.*the field ${field} `)) }),
    );
  });

  it('is refused when a field is missing, unknown, or when it is no JSON', () => {
    expect(() => parseRecipe(JSON.stringify({ ...good, key: undefined }), 'a.json')).toThrow('the field key is missing');
    expect(() => parseRecipe(withField('constructor', 1), 'a.json')).toThrow('there is no field "constructor"');
    expect(() => parseRecipe('{', 'a.json')).toThrow(Problem);
    expect(() => parseRecipe('[]', 'a.json')).toThrow('it holds no object');
  });
});

describe('a folder of recipes', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  it('must name each file after the id in it', async () => {
    await mkdir(join(folder.path, 'a'));
    await writeFile(join(folder.path, 'a', 'other.json'), JSON.stringify(good));
    expect(() => loadRecipes(join(folder.path, 'a'))).toThrow(/other\.json.*the field id must be "other"/);
  });

  it('must be there', () => {
    expect(() => loadRecipes(join(folder.path, 'none'))).toThrow(Problem);
  });
});
