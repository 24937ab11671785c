import { startFold } from '../../src/fold/fold.js';
import { isoTime } from '../../src/model/clock.js';
import type { EventBody } from '../../src/model/event.js';
import type { Sender } from '../../src/model/frame.js';
import type { Recorded, RecordedChunk } from '../../src/replay/recorded.js';
import { encodeMessage } from '../../src/wire/frame-encoder.js';

const startMs = Date.UTC(2026, 0, 1);
export const key = Uint8Array.of(1, 2, 3, 4);
const bytesOf = (text: string): Uint8Array => Buffer.from(text);

/** A moment of a made-up recording: milliseconds from its start, and an event or a chunk. */
export type Moment = readonly [ms: number, what: EventBody | { readonly from: Sender; readonly chunk: Uint8Array }];

export const recordedOf = (moments: readonly Moment[], id = '7'): Recorded => {
  const fold = startFold(id);
  const chunks: RecordedChunk[] = [];
  for (const [ms, what] of moments) {
    const atMs = startMs + ms;
    if ('type' in what) fold.apply({ at: isoTime(atMs), exchange: id, ...what });
    else {
      fold.bytes(what.from, what.chunk, atMs);
      chunks.push({ ...what, atMs });
    }
  }
  return { exchange: fold.exchange, chunks };
};

export const clientSays = (text: string) => ({
  from: 'client' as const,
  chunk: encodeMessage({ type: 'text', bytes: bytesOf(text), nextKey: () => key }),
});
export const serverSays = (text: string) => ({ from: 'server' as const, chunk: encodeMessage({ type: 'text', bytes: bytesOf(text) }) });
export const clientFrame = (type: 'ping' | 'pong' | 'close', bytes: Uint8Array = new Uint8Array(0)) => ({
  from: 'client' as const,
  chunk: encodeMessage({ type, bytes, nextKey: () => key }),
});
export const serverFrame = (type: 'ping' | 'pong' | 'close', bytes: Uint8Array = new Uint8Array(0)) => ({
  from: 'server' as const,
  chunk: encodeMessage({ type, bytes }),
});
export const normal = Uint8Array.of(0x03, 0xe8);

export const requestHead = (...fields: readonly string[]): string =>
  `${['GET /chat HTTP/1.1', 'Host: api.test', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13', ...fields].join('\r\n')}\r\n\r\n`;
export const switching = (...fields: readonly string[]): string =>
  `${['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', ...fields].join('\r\n')}\r\n\r\n`;

export const connectHead = 'CONNECT api.test:80 HTTP/1.1\r\nHost: api.test:80\r\n\r\n';
export const granted = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Up to the open door of a tunnel. */
export const tunnel: readonly Moment[] = [
  [0, { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50000 }, entrance: null }],
  [1, { type: 'entrance', entrance: 'connect', request: connectHead }],
  [2, { type: 'target', target: { scheme: 'tcp', host: 'api.test', port: 80, path: '' }, kind: 'unknown' }],
  [3, { type: 'dial', host: 'api.test', port: 80 }],
  [4, { type: 'dialled', peer: { address: '192.0.2.1', port: 80 } }],
  [5, { type: 'entrance-reply', reply: granted }],
];

/** The request and its answer. */
export const handshake = ({ request = requestHead(), answer = switching() }: { request?: string; answer?: string } = {}): Moment[] => [
  [6, { type: 'target', target: { scheme: 'ws', host: 'api.test', port: 80, path: '/chat' }, kind: 'websocket' }],
  [7, { type: 'head', site: 'clientSent', raw: request }],
  [8, { type: 'head', site: 'serverGot', sameAs: 'clientSent' }],
  [9, { type: 'head', site: 'serverSent', raw: answer }],
  [10, { type: 'head', site: 'clientGot', sameAs: 'serverSent' }],
];

/** The server said FIN first. */
export const ended = (ms: number): Moment[] => [
  [ms, { type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' }],
  [ms, { type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' }],
  [ms + 1, { type: 'closed', client: { in: 0, out: 0 }, server: { in: 0, out: 0 } }],
];
/** The client went first. */
export const left = (ms: number, how: 'fin' | 'reset' = 'fin'): Moment[] => [
  [ms, { type: 'end', leg: 'client', how, by: 'peer', code: '' }],
  [ms, { type: 'end', leg: 'server', how, by: 'shakedown', code: '' }],
  [ms + 1, { type: 'closed', client: { in: 0, out: 0 }, server: { in: 0, out: 0 } }],
];
