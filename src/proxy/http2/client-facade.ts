import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { type Head, type HeaderField, statusLine } from '../../model/head.js';
import { answerBody, type BodyReader, endless, lastChunk, writeChunk } from '../../wire/body-reader.js';
import { findHeadEnd, headLimit, parseHead } from '../../wire/http-head.js';
import { answerToHttp2, type Framing } from '../../wire/http2/translate.js';
import { closeStream, codes, Facade, fieldsOf, nodeHeaders } from './facade.js';

export interface ClientStream {
  readonly stream: ServerHttp2Stream;
  /** As it was translated. */
  readonly head: Head;
  readonly method: string;
  /** It was an extended CONNECT. */
  readonly extended: boolean;
  readonly framing: Framing;
}

/**
 * A client's stream as a connection of HTTP/1.1 that carries one request. The request's head was read already: what is read here is its body, or
 * a client's frames. What is written is the answer: its head becomes `respond()`, its body DATA.
 */
export class ClientFacade extends Facade {
  readonly #of: ClientStream;
  #held: Buffer = Buffer.alloc(0);
  #body: BodyReader | null = null;
  #trailers: readonly HeaderField[] = [];
  #answered = false;
  #asked = false;

  constructor(of: ClientStream, raw: Socket) {
    super(raw);
    this.#of = of;
    const { stream, framing, extended } = of;
    stream.on('data', (chunk: Buffer) => {
      if (!this.give(framing === 'chunked' && !extended ? writeChunk(chunk) : chunk)) stream.pause();
    });
    let trailers: HeaderField[] = [];
    stream.on('trailers', (_headers, _flags, raw?: readonly string[]) => {
      trailers = fieldsOf(raw ?? []);
    });
    stream.once('end', () => {
      // A reset ends it too; 'close' tells that.
      if (stream.rstCode !== codes.none) return;
      this.#asked = true;
      if (framing === 'chunked' && !extended) this.give(lastChunk(trailers));
      this.#endRead();
    });
    stream.on('wantTrailers', () => stream.sendTrailers(nodeHeaders(this.#trailers)));
    stream.on('error', () => {});
    stream.once('close', () => {
      if (this.destroyed) return;
      if (stream.rstCode !== codes.none && !this.#over()) this.broken(stream.rstCode);
      else if (!this.#answered && !this.writableEnded) this.broken(codes.cancel);
      else this.#endRead(true);
    });
  }

  /** Both halves were said in full, whatever the code of the end. */
  #over(): boolean {
    return this.#asked && this.writableFinished;
  }

  /** A client of HTTP/1.1 keeps its connection until it has the answer; only one of a WebSocket says FIN before. */
  #endRead(closed = false): void {
    if ((closed || this.#of.extended || this.#answered) && !this.readableEnded && !this.destroyed) this.push(null);
  }

  override _read(): void {
    this.#of.stream.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.touch();
    this.bytesWritten += chunk.length;
    if (this.#of.stream.destroyed || this.#of.stream.closed) return void done();
    if (this.#body) return void this.#writeBody(chunk, done);
    this.#held = Buffer.concat([this.#held, chunk]);
    for (;;) {
      const end = findHeadEnd(this.#held);
      if (end === -1 && this.#held.length <= headLimit) return void done();
      if (end === -1 || !/^HTTP\//i.test(this.#held.toString('latin1', 0, 5))) return void this.#giveUp(done);
      const head = parseHead(this.#held.toString('latin1', 0, end), 'response');
      this.#held = this.#held.subarray(end);
      try {
        if (this.#respond(head)) break;
      } catch {
        return void this.#giveUp(done);
      }
    }
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    this.#writeBody(rest, done);
  }

  /** True for the final answer. Throws what Node throws of a head that HTTP/2 cannot carry. */
  #respond(head: Head): boolean {
    const { stream, extended, method } = this.#of;
    const { status } = statusLine(head);
    const fields = nodeHeaders(answerToHttp2(head, extended));
    if (status >= 100 && status < 200 && status !== 101) {
      stream.additionalHeaders(fields);
      return false;
    }
    this.#body = extended && status === 101 ? endless() : answerBody(head, method);
    stream.respond(fields, { endStream: this.#body.done, waitForTrailers: !this.#body.done && !(extended && status === 101) });
    if (this.#body.done) this.#finish();
    return true;
  }

  #writeBody(chunk: Buffer, done: (error?: Error | null) => void): void {
    const body = this.#body;
    if (!body || this.#answered || chunk.length === 0) return void done();
    const { data } = body.push(chunk);
    this.#trailers = body.trailers;
    const bytes = Buffer.concat(data);
    const written = (): void => {
      if (body.done) this.#finish();
      done();
    };
    if (bytes.length === 0) written();
    else this.#of.stream.write(bytes, written);
  }

  /** The answer has been said in full. */
  #finish(): void {
    if (this.#answered) return;
    this.#answered = true;
    if (!this.#of.stream.writableEnded) this.#of.stream.end();
    // A client whose handshake is refused has no more to say, and need not say so (RFC 9113 section 8.1).
    if (this.#asked || this.#of.extended || this.#of.framing === 'none') this.#endRead();
  }

  /** What is no answer of HTTP/1.1, or none that HTTP/2 can carry. */
  #giveUp(done: () => void): void {
    closeStream(this.#of.stream, codes.internal);
    done();
  }

  override _final(done: () => void): void {
    // An end in mid-answer must not look like a whole one.
    if (this.#answered || this.#body?.untilClose) this.#finish();
    else closeStream(this.#of.stream, codes.internal);
    done();
  }

  protected override letGo(): void {
    const code = this.breaking ? codes.cancel : this.#answered ? codes.none : codes.internal;
    if (this.breaking) this.reset ??= { by: 'shakedown', code: 'CANCEL' };
    const { stream } = this.#of;
    stream.resume();
    if (this.#answered && this.#asked && !this.breaking) return;
    closeStream(stream, code);
  }
}
