import type { EventBody } from '../model/event.js';
import { type Head, requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { clientHelloLimit, findClientHelloEnd, readClientHello } from '../wire/client-hello.js';
import { findHeadEnd, headLimit, parseHead } from '../wire/http-head.js';
import { type Speech, sniff } from '../wire/sniff.js';
import { isHandshake } from '../wire/upgrade.js';
import { limits } from './limits.js';
import type { Side } from './side.js';
import { take } from './take.js';
import type { Tap } from './tap.js';

/** A word that is not whole by then, milliseconds after its first byte, stays a part. */
const restMs = 200;

/**
 * Puts on record what a client said to which a fault gives no answer: without it nobody could tell what was asked for. The words are read, so
 * that a FIN behind them does not become a reset. `tellWay` makes the events that say where a request goes which names its target itself.
 */
export const noteFirstWords = async (tap: Tap, client: Side, tellWay: (head: Head) => readonly EventBody[]): Promise<void> => {
  const { speech, raw, whole } = await hear(client, 0);
  if (raw === '') return;
  if (speech === 'socks5' || speech === 'socks4') {
    tap.emit({ type: 'entrance', entrance: speech === 'socks5' ? 'socks5' : 'socks4a', request: raw });
  } else if (speech === 'tls' && whole) tap.emit({ type: 'client-hello', hello: readClientHello(Buffer.from(raw, 'latin1')) });
  else if (speech !== 'http' || !whole) notWhole(tap, raw);
  else {
    const head = parseHead(raw, 'request');
    const connect = requestLine(head).method === 'CONNECT';
    if (connect) tap.emit({ type: 'entrance', entrance: 'connect', request: raw });
    for (const fact of tellWay(head)) tap.emit(fact);
    if (!connect) tap.emit({ type: 'head', site: 'clientSent', raw });
  }
};

/** The same inside a tunnel to that place, waiting for the client to speak. */
export const noteWordsInside = async (tap: Tap, client: Side, place: { readonly host: string; readonly port: number }): Promise<void> => {
  const { speech, raw, whole } = await hear(client, limits.firstByteMs);
  if (raw === '') return;
  const { host, port } = place;
  if (speech === 'tls' && whole) {
    tap.emit({ type: 'target', target: { scheme: 'wss', host, port, path: '' }, kind: 'unknown' });
    tap.emit({ type: 'client-hello', hello: readClientHello(Buffer.from(raw, 'latin1')) });
  } else if (speech === 'http' && whole) {
    const head = parseHead(raw, 'request');
    const handshake = isHandshake(head);
    const target: Target = { scheme: handshake ? 'ws' : 'http', host, port, path: requestLine(head).target };
    tap.emit({ type: 'target', target, kind: handshake ? 'websocket' : 'http' });
    tap.emit({ type: 'head', site: 'clientSent', raw });
  } else notWhole(tap, raw);
};

const notWhole = (tap: Tap, raw: string): void =>
  tap.emit({ type: 'not-a-head', site: 'clientSent', raw: raw.slice(0, headLimit), why: 'truncated' });

const hear = async (client: Side, firstMs: number): Promise<{ readonly speech: Speech; readonly raw: string; readonly whole: boolean }> => {
  let speech: Speech = 'more';
  const find = (bytes: Buffer): number => {
    speech = sniff(bytes);
    if (speech === 'http') return findHeadEnd(bytes);
    if (speech === 'tls') return findClientHelloEnd(bytes);
    return speech === 'more' ? -1 : bytes.length;
  };
  const { type, bytes } = await take(client, { find, limit: Math.max(clientHelloLimit, headLimit), firstMs, restMs });
  client.count.in += bytes.length;
  return { speech, raw: bytes.toString('latin1'), whole: type === 'found' };
};
