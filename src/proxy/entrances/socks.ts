import { certificateName } from '../../authority/host-name.js';
import type { AcceptChange } from '../../faults/changes.js';
import {
  readSocks4Request,
  readSocks5Greeting,
  readSocks5Password,
  readSocks5Request,
  type SocksRequest,
  socks4Reply,
  socks5Replies,
  socks5Reply,
} from '../../wire/socks.js';
import type { Credentials } from '../access/access.js';
import { areCredentials } from '../access/credentials.js';
import { owedBy } from '../access/guests.js';
import { dial } from '../dial.js';
import { faultStage } from '../fault-stage.js';
import { limits } from '../limits.js';
import type { River } from '../river.js';
import type { Side } from '../side.js';
import { take } from '../take.js';
import type { Tap } from '../tap.js';
import { socksReplyOf } from '../upstream/refusal.js';
import type { NoWay } from '../upstream/way.js';
import { answerBy, type Place } from './connect.js';
import { dialRefusal } from './dial-refusal.js';

type Version = 'socks5' | 'socks4a';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** SOCKS5 (RFC 1928, CONNECT; user and password of RFC 1929 where they are due), SOCKS4 and SOCKS4a. The server is dialled before the reply, as with CONNECT. */
export const enterBySocks = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly version: Version; readonly change?: AcceptChange | undefined },
): Promise<Place | null> => {
  const { client, version, change: accepted } = visit;
  if (accepted?.socksMethod) return takeNoMethod(tap, client, version);
  const owed = owedBy(river, client.raw);
  const greeting = version === 'socks5' ? await greet(client, owed) : { raw: '', flaw: null };
  if (greeting.flaw !== null) {
    tap.emit({ type: 'entrance', entrance: version, request: greeting.raw });
    tap.emit({ type: 'refused', status: 0, why: owed === null ? 'bad-target' : 'proxy-auth', text: `shakedown: ${greeting.flaw}.` });
    return giveUp(client, tap);
  }
  const request = await readRequest(client, version);
  tap.emit({ type: 'entrance', entrance: version, request: greeting.raw + request.raw });
  const asked = request.socks;
  const answer = (code: number): void => {
    const reply = version === 'socks5' ? socks5Reply(code) : socks4Reply(code === socks5Replies.succeeded);
    client.stream.write(reply);
    client.count.out += reply.length;
    tap.emit({ type: 'entrance-reply', reply: latin1(reply) });
  };
  if (asked.type !== 'connect' || certificateName(asked.host) === null || asked.port === 0) {
    const why =
      asked.type === 'bad'
        ? asked.why
        : asked.type === 'more'
          ? 'the SOCKS request is not complete'
          : `${JSON.stringify(asked.host)} port ${asked.port} is no place to connect to`;
    tap.emit({ type: 'refused', status: 0, why: 'bad-target', text: `shakedown: ${why}.` });
    if (asked.type !== 'more') answer(asked.type === 'bad' ? socks5Replies.badCommand : socks5Replies.failure);
    return giveUp(client, tap);
  }
  const { host, port } = asked;
  if (version === 'socks4a' && owed !== null) {
    const text = 'shakedown: this port wants a user name and a password, and SOCKS4 has none: use SOCKS5 or an HTTP proxy.';
    tap.emit({ type: 'refused', status: 0, why: 'proxy-auth', text });
    answer(socks5Replies.notAllowed);
    return giveUp(client, tap);
  }
  tap.emit({ type: 'target', target: { scheme: 'tcp', host, port, path: '' }, kind: 'unknown' });
  const due = latin1(version === 'socks5' ? socks5Reply(socks5Replies.succeeded) : socks4Reply(true));
  const change = faultStage(river, tap, {
    stage: 'entrance',
    input: { entrance: version, request: greeting.raw + request.raw, reply: due },
    target: { scheme: 'tcp', host, port, path: '' },
    grounds: ['socks'],
  });
  if (change?.end !== undefined) {
    await answerBy(tap, change, { to: client, place: asked });
    return null;
  }
  const dialled = await dial(river, tap, { host, port, client });
  if ('failure' in dialled) {
    const { why, text } = dialRefusal(asked, dialled);
    tap.emit({ type: 'refused', status: 0, why, text });
    answer(replyTo(dialled));
    return giveUp(client, tap);
  }
  if (!change) answer(socks5Replies.succeeded);
  else if (!(await answerBy(tap, change, { to: client, other: dialled.side, place: asked }))) return null;
  return { host, port, server: dialled.side, facts: dialled.facts, head: null };
};

/** A fault takes none of the ways to authenticate; SOCKS4 has no such word, and is rejected. */
const takeNoMethod = async (tap: Tap, client: Side, version: Version): Promise<null> => {
  const find = (bytes: Uint8Array): number => (version === 'socks5' ? readSocks5Greeting(bytes).length : bytes.length);
  const { bytes } = await take(client, { find, limit: 2048, firstMs: limits.headMs, restMs: limits.headMs });
  client.count.in += bytes.length;
  tap.emit({ type: 'entrance', entrance: version, request: latin1(bytes) });
  const reply = version === 'socks5' ? Uint8Array.of(5, 0xff) : socks4Reply(false);
  client.stream.write(reply);
  client.count.out += reply.length;
  tap.emit({ type: 'entrance-reply', reply: latin1(reply) });
  return giveUp(client, tap);
};

const greet = async (client: Side, owed: Credentials | null): Promise<{ readonly raw: string; readonly flaw: string | null }> => {
  const taken = await take(client, {
    find: (bytes) => readSocks5Greeting(bytes).length,
    limit: 257,
    firstMs: limits.headMs,
    restMs: limits.headMs,
  });
  const raw = latin1(taken.bytes);
  client.count.in += taken.bytes.length;
  if (taken.type !== 'found') return { raw, flaw: 'the SOCKS5 greeting is not complete' };
  const { anonymous, password } = readSocks5Greeting(taken.bytes);
  const fits = owed === null ? anonymous : password;
  // 05 ff: none of the offered ways to authenticate will do.
  client.stream.write(Uint8Array.of(5, !fits ? 0xff : owed === null ? 0 : 2));
  client.count.out += 2;
  if (fits && owed !== null) return askPassword(client, { owed, raw });
  const lacks = owed === null ? 'offers no way in without authentication' : 'offers no user name and password, which this port wants';
  return { raw, flaw: fits ? null : `this SOCKS5 client ${lacks}` };
};

/** RFC 1929. */
const askPassword = async (
  client: Side,
  { owed, raw }: { readonly owed: Credentials; readonly raw: string },
): Promise<{ readonly raw: string; readonly flaw: string | null }> => {
  const taken = await take(client, {
    find: (bytes) => readSocks5Password(bytes).length,
    limit: 513,
    firstMs: limits.headMs,
    restMs: limits.headMs,
  });
  client.count.in += taken.bytes.length;
  const said = raw + latin1(taken.bytes);
  const right = taken.type === 'found' && areCredentials(owed, readSocks5Password(taken.bytes));
  if (taken.type === 'found') {
    client.stream.write(Uint8Array.of(1, right ? 0 : 1));
    client.count.out += 2;
  }
  const flaw =
    taken.type === 'found' ? 'this user name and password are not the ones that this port wants' : 'the SOCKS5 password is not complete';
  return { raw: said, flaw: right ? null : flaw };
};

const readRequest = async (client: Side, version: Version): Promise<{ readonly socks: SocksRequest; readonly raw: string }> => {
  const read = version === 'socks5' ? readSocks5Request : readSocks4Request;
  const find = (bytes: Uint8Array): number => {
    const request = read(bytes);
    return request.type === 'connect' ? request.length : request.type === 'more' ? -1 : 0;
  };
  const taken = await take(client, { find, limit: 2048, firstMs: limits.headMs, restMs: limits.headMs });
  client.count.in += taken.bytes.length;
  return { socks: read(taken.bytes), raw: latin1(taken.bytes) };
};

const replyTo = ({ failure: { code }, trouble }: NoWay): number => {
  if (trouble && code !== 'SHK_LOOP') return socksReplyOf(trouble);
  if (code === 'ECONNREFUSED') return socks5Replies.refused;
  if (code === 'ENETUNREACH') return socks5Replies.networkUnreachable;
  if (code === 'SHK_LOOP' || code === 'SHK_PRIVATE') return socks5Replies.notAllowed;
  return code === 'ETIMEDOUT' ? socks5Replies.ttlExpired : socks5Replies.hostUnreachable;
};

const giveUp = (client: Side, tap: Tap): null => {
  tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' });
  client.stream.end();
  client.stream.resume();
  return null;
};
