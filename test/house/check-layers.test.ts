import { describe, expect, it } from 'vitest';
import { checkTree, type Tree } from './planted-tree.js';

const clean: Tree = {
  'src/model/head.ts': 'export interface Head { readonly raw: string }\n',
  'src/wire/http-head.ts':
    "import { inflateRawSync } from 'node:zlib';\nimport type { Head } from '../model/head.js';\nexport const read = (raw: string): Head => ({ raw });\nexport { inflateRawSync };\n",
  'src/wire/accept-key.ts': "import { createHash } from 'node:crypto';\nexport const key = createHash('sha1');\n",
  'src/recording/writer.ts': "export const start = () => new Worker(new URL('./writer-thread.js', import.meta.url));\n",
  'src/recording/writer-thread.ts': 'export {};\n',
  'src/proxy/dial.ts':
    "import { connect } from 'node:net';\nimport { read } from '../wire/http-head.js';\nexport const dial = () => [connect, read];\n",
  'src/authority/names.ts': "import { type BlockList, isIP as kindOf } from 'node:net';\nexport { kindOf };\nexport type { BlockList };\n",
  'src/authority/context.ts':
    "import { createSecureContext } from 'node:tls';\nimport forge from 'node-forge';\nexport { createSecureContext, forge };\n",
  'src/views/tui/app.tsx': "import { Text } from 'ink';\nexport const App = () => <Text>it's // not a comment</Text>;\n",
  'src/cli/main.ts': "import { dial } from '../proxy/dial.js';\nconst app = await import('../views/tui/app.js');\nexport { app, dial };\n",
  'src/index.ts': "export { dial } from './proxy/dial.js';\n",
};

const offencesWith = async (tree: Tree) => {
  const { code, offences } = await checkTree('check-layers', { ...clean, ...tree });
  return { code, offences };
};

interface Case {
  readonly when: string;
  readonly file: string;
  readonly text: string;
  readonly says: string;
  readonly line?: number;
}

const cases: readonly Case[] = [
  {
    when: 'a low room imports a high one',
    file: 'src/model/bad.ts',
    text: "\nimport { read } from '../wire/http-head.js';\nread('');\n",
    line: 2,
    says: 'model stands below wire and may not import from it; it imports src/wire/http-head.ts.',
  },
  {
    when: 'it is only a type that is imported upwards',
    file: 'src/wire/bad.ts',
    text: "import type { dial } from '../proxy/dial.js';\nexport type D = typeof dial;\n",
    says: 'wire stands below proxy and may not import from it; it imports src/proxy/dial.ts.',
  },
  {
    when: 'a type is named by import()',
    file: 'src/wire/bad.ts',
    text: "export type D = import('../proxy/dial.js').dial;\n",
    says: 'wire stands below proxy and may not import from it; it imports src/proxy/dial.ts.',
  },
  {
    when: 'a re-export goes upwards',
    file: 'src/wire/bad.ts',
    text: "export * from '../proxy/dial.js';\n",
    says: 'wire stands below proxy and may not import from it; it imports src/proxy/dial.ts.',
  },
  {
    when: 'a worker stands on a higher floor',
    file: 'src/recording/bad.ts',
    text: "export const url = new URL('../proxy/dial.js', import.meta.url);\n",
    says: 'recording stands below proxy and may not import from it; it imports src/proxy/dial.ts.',
  },
  {
    when: 'two rooms of one floor meet',
    file: 'src/faults/bad.ts',
    text: "import '../recording/writer-thread.js';\n",
    says: 'faults and recording share a floor and are blind to each other; it imports src/recording/writer-thread.ts.',
  },
  {
    when: 'the tools that drive the river meet',
    file: 'src/replay/bad.ts',
    text: "import '../launch/environment.js';\n",
    says: 'replay and launch share a floor and are blind to each other; it imports src/launch/environment.ts.',
  },
  {
    when: 'a room imports the door of the library',
    file: 'src/cli/bad.ts',
    text: "import '../index.js';\n",
    says: 'cli stands below index.ts and may not import from it; it imports src/index.ts.',
  },
  {
    when: 'a file is imported that does not exist',
    file: 'src/wire/bad.ts',
    text: "import '../model/nothing.js';\n",
    says: 'imports ../model/nothing.js, which is no file of src.',
  },
  {
    when: 'import() takes a computed path',
    file: 'src/cli/bad.ts',
    text: 'export const load = (name: string) => import(`./$' + '{name}.js`);\n',
    says: 'import() of a computed path; write the path out, so that the floors can be checked.',
  },
  {
    when: 'a package is used out of its room',
    file: 'src/proxy/bad.ts',
    text: "import { WebSocket } from 'ws';\nexport { WebSocket };\n",
    says: 'ws belongs to probe, replay, launch only.',
  },
  {
    when: 'a package is unknown',
    file: 'src/cli/bad.ts',
    text: "import { request } from 'undici';\nexport { request };\n",
    says: 'imports undici, which the table of packages in scripts/check-layers.mjs does not know.',
  },
  {
    when: 'a room without sockets opens one',
    file: 'src/ledger/bad.ts',
    text: "import { connect } from 'node:net';\nexport { connect };\n",
    says: 'only proxy may import node:net (the exceptions stand in scripts/check-layers.mjs).',
  },
  {
    when: 'a socket stands beside a harmless name',
    file: 'src/ledger/bad.ts',
    text: "import { isIP, Socket } from 'node:net';\nexport { isIP, Socket };\n",
    says: 'only proxy may import node:net (the exceptions stand in scripts/check-layers.mjs).',
  },
  {
    when: 'the prefix node: is left out',
    file: 'src/ledger/bad.ts',
    text: "import { connect } from 'net';\nexport { connect };\n",
    says: 'only proxy may import net (the exceptions stand in scripts/check-layers.mjs).',
  },
  {
    when: 'authority takes more of the network than createSecureContext needs',
    file: 'src/authority/bad.ts',
    text: "import { request } from 'node:https';\nexport { request };\n",
    says: 'only proxy may import node:https (the exceptions stand in scripts/check-layers.mjs).',
  },
  {
    when: 'a pure room reads a file',
    file: 'src/faults/bad.ts',
    text: "import { readFileSync } from 'node:fs';\nexport { readFileSync };\n",
    says: 'faults is a pure room and may not import node:fs.',
  },
  {
    when: 'a pure room takes random bytes',
    file: 'src/wire/bad.ts',
    text: "import { createHash, randomBytes } from 'node:crypto';\nexport { createHash, randomBytes };\n",
    says: 'wire is a pure room and may not take random numbers from node:crypto.',
  },
  ...[
    ['Date.now', 'Date.now()'],
    ['new Date()', 'new Date()'],
    ['performance', 'performance.now()'],
    ['Math.random', 'Math.random()'],
    ['process', 'process.env.HOME'],
    ['a timer', 'setTimeout(() => {}, 1)'],
    ['a timer', 'globalThis.setTimeout(() => {}, 1)'],
  ].map(([name, use]) => ({
    when: `a pure room uses ${use}`,
    file: 'src/diagnosis/bad.ts',
    text: `// line one\nexport const value = () => ${use};\n`,
    line: 2,
    says: `diagnosis is a pure room and may not use ${name}; it is passed in.`,
  })),
  {
    when: 'a use stands in the hole of a template',
    file: 'src/fold/bad.ts',
    text: 'export const text = () => `now it is $' + "{Date.now()} o'clock`;\n",
    says: 'fold is a pure room and may not use Date.now; it is passed in.',
  },
  {
    when: 'a folder is no room',
    file: 'src/utils/bad.ts',
    text: 'export {};\n',
    says: 'src/utils is no room of the table in scripts/check-layers.mjs.',
  },
];

describe('check-layers', () => {
  it('passes a clean tree and says what it counted', async () => {
    const { code, offences, said } = await checkTree('check-layers', clean);
    expect({ code, offences }).toEqual({ code: 0, offences: [] });
    expect(said).toBe('Layers: 11 files, 13 imports, no offence.');
  });

  it.concurrent.for(cases)('objects when $when', async ({ file, text, line, says }, { expect: expectHere }) => {
    const tree = { 'src/launch/environment.ts': 'export {};\n', [file]: text };
    expectHere(await offencesWith(tree)).toEqual({ code: 1, offences: [`${file}:${line ?? 1}: ${says}`] });
  });

  it('tells a cycle once, types included, with the way round', async () => {
    const { offences } = await offencesWith({
      'src/model/a.ts': "import type { B } from './b.js';\nexport type A = B;\n",
      'src/model/b.ts': "import type { C } from './c.js';\nexport type B = C;\n",
      'src/model/c.ts': "import type { A } from './a.js';\nexport type C = A;\n",
    });
    expect(offences).toEqual(['src/model/c.ts:1: import cycle: model/a.ts > model/b.ts > model/c.ts > model/a.ts.']);
  });

  it('looks for uses in code only, not in comments, texts, expressions or under other names', async () => {
    const { offences } = await offencesWith({
      'src/diagnosis/fine.ts': [
        '// Date.now() and Math.random() are passed in',
        '/* process.env,',
        "   import '../proxy/dial.js' */",
        'export const texts = [\'Date.now()\', "process.env", `setTimeout $' + '{1 + 1} Math.random()`];',
        'export const pattern = /Date.now()|"process.env/;',
        'export const later = (at: number) => new Date(at).toISOString();',
        "export const parsed = new Date('2026-01-01T00:00:00Z');",
        'export const clock = { now: () => 1 };',
        'export const mine = (clock: Timers) => clock.setTimeout();',
        "export const half = 4 / 2 / 1; export const quote = '/';",
        '',
      ].join('\n'),
    });
    expect(offences).toEqual([]);
  });
});
