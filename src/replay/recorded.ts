import type { Exchange } from '../model/exchange.js';
import type { Sender } from '../model/frame.js';

/** One exchange and every chunk that crossed after its handshake, in order: what a recording knows of it. */
export interface Recorded {
  readonly exchange: Exchange;
  readonly chunks: readonly RecordedChunk[];
}

export interface RecordedChunk {
  readonly from: Sender;
  readonly chunk: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/**
 * Whether the client broke the TLS handshake off, or left right behind it without a word. Node's clients do the latter: they look at the
 * certificate only once the handshake is done, so no alert tells of it.
 */
export const clientRefusedTls = ({ client, heads, notAHead, endedAt }: Exchange): boolean =>
  client.tlsFailure !== undefined ||
  (client.tls !== undefined && endedAt !== null && heads.clientSent === null && (notAHead.clientSent?.raw ?? '') === '');
