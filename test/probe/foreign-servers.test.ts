import { describe, expect, it } from 'vitest';
import { acceptFor } from '../../src/wire/accept-key.js';
import { readHead, send, silence, startRawServer } from '../support/raw-server.js';
import { foreignServers } from './foreign-servers.support.js';
import { codesOf, examine, startUpgradeServer } from './support.js';

/** What servers in C, C++, Java and Go do otherwise than those of Node: each was seen by a real one. */
describe('a server that hangs up in place of an answer', () => {
  it('may have looked at the Origin', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ headers }) => (headers.origin === 'https://evil.example' ? 'fin' : 101) });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { origin: 'https://evil.example' });
    expect(report.findings[0]).toMatchObject({ code: 'origin.rejected', cause: 'origin', confidence: 0.98 });
  });

  it.each(['fin', 'reset'] as const)('may have had no room for the cookies (%s)', async (how) => {
    await using server = await startUpgradeServer({ upgrade: ({ headers }) => ((headers.cookie ?? '').length > 4000 ? how : 101) });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers: [['Cookie', `a=${'x'.repeat(5000)}`]] });
    expect(codesOf(report)[0]).toBe('intermediary.header-too-large');
    expect(report.findings[0]?.title).toContain('without the credentials it opens');
  });

  it('may want a subprotocol of its own', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers['sec-websocket-protocol']?.includes('janus-protocol') ? 101 : 'fin'),
      protocols: ['janus-protocol'],
    });
    const none = await examine(`ws://127.0.0.1:${server.port}/`);
    expect(none.findings[0]).toMatchObject({ code: 'server.subprotocol-missing', severity: 'error', confidence: 0.96 });
    const other = await examine(`ws://127.0.0.1:${server.port}/`, { protocols: ['chat'] });
    expect(other.findings[0]).toMatchObject({ code: 'server.subprotocol-mismatch', severity: 'error' });
    expect(codesOf(other)).not.toContain('server.empty-reply');
  });
});

describe('a server that opens, and is not healthy', () => {
  const closeFrame = (code: number, reason: string): Buffer =>
    Buffer.concat([Buffer.from([0x88, 2 + reason.length, code >> 8, code & 0xff]), Buffer.from(reason)]);

  it.each([
    [1011, 'the sky is falling'],
    [1000, ''],
    [1001, 'Idle timeout expired'],
  ])('closes with %i, and keeps the connection until the client has answered', async (code, reason) => {
    const { port, stop } = await foreignServers.closing(({ key }) =>
      Buffer.concat([
        Buffer.from(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptFor(key)}\r\n\r\n`,
        ),
        closeFrame(code, reason),
      ]),
    );
    try {
      const report = await examine(`ws://127.0.0.1:${port}/`, { holdMs: 300 });
      expect(report.ok).toBe(false);
      expect(report.findings[0]).toMatchObject({ code: 'server.close-policy', severity: 'error', confidence: 0.92 });
      if (reason.startsWith('Idle')) expect(report.findings[0]?.fix[0]?.text).toContain('more often than the idle timeout');
    } finally {
      await stop();
    }
  });

  it('chooses none of the subprotocols that it was offered', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { protocols: ['mqtt'] });
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-missing', severity: 'error' });
    expect((await examine(`ws://127.0.0.1:${server.port}/`)).ok).toBe(true);
  });
});

describe('a server that answers', () => {
  it('says 400 on a port of TLS, in words that nobody knows', async () => {
    const { port, stop } = await foreignServers.speaking('HTTP/1.1 400 \r\nContent-Length: 9\r\nConnection: close\r\n\r\nTLS, s.v.p.');
    try {
      const report = await examine(`ws://127.0.0.1:${port}/`);
      expect(report.findings[0]).toMatchObject({ code: 'url.scheme-mismatch-plain-to-tls', cause: 'url', confidence: 0.98 });
    } finally {
      await stop();
    }
  });

  it('and keeps the connection, is not told to have been cut off by hand', async () => {
    await using server = await startRawServer([readHead, send('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'), silence]);
    const report = await examine(`ws://127.0.0.1:${server.port}/no`);
    expect(report.findings[0]).toMatchObject({ code: 'url.not-found', confidence: 0.85 });
    expect(report.findings[0]?.evidence.map(({ what }) => what)).not.toContain('fault');
  });

  it('without a head to the handshake, and with 404 to a plain GET, speaks HTTP', async () => {
    const { port, stop } = await foreignServers.plain((head) =>
      /\r\nUpgrade:/i.test(head)
        ? 'Error 404: Not Found\nNot found'
        : 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    );
    try {
      const report = await examine(`ws://127.0.0.1:${port}/no`);
      expect(codesOf(report)[0]).toBe('url.not-found');
      expect(codesOf(report)).not.toContain('url.wrong-service');
    } finally {
      await stop();
    }
  });
});
