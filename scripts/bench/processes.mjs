import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const startLimitMs = 20_000;

/** CPU seconds of all threads of a process since its start, or null where the system does not tell (only Linux is read). */
export const cpuSeconds = (pid) => {
  try {
    // Fields 14 and 15 of proc(5) stat, in ticks of 1/100 s; the name in field 2 may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
};

/** Resident memory in bytes, or null where the system does not tell. */
export const residentBytes = (pid) => {
  try {
    if (process.platform === 'linux') return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024;
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  } catch {
    return null;
  }
};

const running = new Set();

/** Ends what this run started, and only that. */
export const stopAll = () => {
  for (const child of running) child.kill('SIGKILL');
};

export const start = (command, args, options = {}) => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
};

export const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([gone, wait(5000, undefined, { ref: false })]);
  child.kill('SIGKILL');
};

/** The next line that a child prints; rejects when it ends first. */
export const nextLine = (child) =>
  new Promise((resolve, reject) => {
    child.lines ??= createInterface({ input: child.stdout });
    const onEnd = () => reject(new Error(`${child.spawnargs.slice(0, 3).join(' ')} ended early`));
    child.once('error', reject);
    child.lines.once('close', onEnd);
    child.lines.once('line', (line) => {
      child.lines.off('close', onEnd);
      resolve(line);
    });
  });

const script = (name) => join(import.meta.dirname, '..', name);

export const startEcho = async ({ certificate, key }) => {
  const child = start(process.execPath, [script('bench/echo.mjs'), '--certificate', certificate, '--key', key]);
  const { ws, wss } = JSON.parse(await nextLine(child));
  return { ws: `127.0.0.1:${ws}`, wss: `127.0.0.1:${wss}` };
};

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The far end of an external generator: its `echo` command, once for ws and once for wss. */
export const startExternalEcho = async (path, { certificate, key }) => {
  const serve = async (more) => {
    const port = await freePort();
    await nextLine(start(path, ['echo', '--port', String(port), ...more]));
    return `127.0.0.1:${port}`;
  };
  return { ws: await serve([]), wss: await serve(['--cert', certificate, '--key', key]) };
};

const startRelay = async (args) => {
  const child = start(process.execPath, args);
  const address = (await nextLine(child)).replace('listening ', '');
  return { child, pid: child.pid, address };
};

export const startBareRelay = () => startRelay([script('bare-relay.mjs')]);
export const startBareTlsRelay = ({ certificate, key }) =>
  startRelay([script('bare-tls-relay.mjs'), '--certificate', certificate, '--key', key]);

export const shakedownProgram = script('../dist/cli/main.js');

/** What reading that recording takes, measured in a process of its own. */
export const readRecording = async (path, messages) =>
  JSON.parse(await nextLine(start(process.execPath, [script('bench/read-recording.mjs'), path, String(messages)])));

/** Starts the built program with a recording in `folder`, which also stands in for the user's home; or with none that is written. */
export const startShakedown = async (folder, name, { record, faults = [] }) => {
  const ready = join(folder, `${name}.ready.json`);
  const recording = record ? ['--record', join(folder, `${name}.jsonl`)] : ['--no-record'];
  const flags = [
    '--port',
    '0',
    '--no-ui',
    '--no-control',
    '--ready-file',
    ready,
    ...recording,
    '--insecure',
    ...faults.flatMap((fault) => ['--fault', fault]),
  ];
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, NO_COLOR: '1' };
  const child = start(process.execPath, [shakedownProgram, 'start', ...flags], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const until = Date.now() + startLimitMs; Date.now() < until && child.exitCode === null; await wait(50)) {
    const text = existsSync(ready) ? readFileSync(ready, 'utf8') : '';
    if (!text.trimEnd().endsWith('}')) continue;
    const { proxy, pid } = JSON.parse(text);
    return { child, pid: pid ?? child.pid, address: new URL(proxy).host };
  }
  await stop(child);
  throw new Error(`it wrote no ready file (exit code ${child.exitCode})`);
};
