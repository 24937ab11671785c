import type { Control, MessageContent } from '../control.js';

/** One message as a test wants it. */
export interface ReadMessage extends Omit<MessageContent, 'bytes'> {
  /** The payload, unmasked and inflated; at most 1 MiB. */
  readonly bytes: Uint8Array;
  /** Of a text message. */
  readonly text: string | null;
}

const page = 1000;
/** Who has more reads them from the recording. */
const most = 10_000;

/** All messages and control frames of an exchange so far, as their senders sent them; at most 10,000. */
export const allMessages = async (control: Control, id: string): Promise<readonly ReadMessage[]> => {
  const found: ReadMessage[] = [];
  for (let from = 0; from < most; from += page) {
    const { total, messages } = await control.messages(id, { from, limit: page });
    for (const { number } of messages) {
      const message = await control.message(id, number);
      if (message) found.push({ ...message, text: message.type === 'text' ? Buffer.from(message.bytes).toString('utf8') : null });
    }
    if (from + page >= total) break;
  }
  return found;
};
