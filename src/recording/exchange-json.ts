import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { Leg } from '../model/leg.js';
import { urlOf } from '../model/target.js';
import { safeJson } from './codec.js';

const legJson = (leg: Leg) => ({
  peer: leg.peer,
  tls: leg.tls ?? null,
  tlsFailure: leg.tlsFailure ?? null,
  ...(leg.clientCertificate === undefined ? {} : { clientCertificate: leg.clientCertificate }),
  timings: leg.timings,
  bytesIn: leg.bytesIn,
  bytesOut: leg.bytesOut,
  end: leg.end ?? null,
  ...(leg.goaway ? { goaway: leg.goaway } : {}),
});

/**
 * One exchange as `inspect FILE --json` prints it: one line of JSON without its line feed. Heads are latin1 text or null, timings
 * milliseconds; `server` is null when no server was dialled. Findings come from whoever diagnoses.
 */
export const exchangeLine = (exchange: Exchange, findings: readonly Finding[]): string => {
  const { heads, applied, frames } = exchange;
  return safeJson({
    id: exchange.id,
    startedAt: exchange.startedAt,
    endedAt: exchange.endedAt,
    connection: exchange.connection,
    kind: exchange.kind,
    entrance: exchange.entrance,
    url: exchange.target ? urlOf(exchange.target) : '',
    status: exchange.status,
    outcome: exchange.outcome,
    ...(exchange.http2 ? { http2: exchange.http2 } : {}),
    ...(exchange.imported ? { imported: exchange.imported } : {}),
    heads: {
      clientSent: heads.clientSent?.raw ?? null,
      serverGot: heads.serverGot?.raw ?? null,
      serverSent: heads.serverSent?.raw ?? null,
      clientGot: heads.clientGot?.raw ?? null,
    },
    client: legJson(exchange.client),
    server: exchange.server && legJson(exchange.server),
    messages: { fromClient: frames.fromClient.messages, fromServer: frames.fromServer.messages },
    faults: applied.map(({ id, params, stage, leg, before, after }) => ({ id, params, stage, leg, before, after })),
    upstream: exchange.upstream,
    dialFailure: exchange.dialFailure,
    dialAttempts: exchange.dialAttempts,
    resolveOverride: exchange.resolveOverride,
    refusal: exchange.refusal,
    lostBytes: exchange.lostBytes,
    findings,
  });
};
