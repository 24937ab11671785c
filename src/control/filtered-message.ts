import type { FilterMessage } from '../filter/fields.js';
import type { Message } from '../wire/messages.js';

/** What a filter sees of a message. */
export const filteredMessage = ({ from, type, length, bytes }: Message): FilterMessage => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(type === 'binary' ? 'latin1' : 'utf8');
  return { from, type, text, bytes: length };
};
