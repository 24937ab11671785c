import { startFold } from '../fold/fold.js';
import type { Exchange } from '../model/exchange.js';
import type { Span } from './exchanges.js';
import { readTime } from './read-time.js';
import { readRecording } from './reader.js';

/** One exchange again, by where its events lie in the file: only that part is read. Rejects with a Problem SHK_RECORDING. */
export const readExchange = async (path: string, { id, span }: { readonly id: string; readonly span: Span }): Promise<Exchange> => {
  const fold = startFold(id);
  const mark = JSON.stringify(id);
  await readRecording(
    path,
    {
      onEvent: (event, { offset }) => {
        if (event.exchange !== id || offset >= span.to) return;
        if (event.type === 'bytes') fold.bytes(event.from, Buffer.from(event.data, 'base64'), readTime(event.at));
        else fold.apply(event);
      },
    },
    { from: span.from, until: span.to, wanted: (text) => text.includes(mark) },
  );
  return fold.exchange;
};
