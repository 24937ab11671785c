import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findChromium, findProgram } from '../support/find.js';
import { openTerminal } from '../support/tmux.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { type Report, startReportingPage } from './support/page.js';
import { serverAuthority } from './support/server-authority.js';
import { endAll, type Finished, program, runCli, spawnCli } from './support/shakedown.js';

// `shakedown open` with the browsers of this machine, headless: one page on loopback opens a ws and a wss, both on loopback.
const folder = testFolder();
const certutil = findProgram('certutil');
const tmux = findProgram('tmux');
const browsers = [
  { word: 'chromium', found: findChromium(), refusal: 1006 },
  { word: 'firefox', found: findProgram('firefox', 'firefox-esr'), refusal: 1015 },
] as const;

let page: Awaited<ReturnType<typeof startReportingPage>>;
let plain: EchoServer;
let secure: EchoServer;
let serverCa: string;
/** Where every file that belongs to a browser's user stands. */
const home = join(folder, 'home');
const temp = join(folder, 't');

beforeAll(async () => {
  const { caPath, tls } = await serverAuthority(folder);
  serverCa = caPath;
  page = await startReportingPage();
  plain = await startEchoServer({ origins: [page.origin] });
  secure = await startEchoServer({ origins: [page.origin], tls });
  const firefox = ['abc.default', 'Crash Reports/events', 'Pending Pings'].map((name) => join('.mozilla/firefox', name));
  for (const path of ['.config/chromium/Default', ...firefox, '.pki/nssdb', 'Downloads']) mkdirSync(join(home, path), { recursive: true });
  if ('path' in certutil) spawnSync(certutil.path, ['-N', '--empty-password', '-d', `sql:${join(home, '.pki/nssdb')}`]);
  writeFileSync(join(home, '.config/chromium/Default/Preferences'), '{"the user": "own"}');
  writeFileSync(join(home, '.mozilla/firefox/profiles.ini'), '[Profile0]\nPath=abc.default\nDefault=1\n');
  writeFileSync(join(home, '.mozilla/firefox/abc.default/prefs.js'), 'user_pref("the.users", "own");\n');
  mkdirSync(temp);
  cpSync(home, join(folder, 'home-before'), { recursive: true });
});
afterAll(async () => {
  endAll();
  page.close();
  await plain.close();
  await secure.close();
});

/** Every file below a folder, with its text. */
const contents = (root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }))
      .map(({ path, isFile }): [string, string] => [path.slice(root.length), isFile ? readFileSync(path, 'latin1') : 'folder'])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** The process that shakedown started last. */
const childOf = (pid: number): number => {
  const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').at(-1);
  if (!child) throw new Error('shakedown has no child');
  return Number(child);
};

const wss = () => `wss://localhost:${secure.port}/chat`;
const ws = () => `ws://localhost:${plain.port}/chat`;

/** The command up to the page's report, then what `leave` does, to its end. */
const openPage = async (word: string, flags: readonly string[], leave: (pid: number) => void) => {
  const recording = join(folder, `${word}-${flags.length}.jsonl`);
  const reports = page.report();
  const { child, finished } = spawnCli(
    folder,
    [
      'open',
      word,
      page.url([ws(), wss()]),
      '--port',
      '0',
      '--no-ui',
      '--upstream-ca',
      serverCa,
      '--record',
      recording,
      ...flags,
      '--',
      '--headless',
    ],
    { HOME: home, TMPDIR: temp },
  );
  const early = finished.then((end): never => {
    throw new Error(`open ended with ${end.code}: ${end.stderr}`);
  });
  const seen = new Map((await Promise.race([reports, early])).map((report): [string, Report] => [report.url, report]));
  early.catch(() => {});
  leave(child.pid);
  return { seen, end: await finished, recording };
};

const interrupt = (pid: number) => process.kill(pid, 'SIGINT');

describe.each(browsers)('open $word', { timeout: 90_000 }, ({ word, found, refusal }) => {
  const can = 'path' in found && (word !== 'firefox' || 'path' in certutil);

  it.skipIf(!can)('takes loopback through the proxy, trusts its CA, ends with the browser, and leaves nothing behind', async () => {
    const { seen, end, recording } = await openPage(word, [], (pid) => process.kill(childOf(pid), 'SIGTERM'));
    expect(seen.get(ws())).toMatchObject({ opened: true, echoed: true });
    expect(seen.get(wss())).toMatchObject({ opened: true, echoed: true });
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toMatch(/ open +101 ws:\/\/localhost:/);
    expect(end.stdout).toMatch(/ open +101 wss:\/\/localhost:/);
    expect(end.stdout).not.toMatch(/googleapis|google\.com|mozilla/);

    const rows = await readRows(recording);
    for (const url of [ws(), wss()]) {
      expect(rows.find((row) => row.url === url)).toMatchObject({
        entrance: 'connect',
        status: 101,
        messages: { fromClient: 1, fromServer: 1 },
      });
    }
    expect(rows.find(({ url }) => url.startsWith(page.origin))).toMatchObject({ status: 200 });
    expect(readdirSync(temp)).toEqual([]);
    expect(contents(home)).toEqual(contents(join(folder, 'home-before')));
  });

  it.skipIf(!can)('refuses an expired certificate as ever', async () => {
    const { seen, end, recording } = await openPage(word, ['--fault', 'bad-cert:kind=expired'], interrupt);
    expect(seen.get(ws())).toMatchObject({ opened: true, echoed: true });
    expect(seen.get(wss())).toMatchObject({ opened: false, closeCode: refusal });
    expect(end.code).toBe(130);
    const row = (await readRows(recording)).find(({ url }) => url.startsWith('wss://localhost'));
    expect(row).toMatchObject({ status: 0, outcome: 'failed', faults: [{ id: 'bad-cert' }] });
    expect(row?.findings[0]).toMatchObject({ code: 'certificate.expired', severity: 'error' });
    expect(readdirSync(temp)).toEqual([]);
  });
});

/** A program in the browser's place. */
const script = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
};

describe.skipIf('missing' in tmux)('open in a terminal', { timeout: 60_000 }, () => {
  /** The UI around a program that ends with the exit code that it is told through the returned function. */
  const begin = async (name: string) => {
    if ('missing' in tmux) throw new Error(tmux.missing);
    const pipe = join(folder, `${name}-pipe`);
    spawnSync('mkfifo', [pipe]);
    const path = script(name, `read code <${pipe}; echo "it said this" >&2; exit $code`);
    const env = { XDG_DATA_HOME: folder, TMPDIR: temp, HOME: home, NODE: process.execPath, PROGRAM: program };
    const terminal = await openTerminal(tmux.path, { columns: 80, rows: 24, folder, env });
    await terminal.line(`clear; "$NODE" "$PROGRAM" open chromium --port 0 --no-record --browser-path ${path}; echo "the exit code is $?"`);
    await terminal.until('Chromium opens in a profile of its own');
    return { terminal, end: (code: number) => writeFileSync(pipe, `${code}\n`) };
  };

  it('gives the terminal back when the browser is closed', async () => {
    const { terminal, end } = await begin('closed');
    await using _ = terminal;
    end(0);
    await terminal.until(/^the exit code is 0$/m);
    expect(await terminal.modes()).toMatchObject({ alternateScreen: false, cursorVisible: true });
    expect(readdirSync(temp)).toEqual([]);
  });

  it('tells what the browser said when that ends with an error', async () => {
    const { terminal, end } = await begin('crashes');
    await using _ = terminal;
    end(5);
    const text = await terminal.until(/^the exit code is 3$/m);
    expect(text).toMatch(/Chromium ended with exit code 5[\s\S]*it said this/);
  });

  it('ends the browser with q', async () => {
    const { terminal } = await begin('quit');
    await using _ = terminal;
    await terminal.press('q');
    await terminal.until(/^the exit code is 0$/m);
    expect(readdirSync(temp)).toEqual([]);
  });
});

describe('open without a usable browser', () => {
  const open = (...words: readonly string[]): Promise<Finished> =>
    runCli(folder, ['open', ...words, '--port', '0', '--no-record'], { TMPDIR: temp });

  it('shows what a browser said that ends right after its start', async () => {
    const { code, stderr } = await open(
      'chromium',
      '--browser-path',
      script('dies', 'echo "Missing X server" >&2; echo "no DISPLAY" >&2; exit 7'),
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/Chromium ended with exit code 7 right after its start\. The end of what it said:\nMissing X server/);
    expect(stderr).toContain('-- --headless');
    expect(readdirSync(temp)).toEqual([]);
  });

  it('is over when the browser is closed, with the profile gone', async () => {
    const path = script('lives', 'ls -ld "$(echo "$1" | cut -d= -f2)" >"$0.seen"; echo "$@" >>"$0.seen"');
    expect(await open('chromium', 'localhost:3000/x', '--browser-path', path)).toMatchObject({ code: 0 });
    const seen = readFileSync(`${path}.seen`, 'utf8');
    expect(seen).toMatch(/^drwx------ .*\/shakedown-browser-\w+\n/);
    expect(seen).toMatch(/ http:\/\/localhost:3000\/x$/m);
    expect(readdirSync(temp)).toEqual([]);
  });

  it('says what it does not understand', async () => {
    expect(await open('firefx')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean firefox?') });
    expect(await open('ws://localhost:3000/')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the page that opens this WebSocket'),
    });
    expect(await open('--browser-path', join(folder, 'nowhere'))).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no program at'),
    });
  });
});
