/** RFC 6455 section 5.2 opcodes. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type Sender = 'client' | 'server';

/** The header of one frame, without its payload. */
export interface FrameHeader {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  readonly masked: boolean;
  /** Masking key, 4 bytes, or null. */
  readonly key: Uint8Array | null;
  /** Payload length as announced; exact up to 2^53 - 1. */
  readonly length: number;
  /** Bytes that the header itself takes on the wire: 2 to 14. */
  readonly headerBytes: number;
}

/** What is wrong with one frame: RFC 6455 section 5. Codes are those of the findings, without the `frame.`. */
export interface FrameDefect {
  readonly code:
    | 'masked-from-server'
    | 'unmasked-from-client'
    | 'rsv'
    | 'opcode'
    | 'control-too-long'
    | 'control-fragmented'
    | 'continuation'
    | 'interleaved'
    | 'close-code'
    | 'close-payload'
    | 'length'
    | 'too-big'
    | 'truncated'
    /** Judged only where faults had a direction in hand: everywhere else payloads are not looked at. */
    | 'utf8'
    | 'compression';
  /** Offset in bytes from the first byte after the handshake in this direction. */
  readonly offset: number;
  readonly note: string;
}

/** Running count of what one side sent after the 101. */
export interface FrameTally {
  readonly frames: number;
  /** Completed data messages (text and binary). */
  readonly messages: number;
  readonly pings: number;
  readonly pongs: number;
  readonly bytes: number;
  /** The first Close frame of this side. `code` is 1005 when its payload was empty; `reason` is UTF-8 text, '' when absent. */
  readonly close: { readonly code: number; readonly reason: string } | null;
  /** At most 20, the first ones. */
  readonly defects: readonly FrameDefect[];
  /** The first bytes, latin1, at most 64: tells HTTP or HTML where frames were due. */
  readonly firstBytes: string;
  /** Frames of this side may be missing, because a gap in the recording took them: what is not here may have crossed all the same. */
  readonly incomplete?: true;
}

export const emptyTally: FrameTally = { frames: 0, messages: 0, pings: 0, pongs: 0, bytes: 0, close: null, defects: [], firstBytes: '' };

/** Where one direction's frames stand behind bytes that were not kept, so that a reader finds the next frame. */
export interface FrameResume {
  /** Payload bytes until the frame in hand ends; 0 between frames. */
  readonly left: number;
  /** What came so far of a header that the gap cut in two, base64; '' otherwise. */
  readonly header: string;
  /** Once the frame in hand has ended, continuation frames follow of a message whose beginning is not known. */
  readonly unfinished: boolean;
}

/** Bytes of one direction that crossed and were not kept. Without `resume` nobody can say where the next frame begins. */
export interface Gap {
  readonly bytes: number;
  readonly resume?: FrameResume | undefined;
}
