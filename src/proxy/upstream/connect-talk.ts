import { statusLine } from '../../model/head.js';
import { codeOf } from '../../model/problem.js';
import { authorityOf } from '../../model/target.js';
import type { UpstreamProxy } from '../../model/upstream.js';
import { bodyEndOf } from '../../wire/body-end.js';
import { setField } from '../../wire/head-edit.js';
import { findResponseHeadEnd, headLimit, parseHead } from '../../wire/http-head.js';
import { basicCredentials } from '../../wire/proxy-url.js';
import { limits } from '../limits.js';
import { destroySide, type Side, wasReset } from '../side.js';
import { type Taken, take } from '../take.js';
import type { Tap } from '../tap.js';
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

/** CONNECT to an upstream proxy (RFC 9110 section 9.3.6): the client's own, as it came, or ours. */
export const askByConnect = async (tap: Tap, { proxy, errand, side, waitMs }: Visit): Promise<UpstreamAnswer> => {
  const request = requestOf(proxy, errand);
  side.stream.write(request, 'latin1');
  tap.emit({ type: 'upstream', proxy: addressOf(proxy), request });
  const answer = await untilLeft(errand.client, (left) => readAnswer(side, left, waitMs()));
  const say = ({ outcome, status, why, reply }: UpstreamAnswer): void =>
    tap.emit({ type: 'upstream-reply', reply: reply.slice(0, headLimit), outcome, status, why });
  say(answer);
  if (answer.outcome === 'ok' || errand.passBack) return { ...answer, side };
  const body = answer.outcome === 'refused' ? await bodyOf(side, answer.head) : '';
  destroySide(side);
  const whole = { ...answer, reply: answer.reply + body };
  if (body !== '') say(whole);
  return whole;
};

const requestOf = ({ credentials }: UpstreamProxy, errand: Errand): string => {
  const place = authorityOf(errand);
  const head = errand.head ?? `CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\n`;
  return credentials ? setField(head, 'Proxy-Authorization', basicCredentials(credentials)) : head;
};

const readAnswer = async (side: Side, left: AbortSignal, waitMs: number): Promise<UpstreamAnswer> => {
  let reply = '';
  for (;;) {
    const taken = await take(side, {
      find: findResponseHeadEnd,
      limit: headLimit,
      firstMs: waitMs,
      restMs: waitMs,
      allMs: waitMs,
      signal: left,
    });
    const head = taken.bytes.toString('latin1');
    reply += head;
    if (taken.type !== 'found') return noHead(side, { ...taken, waitMs }, reply);
    const { status, reason } = statusLine(parseHead(head, 'response'));
    if (status >= 100 && status < 200 && reply.length < headLimit) continue;
    const read = { reply, head, side: null };
    if (status < 200) return { outcome: 'malformed', status: null, why: 'its answer has no status line that can be read', ...read };
    const said = `${status} ${reason.slice(0, 200)}`.trim();
    // Any 2xx opens the tunnel, and a length in such an answer has no meaning.
    if (status < 300) return { outcome: 'ok', status, why: said, ...read };
    return { outcome: 'refused', status, why: `it answered ${said}`, ...read };
  }
};

type Waited = Pick<Taken, 'type'> & { readonly waitMs: number };

/** Shared with SOCKS5: what it means that no whole answer came. */
export const noAnswer = async (side: Side, { type, waitMs }: Waited): Promise<Pick<UpstreamAnswer, 'outcome' | 'why'>> => {
  if (type === 'aborted') return { outcome: 'timeout', why: 'it had not answered when the client left' };
  if (type === 'timeout') return { outcome: 'timeout', why: `it did not answer within ${Number((waitMs / 1000).toFixed(1))} s` };
  if (type === 'failed' || (type === 'ended' && (await wasReset(side)))) {
    return {
      outcome: 'reset',
      why: `it reset the connection before it had answered${side.failure() ? ` (${codeOf(side.failure())})` : ''}`,
    };
  }
  return { outcome: 'closed', why: 'it closed the connection before it had answered' };
};

const noHead = async (side: Side, taken: Waited, reply: string): Promise<UpstreamAnswer> => {
  const rest = { status: null, reply, head: '', side: null };
  if (taken.type === 'other') return { outcome: 'malformed', why: 'it answered something that is no HTTP', ...rest };
  if (taken.type === 'too-large') return { outcome: 'malformed', why: `its answer's head is over ${headLimit} bytes`, ...rest };
  return { ...(await noAnswer(side, taken)), ...rest };
};

/** The page that comes with a refusal often names the reason. It is there at once or not worth the wait. */
const bodyOf = async (side: Side, head: string): Promise<string> => {
  const body = bodyEndOf(parseHead(head, 'response'));
  if (body.done) return '';
  const find = (bytes: Buffer, from: number): number => {
    const taken = body.push(bytes.subarray(from));
    return body.done ? from + taken : -1;
  };
  const { bytes } = await take(side, { find, limit: headLimit, firstMs: limits.upstreamBodyMs, restMs: limits.upstreamBodyMs });
  return bytes.toString('latin1').slice(0, headLimit);
};
