import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.js';
import { environment, program, runCli } from './support/shakedown.js';

const folder = testFolder();

/** A network of its own, in which 192.0.2.9 (RFC 5737) is this machine's and nobody else's address: no packet gets out of it. */
const namespace = spawnSync('unshare', ['--net', 'sh', '-c', 'ip link set lo up && ip addr add 192.0.2.9/32 dev lo'], { encoding: 'utf8' });
const canNamespace = namespace.status === 0 && spawnSync('curl', ['--version']).status === 0;
if (!canNamespace) console.warn(`skipped: no network namespace or no curl here (${namespace.stderr ?? namespace.error?.message ?? ''})`);

/** Starts shakedown in such a network, and then runs the lines; $PROXY is its port on the other address, $PASSWORD what it told on stderr. */
const inNetwork = (name: string, flags: string, lines: string, env: Readonly<Record<string, string>> = {}) => {
  const script = `
    ip link set lo up && ip addr add 192.0.2.9/32 dev lo
    "$NODE" -e 'require("http").createServer((_, answer) => answer.end("ok")).listen(3000, "127.0.0.1")' & server=$!
    "$NODE" "$PROGRAM" start --port 0 --no-ui --ready-file ${name}.ready --record ${name}.jsonl ${flags} >${name}.out 2>${name}.err & pid=$!
    until [ -s ${name}.ready ]; do kill -0 $pid || exit 9; sleep 0.05; done
    until (: </dev/tcp/127.0.0.1/3000) 2>/dev/null; do sleep 0.05; done
    PROXY=http://192.0.2.9:$(sed -E 's/.*"proxy":"http[^"]*:([0-9]+)".*/\\1/' ${name}.ready)
    PASSWORD=$(sed -nE 's/.* the password ([^,]+),.*/\\1/p' ${name}.err)
    cp ${name}.ready ${name}.told
    ask() { curl --silent --max-time 10 --output /dev/null --write-out '%{http_code} %{http_connect} %{num_connects} %{exitcode}\\n' --noproxy '' "$@" 2>/dev/null; }
    ${lines}
    kill -INT $pid; wait $pid; kill $server`;
  const { stdout, stderr, status } = spawnSync('unshare', ['--net', 'bash', '-c', script], {
    cwd: folder,
    env: environment(folder, { NODE: process.execPath, PROGRAM: program, ...env }),
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status === 9 || stdout === '') throw new Error(stderr);
  const read = (ending: string) => readFileSync(join(folder, `${name}.${ending}`), 'utf8');
  return {
    said: stdout.trim().split('\n'),
    out: read('out'),
    err: read('err'),
    recording: read('jsonl'),
    // The program takes its ready file away when it ends.
    ready: JSON.parse(read('told')),
  };
};

describe.skipIf(!canNamespace)('a proxy that listens on every address', () => {
  it('wants the password that it told on stderr, and closes its own machine to others', () => {
    const { said, out, err, recording, ready } = inNetwork(
      'told',
      '--host 0.0.0.0 --allow-lan --json',
      `ask --proxy $PROXY http://127.0.0.1:3000/
       ask --proxy $PROXY --proxy-user shakedown:wrong http://127.0.0.1:3000/
       ask --proxy $PROXY --proxy-user "shakedown:$PASSWORD" --proxy-anyauth http://127.0.0.1:3000/
       ask --proxy $PROXY --proxy-user "shakedown:$PASSWORD" --proxytunnel http://169.254.169.254/latest/meta-data/
       ask --proxy $PROXY --proxy-user "shakedown:$PASSWORD" http://192.0.2.9:3000/
       ask --proxy "socks5h://shakedown:$PASSWORD@\${PROXY#http://}" http://localhost:3000/
       ask --proxy "socks5h://shakedown:wrong@\${PROXY#http://}" http://localhost:3000/
       ask --proxy "socks4a://\${PROXY#http://}" http://localhost:3000/
       ask $PROXY/
       ask --proxy \${PROXY/192.0.2.9/127.0.0.1} http://127.0.0.1:3000/
       echo "$PASSWORD"`,
    );
    const password = said.at(-1) ?? '';
    // Status, status of CONNECT, connections that were made, curl's exit code.
    expect(said.slice(0, -1)).toEqual([
      '407 000 1 0',
      '407 000 1 0',
      // One connection: the answer to the first request left it usable.
      '403 000 1 0',
      '000 403 1 56',
      '403 000 1 0',
      '000 000 1 97',
      '000 000 1 97',
      '000 000 1 97',
      '403 000 1 0',
      '200 000 1 0',
    ]);
    expect(password).toMatch(/^[\w-]{22}$/);
    expect(err.match(new RegExp(password, 'g'))).toHaveLength(1);
    // What a client says is on record as it came; of our own words none has it.
    const own = (out + recording).split('\n').filter((line) => !/"exchange":"\d/.test(line));
    expect(own.length).toBeGreaterThan(4);
    expect(own.join()).not.toContain(password);
    expect(ready.proxy).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(out).toMatch(/"level":"warning","text":"shakedown listens beyond this machine, on 0\.0\.0\.0:\d+:/);
  });

  it('opens its own machine with --allow-lan=private, and reverse mode with --allow-from', () => {
    const { said, ready, err } = inNetwork(
      'open',
      '--host 192.0.2.9 --allow-lan=private --allow-from 192.0.2.0/24 --reverse http://127.0.0.1:3000',
      `ask --proxy "http://me:se%3Acret@\${PROXY#http://}" http://127.0.0.1:3000/
       ask --proxy "http://me:se%3Acret@\${PROXY#http://}" --proxytunnel http://127.0.0.1:3000/
       ask --proxy "socks5h://me:se%3Acret@\${PROXY#http://}" http://localhost:3000/
       ask --proxy "http://me:secret@\${PROXY#http://}" http://127.0.0.1:3000/
       ask $PROXY/`,
      { SHAKEDOWN_PROXY_AUTH: 'me:se:cret' },
    );
    expect(said).toEqual(['200 000 1 0', '200 200 1 0', '200 000 1 0', '407 000 1 0', '200 000 1 0']);
    expect(ready.proxy).toMatch(/^http:\/\/me:se%3Acret@192\.0\.2\.9:\d+$/);
    expect(err).not.toContain('password');
  });

  it('turns away who is not listed, before a byte is said', () => {
    const { said, out } = inNetwork(
      'listed',
      '--host 0.0.0.0 --allow-lan --allow-from 192.0.2.77',
      'ask --proxy $PROXY http://127.0.0.1:3000/',
    );
    expect(said).toEqual([expect.stringMatching(/^000 000 \d (?:7|56)$/)]);
    expect(out).toContain('A client at 192.0.2.9 was turned away: it is not within --allow-from.');
  });
});

describe('a proxy that other machines could reach', () => {
  it.each([
    ['--host 0.0.0.0', 'add --allow-lan, with which other machines need a password'],
    ['--host 192.0.2.9 --proxy-auth a:b', 'add --allow-lan'],
    ['--host 0.0.0.0 --allow-lan --proxy-auth hunter2', '--proxy-auth is no USER:PASSWORD'],
  ])('is not started by %s', async (flags, why) => {
    const { code, stderr } = await runCli(folder, ['start', '--no-ui', '--port', '0', ...flags.split(' ')]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('hunter2');
  });
});
