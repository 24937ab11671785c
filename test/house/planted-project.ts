import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const fault = `export const fault = defineFault({\n  id: 'drop-it',\n  stage: 'request',\n});\n`;
export const rule = `export const rule = defineRule({\n  code: 'server.tea-pot',\n});\n`;

const exchange = {
  ...{ id: '1', startedAt: '', entrance: null, url: '', status: 418, outcome: 'refused', heads: {}, server: null, messages: {} },
  ...{ upstream: null, dialFailure: null, dialAttempts: [], resolveOverride: [] },
  client: { tls: null, timings: {}, bytesIn: 0, bytesOut: 0, end: null },
  faults: [{ id: 'drop-it' }],
  findings: [
    { code: 'server.tea-pot', cause: 'server', severity: 'error', confidence: 1, title: '', evidence: [], culprit: null, fix: [], rfc: '' },
  ],
};
const message = { exchange: '1', at: '', from: 'client', type: 'text', bytes: 9, wireBytes: 8, frames: 1 };
const messages = [message, { ...message, type: 'binary' }, { ...message, frames: 2 }, { ...message, type: 'close', code: 1000 }];
const printed = {
  'inspect test/recordings/v1.jsonl --messages --json': messages.map((one) => JSON.stringify(one)).join('\n'),
  'faults drop-upgrade --json': JSON.stringify([{ id: '', stage: '', leg: '', title: '', about: '', params: [], expects: [] }]),
  'findings origin.rejected --json': JSON.stringify([{ code: '', cause: '', title: '', question: '', remedy: '' }]),
  '--help': 'shakedown <command>\n\nCommands:\n  shakedown pour <cup>  fills it\n\nExamples:\n  shakedown drink\n',
  'pour --help': 'shakedown pour <cup>\n\nfills one\ncup\n\nOptions:\n  --hot\n',
};

const catalogue = `export const faults = [{ id: 'drop-it', stage: 'request', leg: 'server', title: 'It is lost', about: 'Drops <it>.', imitates: 'A proxy.', example: 'drop-it',
  params: { n: { type: 'number', default: 1, min: 0, max: 9, about: 'How | much.' } }, expects: ['server.tea-pot', 'server.slow'],
  effects: [{ client: 'ws', sees: 'An error.' }] }];`;
const remedies = `const fixes = [{ for: 'nginx', text: 'Set it.', config: 'a;\\nb;' }, { for: 'Caddy', text: 'Set it too.', config: 'a;\\nb;' }];
export const remediesFor = (topic) => (topic === 'heat' ? fixes : []);`;
const rules = `import { remediesFor } from './remedies/remedies.js';
export const rules = [{ code: 'server.tea-pot', cause: 'server', severity: 'error', title: 'A tea pot', question: 'Is it 418?', remedy: 'Use coffee.',
  fixes: [...remediesFor('heat'), { for: 'the cook', text: 'Wait.', config: 'sleep 1' }], rfc: 'RFC 2324' }];`;
const keys = `export const bindings = [{ key: 'Up, k', screen: 'every', description: 'Up' }, { key: 'q', screen: 'list', description: 'Quit', disabledWhen: { because: 'It boils.' } }];`;

/** A program that prints just what it is asked for here; `changed` replaces fields of the exchange that `inspect` prints. */
export const main = (changed: object = {}): string => {
  const all = { ...printed, 'inspect test/recordings/v1.jsonl --json': JSON.stringify({ ...exchange, ...changed }) };
  return `process.stdout.write(${JSON.stringify(all)}[process.argv.slice(2).join(' ')] + '\\n');`;
};
export const shapeless = "import {} from './shape.js'; export const checksOf = () => [];";
const shapes = `import { nullable, number, oneOf, text } from './shape.js';
const shapes = { poured: { cup: text, heat: nullable(number), by: oneOf('cook') }, stopped: { cup: text } };
export const checksOf = (type) => Object.entries(shapes[type]);`;

/** What the build of the little project writes into dist. */
const built: Readonly<Record<string, string>> = {
  'authority/client-setup.js': `export const clientSetups = ({ proxy, caPath }) => [{ client: 'Kettle', point: 'By ' + proxy + '.', trust: 'By ' + caPath + '.', ran: true }];`,
  'cli/main.js': main(),
  'cli/exit-code.js': 'export const exitCodes = { ok: 0, failed: 1 };',
  'diagnosis/catalogue.js': rules,
  'control/finding-page.js': `import { rules } from '../diagnosis/catalogue.js';
export const findingPages = () => rules.map((rule) => ({ ...rule, seenBy: 'exchange', explains: ['server.pot'], explainedBy: [], faults: ['drop-it'],
  clients: [{ clients: ['Kettle', 'Pot'], text: 'It <whistles>', alsoFor: 0 }] }));`,
  'diagnosis/remedies/remedies.js': remedies,
  'faults/catalogue.js': catalogue,
  'faults/choice.js': `export const occasionSpecs = { match: {}, nth: { type: 'number', min: 1, whole: true, about: 'Which one.' }, until: { type: 'number', about: 'How long.' } };`,
  'faults/fault-words.js': `export const placeText = ({ stage, leg }) => 'At ' + stage + ', on ' + leg + '.'; export const nothingExpected = 'Nothing.';
export const rangeText = ({ type, min, max }) => type + ', ' + min + ' to ' + max;`,
  'faults/known-from.js': `export const knownFrom = (field) => (field === 'tea' ? 'request' : null);`,
  'faults/scenario-catalogue.js': `export const scenarios = [{ id: 'tea-time', title: 'At five', about: 'It is poured.', imitates: 'A clock.', rules: 'rules: []', expects: [] }];`,
  'faults/rules/parse-rules.js': `export const mostRules = 9; export const scenarioRules = () => [{ name: 'a', choices: [{ fault: 'drop-it' }, { fault: 'drop-it' }] }];`,
  'faults/rules/read-rule.js': 'export const longestName = 20;',
  'recording/event-shapes.js': shapes,
  'recording/migrate.js': 'export const currentVersion = 1;',
  'views/tui/keys.js': keys,
  'control/http/routes.js': `export const routes = [{ method: 'POST', path: '/v1/cups/{id}', id: 'pour', summary: 'Pours', params: { id: { in: 'path', about: 'Which.', schema: { type: 'string' } } }, answers: { 200: { about: 'Full.', schema: { $ref: '#/components/schemas/Cup' } } } }];`,
  'control/http/schemas.js': `export const shapes = { Cup: { type: 'object', properties: { full: { type: 'boolean', description: 'To the brim.' } }, required: ['full'] } };`,
  'views/export-formats.js': `export const allFormats = async () => [{ id: 'cup', aliases: [], extension: 'cup', about: 'for drinking' }];`,
  'filter/fields.js': `export const exchangeFields = [{ name: 'tea', type: 'text', about: 'its sort' }, { name: 'end', type: 'text', about: 'at last' }]; export const messageFields = [{ name: 'message', type: 'text', about: 'what it says' }];`,
};

/** Stands in for the compiler. */
export const build = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
for (const [path, text] of Object.entries(${JSON.stringify(built)})) {
  mkdirSync(dirname('dist/' + path), { recursive: true });
  writeFileSync('dist/' + path, text);
}
`;

const sources: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ type: 'module', scripts: { build: 'node build.mjs' } }),
  'build.mjs': build,
  'src/faults/request/drop-it.ts': fault,
  'src/faults/scenarios/tea-time.ts': "export const scenario: Scenario = {\n  id: 'tea-time',\n};\n",
  'src/diagnosis/server/tea-pot.ts': rule,
  'src/diagnosis/remedies/product.ts': "export type Topic =\n  /** Make it hot. */\n  | 'heat'\n  /** Cool it. */\n  | 'cold';\n",
  'src/model/event.ts': `export type EventBody =
  /** Tea | coffee. */
  | { readonly type: 'poured'; readonly cup: Cup; readonly heat: number | null; readonly by: 'cook' };
/** What holds it. */
export interface Cup {
  /** In millilitres. */
  readonly size: number;
  readonly kind?: 'mug' | 'glass';
}
export type EngineEventBody =
  | { readonly type: 'stopped'; readonly cup: string };
`,
  'src/recording/exchange-json.ts': `export interface ExchangeLine {
  /** What is drunk. */
  readonly cup: Cup | null;
  readonly cups?: readonly Cup[];
  readonly how: { readonly hot: boolean };
  readonly marks: Readonly<Record<string, number>>;
}
`,
  'src/recording/message-json.ts': "export interface MessageLine {\n  readonly from: 'kettle' | 'pot';\n}\n",
  'docs/fault-observations.json': '{}\n',
  'docs/guides/pointing-an-app.md':
    'Before.\n\n<!-- From here on written by `npm run generate`; do not edit. -->\n<!-- To here. -->\n\nAfter.\n',
  'test/recordings/v1.jsonl': [
    { format: 'shakedown-recording', version: 1 },
    ...Array.from({ length: 10 }, () => ({ at: '', exchange: '1', type: 'poured', cup: {}, heat: 90, by: 'cook' })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
};

/** A checkout with one of everything that is generated from, in a temporary folder. */
export const plantProject = () => {
  const root = mkdtempSync(join(tmpdir(), 'shakedown-generate-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(sources)) put(path, text);
  return {
    root,
    put,
    get: (path: string) => readFileSync(join(root, path), 'utf8'),
    remove: (path = '') => rmSync(join(root, path), { recursive: true, force: true }),
  };
};
