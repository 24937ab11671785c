import type { Head } from '../model/head.js';
import { findHeadEnd, headLimit, parseHead } from '../wire/http-head.js';
import { limits } from './limits.js';
import { refuse } from './refuse.js';
import type { Side } from './side.js';
import { take } from './take.js';
import type { Tap } from './tap.js';

/** Reads the next request head of a client; null when none came (what came instead is on record, and answered where it can be). */
export const readRequestHead = async (client: Side, tap: Tap): Promise<Head | null> => {
  const taken = await take(client, { find: findHeadEnd, limit: headLimit, firstMs: limits.firstByteMs, restMs: limits.headMs });
  const raw = taken.bytes.toString('latin1');
  if (taken.type === 'found') return parseHead(raw, 'request');
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
  } else {
    const failed = taken.type === 'failed';
    tap.emit({ type: 'end', leg: 'client', how: failed ? 'reset' : 'fin', by: 'peer', code: '' });
    client.stream.end();
  }
  return null;
};

/** A head with two meanings is refused (threats.md T19-T23), unless the user wants it forwarded. True: it was refused. */
export const refusedAsAmbiguous = (head: Head, visit: { readonly client: Side; readonly tap: Tap; readonly lenient: boolean }): boolean => {
  const defect = visit.lenient ? undefined : head.defects.find(({ ambiguous }) => ambiguous);
  if (!defect) return false;
  refuse(visit.client, visit.tap, {
    status: 400,
    why: 'ambiguous-head',
    text: `shakedown: this request head can be read in two ways: ${defect.note} (byte ${defect.offset}). It was not forwarded; start shakedown with --lenient to forward such heads as they are.`,
  });
  return true;
};
