#!/usr/bin/env node
// Opens a recording as `inspect` does, looks at messages anywhere in it, searches it, and prints one JSON object of what that took.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { needle } from './write-recording.mjs';

const dist = (path) => import(pathToFileURL(join(import.meta.dirname, '../../dist', path)).href);
const [path, count] = process.argv.slice(2);
const messages = Number(count);
const looks = 500;

const { createArchive } = await dist('recording/archive.js');
const { rowOf } = await dist('ledger/row.js');
const { diagnose } = await dist('diagnosis/diagnose.js');

let most = 0;
const sampleMemory = () => {
  most = Math.max(most, process.memoryUsage.rss());
};
const started = performance.now();
let firstRowMs = null;
const archive = createArchive(path, { summarise: (exchange) => rowOf(exchange, diagnose(exchange), 0) });
await archive.refresh(() => {
  if (firstRowMs === null && archive.rows({ from: 0, limit: 1 }).length > 0) firstRowMs = performance.now() - started;
  sampleMemory();
});
const indexMs = performance.now() - started;
if (archive.messageCount('1') !== messages) throw new Error(`${archive.messageCount('1')} messages were found, and ${messages} are there`);

const times = [];
for (let look = 0; look < looks; look++) {
  const number = (look * 7919 * 131) % messages;
  const before = performance.now();
  const [found] = await archive.messages('1', { from: number, limit: 1 });
  times.push(performance.now() - before);
  const text = Buffer.from(found?.message.bytes ?? []).toString();
  if (!text.startsWith(`{"n":${number},`)) throw new Error(`message ${number} reads ${text}`);
  sampleMemory();
}
times.sort((one, other) => one - other);

const searchMs = [];
for (let round = 0; round < 5; round++) {
  const before = performance.now();
  const { hits } = await archive.search(needle.text.toUpperCase(), { onStep: sampleMemory });
  searchMs.push(performance.now() - before);
  if (hits.length !== 1 || hits[0].number !== needle.number(messages))
    throw new Error(`the search found ${JSON.stringify(hits.slice(0, 5))}`);
}
searchMs.sort((one, other) => one - other);
const bytes = statSync(path).size;
process.stdout.write(
  `${JSON.stringify({ bytes, firstRowMs, indexMs, lookP50: times[looks / 2], lookMost: times.at(-1), searchRate: bytes / searchMs[2] / 1000, memory: most })}\n`,
);
