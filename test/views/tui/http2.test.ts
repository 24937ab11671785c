import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { legsPane } from '../../../src/views/tui/panes/legs.js';
import { tlsPane } from '../../../src/views/tui/panes/tls.js';
import { exchangeFrom } from '../../support/exchange.js';

const of = (name: string) => exchangeFrom(readFileSync(new URL(`../../cases/${name}.txt`, import.meta.url), 'utf8'));
const textOf = (lines: ReturnType<typeof legsPane>): string => lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

test('a bridged exchange tells which leg is a stream, and that its heads were translated', () => {
  const shown = textOf(legsPane(of('healthy-h2-bridged-client'), 120));
  expect(shown).toMatch(/CLIENT LEG: app 127\.0\.0\.1:50000 · HTTP\/2 stream 1 +│ SERVER LEG: server *\n/);
  expect(shown).toContain('request the server got: translated to HTTP/1.1');
  expect(shown).toContain('answer the client got: translated to HTTP/2');
  expect(shown).toMatch(/CONNECT \/chat HTTP\/2 +~ GET \/chat HTTP\/1\.1/);
});

test('a stream ends by END_STREAM and RST_STREAM, and the GOAWAY of its connection is shown', () => {
  expect(textOf(legsPane(of('h2-abnormal-close'), 140))).toContain('the server reset the stream (RST_STREAM, INTERNAL_ERROR)');
  const gone = of('h2-abnormal-close-goaway');
  expect(textOf(legsPane(gone, 140))).toContain('the server closed (END_STREAM)');
  const table = textOf(tlsPane(gone, 140));
  expect(table).toMatch(/GOAWAY +ENHANCE_YOUR_CALM, last stream 1 too_many_pings/);
  expect(table).toContain('ENABLE_CONNECT_PROTOCOL 1');
});
