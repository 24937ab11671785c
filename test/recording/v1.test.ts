import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { Exchange } from '../../src/model/exchange.js';
import { urlOf } from '../../src/model/target.js';
import { readExchangeBytes, readExchanges } from '../../src/recording/exchanges.js';
import { readRecording } from '../../src/recording/reader.js';
import { agreedDeflate } from '../../src/wire/extensions.js';
import { createMessageReader } from '../../src/wire/messages.js';

/** Written by shakedown 0.1.0 and never changed since: test/recordings/README.md says what it holds. */
const file = fileURLToPath(new URL('../recordings/v1.jsonl', import.meta.url));

const readAll = async (): Promise<readonly Exchange[]> => {
  const found: Exchange[] = [];
  for await (const { exchange } of readExchanges(file)) found.push(exchange);
  return found;
};

const summary = ({ entrance, kind, target, status, outcome, frames, applied }: Exchange) =>
  [
    entrance ?? '-',
    kind,
    target ? urlOf(target) : '-',
    status,
    outcome,
    `${frames.fromClient.messages}/${frames.fromServer.messages}`,
    ...applied.map(({ id }) => id),
  ].join(' ');

describe('a recording of format version 1', () => {
  it('is read whole: no line is damaged, unknown or torn', async () => {
    const types = new Set<Event['type']>();
    const reading = await readRecording(file, { onEvent: ({ type }) => types.add(type) });
    expect(reading).toMatchObject({ first: { version: 1, shakedown: '0.1.0' }, events: 275, unknown: 0, damaged: 0, torn: false });
    expect([...types].sort()).toEqual(
      [
        ...['armed', 'bytes', 'client-hello', 'closed', 'dial', 'dial-failed', 'dialled', 'disarmed', 'end', 'entrance', 'entrance-reply'],
        ...['fault', 'head', 'listening', 'mirrored', 'not-a-head', 'notice', 'opened', 'refused', 'resolved', 'target', 'tls'],
        ...['tls-failed', 'tls-start'],
      ].sort(),
    );
  });

  it('folds into the exchanges that it held when it was written', async () => {
    expect((await readAll()).map(summary)).toEqual([
      'connect websocket ws://127.0.0.1:35799/chat 200 refused 0/0 drop-upgrade',
      'connect websocket ws://127.0.0.1:35799/chat?room=1 101 closed 5/5',
      'connect websocket wss://echo.localhost:35655/chat 101 closed 1/1',
      'connect websocket ws://127.0.0.1:35799/chat 403 refused 0/0',
      'connect unknown wss://echo.localhost:35655 0 failed 0/0 bad-cert',
      'absolute websocket ws://127.0.0.1:35799/chat 403 refused 0/0 wrong-origin',
      'connect unknown wss://self.localhost:42201 0 failed 0/0',
      'connect unknown tcp://127.0.0.1:9 0 failed 0/0',
      'connect unknown wss://127.0.0.1:35799 0 failed 0/0',
      'connect websocket ws://127.0.0.1:38137/chat 0 failed 0/0',
      'connect websocket ws://127.0.0.1:35799/early 101 closed 0/0',
      'absolute http http://127.0.0.1:35799/page 200 answered 0/0',
      'absolute websocket ws://127.0.0.1:35799/chat 0 failed 0/0',
      'socks5 tunnel tcp://127.0.0.1:36189 0 tunnelled 0/0',
      '- unknown - 0 answered 0/0',
      '- unknown - 0 failed 0/0',
      'connect websocket ws://127.0.0.1:35799/reset 101 closed 1/1',
    ]);
  });

  it('keeps both legs apart: heads, certificates, ends', async () => {
    const [dropped, , secure, , expired, , selfSigned] = await readAll();
    expect(dropped?.heads.clientSent?.raw).toMatch(/\r\nUpgrade: websocket\r\n/);
    expect(dropped?.heads.serverGot?.raw).not.toMatch(/\r\nUpgrade:/);
    expect(dropped?.heads.clientGot).toEqual(dropped?.heads.serverSent);
    expect(secure?.server?.tls).toMatchObject({ version: 'TLSv1.3', authorized: true, chain: [{ subject: 'CN=echo.localhost' }] });
    expect(secure?.client.tls?.chain[0]).toMatchObject({ subject: 'O=shakedown, CN=echo.localhost', dnsNames: ['echo.localhost'] });
    expect(secure?.frames.fromClient.close).toEqual({ code: 4001, reason: 'done here' });
    expect(expired?.client.tlsFailure?.chain[0]?.notAfter).toBe('2026-11-21T20:23:40.000Z');
    expect(selfSigned?.mirrored).toEqual({ defects: ['self-signed'], possible: true });
  });

  it('gives the messages of a compressed conversation', async () => {
    const exchange = (await readAll())[1];
    const deflate = agreedDeflate([exchange?.heads.clientSent ?? null], exchange?.heads.clientGot ?? null);
    const reader = createMessageReader({ from: 'client', deflate });
    const said: string[] = [];
    for await (const batch of readExchangeBytes(file, { id: '2' })) {
      for (const { from, chunk } of batch) {
        if (from !== 'client') continue;
        for (const { type, bytes, frames } of reader.push(chunk)) said.push(`${type} ${frames} ${Buffer.from(bytes).toString()}`);
      }
    }
    expect(said).toEqual([
      'text 1 hello',
      'text 1 Grüße, 世界 🌍',
      `binary 1 ${Buffer.from([0, 1, 2, 253, 254, 255]).toString()}`,
      `text 1 ${'again and again '.repeat(64)}`,
      'text 3 in three frames, one message',
      'ping 1 are you there?',
      'close 1 \u0003\ufffdbye',
    ]);
  });
});
