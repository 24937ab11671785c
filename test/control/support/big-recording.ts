import { appendFileSync, writeFileSync } from 'node:fs';
import { isoTime } from '../../../src/model/clock.js';
import type { Event, EventBody } from '../../../src/model/event.js';
import { encodeEvent, encodeFirstLine } from '../../../src/recording/codec.js';
import { encodeFrame } from '../../../src/wire/frame-encoder.js';
import { request } from '../../views/fake-control.js';

let ms = Date.UTC(2026, 0, 31, 12);
const line = (exchange: string, body: EventBody): string => {
  ms += 1;
  return `${encodeEvent({ at: isoTime(ms), exchange, ...body } as Event)}\n`;
};
const switching =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

/** The first line of a recording. */
export const beginRecording = (path: string): void =>
  writeFileSync(path, `${encodeFirstLine({ startedAt: isoTime(ms), shakedown: '0.1.0' })}\n`);

/** An open WebSocket, or one whose answer is another status. */
export const appendOpening = (path: string, id: string, host: string, answer = switching): void => {
  const bodies: EventBody[] = [
    { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 5000 }, entrance: 'reverse' },
    { type: 'target', target: { scheme: 'ws', host, port: 80, path: '/socket' }, kind: 'websocket' },
    { type: 'head', site: 'clientSent', raw: request(host) },
    { type: 'head', site: 'serverGot', sameAs: 'clientSent' },
    { type: 'head', site: 'serverSent', raw: answer },
    { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
  ];
  appendFileSync(path, bodies.map((body) => line(id, body)).join(''));
};

/** Texts from the server, each in a chunk of its own. */
export const appendTexts = (path: string, id: string, texts: readonly string[]): void => {
  const chunk = (text: string) => Buffer.from(encodeFrame({ fin: true, opcode: 1, payload: Buffer.from(text) })).toString('base64');
  appendFileSync(path, texts.map((text) => line(id, { type: 'bytes', from: 'server', data: chunk(text) })).join(''));
};

export const appendEnd = (path: string, id: string): void =>
  appendFileSync(path, line(id, { type: 'closed', client: { in: 1, out: 1 }, server: { in: 1, out: 1 } }));
