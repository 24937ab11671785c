import { isoTime } from '../model/clock.js';
import { agreedDeflate } from '../wire/extensions.js';
import { createMessageReader, type Message } from '../wire/messages.js';
import { type ReadExchange, readExchangeBytes } from './exchanges.js';
import type { Source } from './lines.js';

/** A message, and the ISO time of its last byte. */
export interface TimedMessage {
  readonly message: Message;
  readonly at: string;
}

/**
 * The messages of one exchange, batch by batch, in the order in which they were complete; none when it is no WebSocket. `limit` is the
 * most payload bytes of one message, 1 MiB when not said.
 */
export async function* readMessages(
  source: Source,
  { exchange, span }: ReadExchange,
  { limit }: { readonly limit?: number } = {},
): AsyncGenerator<readonly TimedMessage[]> {
  if (exchange.kind !== 'websocket' || exchange.marks.open === null) return;
  const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
  const options = { deflate, ...(limit === undefined ? {} : { limit }) };
  const readers = {
    client: createMessageReader({ from: 'client', ...options }),
    server: createMessageReader({ from: 'server', ...options }),
  };
  for await (const batch of readExchangeBytes(source, { id: exchange.id, span })) {
    yield batch.flatMap(({ from, chunk, atMs, lost }) => {
      const messages = lost ? readers[from].skip(lost) : readers[from].push(chunk);
      return messages.map((message) => ({ message, at: isoTime(atMs) }));
    });
  }
}
