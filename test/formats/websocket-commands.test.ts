import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { websocat } from '../../src/formats/commands/websocat.js';
import { wscat } from '../../src/formats/commands/wscat.js';
import type { Target } from '../../src/model/target.js';
import { testFolder } from '../e2e/support/folder.js';
import { findProgram } from '../support/find.js';
import { hostileTexts, runScript } from './support/hostile.js';
import { commandsOf, exchangeOf, message, recordedOf } from './support/recorded.js';

const target: Target = { scheme: 'ws', host: 'api.test', port: 80, path: '/chat?room=1' };
const upgrade = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];
const request = (...fields: readonly string[]): string =>
  `${['GET /chat?room=1 HTTP/1.1', 'Host: api.test', ...upgrade, ...fields].join('\r\n')}\r\n\r\n`;
const fields = ['Origin: https://app.example', 'Sec-WebSocket-Protocol: chat, v2', 'Cookie: a=1', 'X-Umlaut: \xc3\xa9'];
const said = ['hello', 'two\nlines', '', "it's"];
const exchange = exchangeOf(request(...fields), { target, answer: 'HTTP/1.1 101 Switching Protocols\r\n\r\n' });
const recorded = recordedOf(exchange, [
  ...said.map((text) => message(text)),
  message('from the server', { from: 'server' }),
  message(Uint8Array.of(1, 2), { type: 'binary' }),
  message('', { type: 'ping' }),
]);

describe('the websocat command of an exchange', () => {
  it('says the handshake with the flags of websocat 1, and what the client sent in lines', async () => {
    expect((await commandsOf(websocat, [recorded])).trim().split('\n')).toEqual([
      "# 'exchange 1: ws://api.test/chat?room=1, 101, closed'",
      "# '3 of the messages that the client sent are left out: only a few texts of one line fit into a command for websocat'",
      '{',
      "  printf '%s\\n' 'hello'; sleep 1",
      "  printf '%s\\n' 'it'\\''s'; sleep 1",
      '} | websocat --text --no-close --linemode-strip-newlines \\',
      "  --origin='https://app.example' \\",
      "  --protocol='chat, v2' \\",
      "  -H='Cookie: a=1' \\",
      "  -H='X-Umlaut: é' \\",
      "  'ws://api.test/chat?room=1'",
    ]);
  });

  it('stops at fifty texts and at 16 KiB', async () => {
    const many = await commandsOf(websocat, [
      recordedOf(
        exchange,
        Array.from({ length: 60 }, () => message('x')),
      ),
    ]);
    expect(many.match(/printf/g)).toHaveLength(50);
    expect(many).toContain("# '10 of the messages");
    const long = await commandsOf(websocat, [recordedOf(exchange, [message('x'.repeat(20_000))])]);
    expect(long).toContain("# '1 of the messages that the client sent is left out");
  });
});

describe('the wscat command of an exchange', () => {
  it('says the handshake with the flags of wscat 6, and the first text', async () => {
    expect((await commandsOf(wscat, [recorded])).trim().split('\n')).toEqual([
      "# 'exchange 1: ws://api.test/chat?room=1, 101, closed'",
      "# 'the client sent 4 more: wscat sends one by itself, so take --wait and --execute away to type them'",
      "wscat --connect 'ws://api.test/chat?room=1' \\",
      "  --origin 'https://app.example' \\",
      "  --subprotocol 'chat' \\",
      "  --subprotocol 'v2' \\",
      "  --header 'Cookie:a=1' \\",
      "  --header 'X-Umlaut:Ã©' \\",
      "  --wait 2 --execute 'hello'",
    ]);
  });

  it('says so where the recorded handshake is one that no such client makes', async () => {
    const odd = `GET /a/../b HTTP/1.1\r\nHost: other.test\r\nSec-WebSocket-Protocol: a b\r\n\r\n`;
    const command = await commandsOf(wscat, [recordedOf(exchangeOf(odd, { target }))]);
    for (const note of ['lacked a field', 'another path', 'subprotocols are no proper list']) expect(command).toContain(note);
    expect(command).toContain("--host 'other.test'");
  });
});

describe.each([
  ['websocat', websocat],
  ['wscat', wscat],
])('%s', (name, format) => {
  it('has no command for what is no WebSocket', async () => {
    const page = exchangeOf('GET / HTTP/1.1\r\nHost: a\r\n\r\n', { target: { ...target, scheme: 'http' }, kind: 'http' });
    expect(await commandsOf(format, [recordedOf(page)])).toMatch(/no command, it is no WebSocket'\n$/);
  });

  const sh = findProgram('sh');
  const folder = testFolder();
  it.skipIf('missing' in sh)('is one command whose every captured word is one argument, whatever was captured', async () => {
    if ('missing' in sh) return;
    const many = hostileTexts.map((text, at) =>
      recordedOf(exchangeOf(request(`X-A: v${text}w`, `Origin: o${text}p`), { target, id: `${at}` }), [
        message(Buffer.from(text, 'latin1')),
      ]),
    );
    const stub = `${name}() { for word do printf '%s\\0' "$word"; done; printf '\\n\\0'; }\nsleep() { :; }\n`;
    const wrote = await runScript(sh.path, stub + (await commandsOf(format, many)), { cwd: folder });
    const calls = wrote.toString('latin1').split('\0\n\0').slice(0, -1);
    expect(calls).toHaveLength(hostileTexts.length);
    for (const [at, call] of calls.entries()) {
      const words = call.split('\0');
      const text = hostileTexts[at] ?? '';
      const bytes = name === 'websocat' ? text : Buffer.from(text, 'utf8').toString('latin1');
      const sendable = !/[\x80-\xff]/.test(text) || Buffer.from(text, 'latin1').toString('utf8').includes('\ufffd') === false;
      const expected = name === 'websocat' ? [`--origin=o${bytes}p`, `-H=X-A: v${bytes}w`] : [`o${bytes}p`, `X-A:v${bytes}w`];
      if (sendable) for (const word of expected) expect(words).toContain(word);
      expect(words.filter((word) => word.startsWith('ws://'))).toEqual(['ws://api.test/chat?room=1']);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
