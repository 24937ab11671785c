import { expect, it } from 'vitest';
import { startFold } from '../../src/fold/fold.js';
import type { Event } from '../../src/model/event.js';
import type { Finding } from '../../src/model/finding.js';
import { exchangeLine } from '../../src/recording/exchange-json.js';
import { closedEvent, openedEvent } from './support/events.js';

const at = (ms: number) => `2026-01-31T09:05:00.${String(ms).padStart(3, '0')}000Z`;
const request = 'GET /chat HTTP/1.1\r\nHost: a.test\r\nCookie: \x9b2J\r\n\r\n';
const answer = 'HTTP/1.1 403 Forbidden\r\n\r\n';
const events: readonly Event[] = [
  openedEvent('e1', at(0)),
  { at: at(1), exchange: 'e1', type: 'entrance', entrance: 'reverse', request: '' },
  { at: at(2), exchange: 'e1', type: 'target', target: { scheme: 'ws', host: 'a.test', port: 80, path: '/chat' }, kind: 'websocket' },
  { at: at(2), exchange: 'e1', type: 'head', site: 'clientSent', raw: request },
  { at: at(3), exchange: 'e1', type: 'dial', host: 'a.test', port: 80 },
  { at: at(5), exchange: 'e1', type: 'resolved', addresses: ['127.0.0.1'] },
  { at: at(6), exchange: 'e1', type: 'dialled', peer: { address: '127.0.0.1', port: 80 } },
  { at: at(7), exchange: 'e1', type: 'head', site: 'serverGot', sameAs: 'clientSent' },
  { at: at(9), exchange: 'e1', type: 'head', site: 'serverSent', raw: answer },
  {
    at: at(9),
    exchange: 'e1',
    type: 'fault',
    fault: {
      id: 'drop-upgrade',
      params: { leg: 'client' },
      stage: 'response',
      leg: 'client',
      before: answer,
      after: 'HTTP/1.1 200 OK\r\n\r\n',
    },
  },
  { at: at(9), exchange: 'e1', type: 'head', site: 'clientGot', raw: 'HTTP/1.1 200 OK\r\n\r\n' },
  { at: at(10), exchange: 'e1', type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' },
  { ...closedEvent('e1', at(11)), type: 'closed', client: { in: 50, out: 20 }, server: { in: 26, out: 50 } },
];
const finding: Finding = {
  code: 'origin.rejected',
  cause: 'origin',
  severity: 'error',
  confidence: 0.9,
  title: 'The server refused the Origin',
  evidence: [],
  ruledOut: [],
  culprit: null,
  fix: [],
  rfc: 'RFC 6455 4.2.2',
};

const folded = (list: readonly Event[]) => {
  const fold = startFold('e1');
  for (const event of list) fold.apply(event);
  return fold.exchange;
};

it('an exchange is one line with what product.md promises of `inspect FILE --json`', () => {
  const line = exchangeLine(folded(events), [finding]);
  expect(line).not.toMatch(/[\n\x00-\x1f\x7f-\x9f]/);
  expect(JSON.parse(line)).toMatchObject({
    id: 'e1',
    startedAt: at(0),
    entrance: 'reverse',
    url: 'ws://a.test/chat',
    status: 403,
    outcome: 'refused',
    heads: { clientSent: request, serverGot: request, serverSent: answer, clientGot: 'HTTP/1.1 200 OK\r\n\r\n' },
    client: { tls: null, timings: { request: 2, response: 7, total: 11 }, bytesIn: 50, bytesOut: 20, end: null },
    server: {
      tls: null,
      timings: { dns: 2, connect: 1, response: 2, total: 8 },
      bytesIn: 26,
      bytesOut: 50,
      end: { how: 'fin', by: 'peer', code: '', at: at(10) },
    },
    messages: { fromClient: 0, fromServer: 0 },
    faults: [{ id: 'drop-upgrade', params: { leg: 'client' }, stage: 'response', before: answer, after: 'HTTP/1.1 200 OK\r\n\r\n' }],
    findings: [finding],
  });
});

it('what did not happen is null', () => {
  expect(JSON.parse(exchangeLine(folded([openedEvent('e1', at(0))]), []))).toMatchObject({
    url: '',
    status: 0,
    entrance: null,
    heads: { clientSent: null, serverGot: null, serverSent: null, clientGot: null },
    server: null,
    findings: [],
  });
});
