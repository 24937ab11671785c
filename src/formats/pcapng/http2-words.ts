import type { Http2Settings } from '../../model/http2-facts.js';
import { errorNamed, flags, frameTypes, preface, writeFrame, writeHeaders, writeReset, writeSettings } from '../../wire/http2/frame.js';
import { requestFields, responseFields } from '../../wire/http2/head.js';
import { writeHeaderBlock } from '../../wire/http2/hpack.js';

/*
 * What was said on one stream of HTTP/2 as frames of it (RFC 9113). The recording keeps heads as text and DATA without frame heads, so these frames
 * say the same and are not byte for byte those that crossed: header blocks are literals of RFC 7541 section 6.2.2.
 */

/** Every peer takes DATA frames of that length (RFC 9113 section 4.2). */
const sureLength = 16_384;

/** The first word of each side. The client's begins with the preface. */
export const greeting = (side: 'client' | 'server', settings: Http2Settings | null): Buffer => {
  const frame = writeFrame({ type: frameTypes.settings, flags: 0, stream: 0 }, writeSettings(settings ?? {}));
  return side === 'client' ? Buffer.concat([Buffer.from(preface, 'latin1'), frame]) : frame;
};

export const headFrames = (stream: number, kind: 'request' | 'response', raw: string): Buffer =>
  writeHeaders(stream, writeHeaderBlock(kind === 'request' ? requestFields(raw) : responseFields(raw)), false);

export const dataFrames = (stream: number, bytes: Uint8Array): Buffer => {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += sureLength) {
    frames.push(writeFrame({ type: frameTypes.data, flags: 0, stream }, bytes.subarray(at, at + sureLength)));
  }
  return Buffer.concat(frames);
};

export const endFrame = (stream: number): Buffer => writeFrame({ type: frameTypes.data, flags: flags.endStream, stream });

/** `code` as an `end` event has it: `H2_` and the error's name. */
export const resetFrame = (stream: number, code: string): Buffer => writeReset(stream, errorNamed(code.slice(3)));

export const goawayFrame = ({
  code,
  lastStream,
  debug,
}: {
  readonly code: string;
  readonly lastStream: number;
  readonly debug: string;
}): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE((lastStream & 0x7fffffff) >>> 0, 0);
  head.writeUInt32BE(errorNamed(code), 4);
  return writeFrame({ type: frameTypes.goaway, flags: 0, stream: 0 }, Buffer.concat([head, Buffer.from(debug, 'latin1')]));
};
