#!/usr/bin/env node
// The load generator: opens connections, keeps a window of messages under way on each, and compares every byte of every echo.
// Prints `{"ready":true}` when all are open and warm, starts at a line on standard input, and prints one JSON result.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { frameHeader, makeFrames } from './frames.mjs';
import { openWebSocket } from './open-websocket.mjs';

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    proxy: { type: 'string' },
    tls: { type: 'boolean', default: false },
    conns: { type: 'string', default: '1' },
    window: { type: 'string', default: '1' },
    size: { type: 'string', default: '125' },
    messages: { type: 'string', default: '10000' },
    warmup: { type: 'string', default: '1000' },
    stall: { type: 'boolean', default: false },
  },
});
const window = Number(values.window);
const size = Number(values.size);
const patienceMs = 15_000;

const say = (result) => process.stdout.write(`${JSON.stringify(result)}\n`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const path = values.stall ? `/source/${size}` : '/';
const where = { target: values.target, proxy: values.proxy, tls: values.tls, path };
const opened = await Promise.all(Array.from({ length: Number(values.conns) }, () => openWebSocket(where)));

const frames = makeFrames(size);
const pool = { toSend: 0, due: 0, received: 0, sent: 0, changed: 0, finish: () => {} };
/** Round trips in microseconds of the phase under way; kept only when the window is one message. */
let trips = [];

const connections = opened.map(({ socket, rest }, id) => {
  const state = { out: 0, in: 0, at: 0, broken: false, sentAt: 0 };
  const send = (count) => {
    const many = Math.min(count, pool.toSend);
    if (many === 0) return;
    pool.toSend -= many;
    pool.sent += many;
    if (window === 1) state.sentAt = performance.now();
    socket.write(frames.next(id, state.out, many));
    state.out += many;
  };
  const fail = () => {
    if (state.broken) return;
    state.broken = true;
    pool.changed++;
    pool.finish();
  };
  const receive = (chunk) => {
    let whole = 0;
    for (let at = 0; at < chunk.length && !state.broken; ) {
      const take = Math.min(frames.echoLength - state.at, chunk.length - at);
      const expected = frames.echo(id, state.in);
      if (chunk.compare(expected, state.at, state.at + take, at, at + take) !== 0 || state.in >= state.out) return fail();
      at += take;
      state.at += take;
      if (state.at < frames.echoLength) continue;
      state.at = 0;
      state.in++;
      whole++;
    }
    if (whole === 0) return;
    if (window === 1) trips.push((performance.now() - state.sentAt) * 1000);
    pool.received += whole;
    pool.due -= whole;
    if (pool.due <= 0) pool.finish();
    else send(whole);
  };
  if (!values.stall) {
    if (rest.length > 0) receive(rest);
    socket.on('data', receive).on('close', () => pool.finish());
    socket.resume();
  }
  return { socket, send };
});

/** Sends `count` messages over all connections and waits for their echoes; ends early when nothing comes any more. */
const phase = (count) =>
  new Promise((resolve) => {
    Object.assign(pool, { toSend: count, due: count });
    trips = [];
    const started = performance.now();
    let seen = pool.received;
    const watch = setInterval(() => {
      if (pool.received === seen) pool.finish();
      seen = pool.received;
    }, patienceMs);
    pool.finish = () => {
      clearInterval(watch);
      pool.finish = () => {};
      resolve((performance.now() - started) / 1000);
    };
    for (const { send } of connections) send(window);
  });

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;

if (!values.stall) await phase(Number(values.warmup));
say({ ready: true });
await lines.next();

if (values.stall) {
  say({ stalled: connections.length });
} else {
  const before = pool.received;
  const seconds = await phase(Number(values.messages));
  const sorted = Float64Array.from(trips).sort();
  say({
    messages: pool.received - before,
    seconds,
    lost: Number(values.warmup) + Number(values.messages) - pool.received,
    changed: pool.changed,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  });
}
for (const { socket } of connections) socket.end(Buffer.concat([frameHeader(2, 0, 8), Buffer.from([0x03, 0xe8])]));
// What still flows is of no interest, and a stalled connection would never end by itself.
process.exit(0);
