import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedExchanges } from '../../../src/formats/recorded-exchanges.js';
import { frame } from '../../proxy/support/frames.js';
import { startHouse } from '../../proxy/support/house.js';
import { callHttp2, extendedConnect } from '../../proxy/support/http2-caller.js';
import { socksUpstream } from '../../proxy/support/scripted-upstreams.js';
import { echo, http, keep, talk, through, tidy } from '../../proxy/support/upstream-talk.js';
import { startHttp2Server } from '../../support/http2-server.js';
import { testCertificate } from '../../support/test-certificate.js';
import { framesOf, writeCapture } from './support/capture.js';
import { answer, begun, bytes, type Happening, happened, heads } from './support/events.js';
import { faultsOf, found, rows, webSockets } from './support/tshark.js';

const missing = Object.values(found).some((one) => 'missing' in one);
const recordings = new URL('../../recordings/', import.meta.url);
const hello = frame({ opcode: 1, payload: 'hello', masked: true }).toString('latin1');

// Each run of tshark takes a second, and several on a busy machine.
describe.skipIf(missing)('tshark', { timeout: 60_000 }, () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shakedown-pcapng-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  tidy();

  it.each(readdirSync(recordings).filter((name) => name.endsWith('.jsonl')))(
    'shows our frames of the recording %s, and holes only where we have none',
    async (name) => {
      const recording = new URL(name, recordings).pathname;
      await writeCapture(recording, path('canned.pcapng'));
      const ours = await framesOf(recording);
      const theirs = await webSockets(path('canned.pcapng'));
      for (const leg of ['client', 'server'])
        expect(theirs.filter((stream) => stream.leg === leg).map(({ frames }) => frames)).toEqual(ours);
      let ownAnswers = 0;
      for await (const { exchange } of recordedExchanges(recording)) ownAnswers += exchange.refusal ? 1 : 0;
      const { bad, holes } = await faultsOf(path('canned.pcapng'));
      expect({ bad, holes: holes.length }).toEqual({ bad: [], holes: ownAnswers });
    },
  );

  it('finds HTTP and WebSocket whatever port the server and the client have', async () => {
    const ports = [80, 443, 1080, 3000, 3306, 5432, 5900, 6000, 6379, 7000, 8080, 8443, 9092, 9229, 27_017, 44_818, 57_000, 65_535];
    const exchanges = ports.flatMap((port, index) => {
      const happenings: Happening[] = [
        ...begun(port),
        ...heads(answer),
        bytes('client', hello),
        { type: 'closed', client: { in: 0, out: 0 }, server: null },
      ];
      return happenings.map((happening): Happening => {
        // The client's port is one that Wireshark gives to another protocol.
        const moved =
          happening.type === 'opened'
            ? { ...happening, connection: index, peer: { address: '10.0.0.7', port: ports[ports.length - 1 - index] ?? 1 } }
            : happening;
        return { ...moved, exchange: String(index + 1) };
      });
    });
    await writeCapture(happened(exchanges), path('ports.pcapng'));
    const streams = await webSockets(path('ports.pcapng'));
    expect(streams.map(({ texts }) => texts)).toEqual(new Array(2 * ports.length).fill(['hello']));
    const shown = await rows(path('ports.pcapng'), 'websocket && frame.interface_name == "server leg"', 'tcp.dstport');
    expect(shown.flat().map(Number)).toEqual([80, 443, 80, 3000, 80, 80, 80, 80, 80, 80, 8080, 8443, 80, 9229, 27_017, 80, 80, 65_535]);
  });

  it.each(['http', 'socks5'] as const)(
    'reads the talk with an upstream proxy by %s, and the handshake inside its tunnel',
    async (scheme) => {
      const recording = path(`${scheme}.jsonl`);
      const server = await echo();
      const upstream = scheme === 'http' ? await http() : keep(await socksUpstream({ permit: () => true }));
      const house = await through(`${scheme}://user:secret@127.0.0.1:${upstream.port}`, {}, { record: { type: 'file', path: recording } });
      await talk(house, 'connect', server.port);
      await house.engine.control.stop();
      await writeCapture(recording, path('upstream.pcapng'));

      const proxied = await rows(
        path('upstream.pcapng'),
        'frame.interface_name == "server leg" && (socks || http)',
        'http.request.method',
        'http.response.code',
        'socks.results',
        'tcp.stream',
      );
      const talkWords =
        scheme === 'http'
          ? [
              ['CONNECT', '', ''],
              ['', '200', ''],
            ]
          : [
              ['', '', ''],
              ['', '', ''],
              ['', '', ''],
              ['', '', ''],
              ['', '', ''],
              ['', '', '0'],
            ];
      expect(proxied.map((row) => row.slice(0, 3))).toEqual([...talkWords, ['GET', '', ''], ['', '101', '']]);
      expect(new Set(proxied.map(([, , , stream]) => stream)).size).toBe(2);
      expect(await faultsOf(path('upstream.pcapng'))).toEqual({ bad: [], holes: [] });
    },
  );

  it('reads a stream of HTTP/2 as HTTP/2, its WebSocket frames as DATA', async () => {
    const recording = path('two.jsonl');
    const server = keep(await startHttp2Server(testCertificate()));
    const house = keep(await startHouse({ insecure: ['127.0.0.1'], record: { type: 'file', path: recording } }));
    const client = await callHttp2({ proxyPort: house.port, originPort: server.port, ca: house.ca });
    const one = client.ask(extendedConnect(`127.0.0.1:${server.port}`), { open: true });
    await one.answer;
    one.stream.write(Buffer.from(hello, 'latin1'));
    await one.bytes(7);
    one.stream.write(frame({ opcode: 8, payload: Buffer.of(3, 232), masked: true }));
    one.stream.end();
    await one.bytes(11);
    const other = client.ask({ ':method': 'GET', ':path': '/page' });
    await other.body;
    await client[Symbol.asyncDispose]();
    await house.exchanges(client.localPort, 2);
    await house.engine.control.stop();
    await writeCapture(recording, path('two.pcapng'));

    const fields = ['http2.headers.method', 'http2.headers.path', 'http2.settings.extended_connect', 'http2.data.data', 'http2.streamid'];
    const seen = await rows(path('two.pcapng'), 'http2', 'frame.interface_name', ...fields);
    expect(seen.filter(([, method]) => method !== '').map(([leg, method, name, , , stream]) => [leg, method, name, stream])).toEqual([
      ['client leg', 'CONNECT', '/chat', '1'],
      ['server leg', 'CONNECT', '/chat', '1'],
      ['client leg', 'GET', '/page', '3'],
      ['server leg', 'GET', '/page', '3'],
    ]);
    for (const leg of ['client leg', 'server leg']) {
      const own = seen.filter(([name]) => name === leg);
      expect(own.filter(([, , , extended]) => extended === '1')).toHaveLength(2);
      expect(own.map(([, , , , data]) => data)).toContain(Buffer.from(hello, 'latin1').toString('hex'));
    }
    expect(await faultsOf(path('two.pcapng'))).toEqual({ bad: [], holes: [] });
  });
});
