import { createHash } from 'node:crypto';
import { type Head, isHttp2 } from '../model/head.js';
import { requestFields } from '../wire/http2/head.js';
import { requestToHttp1 } from '../wire/http2/translate.js';

/**
 * What a scripted client says for a recorded request head: that very text, and for a stream of HTTP/2, which it does not speak, its handshake in
 * HTTP/1.1. The key is made of the head, so that each replay says the same.
 */
export const spokenHead = (head: Head): string => {
  if (!isHttp2(head)) return head.raw;
  const key = createHash('sha256').update(head.raw, 'latin1').digest().subarray(0, 16).toString('base64');
  return requestToHttp1(requestFields(head.raw), { key, framing: 'none' }) ?? head.raw;
};

/** The protocols that a scripted client offers in place of the recorded ones: it speaks HTTP/1.1. */
export const spokenAlpn = (recorded: readonly string[]): readonly string[] => {
  const others = recorded.filter((name) => name !== 'h2');
  return others.length === 0 && recorded.length > 0 ? ['http/1.1'] : others;
};
