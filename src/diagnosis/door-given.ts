import type { Exchange } from '../model/exchange.js';
import { field, statusLine } from '../model/head.js';
import type { LegEnd } from '../model/leg.js';
import type { UpstreamOutcome, UpstreamTalk } from '../model/upstream.js';
import { parseHead } from '../wire/http-head.js';
import { readSocksReply, socksReplyText } from '../wire/socks-client.js';

/** An answer to CONNECT has a line or two. No client minds a head under this length, bytes. */
const longHead = 2048;

/** How the record of a fault ends that leaves a connection open without a word (faults/describe.ts). */
const saysNothing = /then silence, and no end$/;

type Said = Pick<UpstreamTalk, 'outcome' | 'status' | 'why'>;

/**
 * What a fault said at our own entrance, as the words of a proxy (one without an address) that the client met there. Undefined: it opened the
 * tunnel, and the client took it so, or nothing is decided yet.
 */
export const doorGiven = (exchange: Exchange): UpstreamTalk | undefined => {
  const { applied, door, entrance, refusal, server } = exchange;
  const made = applied.some(({ stage, leg }) => leg === 'client' && (stage === 'entrance' || (stage === 'accept' && !server)));
  const byWords = entrance === 'connect' || entrance === 'socks5' || entrance === 'socks4a';
  if (!made || !byWords || refusal) return undefined;
  const said = entrance === 'connect' ? connectSaid(exchange) : socksSaid(exchange);
  if (!said || said.outcome === 'ok') return undefined;
  const scheme = entrance === 'connect' ? 'http' : 'socks5';
  return { ...said, proxy: { scheme, host: '', port: 0 }, request: door.request, reply: door.reply, tls: null, tlsFailure: null };
};

const connectSaid = (exchange: Exchange): Said | undefined => {
  const { reply } = exchange.door;
  if (reply === '') return unsaid(exchange, 'before it had answered');
  if (!/^HTTP\/\d/.test(reply)) return { outcome: 'malformed', status: null, why: 'it answered something that is no HTTP' };
  const end = /\r?\n\r?\n/.exec(reply);
  if (!end) return unsaid(exchange, 'in the middle of its answer');
  const length = end.index + end[0].length;
  const head = parseHead(reply.slice(0, length), 'response');
  const { status, reason } = statusLine(head);
  const answer = `${status} ${reason.slice(0, 200)}`.trim();
  if (status < 200 || status >= 300) return { outcome: 'refused', status, why: `it answered ${answer}` };
  if (openedInside(exchange)) return undefined;
  const wrong = { outcome: 'malformed', status } as const;
  if (reply.length > length) return { ...wrong, why: `its ${status} has a body, and those bytes are read as the server's` };
  if (spokeInside(exchange) || exchange.client.end?.by !== 'peer') return endedInside(exchange) ? shut(exchange, status) : undefined;
  // RFC 9110 section 9.3.6: any 2xx opens the tunnel. Not every client knows.
  if (status !== 200) return { outcome: 'refused', status, why: `it answered ${answer}, which this client does not take for a tunnel` };
  const announced = ['Content-Length', 'Transfer-Encoding'].find((name) => field(head, name) !== undefined);
  if (announced) return { ...wrong, why: `its 200 has a ${announced}, which means nothing there, and the client left` };
  return length < longHead ? undefined : { ...wrong, why: `its 200 has a head of ${length} bytes, on which the client left` };
};

const socksSaid = (exchange: Exchange): Said | undefined => {
  const { door, entrance } = exchange;
  const { reply } = door;
  const bytes = Buffer.from(reply, 'latin1');
  if (reply === '') return unsaid(exchange, 'before it had answered');
  if (reply === '\x05\xff') return { outcome: 'refused', status: null, why: 'it takes none of the ways to authenticate that were offered' };
  if (entrance === 'socks4a') return socks4Said(exchange, bytes);
  const { length, code } = readSocksReply(bytes);
  if (length === 0) return { outcome: 'malformed', status: null, why: 'it answered something that is no SOCKS5' };
  if (bytes.length > 1 && code !== 0)
    return { outcome: 'refused', status: code, why: `it answered SOCKS5 reply ${code}: ${socksReplyText(code)}` };
  if (length === -1) return unsaid(exchange, 'in the middle of its answer');
  return endedInside(exchange) ? shut(exchange, 0) : undefined;
};

const socks4Said = (exchange: Exchange, bytes: Buffer): Said | undefined => {
  const [first, code] = bytes;
  if (first !== 0) return { outcome: 'malformed', status: null, why: 'it answered something that is no SOCKS4' };
  if (bytes.length < 8) return unsaid(exchange, 'in the middle of its answer');
  if (code !== 0x5a) return { outcome: 'refused', status: code ?? null, why: `it answered SOCKS4 reply ${code}: request rejected` };
  return endedInside(exchange) ? shut(exchange, 0) : undefined;
};

/** No whole answer came. Before the exchange is over nobody knows what becomes of the wait, but where the fault itself says that nothing will. */
const unsaid = ({ client, endedAt, applied }: Exchange, when: string): Said | undefined => {
  const how = endMade(client.end);
  if (how)
    return { outcome: how, status: null, why: how === 'reset' ? `it reset the connection ${when}` : `it closed the connection ${when}` };
  if (endedAt !== null) return { outcome: 'timeout', status: null, why: 'it had not answered when the client left' };
  const silent = applied.some(({ after }) => saysNothing.test(after));
  return silent ? { outcome: 'timeout', status: null, why: 'it has said nothing so far' } : undefined;
};

const endMade = (end: LegEnd | undefined): Extract<UpstreamOutcome, 'closed' | 'reset'> | undefined =>
  end?.by !== 'shakedown' ? undefined : end.how === 'reset' ? 'reset' : 'closed';

/** A tunnel that ended before the client's first word. */
const shut = ({ client }: Exchange, status: number): Said => ({
  outcome: client.end?.how === 'reset' ? 'reset' : 'closed',
  status,
  why: 'it ended the tunnel that it had just opened',
});

/** The client said something in the tunnel. */
const spokeInside = ({ client, heads, notAHead }: Exchange): boolean =>
  client.hello !== undefined || heads.clientSent !== null || (notAHead.clientSent?.raw ?? '') !== '';

/** Something came of it. */
const openedInside = ({ heads, outcome }: Exchange): boolean => heads.clientGot !== null || outcome === 'tunnelled';

const endedInside = (exchange: Exchange): boolean =>
  exchange.server === null && endMade(exchange.client.end) !== undefined && !spokeInside(exchange);
