import type { Delivery } from '../faults/changes.js';
import { type Head, requestLine, statusLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { bodyEndOf, keepsConnection } from '../wire/body-end.js';
import { findResponseHeadEnd, headLimit, parseHead } from '../wire/http-head.js';
import { deliver, finish, held, writeTogether } from './deliver.js';
import { crossingOf, diversionsOf, groundsOf } from './diversions.js';
import { faultStage } from './fault-stage.js';
import { holdHead } from './hold-head.js';
import { limits } from './limits.js';
import { closed, type Pump, pump } from './relay.js';
import type { River } from './river.js';
import { destroySide, dismiss, endOf, resetSide, type Side } from './side.js';
import { take } from './take.js';
import type { Tap } from './tap.js';
import { within } from './within.js';

export interface Visit {
  readonly tap: Tap;
  readonly client: Side;
  readonly server: Side;
  readonly target: Target;
  /** As the client sent it. */
  readonly head: Head;
  /** As it is due to the server by the hop rules of the entrance; latin1. */
  readonly due: string;
}

/**
 * One handshake over both legs, and what follows it until both sides have closed. `next`: the server refused in full and the connection
 * may carry another request.
 */
export const handshake = async (river: River, visit: Visit): Promise<'next' | 'over'> => {
  const { tap, client, server, target, head } = visit;
  const edited = river.holds.wants('request') ? await holdHead(river, { tap, at: 'request', raw: visit.due, client }) : null;
  if (edited?.type === 'drop') return dropped(visit);
  const asked = edited?.raw ?? visit.due;
  const due = asked === head.raw ? head : parseHead(asked, 'request');
  const fault = faultStage(river, tap, { stage: 'request', input: due, target, grounds: groundsOf(target, due) });
  const changed = fault ?? (edited && { raw: edited.raw });
  const raw = changed ? (changed.ahead ?? '') + changed.raw : visit.due;
  if (raw !== '') tap.emit({ type: 'head', site: 'serverGot', ...(raw === head.raw ? { sameAs: 'clientSent' } : { raw }) });
  const whole = changed ? await ask(visit, changed) : true;
  if (!changed) {
    writeTogether(server, Buffer.from(raw, 'latin1'));
    server.count.out += raw.length;
  }

  // From here on the client's bytes go through at once: frames may be early, and its end must reach the server.
  const diversions = diversionsOf(river, tap, target);
  const upward = whole ? pump({ from: client, to: server, tap, diversion: diversions.client }) : goneQuiet(visit);
  if (changed?.other === 'waits') {
    server.stream.on('data', (chunk: Buffer) => {
      server.count.in += chunk.length;
    });
    await Promise.all([upward.done, closed(server)]);
    return 'over';
  }
  const answer = await readAnswer(river, visit);
  if (!answer) {
    await Promise.all([upward.done, closed(client), closed(server)]);
    return 'over';
  }
  if (statusLine(answer).status === 101) {
    const crossing = crossingOf(target, answer);
    diversions.client.begin(crossing);
    diversions.server.begin(crossing);
    river.openings.add(tap.id, diversions);
    const downward = pump({ from: server, to: client, tap, diversion: diversions.server });
    await Promise.all([upward.done, downward.done]);
    await Promise.all([closed(client), closed(server)]);
    return 'over';
  }
  return finishRefusal(visit, { answer, upward });
};

/** Somebody has dropped a head: neither side hears more of the other. */
const dropped = async ({ tap, client, server }: Visit): Promise<'over'> => {
  await finish(tap, { end: 'reset' }, { to: client, other: server });
  await Promise.all([closed(client), closed(server)]);
  return 'over';
};

/** Sends what a fault made of the request. False: the server has been told an end, and hears no more of the client. */
const ask = async ({ tap, client, server }: Visit, changed: Delivery): Promise<boolean> => {
  const { end, endMs = 0, holdMs = 0, ...head } = changed;
  if (!(await heldBack(holdMs, { client, server }))) return false;
  await deliver(tap, head, { to: server, other: client });
  if (end === undefined) return true;
  if (end === 'silence') return false;
  await held(endMs, [server, client]);
  tap.emit({ type: 'end', leg: 'server', how: end, by: 'shakedown', code: '' });
  if (end === 'reset') resetSide(server);
  else server.stream.end();
  return false;
};

/**
 * Waits so long, and reads the client meanwhile: one that is not read would never be seen to leave. What it says waits for the pump. False:
 * it left.
 */
const heldBack = async (ms: number, { client, server }: Pick<Visit, 'client' | 'server'>): Promise<boolean> => {
  if (ms <= 0) return true;
  const { stream } = client;
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    client.held.push(chunk);
    bytes += chunk.length;
    if (bytes > limits.unsentBytes) stream.pause();
  };
  const ended = new Promise<void>((resolve) => stream.once('end', resolve));
  stream.on('data', onData).resume();
  await Promise.race([held(ms, [client, server]), ended]);
  stream.off('data', onData).pause();
  return !stream.destroyed && !stream.readableEnded;
};

/** In place of the client's direction, when the server hears no more of it: what the client says is dropped, and its end ends both. */
const goneQuiet = ({ tap, client, server }: Visit): Pump => {
  client.stream.resume();
  let told = false;
  const left = (how: 'fin' | 'reset' | 'error', code: string): void => {
    if (!told) tap.emit({ type: 'end', leg: 'client', how, by: 'peer', code });
    told = true;
    dismiss(client);
    dismiss(server);
  };
  const done = closed(client).then((): 'ended' => {
    const { how, code } = endOf(client);
    left(how, code);
    return 'ended';
  });
  if (client.stream.readableEnded) left('fin', '');
  else client.stream.once('end', () => left('fin', ''));
  return { done, stop: () => undefined, carried: () => 1 };
};

/** The final response head, as it was given to the client; null when the client got none of the server's (and both sides are left to end). */
const readAnswer = async (river: River, visit: Visit): Promise<Head | null> => {
  const { tap, client, server } = visit;
  for (;;) {
    const wait = { firstMs: limits.answerMs, restMs: limits.answerMs, allMs: within(river, 2 * limits.answerMs) };
    const taken = await take(server, { find: findResponseHeadEnd, limit: headLimit, ...wait });
    const raw = taken.bytes.toString('latin1');
    if (taken.type === 'found') {
      const head = parseHead(raw, 'response');
      const { status } = statusLine(head);
      const mark = status >= 100 && status < 200 && status !== 101 ? ({ informational: true } as const) : {};
      let told = false;
      const tell = (): void => {
        if (told) return;
        told = true;
        server.count.in += raw.length;
        tap.emit({ type: 'head', site: 'serverSent', raw, ...mark });
      };
      const final = !('informational' in mark);
      const holding = final && river.holds.wants('response');
      // Whoever looks at what is held wants to see the answer.
      if (holding) tell();
      const edited = holding ? await holdHead(river, { tap, at: 'response', raw, client }) : null;
      if (edited?.type === 'drop') {
        await finish(tap, { end: 'reset' }, { to: client, other: server });
        return null;
      }
      const due = edited ? parseHead(edited.raw, 'response') : head;
      const fault = final
        ? faultStage(river, tap, { stage: 'response', input: due, target: visit.target, grounds: groundsOf(visit.target, due) })
        : undefined;
      const changed = fault ?? (edited && { raw: edited.raw, body: edited.body });
      if (changed) {
        tell();
        return giveInstead(visit, head, changed);
      }
      const alive = !client.stream.destroyed;
      if (alive) writeTogether(client, taken.bytes);
      tell();
      if (alive) {
        client.count.out += raw.length;
        tap.emit({ type: 'head', site: 'clientGot', ...('informational' in mark ? { raw, ...mark } : { sameAs: 'serverSent' }) });
      }
      if (final) return head;
      continue;
    }
    await passOn({ tap, client, server }, taken);
    return null;
  }
};

/** What a fault made of the answer. Null: it was complete in itself, or the client has gone. */
const giveInstead = async ({ tap, client, server }: Visit, head: Head, changed: Delivery): Promise<Head | null> => {
  const onWritten = (bytes: number): void => noteGiven(tap, { head, changed, bytes });
  const goesOn = await deliver(tap, changed, { to: client, other: server, onWritten });
  return goesOn ? parseHead(changed.raw, 'response') : null;
};

/** Puts on record so many bytes of what was to be given in place of an answer, as the client takes them. */
const noteGiven = (tap: Tap, at: { readonly head: Head; readonly changed: Delivery; readonly bytes: number }): void => {
  const { head, changed, bytes } = at;
  const { raw, ahead = '', body = '' } = changed;
  const given = (ahead + raw + body).slice(0, bytes);
  const informational = informationalIn(given.slice(0, ahead.length));
  for (const one of informational) tap.emit({ type: 'head', site: 'clientGot', raw: one, informational: true });
  // What else came in front of a head is what the client takes for one.
  const start = informational.length > 0 ? ahead.length : 0;
  const got = given.slice(start, ahead.length + raw.length);
  if (got !== '') tap.emit({ type: 'head', site: 'clientGot', ...(got === head.raw ? { sameAs: 'serverSent' as const } : { raw: got }) });
  const rest = given.slice(ahead.length + raw.length);
  if (rest !== '') tap.emit({ type: 'given', from: 'server', data: Buffer.from(rest, 'latin1').toString('base64') });
};

/** The 1xx heads that a text is made of; none when it holds anything else. */
const informationalIn = (text: string): readonly string[] => {
  const heads = text.match(/HTTP\/1\.[01] 1(?!01)\d\d[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n/g) ?? [];
  return heads.join('') === text ? heads : [];
};

type Ends = Pick<Visit, 'tap' | 'client' | 'server'>;

/** Where the answer's head should be stands something else, or nothing: the client gets just that, as it would without us. */
const passOn = async ({ tap, client, server }: Ends, { type, bytes }: { readonly type: string; readonly bytes: Buffer }): Promise<void> => {
  const why = type === 'other' ? 'unknown-bytes' : type === 'too-large' ? 'too-large' : type === 'timeout' ? 'timeout' : 'truncated';
  tap.emit({ type: 'not-a-head', site: 'serverSent', raw: bytes.toString('latin1').slice(0, headLimit), why });
  server.count.in += bytes.length;
  if (bytes.length > 0 && !client.stream.destroyed) {
    client.stream.write(bytes);
    client.count.out += bytes.length;
  }
  if (type === 'timeout') {
    tap.emit({ type: 'end', leg: 'server', how: 'timeout', by: 'shakedown', code: '' });
    // With FIN: a reset ends a Node server whose upgrade listener has kept the socket and listens to no `error` of it.
    destroySide(server);
    resetSide(client);
    return;
  }
  // `other` and `too-large` go on as raw bytes; `ended` and `failed` are carried across by the same pump, which sees the socket's state.
  if (type === 'failed') {
    tap.emit({ type: 'end', leg: 'server', ...endOf(server), by: 'peer' });
    if (!client.raw.destroyed) tap.emit({ type: 'end', leg: 'client', how: 'reset', by: 'shakedown', code: '' });
    resetSide(client);
    return;
  }
  await pump({ from: server, to: client, tap }).done;
};

/** A complete answer that is no 101: its body goes through whatever its framing; then the connection may serve again. */
const finishRefusal = async (
  { tap, client, server, head }: Visit,
  { answer, upward }: { answer: Head; upward: Pump },
): Promise<'next' | 'over'> => {
  const body = bodyEndOf(answer, requestLine(head).method);
  let surplus = false;
  if (!body.done) {
    const downward = pump({
      from: server,
      to: client,
      tap,
      onChunk: (chunk) => {
        surplus = body.push(chunk) < chunk.length;
        if (body.done && !surplus) downward.stop();
      },
    });
    if ((await downward.done) !== 'stopped') {
      await Promise.all([upward.done, closed(client), closed(server)]);
      return 'over';
    }
  }
  // Bytes that followed the request were pipelined or meant as frames: nobody can tell which, so the rest stays opaque.
  const alive = !client.stream.destroyed && !server.stream.destroyed && !client.stream.readableEnded && !server.stream.readableEnded;
  if (alive && upward.carried() === 0 && keepsConnection(head, answer)) {
    upward.stop();
    return 'next';
  }
  const rest = pump({ from: server, to: client, tap });
  await Promise.all([upward.done, rest.done]);
  await Promise.all([closed(client), closed(server)]);
  return 'over';
};
