import { type Gap, opcodes } from '../model/frame.js';
import { headerSize, isCountable, longestHeader, longLength } from './frame-header.js';
import { landingOf } from './gap.js';

/** What a walk tells; none of it copies a byte. */
export interface WalkPorts {
  /** A frame begins. `fresh`: no message is unfinished, so that who starts to decode here decodes as from the beginning. */
  frame?(at: number, fresh: boolean): void;
  /**
   * Payload bytes of the frame in hand: `chunk[at..end)`. Masked with `key` (null: not masked), of which the byte for `at` is number `phase`.
   * `control`: of a control frame, which may stand between the frames of a message.
   */
  payload?(chunk: Uint8Array, piece: Piece): void;
  /** A message or control frame is complete. */
  message?(message: WalkedMessage): void;
}

/** One object is used again and again. */
export interface Piece {
  at: number;
  end: number;
  key: Uint8Array | null;
  phase: number;
  control: boolean;
}
export interface WalkedMessage {
  /** 0 to 15, of the first frame. */
  opcode: number;
  compressed: boolean;
  /** It stood between the frames of another message, which is not complete yet. */
  inside: boolean;
}

type Skipped = 'inside' | 'between' | 'amid' | 'ended';

export interface MessageWalker {
  push(chunk: Uint8Array): void;
  /**
   * Bytes are missing here (event `bytes-lost`); messages are counted as a message reader gives them. `inside`: the frame in hand goes on behind the gap.
   * `between`: a frame begins there. `amid`: there is the rest of a frame or header whose beginning is missing, or nobody can say, and the walk ends here.
   * `ended`: it had ended before.
   */
  skip(gap: Gap): Skipped;
}

/**
 * Walks over the frames of one direction and counts messages just as `createMessageAssembler` makes them, at the cost of the headers alone:
 * for an index and for search, which look at millions of messages and keep none.
 */
export const createMessageWalker = ({ frame, payload, message }: WalkPorts): MessageWalker => {
  const header = new Uint8Array(longestHeader);
  const key = new Uint8Array(4);
  const piece: Piece = { at: 0, end: 0, key: null, phase: 0, control: false };
  const done: WalkedMessage = { opcode: 0, compressed: false, inside: false };
  let held = 0;
  let left = 0;
  let first = 0;
  let masked = false;
  let phase = 0;
  /** The first byte of the first frame of an unfinished message. */
  let open = 0;
  let unfinished = false;
  /** No payload is told: of this frame; of the fragments that follow, because the message lost something. */
  let frameMuted = false;
  let messageMuted = false;
  let stopped = false;

  const begin = (source: Uint8Array, at: number): void => {
    first = source[at] as number;
    const second = source[at + 1] as number;
    const short = second & 0x7f;
    left = short;
    if (short === 126) left = (source[at + 2] as number) * 256 + (source[at + 3] as number);
    else if (short === 127) left = longLength(source, at + 2);
    masked = second >= 0x80;
    phase = 0;
    if (masked && payload) {
      const keyAt = at + headerSize(second) - 4;
      for (let index = 0; index < 4; index++) key[index] = source[keyAt + index] as number;
    }
    stopped = !isCountable(left);
    const opcode = first & 0x0f;
    frameMuted = opcode === opcodes.continuation && (messageMuted || !unfinished);
    if (opcode === opcodes.text || opcode === opcodes.binary) messageMuted = false;
  };

  const tell = (byte: number): void => {
    done.opcode = byte & 0x0f;
    done.compressed = (byte & 0x40) !== 0;
    done.inside = unfinished;
    message?.(done);
  };

  const finish = (): void => {
    const opcode = first & 0x0f;
    const fin = first >= 0x80;
    if (opcode >= opcodes.close) {
      if (opcode <= opcodes.pong) tell(first);
    } else if (opcode === opcodes.continuation) {
      if (!unfinished || !fin) return;
      unfinished = false;
      tell(open);
    } else if (opcode <= opcodes.binary) {
      if (fin) tell(first);
      else {
        unfinished = true;
        open = first;
      }
    }
  };

  const push = (chunk: Uint8Array): void => {
    const size = chunk.length;
    for (let at = 0; at < size && !stopped; ) {
      if (left > 0) {
        const step = Math.min(left, size - at);
        if (payload && !frameMuted) {
          piece.at = at;
          piece.end = at + step;
          piece.key = masked ? key : null;
          piece.phase = phase;
          piece.control = (first & 0x0f) >= opcodes.close;
          payload(chunk, piece);
          phase = (phase + step) & 3;
        }
        at += step;
        left -= step;
        if (left === 0) finish();
        continue;
      }
      if (held === 0) {
        frame?.(at, !unfinished);
        const whole = at + 1 < size ? headerSize(chunk[at + 1] as number) : longestHeader;
        if (at + whole <= size) {
          begin(chunk, at);
          at += whole;
          if (left === 0 && !stopped) finish();
          continue;
        }
      }
      header[held++] = chunk[at++] as number;
      if (held < 2 || held < headerSize(header[1] as number)) continue;
      held = 0;
      begin(header, 0);
      if (left === 0 && !stopped) finish();
    }
  };

  const skip = (gap: Gap): Skipped => {
    if (stopped) return 'ended';
    const landing = landingOf(gap, { left, held });
    frameMuted = true;
    if ((first & 0x0f) < opcodes.close) messageMuted = true;
    if (landing === 'inside') {
      left -= gap.bytes;
      if (left === 0) finish();
      return 'inside';
    }
    if (left > 0) finish();
    if (unfinished) {
      unfinished = false;
      tell(open);
    }
    stopped = landing === 'lost';
    if (landing === 'lost') return 'amid';
    // Of the frame that the gap ends in nothing is known: its payload is passed over, and it makes no message.
    first = 0;
    left = landing.left;
    held = landing.header.length;
    header.set(landing.header);
    return left > 0 || held > 0 ? 'amid' : 'between';
  };

  return { push, skip };
};
