import type { RecordedExchange } from '../format.js';

/** What a command line may carry before it is no longer one that a person looks at. */
const mostTexts = 50;
const mostBytes = 16 * 1024;

/** The texts that the client sent, in order, as latin1 (one character a byte), and how many of its messages are not among them. */
export const sentTexts = async (
  recorded: RecordedExchange,
  sendable: (text: string) => boolean,
): Promise<{ readonly texts: readonly string[]; readonly left: number }> => {
  const texts: string[] = [];
  let bytes = 0;
  let left = 0;
  for await (const batch of recorded.messages()) {
    for (const { message } of batch) {
      if (message.from !== 'client' || (message.type !== 'text' && message.type !== 'binary')) continue;
      const text = Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.length).toString('latin1');
      const fits = texts.length < mostTexts && bytes + text.length <= mostBytes;
      if (message.type === 'binary' || message.cut || message.error !== undefined || !fits || !sendable(text)) left++;
      else {
        texts.push(text);
        bytes += text.length;
      }
    }
  }
  return { texts, left };
};

export const leftNote = (left: number, tool: string): string[] =>
  left === 0
    ? []
    : [
        `${left} of the messages that the client sent ${left === 1 ? 'is' : 'are'} left out: only a few texts of one line fit into a command for ${tool}`,
      ];
