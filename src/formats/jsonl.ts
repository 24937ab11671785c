import { messageLine } from '../recording/message-json.js';
import type { ExportFormat } from './format.js';

/** What `inspect FILE --messages --json` prints. */
export const jsonl: ExportFormat = {
  id: 'jsonl',
  aliases: ['ndjson', 'messages'],
  extension: 'jsonl',
  binary: false,
  about: 'JSON Lines, one message a line, the same as of inspect --messages --json: for jq, scripts and data tools.',
  write: async function* (exchanges) {
    for await (const { exchange, messages } of exchanges) {
      for await (const batch of messages()) {
        if (batch.length > 0) yield batch.map(({ message, at }) => `${messageLine(exchange.id, at, message)}\n`).join('');
      }
    }
  },
};
