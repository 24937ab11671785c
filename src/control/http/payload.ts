import type { HandMessage } from '../../model/hold.js';
import { closePayload } from '../../wire/frame-encoder.js';
import { RequestProblem } from './problem-answer.js';

interface Given {
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  readonly text?: string;
  readonly base64?: string;
  readonly code?: number;
  readonly reason?: string;
}

/** The payload that a request describes. */
export const payloadOf = ({ type, text, base64, code, reason }: Given): Uint8Array => {
  const words = code !== undefined || reason !== undefined;
  if (words && type !== 'close') throw new RequestProblem(400, `A ${type} frame has neither code nor reason.`, 'Leave them out.');
  if (text !== undefined && base64 !== undefined)
    throw new RequestProblem(400, 'The payload is given twice, as text and as base64.', 'Give one of them.');
  if (words && (text !== undefined || base64 !== undefined))
    throw new RequestProblem(400, 'A Close has either code and reason or a payload of its own.', 'Give one of them.');
  if (words && code === undefined) throw new RequestProblem(400, 'A reason needs a code in front of it.', 'Give a code.');
  if (code !== undefined) return closePayload(code, reason);
  return base64 === undefined ? Buffer.from(text ?? '', 'utf8') : bytesOf(base64);
};

const bytesOf = (base64: string): Uint8Array => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0)
    throw new RequestProblem(400, 'The field base64 is no base64.', 'Write it with padding, and without line breaks.');
  return new Uint8Array(Buffer.from(base64, 'base64'));
};

/** A payload as answers tell it: as text where it is one. */
export const told = ({
  type,
  bytes,
}: HandMessage): { readonly type: string; readonly bytes: number; readonly text?: string; readonly base64?: string } => {
  const length = { type, bytes: bytes.length };
  const base64 = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  if (type === 'binary') return { ...length, base64: base64() };
  try {
    return { ...length, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ...length, base64: base64() };
  }
};
