import { fieldValues, type Head, statusLine } from '../model/head.js';

/** Finds where a response's body ends, whatever its framing (RFC 9112 section 6.3), fed chunk by chunk. */
export interface BodyEnd {
  /** How many bytes of the chunk belong to the body; `done` is true from the last one on. */
  push(chunk: Uint8Array): number;
  readonly done: boolean;
  /** The body goes on until the connection ends. */
  readonly untilClose: boolean;
}

/** The body that follows this final response to a request with that method. */
export const bodyEndOf = (head: Head, method = 'GET'): BodyEnd => {
  const { status } = statusLine(head);
  if (method === 'HEAD' || status === 204 || status === 304) return byLength(0);
  const encodings = fieldValues(head, 'transfer-encoding').join(',').toLowerCase();
  if (/(^|[,\s])chunked\s*$/.test(encodings)) return byChunks();
  const length = fieldValues(head, 'content-length')[0];
  if (encodings === '' && length !== undefined && /^\d+$/.test(length)) return byLength(Number(length));
  return { push: (chunk) => chunk.length, done: false, untilClose: true };
};

/** Whether both sides may send another message on this connection after it: RFC 9112 section 9.3. */
export const keepsConnection = (request: Head, response: Head): boolean => {
  const says = (head: Head) => fieldValues(head, 'connection').join(',').toLowerCase();
  if (/(^|[,\s])close\b/.test(says(response)) || /(^|[,\s])close\b/.test(says(request))) return false;
  return statusLine(response).version !== 'HTTP/1.0' || /keep-alive/.test(says(response));
};

const byLength = (length: number): BodyEnd => {
  let left = length;
  return {
    push: (chunk) => {
      const taken = Math.min(left, chunk.length);
      left -= taken;
      return taken;
    },
    get done() {
      return left === 0;
    },
    untilClose: false,
  };
};

type ChunkState = 'size' | 'extension' | 'data' | 'data-end' | 'trailer-start' | 'trailer' | 'done' | 'broken';

/** Chunked coding, RFC 9112 section 7.1. A broken size makes the rest a body until the connection ends. */
const byChunks = (): BodyEnd => {
  let state: ChunkState = 'size';
  let size = 0;
  let digits = 0;
  const step = (byte: number): void => {
    if (state === 'size') {
      const digit = Number.parseInt(String.fromCharCode(byte), 16);
      if (!Number.isNaN(digit) && digits < 12) [size, digits] = [size * 16 + digit, digits + 1];
      else if (digits === 0 || digits >= 12) state = 'broken';
      else if (byte === 0x0a) endOfSize();
      else state = 'extension';
    } else if (state === 'extension') {
      if (byte === 0x0a) endOfSize();
    } else if (state === 'data-end') {
      if (byte === 0x0a) [state, size, digits] = ['size', 0, 0];
      else if (byte !== 0x0d) state = 'broken';
    } else if (state === 'trailer-start') {
      if (byte === 0x0a) state = 'done';
      else if (byte !== 0x0d) state = 'trailer';
    } else if (state === 'trailer' && byte === 0x0a) state = 'trailer-start';
  };
  const endOfSize = (): void => {
    state = size === 0 ? 'trailer-start' : 'data';
  };
  return {
    push: (chunk) => {
      for (let at = 0; at < chunk.length; ) {
        if (state === 'broken') return chunk.length;
        if (state === 'data') {
          const taken = Math.min(size, chunk.length - at);
          [size, at] = [size - taken, at + taken];
          if (size === 0) state = 'data-end';
          continue;
        }
        step(chunk[at] ?? 0);
        at += 1;
        if (state === ('done' as ChunkState)) return at;
      }
      return chunk.length;
    },
    get done() {
      return state === 'done';
    },
    get untilClose() {
      return state === 'broken';
    },
  };
};
