import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { isoTime } from '../../../src/model/clock.js';
import type { Event } from '../../../src/model/event.js';
import type { Sender } from '../../../src/model/frame.js';
import { encodeEvent, encodeFirstLine } from '../../../src/recording/codec.js';
import { encodeFrame } from '../../../src/wire/frame-encoder.js';
import { epoch } from './events.js';

/** One exchange as both ends made it: what crossed, chunk by chunk. */
export interface Conversation {
  readonly id: string;
  /** What permessage-deflate agreed on, '' for none. */
  readonly extensions: string;
  readonly chunks: readonly { readonly from: Sender; readonly chunk: Uint8Array }[];
}

const words = fc.constantFrom(
  '',
  'a',
  'Hello',
  'needle',
  'NeeDle in the hay',
  '{"symbol":"ACME","price":1.5,"side":"buy","venue":"somewhere in the north"}',
  'grüße',
  'x'.repeat(70),
  'ab'.repeat(400),
);
const payload = fc.oneof(
  { weight: 4, arbitrary: words.map((text) => new Uint8Array(Buffer.from(text))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

/** One thing that a side sends; `pieces` fragments, with a ping between them. */
const sending = fc.record({
  from: fc.constantFrom<Sender>('client', 'server'),
  opcode: fc.constantFrom(1, 1, 1, 2, 9, 10),
  payload,
  pieces: fc.integer({ min: 1, max: 4 }),
  pingBetween: fc.boolean(),
  compress: fc.boolean(),
  key: fc.uint8Array({ minLength: 4, maxLength: 4 }),
});
type Sending = typeof sending extends fc.Arbitrary<infer T> ? T : never;

/** Bytes that are wrong in a way that leaves the length of the frame readable: as an invalid frame of Autobahn's. */
const invalid = fc.record({
  from: fc.constantFrom<Sender>('client', 'server'),
  frame: fc
    .record({ fin: fc.boolean(), rsv1: fc.boolean(), opcode: fc.integer({ min: 0, max: 15 }), payload: fc.uint8Array({ maxLength: 20 }) })
    .map((frame) => encodeFrame(frame)),
});

/** A direction's compressor with context takeover: Node has no way to flush one synchronously, so the window is given as a dictionary. */
export const compressor = () => {
  let before = Buffer.alloc(0);
  return (bytes: Uint8Array): Uint8Array => {
    const made = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, ...(before.length > 0 && { dictionary: before }) });
    before = Buffer.concat([before, bytes]).subarray(-32 * 1024);
    return made.subarray(0, -4);
  };
};

const framesOf = ({ from, opcode, pieces, pingBetween, key }: Sending, bytes: Uint8Array, rsv1: boolean): Uint8Array[] => {
  const mask = from === 'client' ? { maskKey: key } : {};
  if (opcode > 2) return [encodeFrame({ fin: true, opcode, payload: bytes.subarray(0, 125), ...mask })];
  const step = Math.max(1, Math.ceil(bytes.length / pieces));
  const frames: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += step) {
    if (at > 0 && pingBetween) frames.push(encodeFrame({ fin: true, opcode: 9, payload: Buffer.from('needle'), ...mask }));
    const fin = at + step >= bytes.length;
    frames.push(
      encodeFrame({ fin, rsv1: rsv1 && at === 0, opcode: at === 0 ? opcode : 0, payload: bytes.subarray(at, at + step), ...mask }),
    );
  }
  return frames;
};

const cut = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
};

/** Fragments, control frames between them, compression on and off, with and without context takeover, chunks that cut frames anywhere. */
export const conversation = ({ broken }: { readonly broken: boolean }): fc.Arbitrary<Omit<Conversation, 'id'>> =>
  fc
    .record({
      extensions: fc.constantFrom('', 'permessage-deflate', 'permessage-deflate; client_no_context_takeover; server_no_context_takeover'),
      sendings: fc.array(broken ? fc.oneof({ weight: 4, arbitrary: sending }, { weight: 1, arbitrary: invalid }) : sending, {
        maxLength: 25,
      }),
      sizes: fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 5, max: 90 }), fc.integer({ min: 10, max: 900 })), {
        minLength: 1,
        maxLength: 8,
      }),
      order: fc.infiniteStream(fc.boolean()),
    })
    .map(({ extensions, sendings, sizes, order }) => {
      const compressors = { client: compressor(), server: compressor() };
      const sent = { client: [] as Uint8Array[], server: [] as Uint8Array[] };
      for (const each of sendings) {
        if ('frame' in each) sent[each.from].push(each.frame);
        else {
          const rsv1 = extensions !== '' && each.compress && each.opcode < 3;
          const fresh = extensions.includes('takeover') ? compressor() : compressors[each.from];
          sent[each.from].push(...framesOf(each, rsv1 ? fresh(each.payload) : each.payload, rsv1));
        }
      }
      const left = {
        client: cut(Buffer.concat(sent.client), sizes),
        server: cut(Buffer.concat(sent.server), [...sizes].reverse()),
      };
      const chunks: { from: Sender; chunk: Uint8Array }[] = [];
      while (left.client.length + left.server.length > 0) {
        const wish: Sender = order.next().value ? 'client' : 'server';
        const from = left[wish].length > 0 ? wish : wish === 'client' ? 'server' : 'client';
        const chunk = left[from].shift();
        if (chunk) chunks.push({ from, chunk });
      }
      return { extensions, chunks };
    });

const at = (turn: number) => isoTime(epoch + turn / 10);

/** Everything of one exchange as the engine writes it. */
export const eventsOf = ({ id, extensions, chunks }: Conversation): Event[] => {
  const agreed = extensions === '' ? '' : `Sec-WebSocket-Extensions: ${extensions}\r\n`;
  const request = `GET /chat HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${agreed}\r\n`;
  const answer = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n${agreed}\r\n`;
  let turn = 0;
  const next = () => ({ at: at(turn++), exchange: id });
  const peer = { address: '127.0.0.1', port: 50_000 };
  return [
    { ...next(), type: 'opened', connection: 1, peer, entrance: 'reverse' },
    { ...next(), type: 'target', target: { scheme: 'ws', host: 'a.test', port: 80, path: '/chat' }, kind: 'websocket' },
    { ...next(), type: 'head', site: 'clientSent', raw: request },
    { ...next(), type: 'head', site: 'serverGot', sameAs: 'clientSent' },
    { ...next(), type: 'head', site: 'serverSent', raw: answer },
    { ...next(), type: 'head', site: 'clientGot', sameAs: 'serverSent' },
    ...chunks.map(({ from, chunk }): Event => ({ ...next(), type: 'bytes', from, data: Buffer.from(chunk).toString('base64') })),
    { ...next(), type: 'closed', client: { in: 1, out: 1 }, server: { in: 1, out: 1 } },
  ];
};

/** A recording of several exchanges, their lines one after the other in turn. */
export const recordingOf = (conversations: readonly Conversation[]): string => {
  const left = conversations.map(eventsOf);
  const lines = [encodeFirstLine({ startedAt: at(0), shakedown: '0.1.0' })];
  while (left.some((events) => events.length > 0)) {
    for (const events of left) {
      const event = events.shift();
      if (event) lines.push(encodeEvent(event));
    }
  }
  return `${lines.join('\n')}\n`;
};
