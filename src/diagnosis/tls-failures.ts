import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { TlsFailure } from '../model/tls-facts.js';
import { tlsFailureText } from './certificates.js';
import { clientFailureText } from './client-alerts.js';

export interface SeenTlsFailure {
  readonly leg: Evidence['leg'];
  readonly failure: TlsFailure;
  readonly evidence: Evidence;
}

const textOf = (leg: Evidence['leg'], failure: TlsFailure): string =>
  leg === 'client' && failure.alert !== null ? clientFailureText(failure) : tlsFailureText(failure);

/** TLS handshakes that failed, the server leg's first: the client's failure is often only its echo. */
export const tlsFailuresOf = ({ client, server }: Exchange): readonly SeenTlsFailure[] =>
  [server, client].flatMap((leg) =>
    leg?.tlsFailure
      ? [{ leg: leg.side, failure: leg.tlsFailure, evidence: { leg: leg.side, what: 'tls', text: textOf(leg.side, leg.tlsFailure) } }]
      : [],
  );

/** The first failure with one of these alerts or codes. */
export const tlsFailureWith = (
  exchange: Exchange,
  { alerts = [], codes }: { readonly alerts?: readonly number[]; readonly codes: RegExp },
): SeenTlsFailure | undefined =>
  tlsFailuresOf(exchange).find(
    ({ failure }) => alerts.includes(failure.alert ?? -1) || codes.test(failure.code) || codes.test(failure.message),
  );

/** Who spoke TLS with shakedown on that leg. */
export const peerOf = (leg: Evidence['leg']): string => (leg === 'client' ? 'the client' : 'the server');
