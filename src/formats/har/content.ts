import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { sentenceOf } from '../../model/problem.js';

/** The most of one body that goes into a HAR, bytes as sent and again as decoded. */
export const bodyLimit = 1024 * 1024;

/** A body without the codings that it was sent in. */
export interface Decoded {
  /** At most `bodyLimit` bytes; the coded ones where they could not be decoded. */
  readonly bytes: Buffer;
  readonly cut: boolean;
  /** The codings that are still on it: unknown here, or broken. */
  readonly left: readonly string[];
  readonly error?: string;
}

/** `deflate` is zlib's format by RFC 9110 section 8.4.1.2, and bare DEFLATE by the custom of some servers. */
const decoderOf = (coding: string, first: number | undefined) => {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return ((first ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      return undefined;
  }
};

/** At most `limit` bytes come out, however many would. */
const decodeOnce = async (
  bytes: Buffer,
  coding: string,
  limit: number,
): Promise<{ bytes: Buffer; cut: boolean; error?: string } | null> => {
  const decoder = decoderOf(coding, bytes[0]);
  if (!decoder) return null;
  const parts: Buffer[] = [];
  let made = 0;
  try {
    pipeline(Readable.from([bytes]), decoder, () => {});
    for await (const part of decoder as AsyncIterable<Buffer>) {
      parts.push(part);
      made += part.length;
      if (made > limit) return { bytes: Buffer.concat(parts).subarray(0, limit), cut: true };
    }
    return { bytes: Buffer.concat(parts), cut: false };
  } catch (error) {
    return { bytes: Buffer.concat(parts), cut: true, error: sentenceOf(error) };
  } finally {
    decoder.destroy();
  }
};

/** Takes the codings off, the last one first. What comes out is bounded: a bomb is a body that is cut. */
export const decodeContent = async (coded: Buffer, codings: readonly string[], limit: number = bodyLimit): Promise<Decoded> => {
  let bytes = coded;
  let cut = false;
  for (let at = codings.length - 1; at >= 0; at--) {
    const left = codings.slice(0, at + 1);
    const once = await decodeOnce(bytes, codings[at] ?? '', limit);
    if (!once) return { bytes, cut, left };
    if (once.error !== undefined && once.bytes.length === 0) return { bytes, cut, left, error: once.error };
    bytes = once.bytes;
    cut ||= once.cut;
    if (once.error !== undefined) return { bytes, cut: true, left: codings.slice(0, at), error: once.error };
  }
  return { bytes, cut, left: [] };
};

/** What a HAR's `text` and `encoding` are for these bytes: UTF-8 text, where the type does not say that it is another one, or base64. */
export const textOrBase64 = (bytes: Buffer, type: string): { readonly text: string; readonly encoding?: 'base64' } => {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';
  const isText = ['utf-8', 'utf8', 'us-ascii'].includes(charset) && isUtf8(bytes) && !bytes.includes(0);
  return isText ? { text: bytes.toString('utf8') } : { text: bytes.toString('base64'), encoding: 'base64' };
};
