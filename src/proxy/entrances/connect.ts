import { certificateName } from '../../authority/host-name.js';
import type { Delivery } from '../../faults/changes.js';
import type { EventBody } from '../../model/event.js';
import { fieldValues, type Head, requestLine } from '../../model/head.js';
import { removeField } from '../../wire/head-edit.js';
import { readRequestTarget } from '../../wire/request-target.js';
import { owedBy } from '../access/guests.js';
import { deliver, finish } from '../deliver.js';
import { dial } from '../dial.js';
import type { ExchangeLog } from '../exchange-log.js';
import { faultStage } from '../fault-stage.js';
import { noteWordsInside } from '../last-words.js';
import { patience } from '../patience.js';
import { refuse } from '../refuse.js';
import { refusedAsAmbiguous } from '../request-head.js';
import type { River } from '../river.js';
import { destroySide, dismiss, endOf, type Side } from '../side.js';
import type { Tap } from '../tap.js';
import { passBack } from '../upstream/pass-back.js';
import type { NoWay } from '../upstream/way.js';
import { upstreamFor } from '../upstream/way-out.js';
import { dialRefusal } from './dial-refusal.js';

/** Where an entrance leads: the name that the client gave, and the open connection to it. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly server: Side;
  /** What holds for every exchange on this connection: the talk with an upstream proxy. */
  readonly facts: readonly EventBody[];
  /** The CONNECT that an upstream proxy was told, latin1, for a further connection to the same place; null when it was not the client's. */
  readonly head: string | null;
}

/** The upstream proxy refused, and both connections stay: the client may say CONNECT again. */
export interface Kept {
  readonly kept: Side;
}

/**
 * CONNECT (RFC 9110 section 9.3.6). The server is dialled before the 200, so that a client learns of a dead server where it would without us.
 * Oddities of real clients are taken: Host without a port or missing, `Content-Length: 0`, an empty Proxy-Authorization, any Connection.
 */
export const enterByConnect = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly head: Head; readonly log: ExchangeLog; readonly kept: Side | null },
): Promise<Place | Kept | null> => {
  const { client, head, kept } = visit;
  client.count.in += head.raw.length;
  tap.emit({ type: 'entrance', entrance: 'connect', request: head.raw });
  const target = readRequestTarget('CONNECT', requestLine(head).target);
  if (target.form !== 'authority' || certificateName(target.host) === null) {
    const why =
      target.form === 'bad'
        ? target.why
        : target.form === 'authority'
          ? `${JSON.stringify(target.host)} is no host name`
          : 'CONNECT wants host:port';
    refuse(client, tap, {
      status: 400,
      why: 'bad-target',
      text: `shakedown: ${why}. CONNECT names a host and a port: CONNECT example.test:443 HTTP/1.1`,
    });
    return null;
  }
  const { host, port } = target;
  tap.emit({ type: 'target', target: { scheme: 'tcp', host, port, path: '' }, kind: 'unknown' });
  if (fieldValues(head, 'transfer-encoding').length > 0 || fieldValues(head, 'content-length').some((length) => Number(length) !== 0)) {
    refuse(client, tap, {
      status: 400,
      why: 'ambiguous-head',
      text: 'shakedown: this CONNECT announces a body, which CONNECT cannot have (RFC 9110 section 9.3.6).',
    });
    return null;
  }
  const forwarded = isForwarded(river, target);
  if (kept && !forwarded) dismiss(kept);
  // What is only read here may be odd; what goes on to another proxy must have one meaning.
  if (forwarded && refusedAsAmbiguous(head, { client, tap, lenient: river.options.lenient })) return null;
  // Credentials for our own port are no other proxy's business.
  const told = owedBy(river, client.raw) === null ? head.raw : removeField(head.raw, 'Proxy-Authorization');
  const due = 'HTTP/1.1 200 Connection established\r\n\r\n';
  const change = faultStage(river, tap, {
    stage: 'entrance',
    input: { entrance: 'connect', request: head.raw, reply: due },
    target: { scheme: 'tcp', host, port, path: '' },
    grounds: ['connect'],
  });
  if (change?.end !== undefined) {
    await answerBy(tap, change, { to: client, place: target });
    return null;
  }
  const dialled = await dial(river, tap, forwarded ? { host, port, head: told, kept, client, passBack: true } : { host, port, client });
  if ('failure' in dialled) return refusedWay(tap, visit, { place: target, noWay: dialled });
  const reply = dialled.reply ?? due;
  if (change) {
    if (!(await answerBy(tap, change, { to: client, other: dialled.side, place: target }))) return null;
  } else {
    client.stream.write(reply, 'latin1');
    client.count.out += reply.length;
    tap.emit({ type: 'entrance-reply', reply });
  }
  return { host, port, server: dialled.side, facts: dialled.facts, head: forwarded ? told : null };
};

/** What a fault makes of the answer. False: the connection is over. */
export const answerBy = async (
  tap: Tap,
  change: Delivery,
  at: { readonly to: Side; readonly other?: Side; readonly place: { readonly host: string; readonly port: number } },
): Promise<boolean> => {
  const { ahead = '', raw, body = '' } = change;
  const { to, place } = at;
  if (!(await patience(change.holdMs ?? 0, to))) {
    tap.emit({ type: 'end', leg: 'client', ...endOf(to), by: 'peer' });
    return false;
  }
  tap.emit({ type: 'entrance-reply', reply: ahead + raw + body });
  const { end, endMs = 0, endOn, ...answer } = { ...change, holdMs: 0 };
  if (end === undefined || endOn === undefined) return deliver(tap, { ...change, holdMs: 0 }, at);
  if (!(await deliver(tap, answer, at))) return false;
  await noteWordsInside(tap, to, place);
  await finish(tap, { end, endMs }, at);
  return false;
};

/** Whether the client's own CONNECT goes on to an upstream proxy. */
const isForwarded = (river: River, place: { readonly host: string; readonly port: number }): boolean => {
  const proxy = upstreamFor(river.options.out, place);
  return proxy !== null && proxy.scheme !== 'socks5';
};

/** An upstream proxy's own answer goes to the client as it came; whatever else failed is told by us. */
const refusedWay = async (
  tap: Tap,
  { client, head, log }: { readonly client: Side; readonly head: Head; readonly log: ExchangeLog },
  { place, noWay }: { readonly place: { readonly host: string; readonly port: number }; readonly noWay: NoWay },
): Promise<Kept | null> => {
  const answer = noWay.trouble?.answer;
  if (!answer?.side || answer.outcome === 'timeout') {
    if (answer?.side) destroySide(answer.side);
    refuse(client, tap, dialRefusal(place, noWay));
    return null;
  }
  log.server(answer.side);
  return (await passBack(tap, { client, head, side: answer.side, answer })) === 'next' ? { kept: answer.side } : null;
};
