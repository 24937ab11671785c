import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { field, type Head, type HeaderField, requestLine } from '../../model/head.js';
import { type BodyReader, endless, lastChunk, requestBody, writeChunk } from '../../wire/body-reader.js';
import { findHeadEnd, headLimit, parseHead } from '../../wire/http-head.js';
import { responseText } from '../../wire/http2/head.js';
import { answerToHttp1, type Framing, requestToHttp2, switchesProtocols } from '../../wire/http2/translate.js';
import { closeStream, codes, Facade, fieldsOf, nodeHeaders } from './facade.js';

/**
 * A session to a server as a connection of HTTP/1.1: each request head that is written opens a stream, and what the server says on it is read as
 * HTTP/1.1. One request after the other, as on any such connection.
 */
export class ServerFacade extends Facade {
  readonly #session: ClientHttp2Session;
  readonly #onStream: (id: number) => void;
  /** The last final answer as the server spoke it. */
  spoken = '';
  #held: Buffer = Buffer.alloc(0);
  #stream: ClientHttp2Stream | null = null;
  #body: BodyReader | null = null;
  #framing: Framing | 'data' = 'none';
  #said = false;
  #heard = false;

  constructor(session: ClientHttp2Session, { raw, onStream }: { readonly raw: Socket; readonly onStream: (id: number) => void }) {
    super(raw);
    this.#session = session;
    this.#onStream = onStream;
    session.once('close', this.#onSessionClose);
  }

  /** Between two requests, the end of the session is the end of the connection; in one, its stream tells. */
  readonly #onSessionClose = (): void => {
    if (!this.#stream && !this.destroyed && !this.readableEnded) this.push(null);
  };

  override _read(): void {
    this.#stream?.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.touch();
    this.bytesWritten += chunk.length;
    if (this.#body && this.#stream) return void this.#writeBody(chunk, done);
    this.#held = Buffer.concat([this.#held, chunk]);
    this.#next(done);
  }

  /** Opens a stream for the head at hand, once it is whole and the stream before it is over. */
  #next(done: (error?: Error | null) => void): void {
    if (this.#stream) return void done(this.#held.length > headLimit * 2 ? new Error('too much behind a request') : null);
    const end = findHeadEnd(this.#held);
    if (end === -1) return void done();
    const head = parseHead(this.#held.toString('latin1', 0, end), 'request');
    const rest = this.#held.subarray(end);
    this.#held = Buffer.alloc(0);
    try {
      this.#ask(head);
    } catch (error) {
      return void done(Object.assign(error instanceof Error ? error : new Error(String(error)), { code: 'ECONNRESET' }));
    }
    this.#writeBody(rest, done);
  }

  #ask(head: Head): void {
    const extended = switchesProtocols(head);
    this.#body = extended ? endless() : requestBody(head);
    const fields = nodeHeaders(requestToHttp2(head, 'https'));
    const stream = this.#session.request(fields, { endStream: this.#body.done, waitForTrailers: !this.#body.done && !extended });
    [this.#stream, this.#said, this.#heard, this.#framing, this.spoken] = [stream, this.#body.done, false, 'none', ''];
    const asked = { method: requestLine(head).method, key: extended ? (field(head, 'Sec-WebSocket-Key') ?? '') : null };
    const tellId = (): void => void (stream.id !== undefined && this.#onStream(stream.id));
    if (stream.pending) stream.once('ready', tellId);
    else tellId();
    stream.on('error', () => {});
    stream.on('wantTrailers', () => stream.sendTrailers(nodeHeaders(trailersOf(this.#body))));
    stream.on('headers', (headers: Record<string, unknown>, _flags: number, raw?: readonly string[]) => {
      // Node's own event for each 1xx; 101 does not exist in HTTP/2 (RFC 9113 section 8.6).
      if (headers[':status'] === 101) return;
      this.give(Buffer.from(answerToHttp1(fieldsOf(raw ?? []), { ...asked, endStream: false }).raw, 'latin1'));
    });
    stream.once('response', (_headers, flags: number, raw?: readonly string[]) => {
      const said = fieldsOf(raw ?? []);
      const answer = answerToHttp1(said, { ...asked, endStream: (flags & 1) === 1 });
      this.spoken = responseText(said);
      this.#framing = answer.framing;
      // A refused extended CONNECT has no more to say.
      if (extended && answer.framing !== 'data') this.#sayEnd();
      this.give(Buffer.from(answer.raw, 'latin1'));
    });
    stream.on('data', (chunk: Buffer) => {
      if (this.#framing !== 'none' && !this.give(this.#framing === 'chunked' ? writeChunk(chunk) : chunk)) stream.pause();
    });
    let trailers: HeaderField[] = [];
    stream.on('trailers', (_headers, _flags, raw?: readonly string[]) => {
      trailers = fieldsOf(raw ?? []);
    });
    stream.once('end', () => {
      // A reset ends it too; 'close' tells that.
      if (stream.rstCode !== codes.none || this.spoken === '') return;
      this.#heard = true;
      if (this.#framing === 'chunked') this.give(lastChunk(trailers));
      if (this.#framing === 'data') this.push(null);
    });
    stream.once('close', () => this.#onClose(stream));
  }

  #onClose(stream: ClientHttp2Stream): void {
    if (this.destroyed || this.#stream !== stream) return;
    if (!this.#heard) return void this.broken(stream.rstCode === codes.none ? codes.cancel : stream.rstCode);
    if (this.#framing === 'data') return;
    this.#stream = null;
    this.#body = null;
    if (this.writableEnded || this.#session.closed || this.#session.destroyed) {
      this.push(null);
      return;
    }
    if (this.#held.length > 0) this.#next((error) => error && this.destroy(error));
  }

  #writeBody(chunk: Buffer, done: (error?: Error | null) => void): void {
    const { stream, body } = { stream: this.#stream, body: this.#body };
    if (!stream || !body || stream.destroyed || chunk.length === 0) return void done();
    if (this.#said) {
      this.#held = Buffer.concat([this.#held, chunk]);
      return void done(this.#held.length > headLimit * 2 ? new Error('too much behind a request') : null);
    }
    const { data, rest } = body.push(chunk);
    if (rest.length > 0) this.#held = Buffer.concat([this.#held, rest]);
    const bytes = Buffer.concat(data);
    const written = (): void => {
      if (body.done) this.#sayEnd();
      done();
    };
    if (bytes.length === 0) written();
    else stream.write(bytes, written);
  }

  #sayEnd(): void {
    this.#said = true;
    if (this.#stream && !this.#stream.writableEnded) this.#stream.end();
  }

  override _final(done: () => void): void {
    if (this.#stream) {
      if (this.#body?.untilClose || this.#said) this.#sayEnd();
      else closeStream(this.#stream, codes.cancel);
    } else if (!this.readableEnded) this.push(null);
    done();
  }

  protected override letGo(): void {
    this.#session.off('close', this.#onSessionClose);
    const stream = this.#stream;
    if (!stream) return;
    stream.resume();
    if (this.breaking) this.reset ??= { by: 'shakedown', code: 'CANCEL' };
    if (!(this.#said && this.#heard)) closeStream(stream, codes.cancel);
  }
}

const trailersOf = (body: BodyReader | null): readonly HeaderField[] => body?.trailers ?? [];
