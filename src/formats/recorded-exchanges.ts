import { diagnose } from '../diagnosis/diagnose.js';
import { readExchangeEvents } from '../recording/exchange-events.js';
import { type ExchangesListener, type ReadExchange, readExchangeBytes, readExchanges } from '../recording/exchanges.js';
import type { Source } from '../recording/lines.js';
import { readMessages } from '../recording/read-messages.js';
import type { Reading } from '../recording/reader.js';
import type { RecordedExchange } from './format.js';

/** One exchange that was read, with what is derived from it on demand. */
export const recordedExchange = (source: Source, read: ReadExchange): RecordedExchange => ({
  exchange: read.exchange,
  findings: diagnose(read.exchange),
  messages: () => readMessages(source, read),
  chunks: () => readExchangeBytes(source, { id: read.exchange.id, span: read.span }),
  events: () => readExchangeEvents(source, { id: read.exchange.id, span: read.span }),
});

/** The exchanges of a recording that `wanted` says yes to, in the order of their ends. Throws a Problem SHK_RECORDING. */
export async function* recordedExchanges(
  source: Source,
  { wanted = () => true, listener = {} }: { readonly wanted?: (id: string) => boolean; readonly listener?: ExchangesListener } = {},
): AsyncGenerator<RecordedExchange, Reading> {
  const exchanges = readExchanges(source, listener);
  for (;;) {
    const step = await exchanges.next();
    if (step.done) return step.value;
    if (wanted(step.value.exchange.id)) yield recordedExchange(source, step.value);
  }
}
