import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DoctorNews, doctor, Problem } from '../../src/index.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { fin, readHead, send, silence, startRawServer } from '../support/raw-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { openTerminal, prompt } from '../support/tmux.js';
import { testFolder } from './support/folder.js';
import { endAll, program, runCli, spawnCli } from './support/shakedown.js';

const folder = testFolder();
const good = 'https://good.example';
const certificate = testCertificate();
let open: EchoServer;
let strict: EchoServer;
let secure: EchoServer;
writeFileSync(join(folder, 'server.pem'), certificate.cert);

beforeAll(async () => {
  open = await startEchoServer({ protocols: ['chat', 'superchat'], deflate: true });
  strict = await startEchoServer({ origins: [good] });
  secure = await startEchoServer({ tls: certificate });
});
afterAll(async () => {
  endAll();
  await Promise.all([open.close(), strict.close(), secure.close()]);
});

/** The program's own temporary folders, to see that they go. */
const leftBehind = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('shakedown-doctor-'));

const run = async (...args: readonly string[]) => {
  const finished = await runCli(folder, ['doctor', ...args], { TMPDIR: folder });
  expect(leftBehind()).toEqual([]);
  return finished;
};
const asJson = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(stderr).toBe('');
  expect(stdout.endsWith('\n')).toBe(true);
  return { code, report: JSON.parse(stdout), stdout };
};
const codesOf = (report: { findings: readonly { code: string; severity: string }[] }) =>
  report.findings.map(({ code, severity }) => `${severity} ${code}`);

describe('doctor of a healthy server', { timeout: 30_000 }, () => {
  it('is ok, ends with 0, and tells each station', async () => {
    const { code, report } = await asJson(open.url, '--protocol', 'x', '--protocol', 'superchat', '--hold', '200');
    expect(code).toBe(0);
    expect(report).toMatchObject({ url: open.url, ok: true, status: 101, findings: [], trials: [] });
    expect(report.steps.map(({ step, ok }: { step: string; ok: boolean }) => `${step} ${ok}`)).toEqual(
      ['dns', 'tcp', 'upgrade', 'ping', 'hold', 'close'].map((step) => `${step} true`),
    );
    const stepOf = (name: string) => report.steps.find(({ step }: { step: string }) => step === name);
    expect(stepOf('dns').addresses).toEqual(['127.0.0.1']);
    expect(stepOf('tcp').about).toBe(`127.0.0.1 port ${open.port}`);
    expect(stepOf('upgrade')).toMatchObject({
      about: '101 Switching Protocols',
      protocol: 'superchat',
      extensions: ['permessage-deflate'],
    });
    expect(stepOf('hold').ms).toBe(200);
    expect(stepOf('close').about).toBe('Close 1000');
    // From frame to frame as they crossed.
    for (const name of ['tcp', 'upgrade', 'ping', 'close']) expect(stepOf(name).ms, name).toBeGreaterThan(0);
  });

  it('tells TLS with its chain, and takes the CA that it is given', async () => {
    const { code, report } = await asJson(secure.url, '--ca', 'server.pem', '--hold', '100');
    expect([code, report.ok, codesOf(report)]).toEqual([0, true, []]);
    const { tls } = report.steps.find(({ step }: { step: string }) => step === 'tls');
    expect(tls).toMatchObject({ version: 'TLSv1.3', alpn: 'http/1.1', cipher: expect.stringMatching(/^TLS_/) });
    expect(tls.chain[0].names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1']));
    expect(tls.chain[0].daysLeft).toBeGreaterThanOrEqual(0);
    expect(tls.chain[0]).toMatchObject({ subject: expect.any(String), issuer: expect.any(String), notAfter: expect.any(String) });
  });

  it('says so in words, without colour and without progress where nobody sits at a terminal', async () => {
    const { code, stdout, stderr } = await run(open.url, '--hold', '100');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('OK: a WebSocket opened and stayed healthy for 100 ms.');
    expect(stdout).toMatch(/^app > TCP [\d.]+ ms > upgrade [\d.]+ ms > 101 > frames [\d.]+ ms$/m);
    expect(stdout).not.toContain('\x1b');
  });
});

describe('doctor of a server that refuses', { timeout: 30_000 }, () => {
  it('ends with 1, and with the cause that an experiment has proven', async () => {
    const { code, report } = await asJson(strict.url, '--origin', 'https://evil.example');
    expect(code).toBe(1);
    expect(report).toMatchObject({ ok: false, status: 403 });
    expect(report.findings[0]).toMatchObject({ code: 'origin.rejected', cause: 'origin', severity: 'error' });
    expect(report.findings[0].evidence).toContainEqual(expect.objectContaining({ leg: 'server', what: 'response-head' }));
    expect(report.steps.at(-1)).toMatchObject({ step: 'upgrade', ok: false, about: '403 Forbidden' });
    expect(report.trials.length).toBeGreaterThan(0);
  });

  it('opens with the Origin that is let in', async () => {
    const { code, report } = await asJson(strict.url, '--origin', good, '--hold', '50');
    expect([code, report.ok]).toEqual([0, true]);
  });

  it('shows what a server sends to a terminal in no other way than escaped', async () => {
    const nasty = 'HTTP/1.1 403 No\x1b]0;owned\x07\r\nServer: x\x1b[2Jy\r\nContent-Length: 4\r\nConnection: close\r\n\r\n\x1b[1m';
    await using server = await startRawServer([readHead, send(nasty), fin]);
    const { code, stdout } = await run(`ws://127.0.0.1:${server.port}/`);
    expect(code).toBe(1);
    expect(stdout).toContain('\\x1b');
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });

  it('names the bad certificate, and goes on with it only when told to', async () => {
    const refused = await asJson(secure.url);
    expect([refused.code, refused.report.ok, refused.report.status]).toEqual([1, false, 0]);
    expect(refused.report.findings[0]).toMatchObject({ cause: 'certificate', severity: 'error' });
    const taken = await asJson(secure.url, '--insecure', '--hold', '50');
    expect([taken.code, taken.report.ok, taken.report.status]).toEqual([0, true, 101]);
    expect(taken.report.findings[0]).toMatchObject({ cause: 'certificate', severity: 'warning' });
  });

  it('says of a missing Pong that it is missing, and is content', async () => {
    const quiet = await startRawServer([
      readHead,
      send(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
      ),
      silence,
    ]);
    // A key that was given is sent: then the accept value above is right (RFC 6455 section 1.3).
    const { code, report } = await asJson(
      `ws://127.0.0.1:${quiet.port}/`,
      ...['--header', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '--hold', '150'],
    );
    await quiet.close();
    expect(codesOf(report)).toContain('warning frame.ping-timeout');
    expect([code, report.ok]).toEqual([0, true]);
    expect(report.steps.find(({ step }: { step: string }) => step === 'ping')).toMatchObject({ ok: false, ms: 0 });
  });
});

describe('what is sent', { timeout: 30_000 }, () => {
  it('are the fields that were given, and credentials of the URL as Basic, which no output shows', async () => {
    const url = `ws://user:p%40ss@127.0.0.1:${open.port}/chat`;
    const { report, stdout } = await asJson(url, '--header', 'X-One: 1', '--header', 'X-Two: a: b', '--hold', '20');
    expect(report.url).toBe(`ws://***@127.0.0.1:${open.port}/chat`);
    const { rawHeaders, url: path } = open.seen.at(-1) ?? { rawHeaders: [], url: '' };
    const sentAs = (name: string) => rawHeaders[rawHeaders.indexOf(name) + 1];
    expect([path, sentAs('X-One'), sentAs('X-Two')]).toEqual(['/chat', '1', 'a: b']);
    expect(sentAs('Authorization')).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    expect(stdout).not.toMatch(/p%40ss|p@ss|dXNlcjpw/);
    await asJson(url, '--header', 'Authorization: Bearer x', '--hold', '20');
    expect(open.seen.at(-1)?.rawHeaders.filter((one) => /^(Bearer|Basic)/.test(one))).toEqual(['Bearer x']);
  });

  it('are credentials of the URL nowhere in a report of a refusal', async () => {
    await using locked = await startRawServer([
      readHead,
      send('HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      fin,
    ]);
    const { report, stdout } = await asJson(`ws://user:hunter22@127.0.0.1:${locked.port}/`);
    expect(report.findings[0].code).toBe('server.auth');
    expect(stdout).not.toMatch(/hunter22|dXNlcjpodW50/);
  });
});

describe('a URL that is no good', { timeout: 30_000 }, () => {
  it.each([
    ['ws://127.0.0.1:99999/', 'url.malformed'],
    ['localhost:8080', 'url.malformed'],
    ['ftp://127.0.0.1/', 'url.scheme-unsupported'],
  ])('%s is a report with the finding %s', async (url, code) => {
    const { code: exit, report } = await asJson(url);
    expect(exit).toBe(1);
    expect(report).toMatchObject({ url, ok: false, status: 0, steps: [], trials: [] });
    expect(codesOf(report)).toEqual([`error ${code}`]);
    expect(report.findings[0]).toMatchObject({ cause: 'url', evidence: [{ what: 'url', text: url }] });
  });

  it('is asked all the same where only some clients mind, with a warning', async () => {
    const { code, report } = await asJson(`${open.url.replace('ws:', 'http:')}#top`, '--origin', 'https://app.example', '--hold', '20');
    expect([code, report.ok]).toEqual([0, true]);
    expect(codesOf(report)).toEqual(['warning url.fragment', 'warning url.scheme-unsupported']);
  });
});

describe('wrong use ends with 2 and says what to do', { timeout: 30_000 }, () => {
  it.each([
    [[], 'Not enough non-option arguments'],
    [['ws://x/', '--timeout', 'soon'], '--timeout "soon" is no time'],
    [['ws://x/', '--hold', '1h'], '--hold "1h" is no time'],
    [['ws://x/', '--timeout', '1s', '--hold', '2s'], 'does not fit'],
    [['ws://x/', '--header', 'nonsense'], '--header "nonsense" is no field.'],
    [['ws://x/', '--protocol', 'a, b'], '--protocol "a, b" is no subprotocol'],
    [['ws://x/', '--proxy', 'ftp://u:hunter22@p'], '--proxy "ftp://***@p" has the scheme ftp'],
    [['ws://x/', '--origin', 'a', '--origin', 'b'], '--origin was given 2 times.'],
    [['ws://x/', '--jsn'], 'did you mean --json?'],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('hunter22');
  });
});

describe('Ctrl-C', { timeout: 30_000 }, () => {
  it('ends it with 130, and the temporary folder is gone', async () => {
    await using server = await startRawServer([silence]);
    const { child, finished } = spawnCli(folder, ['doctor', `ws://127.0.0.1:${server.port}/`, '--timeout', '60'], { TMPDIR: folder });
    await server.connection(0);
    expect(leftBehind()).toHaveLength(1);
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect([code, stdout, leftBehind()]).toEqual([130, '', []]);
  });
});

describe('the library', { timeout: 30_000 }, () => {
  it('gives the same report, and tells its stages as they begin', async () => {
    const news: DoctorNews[] = [];
    const report = await doctor({ url: open.url, holdMs: 30 }, (one) => news.push(one));
    expect(report).toMatchObject({ ok: true, status: 101 });
    expect(news.map((one) => (one.type === 'stage' ? one.stage : one.type))).toEqual([
      'began',
      ...['dns', 'tcp', 'upgrade', 'hold'],
      'ended',
    ]);
  });

  it('ends at a signal, with its reason', async () => {
    await using server = await startRawServer([silence]);
    const over = new AbortController();
    const asked = doctor({ url: `ws://127.0.0.1:${server.port}/`, signal: over.signal });
    await server.connection(0);
    over.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  it('refuses a field with a line break in it', async () => {
    await expect(doctor({ url: open.url, origin: 'x\r\nEvil: 1' })).rejects.toThrow(Problem);
  });
});

const tmux = findProgram('tmux');
describe.skipIf('missing' in tmux)('at a terminal of 80 columns', { timeout: 60_000 }, () => {
  const at = async (env: Readonly<Record<string, string>>) =>
    openTerminal('path' in tmux ? tmux.path : '', { columns: 80, rows: 24, folder, env: { PS1: prompt, TMPDIR: folder, ...env } });
  const command = (more: string): string => `clear; '${process.execPath}' '${program}' doctor ${more}; echo ended $?`;

  it('it tells where it is on one line, and takes that away before the result', async () => {
    await using server = await startRawServer([silence]);
    await using terminal = await at({});
    await terminal.line(command(`ws://127.0.0.1:${server.port}/ --timeout 4`));
    const during = await terminal.until(/first attempt: upgrade sent, waiting for the answer, \d\.\d s/);
    expect(during.split('\n').filter((line) => line.includes('attempt'))).toHaveLength(1);
    const after = await terminal.until(/ended \d/);
    expect(after).toContain('ended 1');
    expect(after).not.toContain('first attempt');
  });

  it('it writes line under line where the terminal cannot rewrite', async () => {
    await using terminal = await at({});
    await terminal.line(command(`${open.url} --hold 50`).replace('clear;', 'TERM=dumb; export TERM;'));
    const screen = await terminal.until(/ended \d/);
    for (const stage of ['connecting (TCP)', 'upgrade sent', 'open, watching it']) expect(screen).toContain(`first attempt: ${stage}`);
    expect(screen).toContain('ended 0');
  });
});
