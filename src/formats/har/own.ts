import type { Exchange } from '../../model/exchange.js';
import type { Finding } from '../../model/finding.js';
import type { Head, HeadSite } from '../../model/head.js';
import type { Leg } from '../../model/leg.js';

/** The version of `_shakedown`; one that reads differently gets another. */
export const ownVersion = 1;

/** A head as the event `head` has it: latin1 text, or where it had crossed before with the same bytes. */
export type OwnHead = { readonly raw: string } | { readonly sameAs: HeadSite };

const before: Readonly<Record<HeadSite, readonly HeadSite[]>> = {
  clientSent: [],
  serverGot: ['clientSent'],
  serverSent: [],
  clientGot: ['serverSent'],
};

const headsOf = (heads: Exchange['heads']): Partial<Record<HeadSite, OwnHead>> => {
  const own: Partial<Record<HeadSite, OwnHead>> = {};
  for (const site of Object.keys(before) as HeadSite[]) {
    const head: Head | null = heads[site];
    if (!head) continue;
    const same = before[site].find((earlier) => heads[earlier]?.raw === head.raw);
    own[site] = same ? { sameAs: same } : { raw: head.raw };
  }
  return own;
};

const legOf = ({ peer, hello, tls, tlsFailure, clientCertificate, timings, starting, bytesIn, bytesOut, end, goaway }: Leg): object => ({
  peer,
  ...(hello && { hello }),
  ...(tls && { tls }),
  ...(tlsFailure && { tlsFailure }),
  ...(clientCertificate !== undefined && { clientCertificate }),
  timings,
  starting,
  bytesIn,
  bytesOut,
  ...(end && { end }),
  ...(goaway && { goaway }),
});

/**
 * What HAR has no field for, as `_shakedown` of an entry: both legs, the heads byte for byte, faults, findings. docs/guides/har.md lists it, and
 * `own-events.ts` makes events of it again.
 */
export const ownOf = (exchange: Exchange, findings: readonly Finding[]): object => {
  const { heads, informational, notAHead, upstream, dialFailure, dialAttempts, resolveOverride, mirrored, applied, refusal } = exchange;
  return {
    version: ownVersion,
    id: exchange.id,
    kind: exchange.kind,
    outcome: exchange.outcome,
    status: exchange.status,
    connection: exchange.connection,
    entrance: exchange.entrance,
    door: exchange.door,
    target: exchange.target,
    startedAt: exchange.startedAt,
    endedAt: exchange.endedAt,
    ...(exchange.imported && { imported: exchange.imported }),
    ...(exchange.http2 && { http2: exchange.http2 }),
    heads: headsOf(heads),
    ...(exchange.reserialised && { reserialised: true }),
    ...(informational.length > 0 && { informational: informational.map(({ raw }) => raw) }),
    ...(Object.keys(notAHead).length > 0 && { notAHead }),
    client: legOf(exchange.client),
    server: exchange.server && legOf(exchange.server),
    ...(upstream && { upstream }),
    ...(dialFailure && { dialFailure }),
    ...(dialAttempts.length > 0 && { dialAttempts }),
    ...(resolveOverride.length > 0 && { resolveOverride }),
    ...(mirrored && { mirrored }),
    ...(refusal && { refusal }),
    openedAt: exchange.marks.open,
    lostBytes: exchange.lostBytes,
    frames: exchange.frames,
    faults: applied,
    ...(exchange.faultFailures.length > 0 && { faultFailures: exchange.faultFailures }),
    findings,
  };
};
