import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { filteredMessage } from '../control/filtered-message.js';
import type { Filter, Matching } from '../filter/filter.js';
import { isoTime } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { Gap, Sender } from '../model/frame.js';
import { createCollector } from '../recording/collector.js';
import type { Place } from '../recording/lines.js';
import { readTime } from '../recording/read-time.js';
import { readSteps } from '../recording/reader.js';
import { agreedDeflate } from '../wire/extensions.js';
import { createMessageReader, type Message, type MessageReader } from '../wire/messages.js';
import type { Output } from './output.js';

export interface FollowOptions {
  readonly filter: Filter | null;
  readonly diagnose: (exchange: Exchange) => readonly Finding[];
  readonly output: Output;
  /** Resolves with the exit code of the signal that ends it. */
  readonly signal: Promise<number>;
  /** The line of an exchange that has ended. */
  readonly exchange?: (exchange: Exchange, findings: readonly Finding[]) => string;
  /** The line of a message, as soon as it is complete. */
  readonly message?: (exchange: string, at: string, message: Message) => string;
}

const lookMs = 250;
const nothing = new Uint8Array(0);

interface Followed {
  readonly readers: Readonly<Record<Sender, MessageReader>>;
  readonly matching: Matching | null;
  exchange: Exchange;
}

/**
 * Prints what a recording holds, and goes on as it grows: exchanges when they end, or messages as they come, of the exchanges that fit by what is
 * known of them by then. Throws a Problem SHK_RECORDING; resolves with the exit code.
 */
export const followRecording = async (path: string, options: FollowOptions): Promise<number> => {
  const { filter, diagnose, output, exchange: exchangeText, message: messageText } = options;
  const followed = new Map<string, Followed>();
  const readsMessages = messageText !== undefined || filter?.asksForMessages === true;

  const begin = (id: string, exchange: Exchange): Followed => {
    const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
    const readerOf = (from: Sender) => createMessageReader({ from, deflate });
    const one = { readers: { client: readerOf('client'), server: readerOf('server') }, exchange };
    // As it stands when it is asked, and not as it began.
    const subject = {
      get exchange() {
        return one.exchange;
      },
      findings: () => diagnose(one.exchange),
    };
    const begun: Followed = Object.assign(one, { matching: filter?.begin(subject) ?? null });
    followed.set(id, begun);
    return begun;
  };

  const onBytes = (id: string, from: Sender, { chunk, lost, atMs }: { chunk: Uint8Array; lost?: Gap; atMs: number }): void => {
    const exchange = readsMessages ? collector.peek(id)?.exchange : undefined;
    if (exchange?.kind !== 'websocket' || exchange.marks.open === null) return;
    const one = followed.get(id) ?? begin(id, exchange);
    one.exchange = exchange;
    const { readers, matching } = one;
    for (const message of lost ? readers[from].skip(lost) : readers[from].push(chunk)) {
      if (filter?.asksForMessages) matching?.message(filteredMessage(message));
      if (messageText && (matching?.result() ?? true)) output.line(messageText(id, isoTime(atMs), message));
    }
  };

  const collector = createCollector({
    onDone: ({ exchange }) => {
      const one = followed.get(exchange.id);
      if (one) one.exchange = exchange;
      const matching = one?.matching ?? filter?.begin({ exchange, findings: () => diagnose(exchange) });
      const fits = matching?.result() ?? true;
      followed.delete(exchange.id);
      if (exchangeText && fits) output.line(exchangeText(exchange, diagnose(exchange)));
    },
  });

  let over: number | undefined;
  const ended = options.signal.then((code) => {
    over = code;
  });
  let from: Place | undefined;
  const readOn = async (): Promise<void> => {
    const steps = readSteps(
      path,
      {
        onEvent: (event, line) => {
          collector.event(event, line);
          const atMs = readTime(event.at);
          if (event.type === 'bytes') onBytes(event.exchange, event.from, { chunk: Buffer.from(event.data, 'base64'), atMs });
          if (event.type === 'bytes-lost')
            onBytes(event.exchange, event.from, { chunk: nothing, lost: { bytes: event.bytes, resume: event.resume }, atMs });
        },
        onBytes: (bytes, line) => {
          collector.bytes(bytes, line);
          onBytes(bytes.exchange, bytes.from, bytes);
        },
      },
      { from },
    );
    for (;;) {
      const step = await steps.next();
      if (step.done) from = step.value.end;
      if (step.done || over !== undefined) return;
      await output.room();
    }
  };
  while (over === undefined) {
    const grown = from === undefined || (await stat(path)).size > from.offset;
    if (grown) await readOn();
    if (over === undefined) await Promise.race([ended, delay(lookMs)]);
  }
  return over;
};
