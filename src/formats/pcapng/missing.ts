import type { Exchange } from '../../model/exchange.js';
import type { Sender } from '../../model/frame.js';
import { fieldValues, type Head, requestLine, statusLine } from '../../model/head.js';
import type { End } from './conversation.js';

interface Direction {
  readonly exchange: Exchange;
  readonly side: Sender;
  readonly from: End;
}

/** The head that was said in this direction, and the method of its request. */
const headIn = ({ exchange: { heads }, side, from }: Direction): { readonly head: Head | null; readonly request: Head | null } => {
  const request = side === 'client' ? heads.clientSent : heads.serverGot;
  const answer = side === 'client' ? heads.clientGot : heads.serverSent;
  return { head: (side === 'client') === (from === 'peer') ? request : answer, request };
};

/** The body that a head announces, bytes; null when only its end tells (chunks, or the connection's end). */
const announced = (direction: Direction): number | null => {
  const { head, request } = headIn(direction);
  if (!head) return 0;
  const isAnswer = head !== request;
  const { status } = statusLine(head);
  if (isAnswer && (status === 204 || status === 304 || requestLine(request ?? head).method === 'HEAD')) return 0;
  if (fieldValues(head, 'transfer-encoding').length > 0) return null;
  const length = fieldValues(head, 'content-length')[0];
  if (length !== undefined && /^\d{1,15}$/.test(length)) return Number(length);
  return isAnswer ? null : 0;
};

/**
 * Bytes of one direction that crossed and are not in the recording. `passed`: those that were shown, heads included; `behind`: of these, those
 * behind the heads. The counts of a plain HTTP request stand beside a head that was written anew, so there the head's own word on its body counts.
 */
export const missingBytes = (counts: Direction & { readonly passed: number; readonly behind: number }): number => {
  const { exchange, side, from, passed, behind } = counts;
  const leg = side === 'client' ? exchange.client : exchange.server;
  if (!leg || exchange.endedAt === null) return 0;
  const uncounted = Math.max(0, (from === 'peer' ? leg.bytesIn : leg.bytesOut) - passed);
  if (exchange.kind !== 'http' || headIn(counts).head === null) return uncounted;
  const body = announced(counts);
  if (body === null) return Math.max(uncounted, behind > 0 ? 0 : 1);
  const due = Math.max(0, body - behind);
  return uncounted > 0 ? Math.min(due, uncounted) : due;
};

/** Why they are missing, in a sentence. */
export const missingText = (
  exchange: Exchange,
  { side, from, bytes }: Omit<Direction, 'exchange'> & { readonly bytes: number },
): string => {
  const { refusal, kind } = exchange;
  if (refusal && side === 'client' && from === 'ours')
    return `Shakedown itself answered ${refusal.status > 0 ? `${refusal.status} ` : ''}(${refusal.why}) here: ${refusal.text} The ${bytes} bytes of that answer are not in the recording.`;
  if (kind === 'http') return `About ${bytes} bytes are missing here: bodies of plain HTTP requests are not recorded.`;
  return `${bytes} bytes are missing here: they were counted, and are not in the recording.`;
};
