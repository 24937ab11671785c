import { field, fieldValues, type Head, requestLine } from '../../model/head.js';
import { readRequestTarget } from '../../wire/request-target.js';
import { listen } from '../first-words.js';
import type { Station } from '../inside-tunnel.js';
import { answerBytes, type Refusal, refuse } from '../refuse.js';
import { readRequestHead } from '../request-head.js';
import type { River } from '../river.js';
import type { Side } from '../side.js';
import type { Tap } from '../tap.js';
import type { Asked } from './access.js';
import { isBasic } from './credentials.js';
import { isGuest, knowsGuests, owedBy } from './guests.js';

export const askedBy = (head: Head): Asked => ({ ...requestLine(head), authorization: field(head, 'proxy-authorization') });

/** Why a request may not come in; null: it may. */
export const barred = (river: River, client: Side, { method, target, authorization }: Asked): Refusal | null => {
  if (readRequestTarget(method, target).form === 'origin') {
    if (!isGuest(river, client.raw) || knowsGuests(river)) return null;
    return {
      status: 403,
      why: 'not-let-in',
      text: "shakedown: requests straight to this port (its page, reverse mode) are for the clients of its own machine. There Authorization is the server's own, so shakedown cannot ask who you are: start it with --allow-from ADDRESS to let your machine in.",
    };
  }
  const owed = owedBy(river, client.raw);
  if (owed === null || isBasic(owed, authorization)) return null;
  const said = authorization === undefined ? 'wants a user name and a password' : 'does not know this user name and password';
  return {
    status: 407,
    why: 'proxy-auth',
    text: `shakedown: this proxy ${said}. Put those that it was started with (or told when it started) into the app's proxy setting: http://USER:PASSWORD@HOST:PORT`,
    fields: [['Proxy-Authenticate', 'Basic realm="shakedown"']],
    keep: true,
  };
};

/**
 * The next request head that may come in, with its record. One without the credentials that are due is told so, and the connection stays for the
 * retry: curl, Chromium and Java send it on the same one. Null: the connection is over.
 */
export const readAdmitted = async (
  { river, log }: Station,
  { tap: first, client }: { readonly tap: Tap; readonly client: Side },
): Promise<{ readonly tap: Tap; readonly head: Head } | null> => {
  for (let tap = first; ; tap = log.open(client, null)) {
    const head = await readRequestHead(client, tap);
    if (!head) return null;
    const refusal = barred(river, client, askedBy(head));
    if (!refusal) return { tap, head };
    if (!refusal.keep || !canStay(head)) {
      turnAway({ tap, client, head }, refusal);
      return null;
    }
    record(tap, client, head);
    const whole = answerBytes(refusal);
    const bytes = requestLine(head).method === 'HEAD' ? whole.subarray(0, whole.indexOf('\r\n\r\n') + 4) : whole;
    client.stream.write(bytes);
    client.count.out += bytes.length;
    tap.emit({ type: 'refused', status: refusal.status, why: refusal.why, text: refusal.text });
    log.close();
    if ((await listen(client)) === null) return null;
  }
};

/** Answers a request that may not come in, and ends the connection. */
export const turnAway = (
  { tap, client, head }: { readonly tap: Tap; readonly client: Side; readonly head: Head },
  refusal: Refusal,
): void => {
  record(tap, client, head);
  refuse(client, tap, { ...refusal, keep: false });
};

/** What was asked for is on record as it is of a request that is let in. */
const record = (tap: Tap, client: Side, head: Head): void => {
  const { method, target } = requestLine(head);
  const read = readRequestTarget(method, target);
  client.count.in += head.raw.length;
  if (read.form === 'authority' || method === 'CONNECT') tap.emit({ type: 'entrance', entrance: 'connect', request: head.raw });
  if (read.form === 'absolute') tap.emit({ type: 'entrance', entrance: 'absolute', request: '' });
  if (read.form === 'authority')
    tap.emit({ type: 'target', target: { scheme: 'tcp', host: read.host, port: read.port, path: '' }, kind: 'unknown' });
  if (read.form === 'absolute') {
    const { scheme, host, port, path } = read;
    tap.emit({ type: 'target', target: { scheme, host, port, path }, kind: 'unknown' });
  }
  if (method !== 'CONNECT') tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
};

/** The head's end is the request's end, and the client did not ask for the connection's. */
const canStay = (head: Head): boolean =>
  requestLine(head).version === 'HTTP/1.1' &&
  !head.defects.some(({ ambiguous }) => ambiguous) &&
  fieldValues(head, 'transfer-encoding').length === 0 &&
  fieldValues(head, 'content-length').every((length) => Number(length) === 0) &&
  ![...fieldValues(head, 'connection'), ...fieldValues(head, 'proxy-connection')].some((value) => /(^|[,\s])close\b/i.test(value));
