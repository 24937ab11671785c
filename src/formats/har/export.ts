import { safeJson } from '../../recording/codec.js';
import type { ExportContext, ExportFormat, RecordedExchange } from '../format.js';
import { type EntryParts, entryOf } from './entry.js';
import { messageJson, secondsOf } from './message.js';

/** The members of an object, without its braces. */
const members = (value: object): string => safeJson(value).slice(1, -1);

const redactionText = ({ redaction }: ExportContext): string => {
  if (!redaction) return 'Nothing was redacted.';
  const kinds = redaction.kinds.map(({ kind, places }) => `${kind} (${places})`).join(', ');
  const blanked = redaction.blanked > 0 ? ` ${redaction.blanked} payloads that could not be searched were blanked.` : '';
  return `Redacted: ${kinds || 'nothing was found'}.${blanked}`;
};

/** Ids of exchanges that were left out, the first ones. */
const mostLeftOut = 1000;

async function* entryText(recorded: RecordedExchange, entry: EntryParts): AsyncGenerator<string> {
  yield `{${members(entry.head)}`;
  let closedAt: number | null = null;
  if (entry.isWebSocket) {
    yield ',"_webSocketMessages":[';
    let between = '\n';
    for await (const batch of recorded.messages()) {
      if (batch.length === 0) continue;
      yield `${between}${batch.map(messageJson).join(',\n')}`;
      between = ',\n';
      for (const { message, at } of batch) if (message.type === 'close') closedAt ??= secondsOf(at);
    }
    yield ']';
  }
  yield `,${members(entry.tail(closedAt))}}`;
}

/** HAR 1.2 (softwareishard.com/blog/har-12-spec), with the fields for WebSockets that Chromium's DevTools and HTTP Toolkit write and read. */
export const har: ExportFormat = {
  id: 'har',
  aliases: [],
  extension: 'har',
  binary: false,
  about: "HAR 1.2 with the messages of WebSockets, for browsers' developer tools, mitmproxy and HTTP Toolkit.",
  async *write(exchanges, context) {
    yield `{"log":{"version":"1.2","creator":${safeJson({ name: 'shakedown', version: context.shakedown })},"pages":[],"entries":[`;
    let between = '\n';
    let leftOut = 0;
    const without: string[] = [];
    for await (const recorded of exchanges) {
      const entry = await entryOf(recorded);
      if (entry) {
        yield between;
        between = ',\n';
        yield* entryText(recorded, entry);
      } else {
        leftOut++;
        if (without.length < mostLeftOut) without.push(recorded.exchange.id);
      }
    }
    const left =
      leftOut > 0 ? ` ${leftOut} ${leftOut === 1 ? 'exchange' : 'exchanges'} without a URL ${leftOut === 1 ? 'is' : 'are'} not in it.` : '';
    const comment = `Made by shakedown from ${context.recording}. ${redactionText(context)}${left}`;
    const own = { recording: context.recording, startedAt: context.startedAt, redaction: context.redaction, leftOut, without };
    yield `\n],${members({ comment, _shakedown: own })}}}\n`;
  },
};
