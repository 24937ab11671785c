import { type FrameDefect, type FrameResume, type FrameTally, type Gap, opcodes, type Sender } from '../model/frame.js';
import { isValidCloseCode, readClosePayload } from './close-code.js';
import { headerSize, isCountable, longestHeader, longLength } from './frame-header.js';
import { landingOf } from './gap.js';

/** Counts and judges the frames of one direction, beside the relay. */
export interface FrameScanner {
  /** Takes the next chunk that crossed. The chunk is read only, and not kept. */
  push(chunk: Uint8Array): void;
  /** Bytes that crossed and cannot be pushed. Without a way to go on nothing more is counted but bytes. */
  skip(gap: Gap): void;
  /** Where the frames stand now; undefined when that cannot be said any more. */
  resume(): FrameResume | undefined;
  /** The stream has ended; inside a frame that is a defect. */
  end(): void;
  /** What was seen so far; a new object each time. */
  tally(): FrameTally;
  /** Whether a Close has gone past, at no cost. */
  closed(): boolean;
}

const mostDefects = 20;
const mostFirstBytes = 64;
const mostControlBytes = 125;
/** Of a frame whose header a gap took: no opcode is over 15. */
const unknownOpcode = 16;
/** No peer takes a frame over this many bytes (2 GiB - 1); a length like that is a mistake or an attack. */
const largestSane = 0x7fffffff;

/**
 * The scanner of one direction; `agreed.rsv1` says that permessage-deflate was agreed on, so that RSV1 may stand on the first frame of a
 * message (RFC 7692 section 6). This runs for each chunk of each connection: it looks at headers, skips payloads by counting, and
 * allocates only for a defect or a Close frame. A frame counts when its last byte has come.
 */
export const createFrameScanner = (from: Sender, agreed: { readonly rsv1: boolean } = { rsv1: false }): FrameScanner => {
  const masks = from === 'client';
  const header = new Uint8Array(longestHeader);
  const closePayload = new Uint8Array(mostControlBytes);
  const firstBytes = new Uint8Array(mostFirstBytes);
  let firstCount = 0;
  let firstText = '';
  let chunkOffset = 0;
  let bytes = 0;
  /** Where the frame at hand starts, counted from the current chunk's first byte; negative when it began in an earlier chunk. */
  let frameAt = 0;
  let held = 0;
  /** Payload bytes of the frame at hand: all of them, and those still to come. */
  let length = 0;
  let left = 0;
  let opcode = 0;
  let fin = false;
  let closeBytes = 0;
  let messageOpen = false;
  let stopped = false;
  let incomplete = false;
  let frames = 0;
  let messages = 0;
  let pings = 0;
  let pongs = 0;
  let close: FrameTally['close'] = null;
  let defects: readonly FrameDefect[] = [];

  const note = (code: FrameDefect['code'], text: string) => {
    if (defects.length < mostDefects) defects = [...defects, { code, offset: chunkOffset + frameAt, note: text }];
  };

  const judgeBits = (first: number, second: number) => {
    const bits = [first & 0x40 && 'RSV1', first & 0x20 && 'RSV2', first & 0x10 && 'RSV3'].filter(Boolean).join(' and ');
    const mayCompress = agreed.rsv1 && (opcode === opcodes.text || opcode === opcodes.binary);
    if ((first & (mayCompress ? 0x30 : 0x70)) !== 0) {
      note(
        'rsv',
        agreed.rsv1 ? `${bits} set where permessage-deflate allows none` : `${bits} set, and no extension was agreed that uses it`,
      );
    }
    if (second >= 0x80 === masks) return;
    if (masks) note('unmasked-from-client', 'the client sent a frame without a mask');
    else note('masked-from-server', 'the server sent a masked frame');
  };

  const judgeControl = () => {
    if (opcode > opcodes.pong) return note('opcode', `opcode ${opcode} is reserved`);
    if (length > mostControlBytes) note('control-too-long', `a control frame of ${length} bytes; ${mostControlBytes} are allowed`);
    if (!fin) note('control-fragmented', 'a control frame without FIN');
  };

  const judgeData = () => {
    if (opcode > opcodes.binary) note('opcode', `opcode ${opcode} is reserved`);
    else if (opcode === opcodes.continuation && !messageOpen) note('continuation', 'a continuation frame with nothing to continue');
    else if (opcode !== opcodes.continuation && messageOpen) note('interleaved', 'a new message begins inside an unfinished one');
  };

  const judgeLength = (short: number, top: number) => {
    const minimum = short === 126 ? 126 : 0x10000;
    if (length < minimum) note('length', `a length of ${length} written in ${short === 126 ? 16 : 64} bits`);
    if (isCountable(length)) {
      if (length > largestSane) note('too-big', `a frame of ${length} bytes is announced`);
    } else if (top >= 0x80) note('length', 'a 64-bit length with its top bit set; nothing after it can be read');
    else note('too-big', 'a frame of 2^53 bytes or more is announced; nothing after it can be read');
  };

  /** Only while defects are kept: a flood of bad frames costs no more than one of good frames. */
  const judge = (first: number, second: number, third: number) => {
    const short = second & 0x7f;
    if ((first & 0x70) !== 0 || second >= 0x80 !== masks) judgeBits(first, second);
    if (short >= 126) judgeLength(short, third);
    if (!isCountable(length)) return;
    if (opcode >= opcodes.close) judgeControl();
    else judgeData();
  };

  /** A whole header lies in `source` at `start`: in the chunk itself, or in `header` where chunks split it. */
  const begin = (source: Uint8Array, start: number) => {
    const first = source[start] as number;
    const second = source[start + 1] as number;
    const short = second & 0x7f;
    opcode = first & 0x0f;
    fin = first >= 0x80;
    held = 0;
    length = short;
    if (short === 126) length = (source[start + 2] as number) * 256 + (source[start + 3] as number);
    else if (short === 127) length = longLength(source, start + 2);
    left = length;
    stopped = !isCountable(length);
    if (opcode === opcodes.close) {
      closeBytes = 0;
      if (source !== header) header.set(source.subarray(start, start + headerSize(second)));
    }
    if (defects.length < mostDefects) judge(first, second, source[start + 2] ?? 0);
  };

  /** Payload of a Close frame: the only one that is unmasked here. */
  const keepClose = (chunk: Uint8Array, at: number, step: number) => {
    const second = header[1] as number;
    const key = headerSize(second) - 4;
    for (let index = at; index < at + step && closeBytes < mostControlBytes; index++, closeBytes++) {
      const mask = second >= 0x80 ? (header[key + (closeBytes & 3)] as number) : 0;
      closePayload[closeBytes] = (chunk[index] as number) ^ mask;
    }
  };

  const finishClose = () => {
    const { code, reason, reasonIsUtf8 } = readClosePayload(closePayload.subarray(0, closeBytes));
    close ??= { code, reason };
    if (closeBytes === 1) note('close-payload', 'a Close frame whose payload is a single byte');
    if (closeBytes < 2) return;
    if (!isValidCloseCode(code)) note('close-code', `a Close frame with the code ${code}, which may not be sent`);
    // A reason cut at 125 bytes may end inside a character; that frame's length is on record already.
    if (!reasonIsUtf8 && length <= mostControlBytes) note('close-payload', 'the reason of a Close frame is not UTF-8');
  };

  /** Whether a message is unfinished once the frame at hand has ended. */
  const openBehind = (): boolean => {
    if (opcode > opcodes.binary) return messageOpen;
    return opcode === opcodes.continuation ? messageOpen && !fin : messageOpen || !fin;
  };

  const finish = () => {
    frames++;
    if (opcode <= opcodes.binary) {
      if (fin && (messageOpen || opcode !== opcodes.continuation)) messages++;
      messageOpen = openBehind();
    } else if (opcode === opcodes.ping) pings++;
    else if (opcode === opcodes.pong) pongs++;
    else if (opcode === opcodes.close) finishClose();
  };

  const keepFirst = (chunk: Uint8Array) => {
    const step = Math.min(mostFirstBytes - firstCount, chunk.length);
    firstBytes.set(chunk.subarray(0, step), firstCount);
    firstCount += step;
    firstText = Buffer.from(firstBytes.subarray(0, firstCount)).toString('latin1');
  };

  const push = (chunk: Uint8Array) => {
    const size = chunk.length;
    if (firstCount < mostFirstBytes && size > 0) keepFirst(chunk);
    bytes += size;
    let at = 0;
    while (at < size && !stopped) {
      if (left > 0) {
        const step = Math.min(left, size - at);
        if (opcode === opcodes.close) keepClose(chunk, at, step);
        at += step;
        left -= step;
        if (left === 0) finish();
        continue;
      }
      if (held === 0) {
        frameAt = at;
        const whole = at + 1 < size ? headerSize(chunk[at + 1] as number) : longestHeader;
        if (at + whole <= size) {
          begin(chunk, at);
          at += whole;
          if (left === 0) finish();
          continue;
        }
      }
      header[held++] = chunk[at++] as number;
      if (held >= 2 && held === headerSize(header[1] as number)) {
        begin(header, 0);
        if (left === 0) finish();
      }
    }
    chunkOffset += size;
    frameAt -= size;
  };

  const skip = (gap: Gap) => {
    const landing = landingOf(gap, { left, held });
    bytes += gap.bytes;
    chunkOffset += gap.bytes;
    frameAt -= gap.bytes;
    firstCount = mostFirstBytes;
    incomplete ||= landing !== 'inside';
    if (stopped) return;
    // Of a Close frame with a hole neither code nor reason is invented.
    if (opcode === opcodes.close) opcode = unknownOpcode;
    if (landing === 'lost') stopped = true;
    else if (landing === 'inside') {
      left -= gap.bytes;
      if (left === 0) finish();
    } else {
      opcode = unknownOpcode;
      left = landing.left;
      messageOpen = landing.unfinished;
      header.set(landing.header);
      held = landing.header.length;
      frameAt = -held;
    }
  };

  const resume = (): FrameResume | undefined => {
    if (stopped) return undefined;
    if (left > 0) return { left, header: '', unfinished: openBehind() };
    return { left, header: Buffer.from(header.subarray(0, held)).toString('base64'), unfinished: messageOpen };
  };

  const end = () => {
    if (stopped) return;
    stopped = true;
    if (left > 0) note('truncated', `the stream ended ${left} bytes before the end of a frame`);
    else if (held > 0) note('truncated', 'the stream ended inside a frame header');
  };

  return {
    push,
    skip,
    resume,
    end,
    closed: () => close !== null,
    tally: () => ({
      ...{ frames, messages, pings, pongs, bytes, close, defects, firstBytes: firstText },
      ...(incomplete && { incomplete }),
    }),
  };
};
