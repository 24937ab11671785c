import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shakedown, startShakedown } from '../../../src/index.js';
import { withChromium } from '../../support/clients/chromium.js';
import { withNpmWs } from '../../support/clients/npm-ws.js';
import type { Attempt, Outcome } from '../../support/clients/outcome.js';
import { withPythonWebsockets } from '../../support/clients/python-websockets.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { findChromium, findModule } from '../../support/find.js';

// docs/fault-observations.md has what each client says in the usual scene, without compression and of the server's frames. This is the rest.
const folder = mkdtempSync(join(tmpdir(), 'shakedown-frames-'));
const chromium = findChromium();
const python = findModule('/usr/bin/python3', 'websockets');
let server: EchoServer;
let shakedown: Shakedown;

beforeAll(async () => {
  server = await startEchoServer({ deflate: true });
  shakedown = await startShakedown({ seed: 7, caDir: folder });
});
afterAll(async () => {
  await shakedown.stop();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const under = async (choice: string, drive: (attempt: Attempt) => Promise<Outcome>): Promise<Outcome> => {
  const armed = await shakedown.arm(choice);
  try {
    return await drive({ url: server.url, proxy: shakedown.proxy, timeoutMs: 15_000 });
  } finally {
    await armed.disarm();
  }
};

describe('compressed frames that nobody can read', () => {
  it('ws says so', async () => {
    expect(await under('corrupt-deflate', withNpmWs)).toMatchObject({ echoed: false, error: 'invalid block type', closeCode: 1006 });
    expect(await under('deflate-bomb:mebibytes=128,message=0', withNpmWs)).toMatchObject({ error: 'Max payload size exceeded' });
  });

  it.skipIf('missing' in python)(
    'Python websockets says so, and of a bomb already from a MiB on',
    async () => {
      if (!('path' in python)) return;
      const drive = (attempt: Attempt) => withPythonWebsockets(python.path, attempt);
      expect((await under('corrupt-deflate', drive)).error).toContain('sent 1002 (protocol error)');
      expect((await under('deflate-bomb:mebibytes=2,message=0', drive)).error).toContain('sent 1009 (message too big)');
    },
    60_000,
  );

  it.skipIf('missing' in chromium)(
    'Chromium says so, and takes a bomb',
    async () => {
      if (!('path' in chromium)) return;
      const drive = (attempt: Attempt) => withChromium(chromium.path, attempt);
      expect(await under('corrupt-deflate', drive)).toMatchObject({
        closeCode: 1006,
        error: expect.stringContaining('Invalid frame header'),
      });
      expect(await under('deflate-bomb:mebibytes=2,message=0', drive)).toMatchObject({ opened: true, closeCode: 1000, error: '' });
    },
    60_000,
  );
});

describe('frames of the client that the server must not take', () => {
  it.each([
    ['unmask-frame', 1002, 'frame.unmasked-from-client'],
    ['reserved-bit:bits=2,from=client', 1002, 'frame.rsv'],
    ['reserved-opcode:from=client', 1002, 'frame.opcode'],
    ['long-control:from=client,message=0', 1002, 'frame.control-too-long'],
    ['corrupt-deflate:from=client', 1007, 'frame.compression'],
    ['odd-length:from=client,form=huge', 1009, 'frame.too-big'],
  ])('%s: the server closes with %i, and it is found', async (choice, code, finding) => {
    const known = (await shakedown.exchanges()).length;
    expect(await under(choice, withNpmWs)).toMatchObject({ opened: true, echoed: false, closeCode: code });
    const row = (await shakedown.exchanges())[known];
    const found = row && (await shakedown.exchange(row.id));
    expect(found?.findings[0]).toMatchObject({ code: finding, culprit: `shakedown's fault ${choice.split(':')[0]}` });
  });

  it('wrong-mask-key: a compressed text is garbled as well', async () => {
    expect((await under('wrong-mask-key', withNpmWs)).closeCode).toBe(1007);
  });
});
