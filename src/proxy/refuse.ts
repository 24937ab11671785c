import { STATUS_CODES } from 'node:http';
import type { RefusalReason } from '../model/event.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';

/** An answer of shakedown's own, said and recorded. */
export interface Refusal {
  readonly status: number;
  readonly why: RefusalReason;
  /** What happened, why, and what to do; for people. */
  readonly text: string;
  readonly contentType?: string;
  /** In place of `text`, for an answer that is a file. */
  readonly body?: Buffer;
  /** What the record says in place of `text`. */
  readonly note?: string;
  /** Further fields; nothing that was captured may get into them. */
  readonly fields?: readonly (readonly [name: string, value: string])[];
  /** The connection may carry another request behind this answer. */
  readonly keep?: boolean;
}

/** The bytes of an answer of ours. The one place that builds a head of our own: no captured text gets into its fields. */
export const answerBytes = (refusal: Refusal): Buffer => {
  const { status, why, text, contentType = 'text/plain; charset=utf-8', body: file, fields = [], keep = false } = refusal;
  const body = file ?? Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    `X-Shakedown: ${why}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
    ...(keep ? [] : ['Connection: close']),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
};

/** Answers the client in place of the server and ends the connection. */
export const refuse = (client: Side, tap: Tap, refusal: Refusal): void => {
  const bytes = answerBytes(refusal);
  if (!client.stream.destroyed) {
    client.stream.end(bytes);
    client.count.out += bytes.length;
  }
  tap.emit({ type: 'refused', status: refusal.status, why: refusal.why, text: refusal.note ?? refusal.text });
  tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' });
  // What the client still sends must be read, or closing would reset the connection before it has read our answer.
  client.stream.resume();
};
