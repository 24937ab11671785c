import type { Find } from './find.js';
import { fieldFinds } from './find-fields.js';

/** From `start` to before `end`: bytes that no replacement may touch. */
export type Kept = readonly [start: number, end: number];

/** Fields that make the handshake what it is; their values are no secrets (Sec-WebSocket-Key is there so that no cache answers, RFC 6455 section 10.8). */
const structural =
  /^(?:upgrade|connection|sec-websocket-(?:key|accept|version|extensions)|content-length|content-encoding|transfer-encoding|te|trailer|:protocol|:scheme|http2-settings|date)$/i;

/** Whether a text begins as a request's or an answer's head does. */
export const looksLikeHead = (text: string): boolean =>
  /^(?:[A-Z]{3,20} \S|HTTP\/\d)/i.test(text.slice(0, 64)) && /HTTP\/\d|\n/.test(text.slice(0, 65536));

/**
 * The secrets that a head holds by the names of its fields, and what in it must stay: the method, the version, the status, the names, what makes the
 * handshake. Behind the blank line nothing is kept.
 */
export const readHeadFinds = (raw: string): { readonly finds: readonly Find[]; readonly kept: readonly Kept[] } => {
  const finds: Find[] = [];
  const kept: Kept[] = [];
  const firstEnd = lineEnd(raw, 0);
  const start = raw.slice(0, firstEnd);
  if (/^HTTP\//i.test(start)) kept.push([0, Math.min(13, firstEnd)]);
  else {
    const target = start.indexOf(' ') + 1;
    const version = start.lastIndexOf(' HTTP/');
    kept.push([0, target]);
    if (version >= target) kept.push([version, firstEnd]);
    finds.push(...authorityFinds(raw, target, version >= target ? version : firstEnd));
  }
  for (let at = firstEnd + 1; at < raw.length; ) {
    let end = lineEnd(raw, at);
    if (end === at || (raw[at] === '\r' && end === at + 1)) break;
    while (raw[end + 1] === ' ' || raw[end + 1] === '\t') end = lineEnd(raw, end + 1);
    const colon = raw.indexOf(':', at + 1);
    if (colon !== -1 && colon < end) {
      const name = raw.slice(at, colon).trim();
      kept.push([at, colon + 1]);
      if (structural.test(name)) kept.push([colon, end]);
      else for (const find of fieldFinds(raw, name, [colon + 1, end])) finds.push(find);
    }
    at = end + 1;
  }
  return { finds, kept };
};

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
};

/** `CONNECT user:password@host:443`, which no RFC allows and some clients send. */
const authorityFinds = (raw: string, from: number, to: number): Find[] => {
  const target = raw.slice(from, Math.min(to, from + 1024));
  const at = target.indexOf('@');
  if (at === -1 || /[/?]/.test(target.slice(0, at))) return [];
  const colon = target.indexOf(':');
  const user = colon === -1 || colon > at ? at : colon;
  const finds: Find[] = user > 0 ? [{ start: from, end: from + user, kind: 'credentials in a URL', reach: 'random' }] : [];
  if (at > user + 1) finds.push({ start: from + user + 1, end: from + at, kind: 'credentials in a URL', reach: 'password' });
  return finds;
};
