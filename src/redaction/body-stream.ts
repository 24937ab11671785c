import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { fieldValues, type Head } from '../model/head.js';
import type { BodyReader } from '../wire/body-reader.js';
import { type Chunk, Pieces } from './chunks.js';
import type { Stream } from './frames-stream.js';
import { blankSink, type Sink, type Tools, textSink } from './sinks.js';

/** So much of a compressed body is held, and so much may come out of it. */
const packedLimit = 4 * 1024 * 1024;
const unpackedLimit = 2 * 1024 * 1024;

const flush = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: unpackedLimit };
const unpackers: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, flush),
  'x-gzip': (bytes) => gunzipSync(bytes, flush),
  // RFC 9110 section 8.4.1.2 means zlib's format; some servers send DEFLATE alone.
  deflate: (bytes) => ((bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, flush) : inflateRawSync(bytes, flush)),
  br: (bytes) => brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: unpackedLimit }),
};

/** A compressed body: kept as it is when no secret is in it, else blanked. */
const packedBody = ({ search, tally }: Tools, unpack: ((bytes: Buffer) => Buffer) | undefined): Sink => {
  const pieces = new Pieces();
  let dead = false;
  const blank = (): void => {
    if (!dead) tally.blanked();
    dead = true;
    pieces.blank();
    pieces.release();
  };
  const isClean = (cut: boolean): boolean => {
    try {
      return unpack !== undefined && search(unpack(pieces.bytes()).toString('latin1'), { cut }).length === 0;
    } catch {
      return false;
    }
  };
  return {
    begin: () => {},
    add: (piece) => {
      pieces.add(piece);
      if (dead || pieces.length > packedLimit) blank();
    },
    finish: (cut) => {
      if (pieces.length > 0 && !isClean(cut)) blank();
      pieces.release();
    },
    giveUp: () => {
      if (pieces.length > 0) blank();
    },
    gap: blank,
  };
};

const bodySink = (tools: Tools, head: Pick<Head, 'headers'>): Sink => {
  const encodings = fieldValues(head, 'content-encoding')
    .join(',')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const [only = ''] = encodings;
  if (encodings.length === 0) return textSink(tools);
  return packedBody(tools, encodings.length === 1 && Object.hasOwn(unpackers, only) ? unpackers[only] : undefined);
};

/** A body of HTTP behind its head: `reader` says which bytes are the body. Chunk framing and trailers are searched too, chunk by chunk. */
export const createBodyStream = (
  tools: Tools,
  { head, reader }: { readonly head: Pick<Head, 'headers'>; readonly reader: BodyReader },
): Stream => {
  const body = bodySink(tools, head);
  let behind: Sink | null = null;

  const framing = (chunk: Chunk, from: number, to: number): void => {
    if (to <= from) return;
    if (reader.done) {
      behind ??= textSink(tools);
      behind.add({ chunk, from, to, key: null, phase: 0 });
      return;
    }
    const sink = textSink(tools);
    sink.add({ chunk, from, to, key: null, phase: 0 });
    sink.finish(false);
  };

  return {
    push: (chunk) => {
      let at = 0;
      for (const part of reader.push(chunk.bytes).data) {
        const from = part.byteOffset - chunk.bytes.byteOffset;
        framing(chunk, at, from);
        at = from + part.length;
        body.add({ chunk, from, to: at, key: null, phase: 0 });
      }
      framing(chunk, at, chunk.bytes.length);
      if (reader.done && behind === null) body.finish(false);
    },
    gap: () => {
      body.gap();
      behind ??= blankSink(tools);
    },
    finish: () => {
      body.finish(true);
      behind?.finish(true);
    },
    giveUp: () => {
      body.giveUp();
      behind?.giveUp();
    },
  };
};

/** Bytes that are no frames and no body, as a tunnel carries them. */
export const createPlainStream = (tools: Tools): Stream => {
  const text = textSink(tools);
  return {
    push: (chunk) => text.add({ chunk, from: 0, to: chunk.bytes.length, key: null, phase: 0 }),
    gap: () => text.gap(),
    finish: () => text.finish(true),
    giveUp: () => text.giveUp(),
  };
};

/** Bytes of which the beginning is not in the recording, so that nobody knows what they are. */
export const createBlankStream = (tools: Tools): Stream => {
  const sink = blankSink(tools);
  return {
    push: (chunk) => sink.add({ chunk, from: 0, to: chunk.bytes.length, key: null, phase: 0 }),
    gap: () => {},
    finish: () => {},
    giveUp: () => {},
  };
};
