import { createSecureContext } from 'node:tls';
import { constants, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { call, dial, type Way } from '../../../proxy/support/caller.js';
import { type FrameText, frame } from '../../../proxy/support/frames.js';
import { type House, startHouse } from '../../../proxy/support/house.js';
import { type Origin, startOrigin } from '../../../proxy/support/origin.js';
import { type Peer, takePeer } from '../../../proxy/support/peer.js';

export const handshake = (target: string, host: string, extensions = ''): Buffer =>
  Buffer.from(
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${extensions}\r\n`,
  );
export const accepted = (extensions = ''): Buffer =>
  Buffer.from(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n${extensions}\r\n`,
  );

/** One word of a conversation behind the handshake. */
export interface Word {
  readonly from: 'client' | 'server';
  readonly frame: Omit<FrameText, 'masked'> & { readonly masked?: boolean };
}
const client = (opcode: number, payload: string | Uint8Array = '', rest: Partial<FrameText> = {}): Word => ({
  from: 'client',
  frame: { opcode, payload, ...rest },
});
const server = (opcode: number, payload: string | Uint8Array = '', rest: Partial<FrameText> = {}): Word => ({
  from: 'server',
  frame: { opcode, payload, ...rest },
});
const close = Buffer.from([0x03, 0xe8, ...Buffer.from('done')]);
const counted = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => index % 251));

export const words: readonly Word[] = [
  client(1, 'hello'),
  server(1, 'good morning, "world" – ünïcode'),
  client(2, counted(256)),
  client(1, 'first, ', { fin: false }),
  client(9, 'between'),
  server(10, 'between'),
  client(0, 'second, ', { fin: false }),
  client(0, 'third'),
  server(2, counted(65_536)),
  client(2, counted(65_536)),
  server(2, counted(1_048_576)),
  client(1, ''),
];
/** What RFC 6455 forbids: an unknown opcode, RSV bits, a mask from the server, none from the client, a lone continuation. */
export const wrongWords: readonly Word[] = [
  client(3, 'what'),
  server(1, 'rsv', { rsv: 2 }),
  server(1, 'masked', { masked: true }),
  client(1, 'bare', { masked: false }),
  client(0, 'lone'),
  server(8, Buffer.of(0x03)),
];
export const farewell: readonly Word[] = [client(8, close), server(8, close)];

const bytesOf = ({ from, frame: text }: Word): Buffer => frame({ masked: from === 'client', ...text });

/** permessage-deflate with context takeover: one stream for each direction. */
const deflating = () => {
  const streams: Record<Word['from'], DeflateRaw> = { client: createDeflateRaw(), server: createDeflateRaw() };
  return (from: Word['from'], text: string): Promise<Word> =>
    new Promise((resolve) => {
      const parts: Buffer[] = [];
      const stream = streams[from];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.write(text);
      stream.flush(constants.Z_SYNC_FLUSH, () => {
        stream.removeAllListeners('data');
        const payload = Buffer.concat(parts).subarray(0, -4);
        resolve({ from, frame: { opcode: 1, payload, rsv: 4 } });
      });
    });
};
export const deflatedTexts = ['the same words', 'the same words', 'and the same words again'];
export const deflatedWords = async (): Promise<Word[]> => {
  const deflate = deflating();
  const said: Word[] = [];
  for (const text of deflatedTexts) said.push(await deflate('client', text), await deflate('server', text));
  return said;
};
export const offer = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';

interface Ends {
  readonly caller: Peer;
  readonly origin: Peer;
}

/** Says the words one after the other, each when the one before has arrived, and has both sides end. */
export const converse = async ({ caller, origin }: Ends, said: readonly Word[]): Promise<void> => {
  for (const word of said) {
    const [from, to] = word.from === 'client' ? [caller, origin] : [origin, caller];
    const bytes = bytesOf(word);
    const due = to.length() + bytes.length;
    await from.send(bytes);
    await to.bytes(due);
  }
  caller.fin();
  await origin.ended();
  origin.fin();
  await caller.closed();
};

export interface Ground extends AsyncDisposable {
  readonly house: House;
  readonly plain: Origin;
  readonly secure: Origin;
  /** One WebSocket by that way. */
  talk(way: Way, said: readonly Word[], extensions?: string): Promise<void>;
  /** One WebSocket over IPv6. */
  talkByIpv6(said: readonly Word[]): Promise<void>;
}

/** A proxy that writes this recording, and servers behind it. */
export const startGround = async (path: string, host = '127.0.0.1'): Promise<Ground> => {
  const house = await startHouse({ host, record: { type: 'file', path } });
  const plain = await startOrigin({ host });
  const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  const secure = await startOrigin({ secureContext: createSecureContext(serverOptions) });
  const shake = async (caller: Peer, server: Promise<Peer>, head: Buffer, extensions: string): Promise<Ends> => {
    const before = caller.length();
    await caller.send(head);
    const origin = await server;
    await origin.bytes(1);
    const answer = accepted(extensions);
    await origin.send(answer);
    await caller.bytes(before + answer.length);
    return { caller, origin };
  };
  return {
    house,
    plain,
    secure,
    talk: async (way, said, extensions = '') => {
      const at = way === 'connect-tls' ? secure : plain;
      const caller = await call({ way, proxyPort: house.port, originPort: at.port, ...(way === 'connect-tls' ? { ca: house.ca } : {}) });
      const name = `127.0.0.1:${at.port}`;
      const target = way === 'absolute' ? `ws://${name}/chat` : '/chat';
      await converse(await shake(caller, at.next(), handshake(target, name, extensions), extensions), said);
      await house.exchanges(caller.localPort);
    },
    talkByIpv6: async (said) => {
      const socket = await dial(house.port, '::1');
      const localPort = socket.localPort ?? 0;
      const name = `[::1]:${plain.port}`;
      await converse(await shake(takePeer(socket), plain.next(), handshake(`ws://${name}/chat`, name), ''), said);
      await house.exchanges(localPort);
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of [plain, secure, house]) await one[Symbol.asyncDispose]();
    },
  };
};

/** One handshake that the server refuses, with a body. */
export const refuse = async ({ house, plain }: Ground): Promise<void> => {
  const caller = await call({ way: 'connect', proxyPort: house.port, originPort: plain.port });
  await caller.send(handshake('/no', `127.0.0.1:${plain.port}`));
  const origin = await plain.next();
  await origin.bytes(1);
  await origin.send(Buffer.from('HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 18\r\n\r\nOrigin not allowed'));
  origin.fin();
  await caller.ended();
  caller.fin();
  await house.exchanges(caller.localPort);
};

/** Two plain requests on one connection: the first answer has a body. */
export const browse = async ({ house, plain }: Ground): Promise<void> => {
  const caller = await call({ way: 'absolute', proxyPort: house.port, originPort: plain.port });
  let origin: Peer | null = null;
  for (const body of ['four', '']) {
    const asked: number = origin?.length() ?? 0;
    await caller.send(Buffer.from(`GET http://127.0.0.1:${plain.port}/page HTTP/1.1\r\nHost: 127.0.0.1:${plain.port}\r\n\r\n`));
    origin ??= await plain.next();
    await origin.bytes(asked + 1);
    const answer = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const heard = caller.length();
    await origin.send(answer);
    await caller.bytes(heard + answer.length);
  }
  caller.fin();
  await house.exchanges(caller.localPort, 2);
};
