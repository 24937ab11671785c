import type { EventEmitter } from 'node:events';
import * as ws from 'ws';

/** What ws 8 exports at run time and @types/ws does not declare. */
interface Internals {
  readonly Receiver: new (
    options: object,
  ) => EventEmitter & { readonly writableEnded: boolean; write(chunk: Uint8Array): boolean; end(): void };
  readonly PerMessageDeflate: new (options: object, isServer: boolean, maxPayload: number) => PerMessageDeflate;
}

export interface PerMessageDeflate {
  offer(): object;
  accept(offers: readonly object[]): object;
  compress(data: Uint8Array, fin: boolean, done: (error: Error | null, result: Buffer) => void): void;
  cleanup(): void;
}

const internals = ws as unknown as Internals;

/** ws's compressor of one side, its parameters negotiated with itself. */
export const createDeflater = (options: { noContextTakeover: boolean }): PerMessageDeflate => {
  const settings = { threshold: 0, serverNoContextTakeover: options.noContextTakeover, clientNoContextTakeover: options.noContextTakeover };
  const deflater = new internals.PerMessageDeflate(settings, true, 0);
  deflater.accept([options.noContextTakeover ? { client_no_context_takeover: [true], server_no_context_takeover: [true] } : {}]);
  return deflater;
};

export interface Received {
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  readonly hex: string;
}

/**
 * What ws's Receiver makes of a stream, and the code of the error at which it stops. It unmasks in place, so it gets a copy; its limits
 * on fragments and chunks are lifted.
 */
export const receiveWithWs = (chunks: readonly Uint8Array[], { from, deflate = false }: { from: 'client' | 'server'; deflate?: boolean }) =>
  new Promise<{ received: Received[]; error: string | null }>((resolve) => {
    const received: Received[] = [];
    const extensions: Record<string, PerMessageDeflate> = {};
    if (deflate) {
      extensions['permessage-deflate'] = new internals.PerMessageDeflate({ threshold: 0 }, from === 'client', 0);
      extensions['permessage-deflate'].accept([{}]);
    }
    const receiver = new internals.Receiver({ isServer: from === 'client', extensions, maxFragments: 1e9, maxBufferedChunks: 1e9 });
    const note = (type: Received['type'], data: Uint8Array) => received.push({ type, hex: Buffer.from(data).toString('hex') });
    receiver.on('message', (data: Buffer, isBinary: boolean) => note(isBinary ? 'binary' : 'text', data));
    receiver.on('ping', (data: Buffer) => note('ping', data));
    receiver.on('pong', (data: Buffer) => note('pong', data));
    receiver.on('conclude', (code: number, reason: Buffer) =>
      note('close', code === 1005 ? Buffer.alloc(0) : Buffer.concat([Buffer.of(code >> 8, code & 0xff), reason])),
    );
    receiver.on('error', (error: Error & { code?: string }) => resolve({ received, error: error.code ?? error.message }));
    receiver.on('finish', () => resolve({ received, error: null }));
    // After a Close frame the Receiver ends itself.
    for (const chunk of chunks) if (!receiver.writableEnded) receiver.write(Buffer.from(chunk));
    receiver.end();
  });
