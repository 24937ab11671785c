#!/usr/bin/env node
// `npm run bench`: what shakedown costs, against no proxy, a bare relay and a bare TLS relay, in turns on the same machine.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCertificate } from './bench/certificate.mjs';
import { drive, driveExternal, stall } from './bench/drive.mjs';
import { judge, summarise } from './bench/marks.mjs';
import { openWebSocket } from './bench/open-websocket.mjs';
import * as processes from './bench/processes.mjs';
import { writeRecording } from './bench/write-recording.mjs';

const help = `Usage: npm run bench -- [--quick] [--rounds N] [--json FILE] [--wsload PATH]

  --quick        fewer messages and rounds: a first look, not a figure to quote
  --rounds N     how often each subject is measured (5; quick 3)
  --json FILE    every figure of every round
  --wsload PATH  an external load generator in place of our own, for the streams and round trips. It must know
                   PATH echo --port N [--cert FILE --key FILE]
                   PATH drive --scenario stream|pingpong --target HOST:PORT [--tls] [--via connect --proxy HOST:PORT]
                        --conns N --window N --size BYTES --duration S --warmup S [--proxy-pid PID]
                 and print one JSON object with msgs_per_s, latency_us.p50, lost, corrupt, late, failed and proxy.cpu_us_per_unit.`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string' },
    wsload: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const quick = options.quick;
const rounds = Number(options.rounds ?? (quick ? 3 : 5));
const seconds = quick ? 1.5 : 4;

const scenarios = [
  { id: 'stream-125', title: '64 conns, 125 B', conns: 64, window: 16, size: 125, messages: quick ? 150_000 : 400_000, warmup: 20_000 },
  { id: 'stream-64k', title: '8 conns, 64 KiB', conns: 8, window: 4, size: 65_536, messages: quick ? 2000 : 6000, warmup: 300 },
  { id: 'trip-1', title: 'round trip, 1 conn', conns: 1, window: 1, size: 125, messages: quick ? 3000 : 10_000, warmup: 500 },
  { id: 'trip-16', title: 'round trip, 16 conns', conns: 16, window: 1, size: 125, messages: quick ? 15_000 : 60_000, warmup: 1000 },
];

const note = (text) => process.stderr.write(`${text}\n`);

/** Who is measured: each row is one way to the echo server. `bare` names the row that the ratios are taken against. */
const startSubjects = async ({ folder, echo, certificate }) => {
  const relay = await processes.startBareRelay();
  const tlsRelay = await processes.startBareTlsRelay(certificate);
  const row = (name, scheme, proxy) => ({
    name,
    scheme,
    bare: scheme === 'ws' ? 'bare relay' : 'bare TLS relay',
    run: { target: echo[scheme], tls: scheme === 'wss', proxy: proxy?.address, pid: proxy?.pid ?? null },
  });
  const rows = [row('direct', 'ws'), row('bare relay', 'ws', relay), row('direct', 'wss'), row('bare TLS relay', 'wss', tlsRelay)];
  const shakedown = await tryShakedown(folder, 'rounds');
  const unwritten = await tryShakedown(folder, 'unwritten', { record: false });
  const beside = await tryShakedown(folder, 'beside', { record: true, faults: ['cut-frame:nth=1,frame=1000000000'] });
  if (shakedown === null || unwritten === null || beside === null) return rows;
  // The first exchange has a fault on its frames in hand, and stays open beside those that are measured.
  await openWebSocket({ target: echo.wss, proxy: beside.address, tls: true, path: '/' });
  return [
    ...rows,
    row('shakedown', 'ws', shakedown),
    row('shakedown', 'wss', shakedown),
    row('shakedown --no-record', 'wss', unwritten),
    row('shakedown beside a fault', 'wss', beside),
  ];
};

const tryShakedown = async (folder, name, how = { record: true }) => {
  if (!existsSync(processes.shakedownProgram)) {
    note('shakedown: skipped, dist/cli/main.js is not there (npm run build makes it).');
    return null;
  }
  try {
    return await processes.startShakedown(folder, name, how);
  } catch (error) {
    note(`shakedown: skipped, ${error.message}.`);
    return null;
  }
};

const measure = (run) => (options.wsload === undefined ? drive(run) : driveExternal(options.wsload, { ...run, seconds }));

/** In each round every subject has its turn, the first one moving on, so that no one always runs on the warmest machine. */
const playRounds = async (subjects) => {
  const results = [];
  for (const scenario of scenarios) {
    for (let round = 0; round < rounds; round++) {
      note(`${scenario.title}: round ${round + 1} of ${rounds}`);
      for (let turn = 0; turn < subjects.length; turn++) {
        const subject = subjects[(turn + round) % subjects.length];
        const figures = await measure({ ...scenario, ...subject.run });
        results.push({ scenario: scenario.id, subject: subject.name, scheme: subject.scheme, round, ...figures });
      }
    }
  }
  return results;
};

/** Memory over a long recording, and growth beside a reader that stalls; each on a fresh process, over wss. */
const playMemory = async ({ folder, echo, certificate }) => {
  const starters = [
    { name: 'bare TLS relay', launch: () => processes.startBareTlsRelay(certificate) },
    { name: 'shakedown', launch: () => tryShakedown(folder, 'memory') },
  ];
  const results = [];
  for (const { name, launch } of starters) {
    const proxy = await launch();
    if (proxy === null) continue;
    const run = { target: echo.wss, tls: true, proxy: proxy.address, pid: proxy.pid };
    note(`${name}: a reader that stalls for 5 s`);
    const growth = await stall(run, 5);
    const messages = quick ? 250_000 : 1_000_000;
    note(`${name}: memory over ${messages} messages`);
    const long = await drive({ ...run, conns: 64, window: 16, size: 125, messages, warmup: 20_000 });
    results.push({ subject: name, growth, messages, memory: long.memory, lost: long.lost, changed: long.changed });
    await processes.stop(proxy.child);
  }
  return results;
};

/** Recordings of many messages, in chunks of their own and many a chunk: opened, looked into, searched; each in a fresh process. */
const playReading = async (folder) => {
  const messages = quick ? 200_000 : 1_000_000;
  const results = [];
  for (const together of [1, 100]) {
    const path = join(folder, `reading-${together}.jsonl`);
    note(`a recording of ${messages} messages, ${together} a chunk`);
    await writeRecording(path, { messages, together });
    results.push({ messages, together, ...(await processes.readRecording(path, messages)) });
    rmSync(path);
  }
  return results;
};

const main = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-bench-'));
  try {
    const certificate = makeCertificate(folder);
    const own = await processes.startEcho(certificate);
    const echo = options.wsload === undefined ? own : await processes.startExternalEcho(options.wsload, certificate);
    const subjects = await startSubjects({ folder, echo, certificate });
    const streams = await playRounds(subjects);
    const memory = await playMemory({ folder, echo: own, certificate });
    const reading = await playReading(folder);
    const machine = { node: process.version, platform: process.platform, cpu: cpus()[0]?.model ?? '', cores: cpus().length, rounds, quick };
    const lines = [...summarise({ scenarios, subjects, streams, memory, reading }), '', ...judge({ streams, memory, reading })];
    console.log(lines.join('\n'));
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, streams, memory, reading }, null, 2)}\n`);
  } finally {
    processes.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (options.help) console.log(help);
else await main();
