import { startFold } from '../../../src/fold/fold.js';
import type { ExportContext, ExportFormat, RecordedExchange } from '../../../src/formats/format.js';
import { isoTime } from '../../../src/model/clock.js';
import type { EventBody } from '../../../src/model/event.js';
import type { Exchange } from '../../../src/model/exchange.js';
import type { Target } from '../../../src/model/target.js';
import type { Message } from '../../../src/wire/messages.js';

const startMs = Date.UTC(2026, 0, 1);

export const context: ExportContext = {
  shakedown: '9.9.9',
  recording: 'session.jsonl',
  startedAt: isoTime(startMs),
  redaction: { kinds: [{ kind: 'cookie', places: 2 }], blanked: 0 },
};

/** An exchange that got this request and this answer; `more` comes before its end. */
export const exchangeOf = (
  request: string,
  {
    target,
    kind = 'websocket',
    answer = 'HTTP/1.1 403 Forbidden\r\n\r\n',
    more = [],
    id = '1',
  }: {
    readonly target: Target;
    readonly kind?: 'websocket' | 'http';
    readonly answer?: string;
    readonly more?: readonly EventBody[];
    readonly id?: string;
  },
): Exchange => {
  const fold = startFold(id);
  const events: readonly EventBody[] = [
    { type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 50_000 }, entrance: 'connect' },
    { type: 'target', target, kind },
    { type: 'head', site: 'clientSent', raw: request },
    { type: 'head', site: 'serverGot', sameAs: 'clientSent' },
    { type: 'head', site: 'serverSent', raw: answer },
    { type: 'head', site: 'clientGot', sameAs: 'serverSent' },
    ...more,
    { type: 'closed', client: { in: 0, out: 0 }, server: { in: 0, out: 0 } },
  ];
  for (const [at, body] of events.entries()) fold.apply({ at: isoTime(startMs + at), exchange: id, ...body });
  return fold.exchange;
};

/** A text message of the client, or whatever `more` makes of it. */
export const message = (text: string | Uint8Array, more: Partial<Message> = {}): Message => {
  const bytes = Buffer.from(text);
  return {
    from: 'client',
    type: 'text',
    bytes,
    length: bytes.length,
    wireBytes: bytes.length + 6,
    frames: 1,
    cut: false,
    compressed: false,
    ...more,
  };
};

export const recordedOf = (exchange: Exchange, messages: readonly Message[] = []): RecordedExchange => ({
  exchange,
  findings: [],
  messages: async function* () {
    yield messages.map((one) => ({ message: one, at: isoTime(startMs) }));
  },
  chunks: async function* () {},
  events: async function* () {},
});

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** Everything that a format writes. */
export const written = async (format: ExportFormat, recorded: readonly RecordedExchange[]): Promise<string> => {
  let text = '';
  for await (const part of format.write(each(recorded), context))
    text += typeof part === 'string' ? part : Buffer.from(part).toString('utf8');
  return text;
};

/** A format's text without the comment that heads it. */
export const commandsOf = async (format: ExportFormat, recorded: readonly RecordedExchange[]): Promise<string> => {
  const text = await written(format, recorded);
  return text.slice(text.indexOf('\n') + 1);
};
