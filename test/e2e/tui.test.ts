import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { type Modes, openTerminal, prompt, type Terminal, type TerminalOptions } from '../support/tmux.js';

// The whole program as somebody at a terminal meets it: a shell, the UI on the alternate screen, real traffic, keys, and the shell again.
const tmux = findProgram('tmux');
const program = join(import.meta.dirname, '../../dist/cli/main.js');
const origin = 'http://good.example';

let folder: string;
let echo: EchoServer;
let terminal: Terminal | undefined;

beforeAll(async () => {
  echo = await startEchoServer({ origins: [origin] });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakedown-tui-'));
});
afterEach(async () => {
  await terminal?.[Symbol.asyncDispose]();
  terminal = undefined;
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => echo.close());

interface Before {
  readonly screen: string;
  readonly modes: Modes;
  readonly settings: string;
}

/** What `stty -a` says, on one line. */
const settingsOf = async (term: Terminal): Promise<string> => {
  await term.line('clear; stty -a; echo settings told');
  const text = await term.until(/^settings told$/m);
  return text.slice(0, text.indexOf('settings told')).replace(/\s+/g, ' ').trim();
};

const shellAlone = (text: string): boolean => text.split('\n').at(-1) === prompt;

/** A shell with something on its screen, and the UI started in it. */
const begin = async (size: Pick<TerminalOptions, 'columns' | 'rows'>, flags = '') => {
  if ('missing' in tmux) throw new Error(tmux.missing);
  const term = await openTerminal(tmux.path, { ...size, folder, env: { XDG_DATA_HOME: folder, NODE: process.execPath, PROGRAM: program } });
  terminal = term;
  const settings = await settingsOf(term);
  await term.line('clear; echo what stood here before');
  const screen = await term.until((text) => shellAlone(text) && text.startsWith('what stood here before\n'));
  const before: Before = { screen, modes: await term.modes(), settings };
  await term.line(`"$NODE" "$PROGRAM" start --port 0 --record session.jsonl --ready-file ready.json ${flags}`.trim());
  const shown = await term.until('listens on http://127.0.0.1:');
  const ready = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8')) as { proxy: string; pid: number };
  return { term, before, shown, ready };
};

/** The shell has its terminal again, as it was: what stood on it, its modes, its settings; and the exit code. */
const expectGivenBack = async (term: Terminal, before: Before, code: number) => {
  const after = await term.until(shellAlone);
  expect(after.startsWith(before.screen)).toBe(true);
  expect(after).toMatch(/^The recording is .*session\.jsonl$/m);
  expect(await term.modes()).toEqual(before.modes);
  await term.line('echo "the exit code is $?"');
  await term.until(`\nthe exit code is ${code}\n`);
  expect(await settingsOf(term)).toBe(before.settings);
};

const connect = (proxy: string, from: string, path = '') => withNpmWs({ url: `${echo.url}${path}`, proxy, origin: from });

describe.skipIf('missing' in tmux)('the terminal UI', { timeout: 60_000 }, () => {
  it('shows a failing exchange and why, makes the next one fail on purpose, replays it, and gives the terminal back', async () => {
    const { term, before, shown, ready } = await begin({ columns: 80, rows: 24 });
    expect(shown).toContain('Nothing has arrived yet. Point an app at this proxy');
    expect(await term.modes()).toMatchObject({ alternateScreen: true, cursorVisible: false });

    expect(await connect(ready.proxy, 'http://evil.example', 'refused')).toMatchObject({ error: 'Unexpected server response: 403' });
    expect(await connect(ready.proxy, origin, 'good')).toMatchObject({ opened: true, echoed: true, closeCode: 1000 });
    const list = await term.until(/✓ closed .*\/good +2 /);
    expect(list).toMatch(/✗ 403 .*\/refused +origin\.rejected /);

    await term.press('g', 'Enter');
    const findings = await term.until('[1 Findings');
    expect(findings).toMatch(/✗ 403 refused · origin\.rejected {3}ws:\/\/127\.0\.0\.1:\d+\/refused$/m);
    expect(findings).toMatch(/proof {2}server leg, response head at byte 0:\n +HTTP\/1\.1 403 Forbidden/);
    expect(findings).toMatch(/Origin: http:\/\/evil\.example/);
    expect(findings).toMatch(/^ fix /m);
    await term.press('2');
    const legs = await term.until('[2 Both legs]');
    expect(legs).toMatch(/CLIENT LEG: app 127\.0\.0\.1:\d+ +│ SERVER LEG: server 127\.0\.0\.1:\d+/);
    expect(legs).toMatch(/Origin: http:\/\/evil\.example +│ Origin: http:\/\/evil\.example/);
    await term.press('End');
    await term.until(/HTTP\/1\.1 403 Forbidden +│ HTTP\/1\.1 403 Forbidden/);

    await term.press('f');
    await term.until(/Faults \(\d+\)/);
    await term.press('/', ...'drop-upgrade', 'Enter');
    await term.until(/> +1 \[ \] drop-upgrade/);
    await term.press('1');
    await term.until(/\[x\] drop-upgrade/);
    await term.press('q', 'q');
    await term.until(/! FAULT ARMED: drop-upgrade \(applied 0×\)[\s\S]*✓ closed/);
    expect(await connect(ready.proxy, origin, 'broken')).toMatchObject({ opened: false });
    await term.until(/✗ 200 .*\/broken ! .*upgrade-stripped/);
    await term.press('G', 'Enter');
    const broken = await term.until('intermediary.upgrade-stripped   ws://');
    expect(broken).toMatch(/exchange 3 .* ! drop-upgrade$/m);
    expect(broken).toContain("shakedown's fault drop-upgrade at stage request: Connection: Upgrade");
    await term.press('2');
    await term.until(/Upgrade: websocket +-$/m);

    await term.press('x');
    await term.until((text) => !text.includes('FAULT ARMED'));
    await term.press('r');
    const replayed = await term.until('Replay of exchange 3');
    expect(replayed).toMatch(/ Different: \d+ differences\.\n+ status\n +- before +200\n +\+ now +101\n/);
    await term.press('Enter');
    // The replayed client had nothing to say after a 101, and hangs up: `!` where a rule minds that.
    await term.until(/[✓!] 101 closed .*\/broken[\s\S]*exchange 4 /);
    await term.press('q');
    await term.until(/✗ 200 .*\/broken[\s\S]*[✓!] closed .*\/broken/);

    await term.press('q');
    await expectGivenBack(term, before, 0);
  });

  it('fits 200 columns and what they are resized to, and gives the terminal back on Ctrl-C', async () => {
    const { term, before, ready } = await begin({ columns: 200, rows: 50 }, '--fault drop-upgrade');
    const long = `a/long/path/${'segment/'.repeat(12)}end?token=${'t'.repeat(300)}`;
    await connect(ready.proxy, origin, long);
    const list = await term.until(/✗ 200 refused /);
    expect(list).toMatch(/ intermediary\.upgrade-stripped +! drop-upgrade /);
    expect(list).toMatch(/segment\/end +intermediary/);
    await term.resize(80, 24);
    await term.until(/\/end ! .*upgrade-stripped/);
    await term.resize(40, 10);
    await term.until('shakedown needs 60 columns and 12 rows.');
    await term.resize(200, 50);
    await term.until(/✗ 200 refused .*! drop-upgrade /);
    await term.press('C-c');
    await expectGivenBack(term, before, 130);
  });

  it('gives the terminal back on SIGTERM', async () => {
    const { term, before, ready } = await begin({ columns: 80, rows: 24 });
    process.kill(ready.pid, 'SIGTERM');
    await expectGivenBack(term, before, 143);
  });
});
