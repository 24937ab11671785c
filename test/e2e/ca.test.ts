import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { findChromium, findProgram } from '../support/find.js';
import { openTerminal, prompt, type Terminal } from '../support/tmux.js';
import { testFolder } from './support/folder.js';
import { endAll, environment, program, runCli, startShakedown } from './support/shakedown.js';

const folder = testFolder();
const certutil = findProgram('certutil');
const openssl = findProgram('openssl');
const curl = findProgram('curl');
const tmux = findProgram('tmux');
const chromiumPath = findChromium();
afterAll(endAll);

let made = 0;
/** The flag of an authority of its own. */
const ownCa = (): readonly ['--ca-dir', string] => ['--ca-dir', join(folder, `ca-${++made}`)];

describe('ca path', () => {
  it('prints the path alone on stdout, and makes the authority at first use', async () => {
    const flag = ownCa();
    const first = await runCli(folder, ['ca', 'path', ...flag]);
    expect(first).toMatchObject({
      code: 0,
      stdout: `${join(flag[1], 'ca.pem')}\n`,
      stderr: expect.stringContaining('was made for 90 days'),
    });
    const second = await runCli(folder, ['ca', 'path', ...flag]);
    expect(second).toEqual({ code: 0, stdout: first.stdout, stderr: '' });
  });

  it('is that of the data folder without a flag', async () => {
    expect((await runCli(folder, ['ca', 'path'])).stdout).toBe(`${join(folder, 'data/shakedown/ca/ca.pem')}\n`);
  });

  it('says as JSON what the certificate is', async () => {
    const { stdout } = await runCli(folder, ['ca', 'path', '--json', ...ownCa()]);
    const said = JSON.parse(stdout);
    expect(said).toEqual({
      path: expect.stringMatching(/ca\.pem$/),
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      subject: expect.stringMatching(/^O=shakedown, OU=.*, CN=shakedown CA [0-9a-f]{8}$/),
      notBefore: expect.stringMatching(/^\d{4}-.*Z$/),
      notAfter: expect.stringMatching(/^\d{4}-.*Z$/),
      installed: [],
    });
  });

  it('fails with the path where no folder can be made', async () => {
    const { code, stderr } = await runCli(folder, ['ca', 'path', '--ca-dir', '/proc/shakedown']);
    expect(code).toBe(3);
    expect(stderr).toContain('The folder /proc/shakedown cannot be used');
  });
});

describe('ca without a known word', () => {
  it.each([
    [['ca'], 'Say what to do with the authority'],
    [['ca', 'instal'], 'There is no command ca instal; did you mean install?'],
    [['ca', 'path', '--jsn'], 'There is no flag --jsn'],
    [['ca', 'export', '--format', 'jks'], 'Invalid values'],
    [['ca', 'export', '--client', 'a', '--format', 'der'], 'der holds a certificate alone'],
    [['ca', 'export', '--password', 'ü'], 'printable ASCII'],
    [['ca', 'export', '--out', '/dev/null'], 'no plain file'],
  ])('is a wrong use: %j', async (words, text) => {
    const { code, stdout, stderr } = await runCli(folder, words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(text);
  });
});

describe.skipIf('missing' in openssl)('ca export', () => {
  const flag = ownCa();
  const read = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  const fingerprint = (...args: string[]) => read('x509', '-noout', '-fingerprint', '-sha256', ...args);

  it('writes the same certificate in each form', async () => {
    for (const format of ['pem', 'der', 'p12']) {
      expect((await runCli(folder, ['ca', 'export', ...flag, '--format', format, '--out', `ca.${format}`])).code).toBe(0);
    }
    const pem = fingerprint('-in', 'ca.pem');
    expect(pem).toBe(fingerprint('-in', join(flag[1], 'ca.pem')));
    expect(fingerprint('-inform', 'der', '-in', 'ca.der')).toBe(pem);
    expect(read('pkcs12', '-in', 'ca.p12', '-passin', 'pass:changeit')).toContain(readFileSync(join(folder, 'ca.pem'), 'utf8').trim());
  });

  it('never writes the key of the authority', async () => {
    const key = readFileSync(join(flag[1], 'ca-key.pem'), 'utf8');
    for (const name of ['ca.pem', 'ca.der', 'ca.p12']) expect(readFileSync(join(folder, name), 'latin1')).not.toContain('PRIVATE');
    const { stdout } = await runCli(folder, ['ca', 'export', ...flag, '--client', 'alice']);
    expect(stdout).not.toContain(key.split('\n')[1]);
  });

  it('goes to stdout without --out', async () => {
    expect((await runCli(folder, ['ca', 'export', ...flag])).stdout).toBe(readFileSync(join(flag[1], 'ca.pem'), 'utf8'));
  });

  it('makes a client certificate that the authority signed, for its owner alone', async () => {
    const { code, stderr } = await runCli(folder, ['ca', 'export', ...flag, '--client', 'alice', '--out', 'alice.pem']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Wrote alice.pem, with a private key in it.\n' });
    expect(statSync(join(folder, 'alice.pem')).mode & 0o777).toBe(0o600);
    expect(read('verify', '-purpose', 'sslclient', '-CAfile', join(flag[1], 'ca.pem'), 'alice.pem')).toBe('alice.pem: OK\n');
    const keys = [read('x509', '-in', 'alice.pem', '-noout', '-pubkey'), read('pkey', '-in', 'alice.pem', '-pubout')];
    expect(keys[0]).toBe(keys[1]);
  });
});

describe.skipIf('missing' in certutil)('ca install --store nss', () => {
  const flag = ownCa();
  const words = ['ca', 'install', '--store', 'nss', ...flag];
  const db = `sql:${join(folder, '.pki/nssdb')}`;
  const listed = () => execFileSync('certutil', ['-L', '-d', db], { encoding: 'utf8' });

  it('only shows what it would do where nobody can be asked', async () => {
    const { code, stdout, stderr } = await runCli(folder, words);
    expect(code).toBe(2);
    expect(stdout.split('\n')).toEqual([
      `  mkdir -p -m 700 ${join(folder, '.pki/nssdb')}`,
      `  certutil -N --empty-password -d ${db}`,
      expect.stringMatching(/^ {2}certutil -A -d sql:.* -n shakedown-[0-9a-f]{8} -t 'C,,' -i .*ca\.pem$/),
      '',
    ]);
    expect(stderr).toContain('Nothing was done');
    expect(existsSync(join(folder, '.pki'))).toBe(false);
  });

  it.skipIf('missing' in chromiumPath)(
    'makes Chromium trust shakedown, until it is uninstalled',
    async () => {
      const shakedown = await startShakedown(folder, [...flag]);
      const visit = async (): Promise<string> => {
        const browser = await chromium.launch({
          executablePath: 'path' in chromiumPath ? chromiumPath.path : '',
          args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage', `--proxy-server=${shakedown.ready.proxy}`],
          env: environment(folder),
        });
        try {
          const page = await browser.newPage();
          await page.goto('https://shakedown.test/');
          return await page.title();
        } catch (error) {
          return /net::\w+/.exec(String(error))?.[0] ?? String(error);
        } finally {
          await browser.close();
        }
      };
      expect(await visit()).toBe('net::ERR_CERT_AUTHORITY_INVALID');
      expect((await runCli(folder, [...words, '--yes'])).code).toBe(0);
      expect(await visit()).toBe('shakedown');
      expect((await runCli(folder, words)).stderr).toContain('already');
      expect(JSON.parse((await runCli(folder, ['ca', 'path', '--json', ...flag])).stdout).installed).toEqual([
        { store: 'nss', title: expect.any(String) },
      ]);
      expect((await runCli(folder, ['ca', 'uninstall', '--store', 'nss', '--yes', ...flag])).code).toBe(0);
      expect(await visit()).toBe('net::ERR_CERT_AUTHORITY_INVALID');
      expect(listed()).not.toContain('shakedown-');
      await shakedown.stop();
    },
    60_000,
  );

  it('is undone also for an authority that was rotated away', async () => {
    expect((await runCli(folder, [...words, '--yes'])).code).toBe(0);
    const rotated = await runCli(folder, ['ca', 'rotate', ...flag]);
    expect(rotated.stderr).toContain('still in a trust store: shakedown ca uninstall --store nss');
    expect((await runCli(folder, [...words, '--yes'])).code).toBe(0);
    expect(listed().match(/shakedown-/g)?.length).toBe(2);
    expect((await runCli(folder, ['ca', 'uninstall', '--store', 'nss', '--yes', ...flag])).code).toBe(0);
    expect(listed()).not.toContain('shakedown-');
    const again = await runCli(folder, ['ca', 'uninstall', '--store', 'nss', '--yes', ...flag]);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('No authority of') });
  });
});

describe.skipIf('missing' in certutil || 'missing' in tmux)('ca install on a terminal', () => {
  let terminal: Terminal | undefined;
  afterEach(() => terminal?.[Symbol.asyncDispose]());

  it('asks, and does nothing at any answer but yes', async () => {
    const home = join(folder, 'asked');
    mkdirSync(home);
    const path = 'path' in tmux ? tmux.path : '';
    terminal = await openTerminal(path, { columns: 200, rows: 40, folder: home, env: { HOME: home, XDG_DATA_HOME: '' } });
    await terminal.until(prompt);
    const command = `'${process.execPath}' '${program}' ca install --store nss; echo ended with $?`;
    await terminal.line(command);
    await terminal.until('Run them? [y/N]');
    await terminal.press('Enter');
    await terminal.until('ended with 1');
    expect(await terminal.screen()).toContain('Nothing was done.');
    expect(existsSync(join(home, '.pki'))).toBe(false);
    await terminal.line(`clear; ${command}`);
    await terminal.until('Run them? [y/N]');
    await terminal.line('y');
    await terminal.until('ended with 0');
    expect(existsSync(join(home, '.pki/nssdb/cert9.db'))).toBe(true);
  });
});

describe('ca rotate', () => {
  it('makes a new authority and keeps the certificate of the old one', async () => {
    const flag = ownCa();
    const before = JSON.parse((await runCli(folder, ['ca', 'path', '--json', ...flag])).stdout);
    const { code, stdout, stderr } = await runCli(folder, ['ca', 'rotate', '--json', ...flag]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).fingerprint).not.toBe(before.fingerprint);
    expect(stderr).toContain(`clients must be told to trust ${join(flag[1], 'ca.pem')}`);
    expect(readdirSync(flag[1]).sort()).toEqual(['ca-key.pem', expect.stringMatching(/^ca-retired-.*\.pem$/), 'ca.pem']);
  });

  it('does not pull the authority from under a running shakedown, unless told to', async () => {
    const flag = ownCa();
    const shakedown = await startShakedown(folder, [...flag]);
    const pem = readFileSync(shakedown.ready.ca, 'utf8');
    const refused = await runCli(folder, ['ca', 'rotate', ...flag]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`A running shakedown uses this authority (process and machine: ${shakedown.child.pid} `);
    expect(readFileSync(shakedown.ready.ca, 'utf8')).toBe(pem);
    const forced = await runCli(folder, ['ca', 'rotate', '--force', ...flag]);
    expect(forced).toMatchObject({ code: 0, stderr: expect.stringContaining('start it again') });
    await shakedown.stop();
    expect((await runCli(folder, ['ca', 'rotate', ...flag])).code).toBe(0);
  });
});

/** Whether a private mount namespace may be made here: the system's store is then changed where nobody else sees it. */
const unshared = spawnSync('unshare', ['-m', 'true']).status === 0;
const hasStore = existsSync('/usr/local/share/ca-certificates') && existsSync('/usr/sbin/update-ca-certificates');
if (!unshared || !hasStore) console.warn("skipped: the system's trust store cannot be tried here");

describe.skipIf(!unshared || !hasStore || 'missing' in curl)("ca install into Debian's store", () => {
  it('makes curl trust shakedown, and no longer after uninstall', async () => {
    const flag = ownCa();
    const { ready, stop } = await startShakedown(folder, [...flag]);
    const cli = `'${process.execPath}' '${program}'`;
    const visit = `curl -s -o /dev/null -w '%{http_code} %{ssl_verify_result}\\n' -m 10 -x ${ready.proxy} https://shakedown.test/ca.pem`;
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const upgrade = `-H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: ${key}'`;
    const handshake = `curl -s -N --http1.1 -o /dev/null -w '%{http_code}\\n' -m 1 -x ${ready.proxy} ${upgrade} 'https://shakedown.test/echo?nonce=00112233445566778899'`;
    const script = [
      'for d in /usr/local/share/ca-certificates /etc/ssl/certs /etc/ca-certificates/update.d; do mount -t tmpfs none $d || exit 99; done',
      'update-ca-certificates >/dev/null 2>&1',
      visit,
      `${cli} ca install --yes --ca-dir ${flag[1]} >/dev/null 2>&1; echo installed $?`,
      `${cli} ca path --json --ca-dir ${flag[1]} | grep -o '"store":"[a-z]*"'`,
      visit,
      handshake,
      `${cli} ca uninstall --yes --ca-dir ${flag[1]} >/dev/null 2>&1; echo uninstalled $?`,
      visit,
      'ls -A /usr/local/share/ca-certificates; ls /etc/ssl/certs | grep -c shakedown',
    ].join('\n');
    const { stdout } = spawnSync('unshare', ['-m', 'sh', '-c', script], { encoding: 'utf8', env: environment(folder) });
    expect(stdout.split('\n')).toEqual(['000 20', 'installed 0', '"store":"system"', '200 0', '101', 'uninstalled 0', '000 20', '0', '']);
    await stop();
  }, 60_000);

  it('is left to root by anyone else', () => {
    if (process.getuid?.() !== 0 || spawnSync('setpriv', ['--version']).status !== 0)
      return console.log('skipped: cannot become another user');
    const home = join(folder, 'nobody');
    mkdirSync(home);
    chownSync(home, 65_534, 65_534);
    // The test's folder is root's own; this one user must get through it.
    execFileSync('chmod', ['711', folder]);
    const as = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const asked = spawnSync('setpriv', [...as, process.execPath, program, 'ca', 'install', '--yes'], {
      encoding: 'utf8',
      cwd: '/',
      env: { ...environment(home), HOME: home },
    });
    if (asked.stderr.includes('EACCES')) return console.log('skipped: this checkout is not readable by other users');
    expect(asked.status).toBe(1);
    expect(asked.stdout).toMatch(
      /^ {2}sudo cp .*ca\.pem \/usr\/local\/share\/ca-certificates\/shakedown-[0-9a-f]{8}\.crt\n {2}sudo update-ca-certificates\n$/,
    );
    expect(asked.stderr).toContain('Nothing was done');
  });
});
