import type { Http2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Sender } from '../../model/frame.js';
import type { HeaderField } from '../../model/head.js';
import { errorName } from '../../wire/http2/frame.js';
import type { Side } from '../side.js';

/** Codes of RFC 9113 section 7 that a façade says. */
export const codes = { none: 0, internal: 2, cancel: 8 } as const;

/**
 * What looks to the river like a connection of HTTP/1.1 and is a stream of HTTP/2 underneath. It has what the river, Node's http and http-proxy
 * ask of a socket, so that handshakes, faults, refusals and plain requests need not know of it.
 */
export abstract class Facade extends Duplex {
  /** Of the connection underneath: who the peer is decides what it may do. */
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly localAddress: string | undefined;
  bytesRead = 0;
  bytesWritten = 0;
  /** RST_STREAM on the stream at hand: the error's name, and who sent it. */
  reset: { readonly by: 'peer' | 'shakedown'; readonly code: string } | null = null;
  protected breaking = false;
  #idleMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ remoteAddress, remotePort, localAddress }: Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress'>) {
    super();
    [this.remoteAddress, this.remotePort, this.localAddress] = [remoteAddress, remotePort, localAddress];
  }

  /** Puts bytes before the river; false: it has enough for now. */
  protected give(bytes: Uint8Array): boolean {
    this.touch();
    this.bytesRead += bytes.length;
    return this.push(bytes);
  }

  protected touch(): void {
    this.#timer?.refresh();
  }

  /** The peer reset its stream, or its session died: to the river, a socket that is reset. */
  protected broken(code: number): void {
    this.reset ??= { by: 'peer', code: errorName(code) };
    this.destroy(Object.assign(new Error(`the stream was reset (${errorName(code)})`), { code: 'ECONNRESET' }));
  }

  /** How a socket is reset; here, RST_STREAM with CANCEL. */
  resetAndDestroy(): this {
    this.breaking = true;
    return this.destroy();
  }

  destroySoon(): void {
    if (this.writableFinished) return void this.destroy();
    this.once('finish', () => this.destroy());
    if (!this.writableEnded) this.end();
  }

  /** As `net.Socket` has it: `timeout` after so long without a byte in either direction, milliseconds; 0 is never. */
  setTimeout(ms: number, callback?: () => void): this {
    clearTimeout(this.#timer);
    this.#idleMs = ms;
    if (ms > 0) this.#timer = setTimeout(() => this.emit('timeout'), this.#idleMs);
    if (callback && ms > 0) this.once('timeout', callback);
    else if (callback) this.off('timeout', callback);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    this.letGo();
    done(error);
  }

  /** Ends the stream underneath, which the river has no more use for. */
  protected abstract letGo(): void;
}

/** A side of the river over a façade. It always has an error listener. */
export const facadeSide = (leg: Sender, facade: Facade): Side => {
  let failure: Error | null = null;
  facade.on('error', (error) => {
    failure ??= error;
  });
  // A Facade has of a socket what the river asks for.
  const socket = facade as unknown as Socket;
  return { leg, raw: socket, stream: socket, count: { in: 0, out: 0 }, held: [], inner: null, failure: () => failure };
};

/** Node's form of a header list: an object, fields of one name together. */
export const nodeHeaders = (fields: readonly HeaderField[]): Record<string, string | string[]> => {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of fields) {
    const known = headers[name];
    headers[name] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value];
  }
  return headers;
};

/** The header list of Node's raw form: names and values in turn. */
export const fieldsOf = (raw: readonly string[]): HeaderField[] =>
  raw.flatMap((name, i): HeaderField[] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));

/** Resets a stream that still lives. */
export const closeStream = (stream: Http2Stream, code: number): void => {
  if (!stream.closed && !stream.destroyed) stream.close(code);
};
