import { filteredMessage } from '../control/filtered-message.js';
import type { Filter } from '../filter/filter.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { ReadExchange } from '../recording/exchanges.js';
import type { Source } from '../recording/lines.js';
import { readMessages } from '../recording/read-messages.js';
import type { Damage, Reading } from '../recording/reader.js';
import { endingNotes } from '../recording/reading-notes.js';

/** Whether an exchange fits a filter; its messages are read where the filter asks for them. */
export const fits = async (
  source: Source,
  read: ReadExchange,
  { filter, diagnose }: { readonly filter: Filter; readonly diagnose: (exchange: Exchange) => readonly Finding[] },
): Promise<boolean> => {
  let findings: readonly Finding[] | null = null;
  const matching = filter.begin({
    exchange: read.exchange,
    findings: () => {
      findings ??= diagnose(read.exchange);
      return findings;
    },
  });
  if (filter.asksForMessages) {
    for await (const batch of readMessages(source, read)) {
      for (const { message } of batch) matching.message(filteredMessage(message));
    }
  }
  return matching.result();
};

/** What whoever reads a recording must be told about the file: lines that are left out, an end that is missing. */
export const readingNotes = () => {
  let first: number | null = null;
  return {
    onDamage: ({ line }: Damage): void => {
      first ??= line;
    },
    sentences: (reading: Reading): string[] => {
      const { damaged } = reading;
      return [
        ...endingNotes(reading),
        ...(damaged > 0 ? [`${damaged} damaged ${damaged === 1 ? 'line was' : 'lines were'} left out, the first is line ${first}.`] : []),
      ];
    },
  };
};
