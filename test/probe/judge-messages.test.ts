import { describe, expect, it } from 'vitest';
import { startFold } from '../../src/fold/fold.js';
import { judgeMessages } from '../../src/probe/judge-messages.js';

const at = '2026-11-23T12:00:00.000000Z';
/** A text message of one byte that is no UTF-8. */
const chunk = Buffer.from('8101ff', 'hex');

const codesOf = (status: string | null): string[] => {
  const fold = startFold('one');
  if (status !== null) {
    const target = { scheme: 'wss', host: 'app.example', port: 443, path: '/' } as const;
    fold.apply({ at, exchange: 'one', type: 'target', target, kind: 'websocket' });
    fold.apply({ at, exchange: 'one', type: 'head', site: 'serverSent', raw: `HTTP/1.1 ${status}\r\n\r\n` });
    fold.apply({ at, exchange: 'one', type: 'head', site: 'clientGot', sameAs: 'serverSent' });
  }
  const exchange = judgeMessages({ exchange: fold.exchange, chunks: [{ from: 'server', chunk, atMs: 0 }] });
  return exchange.frames.fromServer.defects.map(({ code }) => code);
};

describe("the server's bytes", () => {
  it('are messages behind a 101', () => {
    expect(codesOf('101 Switching Protocols')).toEqual(['utf8']);
  });

  it('are none in a tunnel whose TLS nobody opened', () => {
    expect(codesOf(null)).toEqual([]);
  });
});
