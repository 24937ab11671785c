import { diagnose } from '../diagnosis/diagnose.js';
import type { Filter } from '../filter/filter.js';
import type { Finding } from '../model/finding.js';
import { type ReadExchange, readExchangeBytes } from '../recording/exchanges.js';
import { agreedDeflate } from '../wire/extensions.js';
import { createMessageReader } from '../wire/messages.js';
import { filteredMessage } from './filtered-message.js';

/** Whether a recorded exchange fits a filter; its messages are read where the filter asks for them. `onStep` is called now and then, and may throw to stop. */
export const exchangeFits = async (
  path: string,
  read: ReadExchange,
  { filter, onStep }: { readonly filter: Filter; readonly onStep: () => void },
): Promise<boolean> => {
  let found: readonly Finding[] | undefined;
  const findings = (): readonly Finding[] => {
    found ??= diagnose(read.exchange);
    return found;
  };
  const matching = filter.begin({ exchange: read.exchange, findings });
  const { heads, id, marks } = read.exchange;
  if (filter.asksForMessages && marks.open !== null) {
    const deflate = agreedDeflate([heads.clientSent], heads.clientGot);
    const readers = { client: createMessageReader({ from: 'client', deflate }), server: createMessageReader({ from: 'server', deflate }) };
    for await (const batch of readExchangeBytes(path, { id, span: read.span })) {
      onStep();
      for (const { from, chunk, lost } of batch) {
        for (const message of lost ? readers[from].skip(lost) : readers[from].push(chunk)) matching.message(filteredMessage(message));
      }
    }
  }
  return matching.result();
};
