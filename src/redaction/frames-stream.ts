import { type FrameHeader, type FrameResume, opcodes, type Sender } from '../model/frame.js';
import type { AgreedDeflate } from '../wire/extensions.js';
import { headerSize, isCountable, longestHeader, readFrameHeader } from '../wire/frame-header.js';
import type { Chunk } from './chunks.js';
import { createDeflateContext } from './deflate.js';
import type { Spot } from './frame-edit.js';
import { blankSink, packedSink, type Sink, searchPiece, type Tools, textSink } from './sinks.js';

/** A longer message is searched in windows. */
const simpleLimit = 1024 * 1024;

/** One direction of one exchange. */
export interface Stream {
  push(chunk: Chunk): void;
  /** Bytes were lost here; without `resume` nobody knows what those are that follow. */
  gap(lost: number, resume: FrameResume | undefined): void;
  /** No more will come. */
  finish(): void;
  /** Holds no chunk any longer: what could not be searched yet is blanked. */
  giveUp(): void;
}

/**
 * Frames and messages of one direction, as `createMessageAssembler` joins them (wire/messages.ts): headers, masks and fragmentation stay, payloads are searched
 * as whole messages. Frames with bits or opcodes that nobody agreed on cannot be read and are blanked; what is no frames at all but text is searched as that.
 */
export const createFramesStream = (
  tools: Tools,
  { from, deflate }: { readonly from: Sender; readonly deflate: AgreedDeflate | null },
): Stream => {
  const context = deflate && createDeflateContext(settingsOf(deflate, from));
  const held = new Uint8Array(longestHeader);
  let heldBytes = 0;
  let spots: Spot[] = [];
  /** The header in hand began in bytes that are not there any more. */
  let headerGone = false;
  let header: FrameHeader | null = null;
  let sink: Sink | null = null;
  let place = 0;
  let left = 0;
  let message: Sink | null = null;
  let rest: Sink | null = null;
  let begun = false;

  const unread = ({ rsv1, rsv2, rsv3, opcode }: FrameHeader): boolean =>
    rsv2 ||
    rsv3 ||
    (rsv1 && (!context || opcode === opcodes.continuation || opcode > opcodes.binary)) ||
    (opcode > 2 && opcode < 8) ||
    opcode > 10;

  /** Of a Close frame the code is no text. */
  const keepOf = ({ opcode }: FrameHeader): number => (opcode === opcodes.close ? 2 : 0);

  const sinkFor = (read: FrameHeader): Sink => {
    const { opcode, fin, rsv1 } = read;
    if (opcode > opcodes.binary) return unread(read) ? blankSink(tools, keepOf(read)) : textSink(tools, keepOf(read));
    if (opcode === opcodes.continuation && message) return message;
    const made = unread(read) ? blankSink(tools) : rsv1 && context ? packedSink(tools, context) : textSink(tools);
    if (opcode === opcodes.continuation || fin) return made;
    // The first frame of another message takes the place of one that never ended.
    message?.gap();
    message?.finish(true);
    message = made;
    return made;
  };

  /** A frame that is a message of its own, with nothing to undo but its mask. */
  const isSimple = (read: FrameHeader): boolean =>
    !unread(read) && !read.rsv1 && read.opcode !== opcodes.continuation && (read.fin || read.opcode >= opcodes.close);

  const release = (): void => {
    for (const { chunk } of spots) chunk.holds--;
    spots = [];
  };

  /** Returns where to go on in the chunk that holds the end of the header. */
  const begin = (read: FrameHeader, chunk: Chunk, at: number): number => {
    heldBytes = 0;
    if (read.length <= chunk.bytes.length - at && read.length <= simpleLimit && isSimple(read)) {
      release();
      headerGone = false;
      if (read.length > 0) searchPiece(tools, { chunk, from: at, to: at + read.length, key: read.key, phase: 0 }, keepOf(read));
      return at + read.length;
    }
    header = read;
    left = read.length;
    place = 0;
    sink = sinkFor(read);
    sink.begin(read, headerGone ? null : spots);
    release();
    headerGone = false;
    if (!isCountable(read.length)) rest = blankSink(tools);
    else if (left === 0) end();
    return at;
  };

  const end = (): void => {
    const ended = header;
    const filled = sink;
    header = null;
    sink = null;
    if (!ended || !filled) return;
    if (filled === message) {
      if (!ended.fin) return;
      message = null;
    }
    filled.finish(false);
  };

  const takeHeader = (chunk: Chunk, at: number): number => {
    let to = at;
    let read: FrameHeader | 'need more' = 'need more';
    while (to < chunk.bytes.length && read === 'need more') {
      held[heldBytes++] = chunk.bytes[to++] as number;
      if (heldBytes >= 2 && heldBytes >= headerSize(held[1] as number)) read = readFrameHeader(held);
    }
    chunk.holds++;
    spots.push({ chunk, from: at, to });
    return read === 'need more' ? to : begin(read, chunk, to);
  };

  const push = (chunk: Chunk): void => {
    const size = chunk.bytes.length;
    if (!begun && size > 0) {
      begun = true;
      if (isText(chunk.bytes, context !== null)) rest = textSink(tools);
    }
    for (let at = 0; at < size; ) {
      if (rest) {
        rest.add({ chunk, from: at, to: size, key: null, phase: 0 });
        return;
      }
      if (!sink) {
        at = takeHeader(chunk, at);
        continue;
      }
      const to = at + Math.min(left, size - at);
      sink.add({ chunk, from: at, to, key: header?.key ?? null, phase: place });
      place += to - at;
      left -= to - at;
      at = to;
      if (left === 0) end();
    }
  };

  const finish = (): void => {
    release();
    if (sink && sink !== message) sink.finish(true);
    message?.finish(true);
    rest?.finish(true);
    sink = null;
    message = null;
  };

  const gap = (lost: number, resume: FrameResume | undefined): void => {
    begun = true;
    release();
    if (resume && header && sink && !rest && lost <= left && resume.left === left - lost) {
      sink.gap();
      place += lost;
      left = resume.left;
      if (left === 0) end();
      return;
    }
    finish();
    context?.reset();
    header = null;
    heldBytes = 0;
    rest = resume ? null : blankSink(tools);
    if (!resume) return;
    if (resume.unfinished) message = context ? blankSink(tools) : textSink(tools);
    message?.gap();
    const start = Buffer.from(resume.header, 'base64').subarray(0, longestHeader - 1);
    held.set(start);
    heldBytes = start.length;
    headerGone = heldBytes > 0;
    left = resume.left;
    if (left > 0) sink = blankSink(tools);
  };

  return {
    push,
    gap,
    finish,
    giveUp: () => {
      if (spots.length > 0) headerGone = true;
      release();
      sink?.giveUp();
      message?.giveUp();
      rest?.giveUp();
    },
  };
};

const settingsOf = (deflate: AgreedDeflate, from: Sender): { readonly takeover: boolean; readonly bits: number } =>
  from === 'client'
    ? { takeover: !deflate.clientNoContextTakeover, bits: deflate.clientMaxWindowBits }
    : { takeover: !deflate.serverNoContextTakeover, bits: deflate.serverMaxWindowBits };

/** HTTP or HTML where frames are due: printable characters that as a header would have bits set which nobody agreed on. */
const isText = (bytes: Uint8Array, rsv1Agreed: boolean): boolean => {
  const first = bytes[0] ?? 0;
  const odd = (first & 0x30) !== 0 || ((first & 0x40) !== 0 && (!rsv1Agreed || (first & 0x0f) > 2));
  return odd && bytes.subarray(0, 4).every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a);
};
