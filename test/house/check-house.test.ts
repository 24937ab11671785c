import { describe, expect, it } from 'vitest';
import { checkTree, type Tree } from './planted-tree.js';

const lock = (packages: object) => `${JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'x' }, ...packages } }, null, 2)}\n`;
const manifest = (dependencies: object) => `${JSON.stringify({ name: 'x', dependencies }, null, 2)}\n`;

const clean: Tree = {
  'package.json': manifest({ ws: '8.23.0' }),
  'package-lock.json': lock({ 'node_modules/ws': { version: '8.23.0', integrity: 'sha512-x' } }),
  'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n[this](#unreleased)\n',
  'ARCHITECTURE.md':
    '# Rooms\n\n```\nsrc/\n  index.ts   the door\n  model/     nouns\n             of everything\n  wire/      bytes\n```\n',
  'README.md':
    '# x\n\n[changes](CHANGELOG.md#changelog), [rooms](./ARCHITECTURE.md), [out](https://example.com/home/x), `[no](link.md)`\n\n```\n[no](link.md)\n```\n',
  'src/index.ts': "export const home = '/home/me/x';\n",
  'src/model/head.ts': 'export {};\n',
  'src/model/catalogue.ts': '//\n'.repeat(400),
  'src/wire/http-head.ts': '//\n'.repeat(300),
  'test/wire/http-head.test.ts': "it('is only a word, it.only( in a text', () => {});\n",
};

// Put together here, because the check reads this file too.
const slashed = (name: string) => `/${name}/`;

interface Case {
  readonly when: string;
  readonly tree: Tree;
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    when: 'a file is too long',
    tree: { 'src/wire/long.ts': '//\n'.repeat(301) },
    says: 'src/wire/long.ts:301: has 301 lines; the limit is 300. Split it.',
  },
  {
    when: 'a file is not in kebab case',
    tree: { 'src/wire/closeCode.ts': 'export {};\n' },
    says: 'src/wire/closeCode.ts:1: closeCode.ts is not in kebab case.',
  },
  {
    when: 'a private key is there',
    tree: { 'certs/ca.pem': `-----BEGIN EC ${'PRIVATE'} KEY-----\n` },
    says: 'certs/ca.pem:1: a private key; keys are made where they are needed, and never committed.',
  },
  ...['work', 'root', 'home'].map((name) => ({
    when: `a path of one machine is there (${name})`,
    tree: { 'docs/guide.md': `# Guide\n\nSee "${slashed(name)}x".\n` },
    says: 'docs/guide.md:3: an absolute path of one machine.',
  })),
  {
    when: 'a path leaves the repository',
    tree: { 'scripts/x.mjs': `read('..${slashed('shared')}x');\n` },
    says: 'scripts/x.mjs:1: a path out of the repository.',
  },
  {
    when: 'one test is marked only',
    tree: { 'test/wire/x.test.ts': '\ndescribe.only("x", () => {});\n' },
    says: 'test/wire/x.test.ts:2: a test marked only: every other test of the file is left out.',
  },
  {
    when: 'one test is marked only behind another mark',
    tree: { 'test/wire/x.test.ts': 'it.concurrent.only("x", () => {});\n' },
    says: 'test/wire/x.test.ts:1: a test marked only: every other test of the file is left out.',
  },
  {
    when: 'a link leads nowhere',
    tree: { 'docs/guide.md': '# Guide\n\n[there](../README.md) and [gone](../GONE.md#part)\n' },
    says: 'docs/guide.md:3: links to ../GONE.md, which is not there.',
  },
  {
    when: 'a link leads to a heading that the other page does not have',
    tree: { 'docs/guide.md': '# Guide\n\n[there](../README.md#x) and [gone](../README.md#gone)\n' },
    says: 'docs/guide.md:3: links to ../README.md#gone, and README.md has no such heading.',
  },
  {
    when: 'a link leads to a heading that its own page has only in an example',
    tree: { 'docs/guide.md': '# Guide\n\n```\n## Part\n```\n\n[gone](#part)\n' },
    says: 'docs/guide.md:7: links to #part, and docs/guide.md has no such heading.',
  },
  {
    when: 'a link leads to a third heading of two that have the same words',
    tree: { 'docs/guide.md': '# Guide\n\n## A `b.c`: d\n\n## A b.c: d\n\n[1](#a-bc-d), [2](#a-bc-d-1), [3](#a-bc-d-2)\n' },
    says: 'docs/guide.md:7: links to #a-bc-d-2, and docs/guide.md has no such heading.',
  },
  {
    when: 'the top level grows',
    tree: { 'notes/x.md': 'x\n' },
    says: 'notes:1: is no entry of the top level (the list stands in scripts/check-house.mjs).',
  },
  {
    when: 'a version is not pinned',
    tree: { 'package.json': manifest({ ws: '^8.23.0' }) },
    says: 'package.json:4: ws is not pinned to one version (^8.23.0).',
  },
  {
    when: 'the lock has an entry without a version',
    tree: { 'package-lock.json': lock({ 'node_modules/a': { optional: true } }) },
    says: 'package-lock.json:7: node_modules/a has no version; npm ci refuses such a lock.',
  },
  {
    when: 'the lock names a download address',
    tree: { 'package-lock.json': lock({ 'node_modules/a': { version: '1.0.0', resolved: 'https://example.com/a.tgz' } }) },
    says: 'package-lock.json:7: node_modules/a names a download address; every registry must serve (omit-lockfile-registry-resolved).',
  },
  {
    when: 'a package runs a script at install',
    tree: { 'package-lock.json': lock({ 'node_modules/a': { version: '1.0.0', hasInstallScript: true } }) },
    says: 'package-lock.json:7: node_modules/a runs a script at install.',
  },
  {
    when: 'the changelog has no place for the next change',
    tree: { 'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n' },
    says: 'CHANGELOG.md:1: has no section Unreleased.',
  },
  {
    when: 'the architecture leaves a room out',
    tree: { 'src/ledger/memory.ts': 'export {};\n' },
    says: 'ARCHITECTURE.md:4: does not name src/ledger.',
  },
  {
    when: 'the architecture names a room that is gone',
    tree: { 'ARCHITECTURE.md': '```\nsrc/\n├── model/\n├── wire/\n└── proxy/\n```\n' },
    says: 'ARCHITECTURE.md:5: names src/proxy, which is not there.',
  },
  {
    when: 'the architecture draws nothing',
    tree: { 'ARCHITECTURE.md': '# Rooms\n' },
    says: 'ARCHITECTURE.md:1: draws no tree of src/ in a fenced block.',
  },
];

describe('check-house', () => {
  it('passes a clean tree and says what it counted', async () => {
    const { code, offences, said } = await checkTree('check-house', clean);
    expect({ code, offences }).toEqual({ code: 0, offences: [] });
    expect(said).toBe('House: 10 files, 10 rules, no offence.');
  });

  it.concurrent.for(cases)('objects when $when', async ({ tree, says }, { expect: expectHere }) => {
    const { code, offences } = await checkTree('check-house', { ...clean, ...tree });
    expectHere({ code, offences }).toEqual({ code: 1, offences: [says] });
  });
});
