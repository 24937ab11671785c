import type { Head } from '../../model/head.js';
import { bodyEndOf, keepsConnection } from '../../wire/body-end.js';
import { headLimit, parseHead } from '../../wire/http-head.js';
import { closed, pump } from '../relay.js';
import type { Side } from '../side.js';
import type { Tap } from '../tap.js';
import type { UpstreamAnswer } from './way.js';

interface Visit {
  readonly client: Side;
  /** The client's CONNECT. */
  readonly head: Head;
  /** The upstream proxy's connection. */
  readonly side: Side;
  readonly answer: UpstreamAnswer;
}

/**
 * The upstream proxy's refusal of a client's own CONNECT, to the client as it came: a 407 with its page is what this client would see if that
 * proxy were its own. `next`: the connections stay, and the client may try again, with credentials say.
 */
export const passBack = async (tap: Tap, visit: Visit): Promise<'next' | 'over'> => {
  const { client, head, answer } = visit;
  // Its bytes are the upstream proxy's: none of them count as the server's.
  const side: Side = { ...visit.side, count: { in: 0, out: 0 } };
  let reply = answer.reply;
  const apart: Tap = {
    ...tap,
    bytes: (from, chunk) => {
      if (from === 'client') tap.bytes(from, chunk);
      else if (reply.length < headLimit) reply += Buffer.from(chunk).toString('latin1');
    },
  };
  if (!client.stream.destroyed && answer.reply !== '') {
    client.stream.write(answer.reply, 'latin1');
    client.count.out += answer.reply.length;
    tap.emit({ type: 'entrance-reply', reply: answer.reply.slice(0, headLimit) });
  }
  const body = answer.head === '' ? null : bodyEndOf(parseHead(answer.head, 'response'));
  const upward = pump({ from: client, to: side, tap: apart });
  let whole = body?.done === true;
  if (!whole) {
    const downward = pump({
      from: side,
      to: client,
      tap: apart,
      onChunk: (chunk) => {
        const surplus = body !== null && body.push(chunk) < chunk.length;
        if (body?.done && !surplus) downward.stop();
      },
    });
    whole = (await downward.done) === 'stopped';
    const { outcome, status, why } = answer;
    if (reply !== answer.reply) tap.emit({ type: 'upstream-reply', reply: reply.slice(0, headLimit), outcome, status, why });
  }
  const alive = [client, side].every(({ stream }) => !stream.destroyed && !stream.readableEnded);
  if (whole && alive && upward.carried() === 0 && keepsConnection(head, parseHead(answer.head, 'response'))) {
    upward.stop();
    return 'next';
  }
  if (whole) await Promise.all([pump({ from: side, to: client, tap: apart }).done, upward.done]);
  else await upward.done;
  await Promise.all([closed(client), closed(side)]);
  return 'over';
};
