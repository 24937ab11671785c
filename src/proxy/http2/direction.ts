import type { HeaderField } from '../../model/head.js';
import { type FrameHead, flags, frameHeadLength, frameTypes, withoutPadding, writeHeaders } from '../../wire/http2/frame.js';
import { createHpackReader, writeHeaderBlock } from '../../wire/http2/hpack.js';
import { createSplitter, type Part } from '../../wire/http2/splitter.js';
import type { Rewrite } from '../relay.js';

/** A whole header block: HEADERS or PUSH_PROMISE with its CONTINUATION frames. */
export interface Block {
  readonly stream: number;
  /** The stream that a PUSH_PROMISE promises. */
  readonly promised: number | null;
  readonly endStream: boolean;
  readonly fields: readonly HeaderField[];
  /** Its frames as they came. */
  readonly raw: Buffer;
  /** Table size updates that it began with. */
  readonly sizeUpdates: Uint8Array;
}

/** What the receiver gets in place of a part: `true` is the part as it came, `false` nothing. */
export type Verdict = boolean | Buffer;

export interface Handlers {
  block(block: Block): boolean | { readonly fields: readonly HeaderField[]; readonly endStream?: boolean };
  /** A piece of a DATA frame, or of a frame of an unknown type. */
  piece(part: Extract<Part, { type: 'piece' }>): Verdict;
  frame(head: FrameHead, payload: Buffer): Verdict;
  /** From here on nothing can be read: it passes as it comes, which is wrong where `recoded` blocks went before. Called once. */
  broken(recoded: boolean): void;
  /** Bytes that pass unread, from there on. */
  unread(raw: Buffer): void;
}

/** One direction of an HTTP/2 connection: reads what passes, and lets the handlers change it. */
export interface Direction extends Rewrite {
  /** Says something of ours between two frames: at once, or when the frame at hand has ended. */
  say(make: () => Uint8Array): void;
  /** A block will not go on as it came: from here on all get a form that is right whatever the receiver's table holds. */
  recode(): void;
  /** The frames of a block in that form. */
  encode(block: Pick<Block, 'stream' | 'sizeUpdates'>, fields: readonly HeaderField[], endStream: boolean): Buffer;
}

const blockLimit = 256 * 1024;

export const createDirection = (
  from: 'client' | 'server',
  { handlers, write }: { readonly handlers: Handlers; readonly write: (bytes: Uint8Array) => void },
): Direction => {
  const splitter = createSplitter(from);
  const hpack = createHpackReader();
  /** The frames of a header block that has not ended. */
  let parts: { readonly head: FrameHead; readonly raw: Buffer; readonly payload: Buffer }[] = [];
  let partsLength = 0;
  let recoding = false;
  let inFrame = false;
  let unread = false;
  let pushing = false;
  let waiting: (() => Uint8Array)[] = [];
  /** The chunk at hand does not go on as it is. */
  let changed = false;

  const encode: Direction['encode'] = ({ stream, sizeUpdates }, fields, endStream) => {
    recoding = true;
    return writeHeaders(stream, Buffer.concat([sizeUpdates, writeHeaderBlock(fields)]), endStream);
  };

  const giveUp = (raw: Buffer, out: Uint8Array[]): void => {
    if (!unread) handlers.broken(recoding);
    unread = true;
    handlers.unread(raw);
    out.push(raw);
  };

  const takeParts = (): typeof parts => {
    const taken = parts;
    parts = [];
    partsLength = 0;
    return taken;
  };
  const rawOf = (taken: typeof parts): Buffer => Buffer.concat(taken.map(({ raw }) => raw));

  const onBlock = (out: Uint8Array[]): void => {
    const taken = takeParts();
    const [first] = taken;
    if (!first) return;
    const raw = rawOf(taken);
    const block = readBlock(taken);
    const read = block && hpack.read(block.bytes);
    if (!block || !read) return void giveUp(raw, out);
    const { stream } = first.head;
    const { promised } = block;
    const endStream = first.head.type === frameTypes.headers && (first.head.flags & flags.endStream) !== 0;
    const said = handlers.block({ stream, promised, endStream, fields: read.fields, raw, sizeUpdates: read.sizeUpdates });
    if (said === true && !recoding) return void out.push(raw);
    changed = true;
    if (said === false) return;
    const due = said === true ? read.fields : said.fields;
    const ends = said === true ? endStream : (said.endStream ?? endStream);
    // A promise is the one block that cannot be written anew by HEADERS: no client that opens WebSockets takes any.
    if (promised !== null) return void giveUp(raw, out);
    out.push(encode({ stream, sizeUpdates: read.sizeUpdates }, due, ends));
  };

  const onFrame = (part: Extract<Part, { type: 'frame' }>, out: Uint8Array[]): void => {
    const { head, raw, payload } = part;
    const continues = head.type === frameTypes.continuation;
    if (continues || head.type === frameTypes.headers || head.type === frameTypes.pushPromise) {
      if (continues && parts.length === 0) return void giveUp(raw, out);
      // The chunk is only lent.
      const own = Buffer.from(raw);
      parts.push({ head, raw: own, payload: own.subarray(frameHeadLength) });
      partsLength += own.length;
      if (partsLength > blockLimit) giveUp(rawOf(takeParts()), out);
      else if (head.flags & flags.endHeaders) onBlock(out);
      return;
    }
    pass(handlers.frame(head, payload), raw, out);
  };

  const pass = (verdict: Verdict, raw: Buffer, out: Uint8Array[]): void => {
    if (verdict !== true) changed = true;
    if (verdict !== false) out.push(verdict === true ? raw : verdict);
  };

  const onPart = (part: Part, out: Uint8Array[]): void => {
    // RFC 9113 section 6.10: nothing may stand between the frames of one block.
    const interrupts = parts.length > 0 && !(part.type === 'frame' && part.head.type === frameTypes.continuation);
    if (interrupts || unread || part.type === 'broken') return void giveUp(Buffer.concat([rawOf(takeParts()), part.raw]), out);
    if (part.type === 'preface') return void out.push(part.raw);
    if (part.type === 'frame') return void onFrame(part, out);
    pass(handlers.piece(part), part.raw, out);
    inFrame = !part.last;
  };

  /** What waited for the end of a frame; never in the middle of a header block. */
  const boundary = (out: Uint8Array[]): void => {
    if (inFrame || parts.length > 0 || waiting.length === 0) return;
    const makers = waiting;
    waiting = [];
    changed = true;
    for (const make of makers) out.push(make());
  };

  return {
    encode,
    recode: () => {
      recoding = true;
    },
    say: (make) => {
      waiting.push(make);
      if (pushing) return;
      const out: Uint8Array[] = [];
      boundary(out);
      for (const bytes of out) if (bytes.length > 0) write(bytes);
    },
    push: (chunk) => {
      const out: Uint8Array[] = [];
      pushing = true;
      // What was held back before comes with this chunk, and what is held back now is missing from it.
      changed = partsLength > 0 || splitter.held().length > 0;
      for (const part of splitter.push(chunk)) {
        onPart(part, out);
        boundary(out);
      }
      pushing = false;
      if (!changed && partsLength === 0 && splitter.held().length === 0) return chunk;
      return Buffer.concat(out);
    },
    flush: () => Buffer.concat([rawOf(parts), splitter.held()]),
  };
};

/** The block's bytes without padding, priority and promised stream (RFC 9113 sections 6.2, 6.6, 6.10). */
const readBlock = (
  parts: readonly { readonly head: FrameHead; readonly payload: Buffer }[],
): { readonly bytes: Buffer; readonly promised: number | null } | null => {
  const [first, ...rest] = parts;
  if (!first || rest.some(({ head }) => head.stream !== first.head.stream)) return null;
  const body = withoutPadding(first.head, first.payload);
  if (!body) return null;
  const promises = first.head.type === frameTypes.pushPromise;
  const skip = promises ? 4 : first.head.flags & flags.priority ? 5 : 0;
  if (body.length < skip) return null;
  return {
    bytes: Buffer.concat([body.subarray(skip), ...rest.map(({ payload }) => payload)]),
    promised: promises ? body.readUInt32BE(0) & 0x7fffffff : null,
  };
};

/** What somebody holds of a direction goes on in front of its peer's last word. */
export const lettingGo = (direction: Direction, leave: () => void): Rewrite => ({
  push: direction.push,
  flush: () => {
    leave();
    return direction.flush();
  },
});
