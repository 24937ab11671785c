import { opcodes } from '../model/frame.js';
import { createFrameDecoder } from '../wire/frame-decoder.js';

/** What a client that waits for its server has to know of what came: recorded or live. */
export interface ServerCount {
  /** Completed data messages. */
  readonly messages: number;
  /** Payload of the first Close frame, or null. */
  readonly close: Uint8Array | null;
  /** Takes the next chunk; returns the payloads of the Pings that ended in it. */
  push(chunk: Uint8Array): readonly Uint8Array[];
}

/** The most payload of a control frame (RFC 6455 section 5.5); of data frames nothing more is kept either. */
const mostPayload = 125;

export const createServerCount = (): ServerCount => {
  const decoder = createFrameDecoder({ from: 'server', maxPayload: mostPayload });
  let messages = 0;
  let close: Uint8Array | null = null;
  return {
    get messages() {
      return messages;
    },
    get close() {
      return close;
    },
    push: (chunk) => {
      const pings: Uint8Array[] = [];
      for (const { header, payload } of decoder.push(chunk)) {
        if (header.opcode <= opcodes.binary && header.fin) messages++;
        else if (header.opcode === opcodes.close) close ??= payload;
        else if (header.opcode === opcodes.ping) pings.push(payload);
      }
      return pings;
    },
  };
};
