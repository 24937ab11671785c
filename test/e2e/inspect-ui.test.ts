import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendEnd, appendOpening, appendTexts, beginRecording } from '../control/support/big-recording.js';
import { findProgram } from '../support/find.js';
import { openTerminal, prompt, type Terminal } from '../support/tmux.js';

const tmux = findProgram('tmux');
const program = join(import.meta.dirname, '../../dist/cli/main.js');

let folder: string;
let path: string;
let terminal: Terminal | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakedown-inspect-'));
  path = join(folder, 'session.jsonl');
  beginRecording(path);
});
afterEach(async () => {
  await terminal?.[Symbol.asyncDispose]();
  terminal = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const begin = async (size: { readonly columns: number; readonly rows: number }, flags = ''): Promise<Terminal> => {
  if ('missing' in tmux) throw new Error(tmux.missing);
  terminal = await openTerminal(tmux.path, { ...size, folder, env: { NODE: process.execPath, PROGRAM: program } });
  await terminal.line(`clear; "$NODE" "$PROGRAM" inspect session.jsonl ${flags}`.trim());
  return terminal;
};
const overWith = async (term: Terminal, code: number): Promise<void> => {
  await term.until((text) => text.split('\n').at(-1)?.endsWith(prompt) === true);
  expect((await term.modes()).alternateScreen).toBe(false);
  await term.line('echo "the exit code is $?"');
  await term.until(`\nthe exit code is ${code}\n`);
};

describe.skipIf('missing' in tmux)('inspect FILE in a terminal', { timeout: 60_000 }, () => {
  it('opens the recording in the UI: its messages, one of them, a text in them, a filter', async () => {
    appendOpening(path, '1', 'chat.example');
    appendTexts(path, '1', [
      '{"hello":"world"}',
      '\u001b[2Jcleared? \u202etxet',
      ...Array.from({ length: 3000 }, (_, nth) => `number ${nth}`),
      'a needle',
    ]);
    appendEnd(path, '1');
    appendOpening(path, '2', 'other.example', 'HTTP/1.1 403 Forbidden\r\n\r\n');
    appendEnd(path, '2');
    const term = await begin({ columns: 80, rows: 24 });
    await term.until(/> .*! closed .*chat\.exam[\s\S]*✗ 403 .*other\.exa/);
    await term.press('Enter');
    await term.until('[1 Findings');
    await term.press('4');
    const list = await term.until('1 of 3,003 messages');
    expect(list).toMatch(/^> +1 +\+0\.00\d ← server text +17 B \{"hello":"world"\}$/m);
    expect(list).toContain('\\x1b[2Jcleared? <U+202E>txet');
    await term.press('Enter');
    expect(await term.until('[JSON]')).toContain('\n {\n   "hello": "world"\n }\n');
    await term.press('Escape');
    await term.until('payload');
    await term.press('End');
    await term.until(/> +3003 .*a needle/);
    await term.press('Home', '/');
    await term.until(' find: ');
    await term.press(...'number 29', 'Enter');
    await term.until('32 of 3,003 messages · 1 of 111 with "number 29"');
    await term.press('n');
    await term.until('· 2 of 111 with');
    await term.press('Escape');
    await term.until('1 of 2');
    await term.press('/', ...'status = ', 'Enter');
    expect(await term.until('a value is missing')).toMatch(/ filter: status =\n +\^ a value is missing behind =\./);
    await term.press(...'403', 'Enter');
    await term.until('1 of 2 match "status = 403"');
    await term.press('q');
    await overWith(term, 0);
  });

  it('follows a recording that is still being written, with the filter that was given', async () => {
    appendOpening(path, '1', 'one.example');
    const term = await begin({ columns: 200, rows: 50 }, `--follow --filter 'host ~ example'`);
    await term.until(/● open .*one\.example[\s\S]*1 of 1 match/);
    await term.press('Enter');
    await term.until('Both legs');
    await term.press('4');
    await term.until('No message has crossed so far.');
    appendTexts(path, '1', ['first', 'second']);
    await term.until(/← server text +6 B second[\s\S]*2 of 2 messages, following/);
    await term.press('Escape');
    appendEnd(path, '1');
    appendOpening(path, '2', 'two.example');
    await term.until(/! closed .*one\.example[\s\S]*> .*● open .*two\.example/);
    await term.press('C-c');
    await overWith(term, 130);
  });

  it('without the UI goes on with messages as they come, until Ctrl-C', async () => {
    appendOpening(path, '1', 'one.example');
    appendTexts(path, '1', ['first']);
    const term = await begin({ columns: 120, rows: 24 }, '--no-ui --follow --messages');
    await term.until(/^1 {2}2026-\S+ {2}server {2}text {2}5 bytes {2}first$/m);
    appendTexts(path, '1', ['second']);
    await term.until(/6 bytes {2}second$/m);
    await term.press('C-c');
    await overWith(term, 130);
  });
});
