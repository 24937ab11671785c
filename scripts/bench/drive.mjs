import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuSeconds, nextLine, residentBytes, start } from './processes.mjs';

const load = join(import.meta.dirname, 'load.mjs');
const flag = (name, value) => (value === undefined ? [] : [`--${name}`, String(value)]);

const startLoad = async ({ target, proxy, tls, ...scenario }, more = []) => {
  const numbers = ['conns', 'window', 'size', 'messages', 'warmup'].flatMap((name) => flag(name, scenario[name]));
  const where = [...flag('target', target), ...flag('proxy', proxy), ...(tls ? ['--tls'] : [])];
  const child = start(process.execPath, [load, ...where, ...numbers, ...more]);
  await nextLine(child);
  return child;
};

/** Calls `sample` with the resident bytes of a process every 100 ms until the returned function is called. */
const watchMemory = (pid, sample) => {
  const take = () => {
    const bytes = residentBytes(pid);
    if (bytes !== null) sample(bytes);
  };
  const timer = setInterval(take, 100);
  return () => {
    clearInterval(timer);
    take();
  };
};

/** CPU seconds a million messages, or null. */
const perMillion = (before, after, messages) =>
  before === null || after === null || messages === 0 ? null : ((after - before) * 1e6) / messages;

/**
 * One run of our own generator. `pid` is the proxy's, or null for a direct run. Figures: CPU seconds a million messages, messages a
 * second, p50 of the round trip in microseconds (windows of one message only), resident bytes over time.
 */
export const drive = async (run) => {
  const child = await startLoad(run);
  const memory = [];
  const unwatch = run.pid === null ? () => {} : watchMemory(run.pid, (bytes) => memory.push(bytes));
  const before = run.pid === null ? null : cpuSeconds(run.pid);
  child.stdin.write('go\n');
  const result = JSON.parse(await nextLine(child));
  const after = run.pid === null ? null : cpuSeconds(run.pid);
  unwatch();
  const { messages, seconds, lost, changed, p50 } = result;
  return { cpu: perMillion(before, after, messages), rate: messages / seconds, p50, memory, lost, changed };
};

/** The same by an external generator that takes the options of `npm run bench -- --help`. */
export const driveExternal = async (path, run) => {
  const { target, proxy, tls, conns, window, size, pid, seconds } = run;
  const via = proxy === undefined ? [] : ['--via', 'connect', '--proxy', proxy];
  const scenario = window === 1 ? ['--scenario', 'pingpong'] : ['--scenario', 'stream', '--window', String(window)];
  const numbers = [...flag('conns', conns), ...flag('size', size), ...flag('duration', seconds), ...flag('warmup', 1)];
  const watched = pid === null ? [] : ['--proxy-pid', String(pid)];
  const child = start(path, ['drive', ...scenario, '--target', target, ...(tls ? ['--tls'] : []), ...via, ...numbers, ...watched]);
  const result = JSON.parse(await nextLine(child));
  return {
    cpu: result.proxy === undefined ? null : result.proxy.cpu_us_per_unit,
    rate: result.msgs_per_s,
    p50: window === 1 ? result.latency_us.p50 : null,
    memory: result.proxy === undefined ? [] : [result.proxy.rss_end_kb * 1024],
    lost: result.lost + result.failed,
    changed: result.corrupt + result.late,
  };
};

/** Bytes by which a proxy grew while one client left a streaming server unread for `seconds`. */
export const stall = async (run, seconds) => {
  await drive({ ...run, conns: 4, window: 16, size: 125, messages: 40_000, warmup: 1000 });
  await wait(500);
  const before = residentBytes(run.pid);
  let most = before ?? 0;
  const child = await startLoad({ ...run, conns: 1, size: 65_536 }, ['--stall']);
  const unwatch = watchMemory(run.pid, (bytes) => {
    most = Math.max(most, bytes);
  });
  await wait(seconds * 1000);
  unwatch();
  child.stdin.write('go\n');
  await nextLine(child);
  return before === null ? null : most - before;
};
