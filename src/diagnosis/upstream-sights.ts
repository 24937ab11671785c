import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { field, type Head } from '../model/head.js';
import { type UpstreamTalk, upstreamUrl } from '../model/upstream.js';
import { fieldLines } from '../wire/field-line.js';
import { hexOf } from '../wire/hex.js';
import { parseHead } from '../wire/http-head.js';
import { wantsSocksCredentials } from '../wire/socks-client.js';
import { culpritOf } from './culprits.js';

/** The upstream proxy's answer as a head with its body; null when it is none of HTTP. */
const answerOf = ({ proxy, reply }: UpstreamTalk): { readonly head: Head; readonly body: string } | null => {
  if (proxy.scheme === 'socks5' || !/^HTTP\//i.test(reply)) return null;
  const end = /\r?\n\r?\n/.exec(reply);
  const length = end ? end.index + end[0].length : reply.length;
  return { head: parseHead(reply.slice(0, length), 'response'), body: reply.slice(length) };
};

/** The client met it at our own entrance, where a fault spoke (see door-given.ts). */
export const isGivenAtDoor = ({ proxy }: UpstreamTalk): boolean => proxy.host === '';

/** Which proxy it was, by its address. */
export const upstreamName = (talk: UpstreamTalk): string =>
  isGivenAtDoor(talk) ? 'the proxy' : `the upstream proxy ${upstreamUrl(talk.proxy)}`;

/** The beginning of a sentence about it, where its address does not matter. */
export const theProxy = (talk: UpstreamTalk): string => (isGivenAtDoor(talk) ? 'The proxy' : 'The upstream proxy');

/** Who answered: its own name where its answer gives one, else its address. */
export const upstreamCulprit = (talk: UpstreamTalk): string | null => {
  if (isGivenAtDoor(talk)) return null;
  const answer = answerOf(talk);
  const brand = answer && culpritOf(answer.head, answer.body)?.name;
  return brand ?? (answer && (field(answer.head, 'Server') ?? field(answer.head, 'Proxy-Agent'))) ?? upstreamName(talk);
};

/** The bytes that decided: the status line with the fields that tell more, the bytes of SOCKS5, or what stood in their place. */
export const upstreamEvidence = (talk: UpstreamTalk, ...names: readonly string[]): readonly [Evidence, ...Evidence[]] => {
  const { proxy, reply, why } = talk;
  const answer = answerOf(talk);
  if (answer) {
    const lines = ['Server', 'X-Squid-Error', 'Via', ...names].flatMap((name) => fieldLines(answer.head, name));
    return [
      { leg: 'server', what: 'upstream', text: answer.head.startLine, offset: 0 },
      ...lines.map((line) => ({ ...upstreamPiece, ...line })),
    ];
  }
  if (reply === '') return [{ ...upstreamPiece, text: `${isGivenAtDoor(talk) ? 'the proxy' : upstreamUrl(proxy)}: ${why}` }];
  const text = proxy.scheme === 'socks5' ? hexOf(reply) : reply.slice(0, 200);
  return [{ ...upstreamPiece, text, offset: 0 }];
};

const upstreamPiece = { leg: 'server', what: 'upstream' } as const;

/** Whether it refused for want of credentials, or did not take those that it got. */
export const wantsCredentials = ({ proxy, outcome, status, reply }: UpstreamTalk): boolean =>
  outcome === 'refused' && (proxy.scheme === 'socks5' ? wantsSocksCredentials(reply) : status === 407);

/** Whether it got credentials with the request that it refused. They are masked in the talk. */
export const gaveCredentials = ({ request }: UpstreamTalk): boolean =>
  /^proxy-authorization[ \t]*:/im.test(request) || (request.startsWith('\x05') && request.includes('***'));

/** A way through an upstream proxy that was open. */
export const openUpstream = ({ upstream }: Exchange): UpstreamTalk | null => (upstream?.outcome === 'ok' ? upstream : null);

/** `ssh -D` of OpenSSH takes the greeting, and for whatever it then cannot or may not reach it ends the connection without the reply of RFC 1928 section 6. */
export const endsInPlaceOfReply = ({ proxy, outcome, reply }: UpstreamTalk): boolean =>
  proxy.scheme === 'socks5' && (outcome === 'closed' || outcome === 'reset') && reply === '\x05\0';
