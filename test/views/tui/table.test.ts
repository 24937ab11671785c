import { expect, test } from 'vitest';
import { shortCode, shortUrl } from '../../../src/views/tui/panes/table.js';

test.each([
  ['wss://a.example/x', 40, 'wss://a.example/x'],
  ['wss://api.example.com/socket/12', 20, 'wss://api…/socket/12'],
  ['wss://api.example.com/a/very/long/path/socket', 20, 'wss://api…ath/socket'],
  ['wss://a.b/a/very/long/path/socket', 20, 'wss://a.b…ath/socket'],
  ['wss://a.example/socket?token=aaaaaaaaaaaaaaaaaaaa', 22, 'wss://a.example/socket?token=aaaaaaaaaaaaaaaaaaaa'],
  ['tcp://127.0.0.1:1', 5, 'tcp://127.0.0.1:1'],
  ['wss://例え.example/socket/long/enough', 20, 'wss://例え.example/socket/long/enough'],
])('%s in %i columns is %s (its cell cuts the rest)', (url, width, short) => {
  expect(shortUrl(url, width)).toBe(short);
});

test.each([
  ['origin.rejected', 15, 'origin.rejected'],
  ['intermediary.upgrade-stripped', 21, 'int….upgrade-stripped'],
  ['intermediary.upgrade-stripped', 19, 'i….upgrade-stripped'],
  ['intermediary.upgrade-stripped', 18, 'intermediary.upgrade-stripped'],
  ['url.scheme-mismatch-tls-to-plain', 22, 'url.scheme-mismatch-tls-to-plain'],
  ['nothing', 3, 'nothing'],
])('the code %s in %i columns is %s', (code, width, short) => {
  expect(shortCode(code, width)).toBe(short);
});
