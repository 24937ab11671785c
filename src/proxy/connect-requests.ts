import { type Head, requestLine } from '../model/head.js';
import { readAdmitted } from './access/admit.js';
import { enterByConnect } from './entrances/connect.js';
import { firstWords } from './first-words.js';
import { insideTunnel, type Station } from './inside-tunnel.js';
import { relayBoth } from './relay.js';
import { dismiss, type Side } from './side.js';
import { straightRequests } from './straight-requests.js';
import type { Tap } from './tap.js';

/**
 * CONNECT, and the tunnel behind it. Where an upstream proxy refused the client's own CONNECT and keeps the connection, the client may say
 * another one: 407 is answered with credentials, and Negotiate and NTLM hold for one connection only.
 */
export const connectRequests = async (
  station: Station,
  visit: { readonly tap: Tap; readonly client: Side; readonly head: Head },
): Promise<void> => {
  const { river, log } = station;
  const { client } = visit;
  let { tap, head } = visit;
  let kept: Side | null = null;
  for (;;) {
    const entered = await enterByConnect(river, tap, { client, head, log, kept });
    if (!entered) return;
    if (!('kept' in entered)) return insideTunnel(station, { tap, client, place: entered, entrance: 'connect' });
    kept = entered.kept;
    const speech = await firstWords(tap, client, kept);
    if (speech !== 'http') {
      if (speech !== null || client.stream.readableEnded || client.stream.destroyed) await relayBoth(client, kept, tap);
      return;
    }
    tap = log.open(client, null);
    const next = await readAdmitted(station, { tap, client });
    if (!next) return;
    ({ tap, head } = next);
    if (requestLine(head).method === 'CONNECT') continue;
    dismiss(kept);
    return straightRequests(station, { tap, client, head });
  }
};
