import { expect, test } from 'vitest';
import type { LegEnd } from '../../src/model/leg.js';
import { tlsOf } from '../../src/views/tls-wording.js';
import { bytes, closeOf, count, duration, endingOf, endOf, outcomeOf, timeOfDay, verdict } from '../../src/views/wording.js';
import { refused } from './fake-control.js';

test('a verdict is the status, what became of it and the first finding', () => {
  expect(verdict({ status: 403, outcome: 'refused', finding: { code: 'origin.rejected' } })).toBe('403 refused · origin.rejected');
  expect(verdict({ status: 101, outcome: 'closed', finding: null })).toBe('101 closed');
  expect(verdict({ status: 0, outcome: 'pending', finding: null })).toBe('waiting');
});

test('an error found after the 101 outweighs the 101', () => {
  expect(outcomeOf('closed')).toMatchObject({ mark: '✓', tone: 'good' });
  expect(outcomeOf('closed', 'error')).toMatchObject({ word: 'closed', mark: '!', tone: 'bad' });
  expect(outcomeOf('closed', 'warning')).toMatchObject({ mark: '!', tone: 'warn' });
  expect(outcomeOf('refused', 'error')).toMatchObject({ mark: '✗' });
});

test.each([
  [0, '0 ms'],
  [0.42, '0.4 ms'],
  [9.96, '10 ms'],
  [12.4, '12 ms'],
  [999.6, '1.0 s'],
  [3400, '3.4 s'],
  [59_960, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [12_000_000, '3 h 20 min'],
  [-1, '-'],
  [Number.NaN, '-'],
  [undefined, '-'],
])('%s milliseconds read as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [1024 * 1024 - 1, '1.0 MiB'],
  [3 * 1024 ** 2, '3.0 MiB'],
])('%s bytes read as %s', (n, text) => {
  expect(bytes(n)).toBe(text);
});

test('one is told from many', () => {
  expect([count(1, 'frame'), count(2, 'frame'), count(0, 'fault is', 'faults are')]).toEqual(['1 frame', '2 frames', '0 faults are']);
});

test.each<[LegEnd['how'], LegEnd['by'], string, string]>([
  ['fin', 'peer', '', 'the server closed (FIN)'],
  ['fin', 'shakedown', '', 'shakedown closed towards the server (FIN)'],
  ['reset', 'peer', 'ECONNRESET', 'the server reset the connection (RST, ECONNRESET)'],
  ['timeout', 'peer', '', 'the server timed out'],
  ['timeout', 'shakedown', '', 'shakedown gave up waiting towards the server'],
  ['error', 'peer', 'EPIPE', 'the connection of the server broke, EPIPE'],
  ['error', 'shakedown', 'EPIPE', 'the connection towards the server broke, EPIPE'],
])('an end by %s of %s %s reads as: %s', (how, by, code, text) => {
  expect(endOf('server', { how, by, code, at: '' })).toBe(text);
});

test('a leg without an end is still connected', () => {
  expect(endOf('client', undefined)).toBe('still connected');
});

test('a leg that never came to be, or was left when its exchange was over, is not still connected', () => {
  const { exchange } = refused();
  const { end: _, ...client } = exchange.client;
  expect(endingOf({ ...exchange, server: null }, 'server')).toBe('never connected');
  expect(endingOf({ ...exchange, server: { ...client, peer: null } }, 'server')).toBe('never connected');
  expect(endingOf({ ...exchange, client, endedAt: null }, 'client')).toBe('still connected');
  expect(endingOf({ ...exchange, client }, 'client')).toBe('over');
  expect(endingOf({ ...exchange, client, kind: 'http' }, 'client')).toBe('left open for the next request');
  expect(endingOf(exchange, 'server')).toBe('the server closed (FIN)');
});

test('a Close says its code in words, and its reason', () => {
  expect(closeOf({ code: 1000, reason: 'bye' })).toBe('1000 normal closure "bye"');
  expect(closeOf({ code: 1005, reason: '' })).toBe('1005 no code received');
  expect(closeOf(null)).toBe('no Close frame');
});

test('a time of day keeps its milliseconds, and what is no time stays as it is', () => {
  expect(timeOfDay('2026-01-31T12:00:05.678901Z', 'milliseconds')).toMatch(/^\d\d:\d\d:05\.678$/);
  expect(timeOfDay('2026-01-31T12:00:05.678901Z')).toMatch(/^\d\d:\d\d:05$/);
  expect(timeOfDay('no time')).toBe('no time');
});

test('TLS in a line', () => {
  const { server } = refused().exchange;
  expect(server && tlsOf(server)).toBe(
    'TLS 1.3 · TLS_AES_128_GCM_SHA256 · ALPN http/1.1 · SNI api.example.com · CN=api.example.com until 2026-02-01 · verified',
  );
  expect(tlsOf({})).toBe('no TLS');
  const failure = { code: 'ERR_SSL_X', message: 'm', alert: 48, firstBytes: '', chain: [], sni: null };
  expect(tlsOf({ tlsFailure: failure })).toBe('the TLS handshake failed: ERR_SSL_X · alert 48 unknown_ca');
});
