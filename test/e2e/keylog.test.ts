import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainTls } from '../../src/proxy/tls-options.js';
import { startHouse } from '../proxy/support/house.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { greeting } from '../support/clients/outcome.js';
import { runProgram } from '../support/clients/run-program.js';
import { startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { startCapture } from './support/capture.js';
import { testFolder } from './support/folder.js';

// Wireshark's own command line captures both legs of one conversation, and reads them with nothing but the key log.
const tshark = findProgram('tshark');
const folder = testFolder();

describe.skipIf('missing' in tshark)('the key log, read by tshark', () => {
  const path = 'path' in tshark ? tshark.path : '';

  it.each(['TLSv1.3', 'TLSv1.2'] as const)(
    'decrypts the request, the 101 and the messages of both legs, with %s',
    async (maxVersion) => {
      const keylog = join(folder, `${maxVersion}.log`);
      const max = maxVersion === 'TLSv1.2' ? '1.2' : null;
      await using house = await startHouse({ tls: { ...plainTls, keylog, client: { ...plainTls.client, max } } });
      const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
      await using server = await startEchoServer({ tls: { ...serverOptions, maxVersion } });
      const file = join(folder, `${maxVersion}.pcapng`);
      const capture = await startCapture(path, { file, ports: [house.port, server.port], probe: server.port });
      if ('why' in capture) return console.warn(`skipped: tshark cannot capture on loopback here: ${capture.why}`);
      const url = `wss://localhost:${server.port}/decrypted`;
      expect(await withNpmWs({ url, proxy: `http://127.0.0.1:${house.port}`, ca: house.ca })).toMatchObject({ echoed: true });
      await capture.stop();

      /** What tshark reads on one leg: paths, statuses and texts. */
      const read = async (port: number, more: readonly string[] = []): Promise<readonly string[]> => {
        const fields = ['http.request.uri', 'http.response.code', 'websocket.payload.text'].flatMap((name) => ['-e', name]);
        const as = [`tcp.port==${server.port},tls`, `tcp.port==${house.port},http`, `tls.port==${server.port},http`].flatMap((rule) => [
          '-d',
          rule,
        ]);
        const args = ['-r', file, '-n', '-Y', `tcp.port == ${port}`, '-T', 'fields', ...fields, ...as, ...more];
        const { code, stdout, stderr } = await runProgram(path, { args, timeoutMs: 60_000 });
        if (code !== 0) throw new Error(stderr);
        return stdout
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
      };
      const said = ['/decrypted', '101', greeting, greeting];
      const withKeys = ['-o', `tls.keylog_file:${keylog}`];
      expect(await read(house.port, withKeys)).toEqual([`localhost:${server.port}`, '200', ...said]);
      expect(await read(server.port, withKeys)).toEqual(said);
      expect(await read(server.port)).toEqual([]);
    },
    120_000,
  );
});
