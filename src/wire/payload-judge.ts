import { type FrameDefect, type FrameResume, opcodes, type Sender } from '../model/frame.js';
import { createFrameDecoder, type Frame } from './frame-decoder.js';
import { uninflatable } from './inflate.js';
import { createMessageAssembler, notUtf8 } from './messages.js';

/** What is kept of one message, bytes; a longer one is not judged. */
const messageLimit = 1024 * 1024;
const mostDefects = 20;

/** Looks into the messages of one direction, which costs much more than looking at its headers. */
export interface PayloadJudge {
  push(chunk: Uint8Array): void;
  /** The first 20. */
  readonly defects: readonly FrameDefect[];
}

export interface JudgeOptions {
  readonly from: Sender;
  /** permessage-deflate was agreed on; asked when the first frame comes. */
  readonly deflate: () => boolean;
  /** Where the frames stand, when some have gone by; compressed messages refer back to those, and are not judged then. */
  readonly resume?: FrameResume | undefined;
}

/** Text that is no UTF-8 (RFC 6455 section 8.1), and data that cannot be inflated (RFC 7692 section 7.2.2). */
export const createPayloadJudge = ({ from, deflate, resume }: JudgeOptions): PayloadJudge => {
  const decoder = createFrameDecoder({ from, maxPayload: messageLimit });
  if (resume) decoder.skip({ bytes: 0, resume });
  let assembler: ReturnType<typeof createMessageAssembler> | null = null;
  let defects: readonly FrameDefect[] = [];
  /** The message at hand cannot be judged: its beginning has gone by. */
  let torn = resume?.unfinished ?? false;
  let compressed = false;

  const judge = (frame: Frame): void => {
    const { opcode, fin, rsv1 } = frame.header;
    if (opcode > opcodes.binary) return;
    if (torn) {
      torn = !fin;
      return;
    }
    if (opcode !== opcodes.continuation) compressed = rsv1 && deflate();
    if (compressed && resume) return;
    assembler ??= createMessageAssembler({ from, limit: messageLimit, deflate: deflate() ? allWindows : null });
    const error = assembler.push(frame)?.error;
    if (error === notUtf8) defects = [...defects, { code: 'utf8', offset: frame.offset, note: 'a text message is no UTF-8' }];
    else if (error?.startsWith(uninflatable))
      defects = [...defects, { code: 'compression', offset: frame.offset, note: error.replace(/\.$/, '') }];
  };

  return {
    push: (chunk) => {
      if (defects.length >= mostDefects) return;
      for (const frame of decoder.push(chunk)) if (defects.length < mostDefects) judge(frame);
    },
    get defects() {
      return defects;
    },
  };
};

/** Whoever inflates needs no less than the full window, and may always keep it. */
const allWindows = { serverNoContextTakeover: false, clientNoContextTakeover: false, serverMaxWindowBits: 15, clientMaxWindowBits: 15 };
