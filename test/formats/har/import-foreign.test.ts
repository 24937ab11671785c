import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RecordedExchange } from '../../../src/formats/format.js';
import { importFile } from '../../../src/formats/import.js';
import { field } from '../../../src/model/head.js';
import { urlOf } from '../../../src/model/target.js';
import { importedNotes } from '../../../src/views/imported-wording.js';
import { exchangesOf, scratch } from '../support/files.js';

const sample = (name: string): string => fileURLToPath(new URL(`samples/${name}.har`, import.meta.url));

const imported = async (path: string) => {
  const to = join(scratch(), 'imported.jsonl');
  const result = await importFile(path, { to, shakedown: '0.1.0' });
  return { result, exchanges: await exchangesOf(to) };
};
const summary = ({ exchange, findings }: RecordedExchange): string => {
  const { target, status, outcome, frames } = exchange;
  const url = target ? urlOf(target).replace(/:\d+\//, '/') : '-';
  return `${url} ${status} ${outcome} ${frames.fromClient.messages}/${frames.fromServer.messages} ${findings.map(({ code }) => code).join(' ')}`.trim();
};
const at = (exchanges: readonly RecordedExchange[], path: string): RecordedExchange => {
  const found = exchanges.find(({ exchange }) => exchange.target?.path.startsWith(path));
  if (!found) throw new Error(`no exchange of ${path}`);
  return found;
};
const textsOf = async (recorded: RecordedExchange): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const batch of recorded.messages())
    found.push(
      ...batch.map(
        ({ message }) => `${message.from} ${message.type} ${Buffer.from(message.bytes).toString(message.type === 'text' ? 'utf8' : 'hex')}`,
      ),
    );
  return found;
};

describe('a HAR of Chromium', () => {
  it('becomes exchanges with messages: a healthy one has no finding, a refused one has the finding of its status', async () => {
    const { result, exchanges } = await imported(sample('chrome'));
    expect(result).toMatchObject({ exchanges: 7, messages: 6, skipped: [] });
    expect(exchanges.map(summary).sort()).toEqual([
      'http://127.0.0.1/bin 200 answered 0/0',
      'http://127.0.0.1/post 201 answered 0/0',
      'ws://127.0.0.1/chat?room=1 101 closed 2/2',
      'ws://127.0.0.1/closed 0 failed 0/0',
      'ws://127.0.0.1/die 0 failed 0/0',
      'ws://127.0.0.1/refuse 403 refused 0/0 server.forbidden origin.rejected',
      'ws://127.0.0.1/stays 101 open 1/1',
    ]);
    expect(await textsOf(at(exchanges, '/chat'))).toEqual([
      'client text hello é 😀',
      'client binary 010203ff',
      'server text hello é 😀',
      'server binary 010203ff',
    ]);
  });

  it('says what it does not hold, and in whose words why there was no answer', async () => {
    const { exchanges } = await imported(sample('chrome'));
    expect(importedNotes(at(exchanges, '/chat').exchange)).toEqual([
      'imported from a HAR of WebInspector 537.36; not recorded: heads byte for byte, two legs (what stands on one stands on both), frames and masks (each message is one frame here), Ping and Pong, the Close',
    ]);
    const refused = at(exchanges, '/refuse').exchange;
    expect(refused.imported?.lacks).toEqual(['response-head', 'raw-heads', 'legs', 'body']);
    expect(importedNotes(refused)[1]).toBe('no answer: Error during WebSocket handshake: Unexpected response code: 403');
    expect(at(exchanges, '/stays').exchange.imported?.lacks).toContain('end');
  });

  it('rebuilds heads from fields, and marks them as rebuilt', async () => {
    const { exchange } = at((await imported(sample('chrome'))).exchanges, '/chat');
    expect(exchange.reserialised).toBe(true);
    expect(exchange.heads.clientSent?.startLine).toBe('GET /chat?room=1 HTTP/1.1');
    expect(exchange.heads.clientSent?.defects).toEqual([]);
    expect(field(exchange.heads.clientGot ?? undefined, 'upgrade')).toBe('websocket');
    expect(exchange.heads.serverSent).toBe(exchange.heads.clientGot);
    expect(exchange.client.peer).toBeNull();
    expect(exchange.client.tls).toBeUndefined();
  });

  it('keeps the content of plain answers as it was decoded', async () => {
    const { exchanges } = await imported(sample('chrome'));
    const chunks: Buffer[] = [];
    for await (const batch of at(exchanges, '/bin').chunks()) chunks.push(...batch.map(({ chunk }) => Buffer.from(chunk)));
    expect(Buffer.concat(chunks)).toEqual(Buffer.from([0, 1, 2, 255, 254]));
  });

  it('that was exported without sensitive data does not make a finding of missing credentials', async () => {
    const path = join(scratch(), 'login.har');
    const log = JSON.parse(readFileSync(sample('chrome-sanitized'), 'utf8'));
    const [entry] = log.log.entries.filter((one: { _resourceType: string }) => one._resourceType === 'websocket');
    entry.response = {
      ...entry.response,
      status: 401,
      statusText: 'Unauthorized',
      headers: [{ name: 'WWW-Authenticate', value: 'Basic' }],
    };
    entry._webSocketMessages = [];
    writeFileSync(path, JSON.stringify({ log: { ...log.log, entries: [entry] } }));
    const [recorded] = (await imported(path)).exchanges;
    expect(recorded?.exchange.imported?.lacks).toContain('credentials');
    expect(recorded?.findings[0]?.code).toBe('server.auth');
    expect(JSON.stringify(recorded?.findings[0]?.evidence)).not.toMatch(/no (Cookie|Authorization) field/);
  });

  it('names why a connection could not be made', async () => {
    const { exchanges } = await imported(sample('chrome-failed'));
    expect(exchanges.map(summary)).toEqual([
      'ws://127.0.0.1/refused 0 failed 0/0 url.refused',
      'ws://no-such-host.invalid/x 0 failed 0/0 url.dns',
      'wss://127.0.0.1/tls 0 failed 0/0',
    ]);
  });
});

describe('a HAR of another tool', () => {
  it('of mitmproxy: a WebSocket has the scheme http, a refusal its body', async () => {
    const { exchanges } = await imported(sample('mitmproxy'));
    expect(exchanges.map(summary).sort()).toEqual([
      'http://127.0.0.1/bin 200 answered 0/0',
      'http://127.0.0.1/post 201 answered 0/0',
      'ws://127.0.0.1/chat?room=1 101 open 2/2',
      'ws://127.0.0.1/die 0 failed 0/0',
      'ws://127.0.0.1/refuse 403 refused 0/0 origin.rejected',
    ]);
    expect(at(exchanges, '/refuse').exchange.body).toBe('Origin not allowed\n');
    expect(at(exchanges, '/chat').exchange.server?.timings.connect).toBeGreaterThan(0);
  });

  it('of Playwright: times of messages are milliseconds, a status of -1 is none, the port of the server is told', async () => {
    const { exchanges } = await imported(sample('playwright'));
    expect(exchanges.map(summary).sort()).toEqual([
      'http://127.0.0.1/bin 200 answered 0/0',
      'http://127.0.0.1/post 201 answered 0/0',
      'ws://127.0.0.1/chat?room=1 101 open 2/2',
      'ws://127.0.0.1/closed 0 failed 0/0',
      'ws://127.0.0.1/die 0 failed 0/0',
      'ws://127.0.0.1/refuse 403 refused 0/0 server.forbidden origin.rejected',
      'ws://127.0.0.1/stays 101 open 1/1',
    ]);
    const chat = at(exchanges, '/chat').exchange;
    expect(new Date(chat.marks.lastByte ?? 0).getUTCFullYear()).toBe(2026);
    expect(at(exchanges, '/bin').exchange.server?.peer?.port).toBe(at(exchanges, '/bin').exchange.target?.port);
  });

  it('of Firefox: messages are not recorded, and nobody takes that for silence', async () => {
    const { exchanges } = await imported(sample('firefox'));
    expect(exchanges.map(summary).sort()).toEqual([
      'http://127.0.0.1/post 200 answered 0/0',
      'ws://127.0.0.1/chat?room=1 101 open 0/0',
      'ws://127.0.0.1/closed 0 failed 0/0',
      'ws://127.0.0.1/die 0 failed 0/0',
      // The page was at another port.
      'ws://127.0.0.1/refuse 403 refused 0/0 origin.mismatch-scheme-port',
    ]);
    expect(at(exchanges, '/chat').exchange.imported?.lacks).toContain('messages');
    expect(at(exchanges, '/refuse').exchange.imported?.lacks).toContain('body');
    expect(at(exchanges, '/chat').exchange.server?.peer?.port).toBe(at(exchanges, '/chat').exchange.target?.port);
  });

  it('of HTTP Toolkit: how it closed is kept, and who closed it stays open', async () => {
    const entry = JSON.parse(readFileSync(sample('mitmproxy'), 'utf8')).log.entries[0];
    const close = (_webSocketClose: unknown) => ({ ...entry, _webSocketClose });
    const path = join(scratch(), 'toolkit.har');
    const entries = [
      close({ code: 1000, reason: 'done', timestamp: entry._webSocketMessages[0].time + 5 }),
      close('aborted'),
      close(undefined),
    ];
    writeFileSync(
      path,
      JSON.stringify({ log: { version: '1.2', creator: { name: 'HTTP Toolkit', version: '1.20' }, entries, _tlsErrors: [] } }),
    );
    const { exchanges } = await imported(path);
    const byId = (id: string) => exchanges.find(({ exchange }) => exchange.id === id);
    expect(byId('1')?.exchange).toMatchObject({
      outcome: 'closed',
      imported: { close: { code: 1000, reason: 'done' } },
      frames: { fromServer: { close: null } },
    });
    expect(byId('1')?.findings).toEqual([]);
    expect(byId('2')?.findings.map(({ code }) => code)).toEqual(['frame.abnormal-close']);
    expect(JSON.stringify(byId('2')?.findings)).not.toContain('leg is open');
    expect(byId('3')?.exchange.outcome).toBe('open');
    expect(byId('3')?.findings).toEqual([]);
  });
});
