import type { UpstreamProxy } from '../../model/upstream.js';
import {
  readSocksChoice,
  readSocksPermit,
  readSocksReply,
  socksConnect,
  socksCredentials,
  socksGreeting,
  socksReplyText,
} from '../../wire/socks-client.js';
import { destroySide, type Side } from '../side.js';
import { type Taken, take } from '../take.js';
import type { Tap } from '../tap.js';
import { noAnswer } from './connect-talk.js';
import { untilLeft } from './until-left.js';
import type { Errand, UpstreamAnswer } from './way.js';
import { addressOf } from './way-out.js';

interface Visit {
  readonly proxy: UpstreamProxy;
  readonly errand: Errand;
  readonly side: Side;
  /** How long an answer is waited for from now on, milliseconds. */
  waitMs(): number;
}

type Said = Pick<UpstreamAnswer, 'outcome' | 'status' | 'why'>;

const noSocks: Said = { outcome: 'malformed', status: null, why: 'it answered something that is no SOCKS5' };

/** SOCKS5 to an upstream proxy (RFC 1928): names are passed on as names, user name and password by RFC 1929. */
export const askBySocks = async (tap: Tap, { proxy, errand, side, waitMs }: Visit): Promise<UpstreamAnswer> => {
  const { said, reply } = await untilLeft(errand.client, async (left) => {
    const talk = converse(tap, proxy, { side, left, waitMs });
    return { said: await run(talk, proxy, errand), reply: talk.heard() };
  });
  tap.emit({ type: 'upstream-reply', reply, ...said });
  if (said.outcome !== 'ok') destroySide(side);
  return { ...said, reply, head: '', side: null };
};

const run = async (talk: Talk, { credentials }: UpstreamProxy, errand: Errand): Promise<Said> => {
  const chosen = await talk.ask(socksGreeting(credentials !== null), (bytes) => readSocksChoice(bytes).length);
  if ('said' in chosen) return chosen.said;
  const { method } = readSocksChoice(chosen.bytes);
  if (method === 2 && credentials) {
    const permit = await talk.ask(socksCredentials(credentials), (bytes) => readSocksPermit(bytes).length);
    if ('said' in permit) return permit.said;
    if (!readSocksPermit(permit.bytes).granted) return { outcome: 'refused', status: null, why: 'it does not take these credentials' };
  } else if (method !== 0) {
    const wants = credentials ? 'it takes neither these credentials nor none' : 'it wants credentials';
    return method === 0xff ? { outcome: 'refused', status: null, why: wants } : noSocks;
  }
  const answer = await talk.ask(socksConnect(errand), (bytes) => readSocksReply(bytes).length);
  if ('said' in answer) return answer.said;
  const { code } = readSocksReply(answer.bytes);
  if (code === 0) return { outcome: 'ok', status: 0, why: 'succeeded' };
  return { outcome: 'refused', status: code, why: `it answered SOCKS5 reply ${code}: ${socksReplyText(code)}` };
};

interface Talk {
  /** Says this and reads one message of that length. */
  ask(bytes: Uint8Array, length: (bytes: Uint8Array) => number): Promise<{ readonly bytes: Buffer } | { readonly said: Said }>;
  /** Everything that the proxy said, latin1. */
  heard(): string;
}

const converse = (
  tap: Tap,
  proxy: UpstreamProxy,
  { side, left, waitMs }: Pick<Visit, 'side' | 'waitMs'> & { readonly left: AbortSignal },
): Talk => {
  let request = '';
  let reply = '';
  const noMessage = async (taken: Pick<Taken, 'type'>, withinMs: number): Promise<Said> => {
    if (taken.type === 'other' || taken.type === 'too-large') return noSocks;
    return { ...(await noAnswer(side, { ...taken, waitMs: withinMs })), status: null };
  };
  return {
    ask: async (bytes, length) => {
      side.stream.write(bytes);
      request += Buffer.from(bytes).toString('latin1');
      tap.emit({ type: 'upstream', proxy: addressOf(proxy), request });
      const ms = waitMs();
      const taken = await take(side, { find: length, limit: 300, firstMs: ms, restMs: ms, allMs: ms, signal: left });
      reply += taken.bytes.toString('latin1').slice(0, 1024);
      return taken.type === 'found' ? { bytes: taken.bytes } : { said: await noMessage(taken, ms) };
    },
    heard: () => reply,
  };
};
