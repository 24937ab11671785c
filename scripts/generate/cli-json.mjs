// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, fence, table } from './markdown.mjs';
import { runCli } from './run-cli.mjs';

/** The recording that the examples are made from, and what is looked for in it. */
const recording = 'test/recordings/v1.jsonl';

/** Output that differs with each run stands here; test/house/documented-json.test.ts holds it against the real thing. */
export const samples = {
  replay: {
    same: false,
    differences: [{ exchange: '3', where: 'status', recorded: '101', now: '403' }],
    recording: '/home/me/.local/share/shakedown/recordings/2026-11-22T20-23-40-4711.jsonl',
  },
  compare: {
    same: false,
    a: { file: 'session.jsonl', exchange: '1', url: 'ws://app.example/chat', outcome: 'closed', status: 101 },
    b: { file: 'session.jsonl', exchange: '2', url: 'ws://app.example/chat', outcome: 'refused', status: 403 },
    differences: [
      {
        where: 'request.origin',
        a: 'https://app.example',
        b: 'https://evil.example',
        weight: 0.972,
        note: 'Servers let in the Origins that they know, and refuse all others.',
      },
    ],
    alike: ['target'],
  },
  export: {
    format: 'csv',
    out: 'messages.csv',
    exchanges: 3,
    messages: 1204,
    bytes: 288112,
    redacted: [
      { kind: 'authorization', places: 1 },
      { kind: 'cookie', places: 3 },
    ],
    blanked: 0,
  },
  readyFile: {
    proxy: 'http://127.0.0.1:8101',
    control: 'http://127.0.0.1:8102',
    token: 'k3uVbXk0Zb1Yw2nQy0mJ5p8sT7rL4cFhDgE6aXoWv9I',
    ca: '/home/me/.local/share/shakedown/ca/ca.pem',
    recording: '/home/me/.local/share/shakedown/recordings/2026-11-22T20-23-40-4711.jsonl',
    pid: 4711,
  },
};

const intro = `With \`--json\` a command prints one JSON document, or one object a line where it prints many things, and nothing else on stdout. The fields named here are promised: they keep
their names and meanings. More fields may stand beside them, today or in a later version, so readers must ignore what they do not know.

Bytes never break the line or the terminal: a head is text with one character for each byte (latin1), control characters and characters that turn the reading direction are
escaped, and payloads that are no text are base64. Times are ISO 8601 in UTC with microseconds, durations are milliseconds. In the examples, \`…\` and
\`"more": N\` mark what was left out.`;

/** @param {string} root @returns {Promise<string[]>} */
export const jsonSections = async (root) => {
  const [exchanges, messages, faults, findings] = await Promise.all([
    runCli(root, ['inspect', recording, '--json']).then(linesOf),
    runCli(root, ['inspect', recording, '--messages', '--json']).then(linesOf),
    runCli(root, ['faults', 'drop-upgrade', '--json']).then((text) => JSON.parse(text)),
    runCli(root, ['findings', 'origin.rejected', '--json']).then((text) => JSON.parse(text)),
  ]);
  const events = linesOf(readFileSync(join(root, recording), 'utf8')).slice(1);
  const refused = exchanges.find(({ faults: applied, findings: found }) => applied.length > 0 && found.length > 0);
  return [
    '## JSON',
    intro,
    ...eventSection(events),
    ...exchangeSection(refused),
    ...messageSection(messages),
    ...catalogueSections(faults, findings),
    ...runSections(),
  ];
};

/** @param {string} text @returns {any[]} */
const linesOf = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** @param {readonly any[]} events */
const eventSection = (events) => [
  '### start --json',
  `One event a line, in the schema of a recording: [recording-format.md](recording-format.md) has every type with its fields. ${code('at')} is when it happened, ${code('exchange')} whose it is
(\`""\` for events of the process itself), ${code('type')} what it is. The first line of a recording, with ${code('format')} and ${code('version')}, is not part of the stream.`,
  fence('json', events.slice(3, 9).map(eventLine).join('\n')),
];

/** @param {any} event */
const eventLine = (event) => {
  promised(event, ['at', 'exchange', 'type']);
  return JSON.stringify(shortened(event));
};

const exchangeFields = {
  id: 'Its number, as text; the `exchange` of its events.',
  startedAt: 'Time of its first byte.',
  entrance: '`connect`, `absolute`, `socks5`, `socks4a` or `reverse`; null when it came to nothing.',
  url: 'Where the client wanted to go, `""` when it did not say.',
  status: 'Of the final answer as the server gave it; 0 without one.',
  outcome:
    '`pending`; `open`, `closed` (after a 101); `refused` (another answer than 101); `answered` (plain HTTP); `tunnelled` (opaque bytes); `failed` (no usable answer).',
  heads: '`clientSent`, `serverGot`, `serverSent`, `clientGot`: each head byte for byte, latin1, or null.',
  client: 'The client leg: see below.',
  server: 'The server leg; null when no server was dialled.',
  upstream:
    'The way through an upstream proxy, apart from what the server said: `proxy` (`scheme`, `host`, `port`), `request` and `reply` (latin1, credentials masked), `outcome`, `status`, `why`, `tls`, `tlsFailure`; null without one.',
  dialFailure: 'Why no connection could be made: `code`, `message`, `attempts`; null otherwise.',
  dialAttempts: 'Addresses that were tried in vain before one connected: `address`, `code`, `ms`.',
  resolveOverride: 'The entries of `--resolve` that took the place of the resolver.',
  messages: '`fromClient`, `fromServer`: completed text and binary messages.',
  faults: 'What was applied: `id`, `params`, `stage`, `before`, `after`.',
  findings: 'What is wrong, the most likely first: see below.',
};
const legFields = {
  tls: 'Version, cipher, ALPN, SNI, certificate chain; null without TLS.',
  timings:
    'Milliseconds of each phase that happened: `dns`, `connect`, `proxy` (until an upstream proxy had opened the way), `tls`, `request`, `response`, `total`.',
  bytesIn: 'Bytes read from this peer, TLS removed.',
  bytesOut: 'Bytes written to it.',
  end: 'How it ended, and who ended it: `how`, `by`, `code`, `at`; null while it has not.',
};
const findingFields = {
  code: 'One of [findings.md](findings.md).',
  cause:
    '`url`, `origin`, `intermediary`, `certificate`, `server`; or one of the two side families, `frame` (after the handshake) and `client`.',
  severity: '`error`, `warning` or `info`.',
  confidence: '0 to 1. From 0.9 on it is proof.',
  title: 'A sentence about this very exchange.',
  evidence: 'What proves it: `leg`, `what`, `text`, and `offset` in bytes where it points at bytes.',
  culprit: 'Who most likely answered or broke it; null when unknown.',
  fix: 'How to mend it: `for`, `text`, and `config` where there is one.',
  rfc: 'Where the rule stands, `""` when nowhere.',
};

/** @param {any} exchange */
const exchangeSection = (exchange) => [
  '### inspect FILE --json',
  'One exchange a line. [inspect.schema.json](inspect.schema.json) is the JSON Schema of these lines, and of those of messages.',
  fields(exchange, exchangeFields),
  'A leg:',
  fields(exchange.client, legFields),
  'A finding:',
  fields(exchange.findings[0], findingFields),
  fence('json', laidOut(shortened(exchange))),
];

const messageFields = {
  exchange: 'Whose it is.',
  at: 'Time of its last byte.',
  from: '`client` or `server`.',
  type: '`text`, `binary`, `ping`, `pong` or `close`.',
  bytes: 'Length of the payload, inflated.',
  wireBytes: 'What it took on the wire, frame headers and all.',
  frames: 'How many frames it came in.',
};

/** @param {readonly any[]} messages */
const messageSection = (messages) => {
  const chosen = [
    messages.find(({ type, compressed }) => type === 'text' && !compressed),
    messages.find(({ type }) => type === 'binary'),
    messages.find(({ wireBytes, bytes, frames }) => wireBytes < bytes && frames === 1),
    messages.find(({ frames }) => frames > 1),
    messages.find(({ type, code: closing }) => type === 'close' && closing !== undefined),
  ];
  return [
    '### inspect FILE --messages --json',
    'One message a line, control frames included.',
    fields(chosen[0], messageFields),
    `The payload is in ${code('text')}, or in ${code('base64')} when it is none. A ${code('close')} with a payload has its ${code('code')} and ${code('reason')}. ${code('compressed')} marks a message that was
inflated, ${code('cut')} one of which only the first part is shown, ${code('error')} says why one could not be read.`,
    fence('json', chosen.map((message) => JSON.stringify(shortened(message))).join('\n')),
  ];
};

/** @param {readonly any[]} faults @param {readonly any[]} findings */
const catalogueSections = (faults, findings) => [
  '### faults --json',
  `An array, also of one: ${code('faults ID --json')}. Promised are ${names(faults[0], ['id', 'stage', 'leg', 'title', 'about', 'params', 'expects'])}.`,
  fence('json', laidOut(shortened(faults))),
  '### findings --json',
  `An array, also of one: ${code('findings CODE --json')}. Promised are ${names(findings[0], ['code', 'cause', 'title', 'question', 'remedy'])}.`,
  fence('json', laidOut(shortened(findings))),
];

const replayFields = {
  same: 'Whether every replayed exchange went as recorded; the exit code is 0 then, and 1 otherwise.',
  differences: 'What did not: `exchange` of the recording, `where`, `recorded`, `now`.',
  recording: 'The recording of the replay; null with `--no-record`.',
};
const exportFields = {
  format: 'The id of the format.',
  out: 'The file that was written.',
  exchanges: 'How many exchanges it holds.',
  messages: 'Their completed text and binary messages.',
  bytes: 'The length of the file.',
  redacted: 'What was replaced, `kind` and in how many `places`; null with `--no-redact`.',
  blanked: 'Payloads that could not be searched and were blanked whole.',
};
const readyFields = {
  proxy: 'Where it listens.',
  control: 'Address of the [control API](guides/control-api.md); null with `--no-control`, or where its port was taken.',
  token: 'What its callers show, for this run only; null likewise.',
  ca: 'Path of the CA certificate that clients are to trust, PEM.',
  recording: 'Path of the recording; null with `--no-record`.',
  pid: 'The process.',
};

const compareFields = {
  same: 'Whether nothing but noise differs; the exit code is 0 then, and 1 otherwise.',
  a: 'The first one: `file`, `exchange`, `url`, `outcome`, `status`.',
  b: 'The other one.',
  differences:
    'The likeliest cause first: `where`, both texts as `a` and `b` (made visible, cut around the first character that differs, `""` where there is nothing), `weight` from 0 (noise) to 1, `note`.',
  alike: 'What both have alike.',
};

const runSections = () => [
  '### compare A B --json',
  fields(samples.compare, compareFields),
  `Of two whole recordings ${code('exchange')} is null, and ${code('pairs')} (each with ${code('a')}, ${code('b')}, ${code('same')}, ${code('differences')}) and ${code('unpaired')} (${code('a')}, ${code('b')}) stand in place of the rest.`,
  fence('json', laidOut(samples.compare)),
  '### replay FILE --json',
  fields(samples.replay, replayFields),
  fence('json', laidOut(samples.replay)),
  '### export FILE --out FILE --json',
  fields(samples.export, exportFields),
  fence('json', laidOut(samples.export)),
  '### The ready file',
  '`start --ready-file FILE` writes it when shakedown listens, whole or not at all: wait for the file, not for a line of output. Only its owner can read it (mode 600), and it goes when shakedown ends.',
  fields(samples.readyFile, readyFields),
  fence('json', laidOut(samples.readyFile)),
];

/** A table of promised fields, which the real object must have. @param {object} object @param {Readonly<Record<string, string>>} promises */
const fields = (object, promises) => {
  promised(object, Object.keys(promises));
  return table(
    ['field', 'meaning'],
    Object.entries(promises).map(([name, meaning]) => [code(name), meaning]),
  );
};

/** @param {object} object @param {readonly string[]} keys */
const names = (object, keys) => {
  promised(object, keys);
  return keys.map(code).join(', ');
};

/** @param {object} object @param {readonly string[]} keys */
const promised = (object, keys) => {
  const missing = keys.filter((key) => !Object.hasOwn(object ?? {}, key));
  if (missing.length > 0) throw new Error(`The program does not print what docs/cli.md promises: ${missing.join(', ')}.`);
};

/** For people: long texts cut, lists to their first two entries. @param {any} value @returns {any} */
const shortened = (value) => {
  if (typeof value === 'string') return value.length > 90 ? `${value.slice(0, 80)}…` : value;
  if (Array.isArray(value))
    return value.length > 2 ? [...value.slice(0, 2).map(shortened), { more: value.length - 2 }] : value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shortened(entry)]));
};

/** JSON for people: what fits on a line stands on one. @param {unknown} value @param {string} [indent] @returns {string} */
const laidOut = (value, indent = '') => {
  const flat = JSON.stringify(value, null, 1).replace(/\n */g, ' ');
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= 150) return flat;
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((entry) => `${deeper}${laidOut(entry, deeper)}`)
    : Object.entries(value).map(([key, entry]) => `${deeper}${JSON.stringify(key)}: ${laidOut(entry, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner.join(',\n')}\n${indent}${close}`;
};
