import type { Event } from '../../model/event.js';
import type { DialAttempt } from '../../model/leg.js';
import { upstreamUrl } from '../../model/upstream.js';
import type { Conversation } from './conversation.js';
import { httpPort, isPort, oursFor, peerOf, readablePort, socksPort } from './endpoints.js';
import { alive, isHttp2Leg, type LegContext, type Opening } from './leg.js';
import { commentText, insideText, openingTexts, streamText } from './remark-texts.js';
import { socks5Turns } from './socks-turns.js';

interface Port {
  readonly real: number;
  readonly shown: number;
}
/** From the SYN to its answer, microseconds since the epoch. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Of one dial, the attempts that are shown. */
const mostAttempts = 20;

/** How the connection to the server begins: dialled straight, or through an upstream proxy that is asked first. */
export const serverOpening = (context: LegContext): Opening => {
  const { exchange, lines, begin, nextPort, remark } = context;
  const { upstream, kind, target } = exchange;
  const http2 = isHttp2Leg(exchange, 'server');
  const asked = upstream !== null && upstream.request !== '';
  const doorBytes = { peer: 0, ours: 0 };
  let dialledPort = target?.port ?? 0;
  let dialledAt = 0;
  let request = '';
  let reply = '';
  /** The connection for heads and bytes; behind its end nothing is begun in its place. */
  let own: Conversation | null = null;
  let secured = false;

  const begun = (port: Port, at: Span, texts: readonly string[]): Conversation => {
    lines.peer = exchange.server?.peer ?? lines.peer;
    // A host that is an address needs no resolver.
    const named = target && !upstream ? { address: target.host, port: port.shown } : null;
    const peer = { ...peerOf(lines.peer ?? named, () => port.shown), port: port.shown };
    const moved = port.real === port.shown ? [] : [`The real port is ${port.real}; Wireshark reads this protocol on port ${port.shown}.`];
    const line = begin({ peer, ours: oursFor(peer, nextPort()), opener: 'ours' });
    line.open(at.from, { at: at.to, how: 'taken' }, { what: 'opening', comments: [...texts, ...moved] });
    return line;
  };
  const start = (port: Port, at: Span, texts: readonly string[]): Conversation => {
    // Where the client's own ClientHello was passed on, that is on a second connection, and TLS is not taken off it.
    const all = secured ? texts : openingTexts(exchange, 'server', texts);
    secured = true;
    return begun(port, at, all);
  };
  const shownPort = (real: number): number => (http2 ? httpPort : kind === 'tunnel' && isPort(real) ? real : readablePort(real));

  const tryOne = ({ address, code, ms }: DialAttempt, at: number): void => {
    const peer = peerOf({ address, port: dialledPort }, () => httpPort);
    const refused = code === 'ECONNREFUSED' || code === 'ECONNRESET';
    const line = begin({ peer, ours: oursFor(peer, nextPort()), opener: 'ours' });
    const comments = [commentText(`This attempt to connect failed: ${code} after ${ms} ms.`)];
    line.open(
      Math.max(dialledAt, at - Math.round(ms * 1000)),
      { at, how: refused ? 'refused' : 'unanswered' },
      { what: 'opening', comments },
    );
  };
  const tryAll = (attempts: readonly DialAttempt[], at: number): void => {
    for (const attempt of attempts.slice(0, mostAttempts)) tryOne(attempt, at);
  };

  const dialled = (at: number): void => {
    const real = exchange.server?.peer?.port ?? dialledPort;
    const span = { from: dialledAt || at, to: at };
    lines.main = null;
    if (!upstream || !asked) {
      const proxy = upstream ? [`This is the upstream proxy ${upstreamUrl(upstream.proxy)}, asked in absolute form.`] : [];
      own = start({ real, shown: shownPort(real) }, span, [...proxy, ...(http2 ? [streamText(exchange)] : [])]);
      lines.main = own;
      return;
    }
    own = null;
    const shown = upstream.proxy.scheme === 'socks5' ? socksPort : readablePort(real);
    const tls = upstream.tls ? ['TLS was taken off here.'] : [];
    lines.door = begun({ real, shown }, span, [`This is the talk with the upstream proxy ${upstreamUrl(upstream.proxy)}.`, ...tls]);
  };

  /** Both sides of the talk come again, longer, when more was said. */
  const talk = (event: Extract<Event, { type: 'upstream' | 'upstream-reply' }>, at: number): void => {
    const about = { what: 'upstream' };
    if (event.type === 'upstream') {
      if (event.request === '') [request, reply] = ['', ''];
      const more = event.request.slice(request.length);
      request = event.request;
      // The words of SOCKS are put in order when all are known.
      if (upstream?.proxy.scheme !== 'socks5') lines.door?.say('ours', Buffer.from(more, 'latin1'), at, about);
      return;
    }
    const more = Buffer.from(event.reply.slice(reply.length), 'latin1');
    const first = reply === '';
    reply = event.reply;
    if (upstream?.proxy.scheme !== 'socks5' || !first) return void lines.door?.say('peer', more, at, about);
    for (const { from, bytes } of socks5Turns(Buffer.from(request, 'latin1'), more)) {
      lines.door?.say(from === 'asker' ? 'ours' : 'peer', bytes, at, about);
    }
  };

  const apply = (event: Event, at: number): void => {
    switch (event.type) {
      case 'dial':
        dialledPort = event.port;
        dialledAt = at;
        return;
      case 'resolved':
        dialledAt = at;
        return;
      case 'dialled':
        tryAll(event.attempts ?? [], at);
        return void dialled(at);
      case 'dial-failed': {
        tryAll(event.failure.attempts, at);
        const { message, code } = event.failure;
        remark({ leg: 'client', spot: 'next', text: commentText(`The server was not reached: ${message} (${code}).`) });
        return;
      }
      case 'upstream':
      case 'upstream-reply':
        return void talk(event, at);
      default:
        return;
    }
  };

  const main = (at: number): Conversation | null => {
    if (exchange.server === null || exchange.dialFailure) return null;
    own ??= http2 ? null : alive(lines.main);
    if (own) return own;
    const real = asked ? (target?.port ?? 0) : (exchange.server.peer?.port ?? target?.port ?? 0);
    const inside = insideText(exchange, 'server');
    const earlier = 'This connection had been opened before, in an exchange that is not shown with it.';
    own = start({ real, shown: shownPort(real) }, { from: at, to: at }, [http2 ? streamText(exchange) : asked ? inside : earlier]);
    lines.main = own;
    return own;
  };

  return { apply, main, doorBytes };
};
