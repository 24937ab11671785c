import type { ExchangeDetail } from '../../control/control.js';
import type { Head } from '../../model/head.js';

/** What JSON.stringify leaves as it is although a terminal acts upon it: DEL, C1, formats (bidirectional, invisible), line separators. */
const unsafe = /[\x7f-\x9f]|\p{Cf}|\p{Zl}|\p{Zp}|\u034f|\u115f|\u1160/gu;

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Any value as one line of JSON that no terminal acts upon; it reads back as the same value. */
export const jsonLine = (value: unknown): string => JSON.stringify(value).replace(unsafe, escaped);

const rawOf = (head: Head | null): string | null => head?.raw ?? null;

/** One exchange as `inspect --json` prints it. */
export const exchangeJson = ({ exchange, url, findings }: ExchangeDetail): Record<string, unknown> => ({
  id: exchange.id,
  startedAt: exchange.startedAt,
  entrance: exchange.entrance,
  kind: exchange.kind,
  url,
  status: exchange.status,
  outcome: exchange.outcome,
  heads: {
    clientSent: rawOf(exchange.heads.clientSent),
    serverGot: rawOf(exchange.heads.serverGot),
    serverSent: rawOf(exchange.heads.serverSent),
    clientGot: rawOf(exchange.heads.clientGot),
  },
  client: exchange.client,
  server: exchange.server,
  messages: { fromClient: exchange.frames.fromClient.messages, fromServer: exchange.frames.fromServer.messages },
  frames: exchange.frames,
  faults: exchange.applied,
  findings,
});
