import type { Exchange } from '../../model/exchange.js';
import type { Sender } from '../../model/frame.js';
import { field, type Head, requestLine } from '../../model/head.js';
import { lacks } from '../../model/imported.js';
import { answerBody, endless, requestBody } from '../../wire/body-reader.js';
import type { RecordedExchange } from '../format.js';
import { bodyLimit, decodeContent, textOrBase64 } from './content.js';
import { codingsOf } from './fields.js';

/** HAR's `content`, and the same for a request. -1: unknown. */
export interface HarContent {
  readonly size: number;
  /** Bytes that a content coding saved. */
  readonly compression?: number;
  readonly mimeType: string;
  readonly text?: string;
  readonly encoding?: 'base64';
  readonly comment?: string;
  /** `text` lacks the end. */
  readonly _cut?: true;
  /** Content codings that are still on `text`. */
  readonly _codings?: readonly string[];
}
export interface HarBody {
  readonly content: HarContent;
  /** Bytes as sent, chunk framing removed; -1: unknown. */
  readonly bodySize: number;
}

/** What DevTools write where no type was told. */
const noType = 'x-unknown';
export const noContent: HarContent = { size: 0, mimeType: noType };

interface Collected {
  /** At most `bodyLimit`. */
  readonly bytes: Buffer;
  readonly length: number;
  readonly seen: boolean;
}

const collect = async (recorded: RecordedExchange, from: Sender, head: Head): Promise<Collected> => {
  const { exchange } = recorded;
  const method = exchange.heads.clientSent ? requestLine(exchange.heads.clientSent).method : 'GET';
  const plain = lacks(exchange, 'body-coding');
  const reader = plain ? endless() : from === 'client' ? requestBody(head) : answerBody(head, method);
  const parts: Buffer[] = [];
  let kept = 0;
  let length = 0;
  let seen = false;
  for await (const batch of recorded.chunks()) {
    for (const { from: sender, chunk } of batch) {
      if (sender !== from) continue;
      seen = true;
      for (const data of reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)).data) {
        length += data.length;
        if (kept < bodyLimit) parts.push(data.subarray(0, bodyLimit - kept));
        kept = Math.min(bodyLimit, kept + data.length);
      }
    }
  }
  return { bytes: Buffer.concat(parts), length, seen };
};

/** Whether a body that is not on record may have been there all the same: shakedown records none of plain HTTP. */
const mayHaveHad = ({ kind, imported, heads, status }: Exchange, from: Sender, head: Head): boolean => {
  if (imported) return lacks({ imported }, from === 'client' ? 'request-body' : 'body');
  if (kind !== 'http') return false;
  if (from === 'client') return field(head, 'content-length') !== undefined || field(head, 'transfer-encoding') !== undefined;
  const none = status === 204 || status === 304 || (heads.clientSent !== null && requestLine(heads.clientSent).method === 'HEAD');
  return !none && field(head, 'content-length') !== '0';
};

/** The body of a request or an answer, decoded and bounded. */
export const bodyOf = async (recorded: RecordedExchange, from: Sender, head: Head): Promise<HarBody> => {
  const mimeType = field(head, 'content-type') ?? noType;
  const { bytes, length, seen } = await collect(recorded, from, head);
  if (!seen) {
    if (!mayHaveHad(recorded.exchange, from, head)) return { content: { size: 0, mimeType }, bodySize: 0 };
    return { content: { size: -1, mimeType, comment: 'The body is not in the recording.' }, bodySize: -1 };
  }
  const plain = lacks(recorded.exchange, 'body-coding');
  const { bytes: content, cut, left, error } = await decodeContent(bytes, plain ? [] : codingsOf(head));
  const short = cut || length > bytes.length;
  const coded = !plain && codingsOf(head).length > left.length;
  return {
    content: {
      size: content.length,
      ...(coded && !short ? { compression: content.length - length } : {}),
      mimeType,
      ...(content.length > 0 ? textOrBase64(content, mimeType) : {}),
      ...(short ? { _cut: true, comment: `Cut: ${length} bytes were sent, at most ${bodyLimit} are here.` } : {}),
      ...(left.length > 0 ? { _codings: left } : {}),
      ...(error === undefined ? {} : { comment: `It could not be decoded: ${error}.` }),
    },
    bodySize: plain ? -1 : length,
  };
};
