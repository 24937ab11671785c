import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readExchanges } from '../../src/recording/exchanges.js';
import { currentVersion } from '../../src/recording/migrate.js';
import { readRecording } from '../../src/recording/reader.js';
import { filesOf, versionGaps } from './support/versions.js';

const versions = Array.from({ length: currentVersion }, (_, index) => index + 1);

it('every version of the format has a canned recording, a schema, and a step to the next', () => {
  expect(versionGaps()).toEqual([]);
});

it('a version that is raised and nothing else would be noticed', () => {
  expect(versionGaps({ current: currentVersion + 1, steps: new Map() })).toEqual([
    ...versions.map((version) => `no step leads from version ${version} to ${currentVersion + 1}`),
    `there is no schema of version ${currentVersion}`,
    `there is no canned recording of version ${currentVersion + 1}`,
    `the schema of version ${currentVersion + 1} is of another one`,
  ]);
});

describe.each(versions)('a recording of version %d', (version) => {
  const { recording, schema } = filesOf(version);
  const path = fileURLToPath(recording);

  it('keeps to the schema of its version, line by line', () => {
    const valid = new Ajv2020({ strict: true, strictRequired: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
    const lines = readFileSync(recording, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => !valid(JSON.parse(line)))).toEqual([]);
  });

  it('is read whole by this version, and its exchanges have ends', async () => {
    expect(await readRecording(path, { onEvent: () => {} })).toMatchObject({ first: { version }, unknown: 0, damaged: 0, torn: false });
    let ended = 0;
    for await (const { exchange } of readExchanges(path)) if (exchange.endedAt !== null) ended++;
    expect(ended).toBeGreaterThan(0);
  });
});
