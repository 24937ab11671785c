import { fieldValues, type Head, type HeaderField, statusLine } from '../model/head.js';

/** Takes the body out of a message of HTTP/1.1, whatever marks it off (RFC 9112 section 6.3), fed chunk by chunk. */
export interface BodyReader {
  /** The pieces of the body in this chunk, and what stands behind its end. */
  push(chunk: Buffer): { readonly data: readonly Buffer[]; readonly rest: Buffer };
  readonly done: boolean;
  /** It lasts until the connection ends, so that this end is no loss. */
  readonly untilClose: boolean;
  /** Fields behind a chunked body. */
  readonly trailers: readonly HeaderField[];
}

const nothing: Buffer = Buffer.alloc(0);
/** Of one line of the chunked coding, and of all trailers, bytes. */
const lineLimit = 16 * 1024;

/** The body behind this request. */
export const requestBody = (head: Head): BodyReader => {
  if (isChunked(head)) return byChunks();
  const length = fieldValues(head, 'content-length')[0];
  return byLength(length !== undefined && /^\d+$/.test(length) ? Number(length) : 0);
};

/** The body behind this final response to a request with that method. */
export const answerBody = (head: Head, method: string): BodyReader => {
  const { status } = statusLine(head);
  if (method === 'HEAD' || status === 204 || status === 304) return byLength(0);
  if (isChunked(head)) return byChunks();
  const length = fieldValues(head, 'content-length')[0];
  if (fieldValues(head, 'transfer-encoding').length === 0 && length !== undefined && /^\d+$/.test(length)) return byLength(Number(length));
  return endless();
};

/** What has no end of its own: the frames behind a 101. */
export const endless = (): BodyReader => ({
  push: (chunk) => ({ data: [chunk], rest: nothing }),
  done: false,
  untilClose: true,
  trailers: [],
});

const isChunked = (head: Head): boolean => /(^|[,\s])chunked\s*$/i.test(fieldValues(head, 'transfer-encoding').join(','));

const byLength = (length: number): BodyReader => {
  let left = length;
  return {
    push: (chunk) => {
      const data = chunk.subarray(0, left);
      left -= data.length;
      return { data: data.length > 0 ? [data] : [], rest: chunk.subarray(data.length) };
    },
    get done() {
      return left === 0;
    },
    untilClose: false,
    trailers: [],
  };
};

/** Chunked coding, RFC 9112 section 7.1. What breaks it is body that never ends as it should. */
const byChunks = (): BodyReader => {
  let state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' | 'broken' = 'size';
  let line = '';
  let left = 0;
  let seen = 0;
  const trailers: HeaderField[] = [];

  const onLine = (): void => {
    const text = line.replace(/\r$/, '');
    line = '';
    if (state === 'size') {
      const size = /^([0-9a-f]{1,12})[ \t]*(;|$)/i.exec(text)?.[1];
      left = Number.parseInt(size ?? '', 16);
      state = size === undefined ? 'broken' : left === 0 ? 'trailer' : 'data';
    } else if (state === 'data-end') state = text === '' ? 'size' : 'broken';
    else if (text === '') state = 'done';
    else {
      const colon = text.indexOf(':');
      if (colon > 0) trailers.push([text.slice(0, colon).trim(), text.slice(colon + 1).trim()]);
    }
  };
  const readLine = (chunk: Buffer, at: number): number => {
    const end = chunk.indexOf(0x0a, at);
    const stop = end === -1 ? chunk.length : end;
    line += chunk.toString('latin1', at, stop);
    seen = state === 'trailer' ? seen + stop - at : 0;
    if (line.length > lineLimit || seen > lineLimit) state = 'broken';
    else if (end !== -1) onLine();
    return end === -1 ? chunk.length : end + 1;
  };
  return {
    push: (chunk) => {
      const data: Buffer[] = [];
      let at = 0;
      while (at < chunk.length && state !== 'done') {
        if (state === 'broken') {
          data.push(chunk.subarray(at));
          at = chunk.length;
        } else if (state === 'data') {
          const piece = chunk.subarray(at, at + left);
          data.push(piece);
          at += piece.length;
          left -= piece.length;
          if (left === 0) state = 'data-end';
        } else at = readLine(chunk, at);
      }
      return { data, rest: chunk.subarray(at) };
    },
    get done() {
      return state === 'done';
    },
    untilClose: false,
    trailers,
  };
};

/** A piece of a body in the chunked coding. */
export const writeChunk = (data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`, 'latin1'), data, Buffer.from('\r\n')]);

/** The end of a body in the chunked coding. */
export const lastChunk = (trailers: readonly HeaderField[] = []): Buffer =>
  Buffer.from(`0\r\n${trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`, 'latin1');
