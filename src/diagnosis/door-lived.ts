import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { LegEnd } from '../model/leg.js';
import type { TlsFailure } from '../model/tls-facts.js';
import { doorGiven } from './door-given.js';

/** The exchange with what faults did before the server leg stood, and the kinds of evidence that were seen by the client only. */
export interface DoorLived {
  readonly exchange: Exchange;
  readonly seen: readonly Evidence['what'][];
}

/** A fault that spoke as a proxy is the proxy that the client met; one that ended the connection where no server was dialled is the server. */
export const doorLived = (exchange: Exchange): DoorLived => {
  const upstream = doorGiven(exchange);
  if (upstream) return { exchange: { ...exchange, upstream, client: withoutTlsFailure(exchange.client) }, seen: ['upstream'] };
  const unmet = unmetServer(exchange);
  return unmet ? { exchange: { ...exchange, ...unmet }, seen: ['tls', 'end'] } : { exchange, seen: [] };
};

/** Its TLS failed on what a proxy said, and that tells more. */
const withoutTlsFailure = ({ tlsFailure: _, ...client }: Exchange['client']): Exchange['client'] => client;

const unmetServer = ({ applied, client, server, heads, endedAt }: Exchange): Partial<Exchange> | undefined => {
  const made = applied.some(({ stage, leg }) => leg === 'client' && (stage === 'accept' || stage === 'entrance'));
  if (!made || server || (client.end?.by !== 'shakedown' && endedAt === null)) return undefined;
  const end: LegEnd | undefined = client.end?.by === 'shakedown' ? { ...client.end, by: 'peer' } : undefined;
  const leg = { side: 'server' as const, peer: null, timings: {}, bytesIn: 0, bytesOut: 0, ...(end && { end }) };
  if (heads.clientSent) return { heads: { ...heads, serverGot: heads.clientSent }, server: leg };
  if (!client.hello) return undefined;
  return { server: { ...leg, tlsFailure: { ...failureBy(end), sni: client.hello.sni } } };
};

const failureBy = (end: LegEnd | undefined): Omit<TlsFailure, 'sni'> => {
  const rest = { alert: null, firstBytes: '', chain: [] };
  if (!end) return { code: 'ETIMEDOUT', message: 'the TLS handshake was not answered', ...rest };
  if (end.how === 'reset') return { code: 'ECONNRESET', message: 'read ECONNRESET', ...rest };
  return { code: 'SHK_TLS_EOF', message: 'the server closed the connection during the TLS handshake: unexpected eof', ...rest };
};
