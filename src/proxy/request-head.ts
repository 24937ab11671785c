import { field, type Head } from '../model/head.js';
import { findHeadEnd, headLimit, parseHead } from '../wire/http-head.js';
import { isHandshake } from '../wire/upgrade.js';
import { act } from './first-words.js';
import { limits } from './limits.js';
import { type Refusal, refuse } from './refuse.js';
import { endOf, type Side } from './side.js';
import { take } from './take.js';
import type { Tap } from './tap.js';

/** What became of waiting for a request head: `none` was one that never came whole; it is on record, and answered where it can be. */
export type Asked =
  | { readonly type: 'head'; readonly head: Head }
  | { readonly type: 'none'; readonly why: 'too-large' | 'timeout' | 'truncated'; readonly bytes: Buffer }
  /** The server acted first; what the client said so far is unread. */
  | { readonly type: 'interrupted' };

/** Waits for the next request head of a client; in a tunnel, for as long as `server` keeps still. */
export const awaitRequestHead = async (client: Side, tap: Tap, server?: Side): Promise<Asked> => {
  const over = new AbortController();
  const acted = server && !server.stream.readableEnded ? act(server, over.signal).then(() => over.abort()) : undefined;
  const taken = await take(client, {
    find: findHeadEnd,
    limit: headLimit,
    firstMs: limits.firstByteMs,
    restMs: limits.headMs,
    signal: over.signal,
  });
  over.abort();
  await acted;
  if (taken.type === 'aborted') return { type: 'interrupted' };
  const raw = taken.bytes.toString('latin1');
  if (taken.type === 'found') return { type: 'head', head: parseHead(raw, 'request') };
  const why = taken.type === 'too-large' ? 'too-large' : taken.type === 'timeout' ? 'timeout' : 'truncated';
  client.count.in += taken.bytes.length;
  tap.emit({ type: 'not-a-head', site: 'clientSent', raw: raw.slice(0, headLimit), why });
  if (why === 'too-large') {
    refuse(client, tap, {
      status: 431,
      why: 'too-large',
      text: `shakedown: this request head is over ${headLimit} bytes, the most that shakedown reads. Most servers take far less: shrink the cookies or the URL.`,
    });
  } else if (why === 'timeout') {
    refuse(client, tap, { status: 408, why: 'timeout', text: 'shakedown: the request head did not end within 30 s.' });
  }
  return { type: 'none', why, bytes: taken.bytes };
};

/** The same where no server is there yet: a client that leaves in mid-head is let go. */
export const readRequestHead = async (client: Side, tap: Tap): Promise<Head | null> => {
  const asked = await awaitRequestHead(client, tap);
  if (asked.type === 'head') return asked.head;
  if (asked.type === 'none' && asked.why === 'truncated') {
    tap.emit({ type: 'end', leg: 'client', ...endOf(client), by: 'peer' });
    client.stream.end();
  }
  return null;
};

/** Heads that Node's parser is not to touch: handshakes, other upgrades, and what can be read in two ways. */
export const goesRaw = (head: Head): boolean =>
  isHandshake(head) || field(head, 'Upgrade') !== undefined || head.defects.some(({ ambiguous }) => ambiguous);

/** Why a head with two meanings is refused (threats.md T19-T23); undefined for any other. */
export const ambiguityOf = (head: Head): Refusal | undefined => {
  const defect = head.defects.find(({ ambiguous }) => ambiguous);
  if (!defect) return undefined;
  return {
    status: 400,
    why: 'ambiguous-head',
    text: `shakedown: this request head can be read in two ways: ${defect.note} (byte ${defect.offset}). It was not forwarded; start shakedown with --lenient to forward such heads as they are.`,
  };
};

/** Refuses such a head, unless the user wants it forwarded. True: it was refused. */
export const refusedAsAmbiguous = (head: Head, visit: { readonly client: Side; readonly tap: Tap; readonly lenient: boolean }): boolean => {
  const refusal = visit.lenient ? undefined : ambiguityOf(head);
  if (refusal) refuse(visit.client, visit.tap, refusal);
  return refusal !== undefined;
};
