import { describe, expect, it } from 'vitest';
import { compare } from '../../src/replay/compare.js';
import { scriptOf } from '../../src/replay/script.js';
import { bye, echoed, hello, recordedBy } from '../proxy/support/forced.js';
import { startHouse } from '../proxy/support/house.js';
import { callHttp2, extendedConnect } from '../proxy/support/http2-caller.js';
import { startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { clientSays, ended, handshake, type Moment, recordedOf, serverSays, switching, tunnel } from './sample.js';

const text = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const connect = text([
  'CONNECT /chat HTTP/2',
  ':protocol: websocket',
  ':scheme: https',
  ':authority: api.test',
  'sec-websocket-version: 13',
  'origin: https://api.test',
]);
const offer: Moment = [6, { type: 'client-hello', hello: { sni: 'api.test', alpn: ['h2', 'http/1.1'], versions: ['TLSv1.3'] } }];
const overHttp2 = (...answer: readonly string[]) =>
  recordedOf([
    ...tunnel,
    offer,
    ...handshake({ request: connect, answer: text(['HTTP/2 200', ...answer]) }),
    [11, clientSays('hi')],
    [12, serverSays('ho')],
    ...ended(50),
  ]);
const overHttp1 = (...fields: readonly string[]) =>
  recordedOf([...tunnel, ...handshake({ answer: switching(...fields) }), [11, clientSays('hi')], [12, serverSays('ho')], ...ended(50)]);
const differences = (recorded: ReturnType<typeof recordedOf>, now: ReturnType<typeof recordedOf>) =>
  compare({ recorded, now, refusedCertificate: false, findingsOf: () => [] }).map(({ where, recorded: one, now: other }) => [
    where,
    one,
    other,
  ]);

describe('a replay of what was recorded over HTTP/2', () => {
  it('sends its handshake as HTTP/1.1, and says so', () => {
    const script = scriptOf(overHttp2());
    if (script.type !== 'script') throw new Error(script.why);
    expect(script.head).toMatch(
      /^GET \/chat HTTP\/1\.1\r\nhost: api\.test\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-key: [\w+/]{22}==\r\nsec-websocket-version: 13\r\norigin: https:\/\/api\.test\r\n\r\n$/,
    );
    expect(script.notes.join()).toContain('sends its handshake as HTTP/1.1');
    expect(scriptOf(overHttp2())).toMatchObject({ head: script.head });
  });

  it('offers no HTTP/2 by ALPN', () => {
    const wss: Moment = [6, { type: 'target', target: { scheme: 'wss', host: 'api.test', port: 443, path: '' }, kind: 'unknown' }];
    const script = scriptOf(recordedOf([...tunnel, wss, offer, [7, { type: 'head', site: 'clientSent', raw: connect }], ...ended(9)]));
    expect(script).toMatchObject({ tls: { alpn: ['http/1.1'] } });
  });

  it('takes 200 and 101 for the same opening', () => {
    expect(differences(overHttp2(), overHttp1())).toEqual([]);
  });

  it('sees another subprotocol, another field and another status', () => {
    expect(differences(overHttp2('sec-websocket-protocol: chat', 'server: a'), overHttp1('Server: b'))).toEqual([
      ['subprotocol', 'chat', 'none'],
      ['response-head', 'server: a', 'server: b'],
    ]);
    const refused = recordedOf([...tunnel, ...handshake({ answer: text(['HTTP/1.1 403 Forbidden', 'Content-Length: 0']) }), ...ended(50)]);
    expect(differences(overHttp2(), refused)[0]).toEqual(['status', 'the WebSocket was opened', '403']);
  });

  it('has the same outcome at a server that speaks both', async () => {
    const own = testCertificate();
    await using server = await startHttp2Server(own);
    await using house = await startHouse({ insecure: ['127.0.0.1'] });
    const client = await callHttp2({ proxyPort: house.port, originPort: server.port, ca: house.ca });
    const { stream, answer, bytes } = client.ask(extendedConnect(`127.0.0.1:${server.port}`));
    await answer;
    stream.write(hello);
    await bytes(echoed.length);
    stream.write(bye);
    await bytes(echoed.length + 4);
    stream.end();
    await client[Symbol.asyncDispose]();
    const [exchange] = await recordedBy(house, client.localPort, 1);
    const result = await house.engine.control.replay(exchange?.id ?? '', []);
    expect(result).toMatchObject({ same: true, differences: [] });
    const replayed = house.all().find(({ id }) => id === result.exchanges[0]);
    expect(replayed).toMatchObject({ status: 101, outcome: 'closed', frames: { fromServer: { messages: 1 } } });
  });
});
