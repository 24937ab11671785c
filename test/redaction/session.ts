import { isoTime } from '../../src/model/clock.js';
import type { Event } from '../../src/model/event.js';
import type { Sender } from '../../src/model/frame.js';
import { encodeMessage, type MessageToWrite } from '../../src/wire/frame-encoder.js';
import { createDeflater, type PerMessageDeflate } from '../support/ws-internals.js';
import { cutAt } from '../wire/streams.js';

type Body = Event extends infer E ? (E extends Event ? Omit<E, 'at' | 'exchange'> : never) : never;

const epoch = 1_769_850_300_000;

export interface SessionOptions {
  readonly id?: string;
  readonly path?: string;
  readonly request?: readonly string[];
  readonly answer?: readonly string[];
  readonly deflate?: boolean;
  readonly status?: string;
}

export interface Said extends Partial<Omit<MessageToWrite, 'bytes'>> {
  /** Places at which the bytes on the wire are cut into chunks. */
  readonly cuts?: readonly number[];
  readonly compress?: boolean;
}

/** Makes the events of one exchange as the engine records them: `say` writes a message as a peer would, masked by the client. */
export const createSession = ({ id = '1', path = '/chat', request = [], answer = [], deflate = false, status }: SessionOptions = {}) => {
  const events: Event[] = [];
  let ms = 0;
  const emit = (body: Body): void => {
    events.push({ at: isoTime(epoch + ms++), exchange: id, ...body } as Event);
  };
  const extension = deflate ? ['Sec-WebSocket-Extensions: permessage-deflate'] : [];
  const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n\r\n`;
  emit({ type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50_000 }, entrance: 'connect' });
  emit({ type: 'target', target: { scheme: 'wss', host: 'a.test', port: 443, path }, kind: 'websocket' });
  emit({
    type: 'head',
    site: 'clientSent',
    raw: lines(`GET ${path} HTTP/1.1`, 'Host: a.test', 'Upgrade: websocket', 'Connection: Upgrade', ...extension, ...request),
  });
  emit({ type: 'head', site: 'serverGot', sameAs: 'clientSent' });
  emit({
    type: 'head',
    site: 'serverSent',
    raw: lines(`HTTP/1.1 ${status ?? '101 Switching Protocols'}`, 'Upgrade: websocket', 'Connection: Upgrade', ...extension, ...answer),
  });
  emit({ type: 'head', site: 'clientGot', sameAs: 'serverSent' });

  const deflaters: { [From in Sender]?: PerMessageDeflate } = {};
  const compressed = (from: Sender, bytes: Uint8Array): Promise<Uint8Array> => {
    deflaters[from] ??= createDeflater({ noContextTakeover: false });
    return new Promise((resolve, reject) =>
      deflaters[from]?.compress(bytes, true, (error, result) => (error ? reject(error) : resolve(result))),
    );
  };
  const chunk = (from: Sender, bytes: Uint8Array): void => emit({ type: 'bytes', from, data: Buffer.from(bytes).toString('base64') });
  let keys = 0x12345678;
  const nextKey = (): Uint8Array => {
    keys = (keys * 1103515245 + 12345) >>> 0;
    return Uint8Array.of(keys >>> 24, keys >>> 16, keys >>> 8, keys);
  };

  return {
    events,
    emit,
    chunk,
    say: async (
      from: Sender,
      text: string | Uint8Array,
      { cuts = [], compress = deflate, type = 'text', ...rest }: Said = {},
    ): Promise<void> => {
      const plain = typeof text === 'string' ? Buffer.from(text) : text;
      const packed = compress && (type === 'text' || type === 'binary');
      const bytes = packed ? await compressed(from, plain) : plain;
      const wire = encodeMessage({ type, bytes, compressed: packed, ...rest, ...(from === 'client' && { nextKey }) });
      for (const part of cutAt(wire, cuts)) if (part.length > 0) chunk(from, part);
    },
    close: (): Event[] => {
      emit({ type: 'closed', client: { in: 1, out: 2 }, server: { in: 3, out: 4 } });
      return events;
    },
  };
};
