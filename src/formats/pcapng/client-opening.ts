import type { Event } from '../../model/event.js';
import type { Conversation } from './conversation.js';
import { httpPort, isPort, oursFor, peerOf, proxyPort, socksPort } from './endpoints.js';
import { alive, isHttp2Leg, type LegContext, type Opening } from './leg.js';
import { insideText, openingTexts, streamText } from './remark-texts.js';
import { socks5Turns } from './socks-turns.js';

/** How the client's connection begins: with a CONNECT or SOCKS that leads to what is inside, or with its first request. */
export const clientOpening = (context: LegContext): Opening => {
  const { exchange, lines, begin, nextPort } = context;
  const { entrance, target, kind } = exchange;
  const http2 = isHttp2Leg(exchange, 'client');
  const inside = entrance === 'connect' || entrance === 'socks5' || entrance === 'socks4a';
  const doorBytes = { peer: 0, ours: 0 };
  let openedAt = 0;
  /** That of this exchange; behind its end nothing is begun in its place. */
  let own = http2 ? null : alive(lines.main);

  const start = (port: number, at: number, comments: readonly string[]): Conversation => {
    const { peer: known } = exchange.client;
    // Streams of one connection of HTTP/2 go on beside each other: each gets a port of its own.
    const peer = peerOf(http2 && known && port === httpPort ? { ...known, port: 0 } : known, nextPort);
    const line = begin({ peer, ours: oursFor(peer, port), opener: 'peer' });
    line.open(at, { at, how: 'taken' }, { what: 'opening', comments });
    return line;
  };
  /** The connection to shakedown's own port: its door, and without a tunnel also what follows. */
  const outer = (at: number, texts: readonly string[]): Conversation => {
    const port = entrance === 'socks5' || entrance === 'socks4a' ? socksPort : proxyPort;
    lines.door = alive(lines.door) ?? start(port, at, [...texts, `Port ${port} stands for shakedown's own.`]);
    return lines.door;
  };
  const door = (at: number): Conversation => outer(at, []);

  /** What Wireshark knows as HTTP, but for a tunnel of something else: that one keeps the port that it was opened to. */
  const insidePort = (): number => {
    const opaque = kind === 'tunnel' || kind === 'unknown';
    if (!opaque || !target || !isPort(target.port)) return httpPort;
    return target.port === proxyPort || target.port === socksPort ? httpPort : target.port;
  };
  const begun = (at: number): Conversation => {
    if (http2) return start(httpPort, at, openingTexts(exchange, 'client', [streamText(exchange)]));
    if (!inside) return outer(Math.min(openedAt || at, at), openingTexts(exchange, 'client', []));
    return start(insidePort(), at, openingTexts(exchange, 'client', [insideText(exchange, 'client')]));
  };

  const apply = (event: Event, at: number): void => {
    if (event.type === 'opened') openedAt = at;
    if (event.type === 'entrance' && event.request !== '') {
      const bytes = Buffer.from(event.request, 'latin1');
      const turns = event.entrance === 'socks5' ? socks5Turns(bytes, null) : [{ from: 'asker', bytes } as const];
      for (const turn of turns) {
        const from = turn.from === 'asker' ? 'peer' : 'ours';
        doorBytes[from] += turn.bytes.length;
        door(at).say(from, turn.bytes, at, { what: 'door' });
      }
    }
    if (event.type === 'entrance-reply') {
      doorBytes.ours += event.reply.length;
      door(at).say('ours', Buffer.from(event.reply, 'latin1'), at, { what: 'door' });
    }
  };

  const main = (at: number): Conversation => {
    own ??= begun(at);
    lines.main = own;
    return own;
  };

  return { apply, main, doorBytes };
};
