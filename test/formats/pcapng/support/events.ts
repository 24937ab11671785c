import { isoTime } from '../../../../src/model/clock.js';
import type { Event } from '../../../../src/model/event.js';
import { encodeEvent, encodeFirstLine } from '../../../../src/recording/codec.js';
import { epoch } from '../../../recording/support/events.js';
import { partsOf } from './capture.js';
import { type ReadCapture, readCapture } from './read-capture.js';

type WithoutTime<E> = E extends Event ? Omit<E, 'at' | 'exchange'> & { readonly exchange?: string } : never;
/** An event of exchange 1, unless it says another; a millisecond after the one before. */
export type Happening = WithoutTime<Event>;

/** A recording in memory that can be read more than once. */
export const recordingOf = (events: readonly Event[]): AsyncIterable<Uint8Array> => {
  const lines = [encodeFirstLine({ startedAt: isoTime(epoch), shakedown: '0.0.0' }), ...events.map(encodeEvent)];
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  return {
    [Symbol.asyncIterator]: async function* () {
      yield bytes;
    },
  };
};

export const happened = (happenings: readonly Happening[]): AsyncIterable<Uint8Array> =>
  recordingOf(happenings.map((happening, index) => ({ at: isoTime(epoch + index), exchange: '1', ...happening }) as Event));

export const captureOf = async (source: AsyncIterable<Uint8Array>): Promise<ReadCapture> => {
  const parts: Buffer[] = [];
  for await (const part of partsOf(source)) parts.push(part);
  return readCapture(Buffer.concat(parts));
};

export const request =
  'GET /chat HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
export const answer =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
export const heads = (server: string): Happening[] => [
  { type: 'head', site: 'clientSent', raw: request },
  { type: 'head', site: 'serverGot', sameAs: 'clientSent' },
  { type: 'head', site: 'serverSent', raw: server },
  { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
];
/** A client at 10.0.0.7 that asks for a server at 10.0.0.9. */
export const begun = (port = 3000): Happening[] => [
  { type: 'opened', connection: 1, peer: { address: '10.0.0.7', port: 50_123 }, entrance: null },
  { type: 'entrance', entrance: 'absolute', request: '' },
  { type: 'target', target: { scheme: 'ws', host: 'a.test', port, path: '/chat' }, kind: 'websocket' },
  { type: 'dial', host: 'a.test', port },
  { type: 'dialled', peer: { address: '10.0.0.9', port } },
];
export const bytes = (from: 'client' | 'server', text: string): Happening => ({
  type: 'bytes',
  from,
  data: Buffer.from(text, 'latin1').toString('base64'),
});
