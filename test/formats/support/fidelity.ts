import type { RecordedExchange } from '../../../src/formats/format.js';
import type { Exchange } from '../../../src/model/exchange.js';
import type { FrameTally } from '../../../src/model/frame.js';

const tallyOf = ({ messages, pings, pongs, close }: FrameTally) => ({ messages, pings, pongs, close });

/**
 * All that a HAR of shakedown holds of an exchange, and that a recording made of it has again: both legs with their peers, TLS, timings to the
 * microsecond, ends and byte counts; the four heads byte for byte; what was said at the door and to an upstream proxy; faults, refusals, failures; the conversation.
 * It does not hold how messages were framed (fragments, masks, compression: the tallies of frames and their defects), how a body was sent (chunks,
 * content coding), the bytes of a tunnel, and what nobody answered for: when within a leg an event took place that no timing measures.
 */
export const held = (exchange: Exchange) => {
  const { frames, marks, imported: _, body: __, lostBytes: ___, ...rest } = exchange;
  return {
    ...rest,
    marks: { open: marks.open, closed: marks.closed },
    frames: { fromClient: tallyOf(frames.fromClient), fromServer: tallyOf(frames.fromServer) },
  };
};

/** Findings but those about frames, which a HAR has no bytes for. */
export const heldFindings = ({ findings }: RecordedExchange): readonly string[] =>
  findings.map(({ code, confidence }) => `${code} ${confidence}`).filter((text) => !text.startsWith('frame.'));

/** The conversation itself. */
export const heldMessages = async (recorded: RecordedExchange): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const batch of recorded.messages()) {
    for (const { message, at } of batch) {
      lines.push(`${at} ${message.from} ${message.type} ${Buffer.from(message.bytes).toString('base64')}`);
    }
  }
  return lines;
};
