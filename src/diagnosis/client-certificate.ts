import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import { alertNames, alertOfCode } from '../wire/tls-alert.js';
import { certificateField } from './evidence.js';

/** How a server that asked for a client certificate turned the connection down. */
export interface ServerRefusal {
  /** 0 where it said nothing. */
  readonly alert: number;
  /** It came after the handshake: in TLS 1.3 the server sees the client's certificate only then (RFC 8446 section 4.4.2.4). */
  readonly late: boolean;
  readonly evidence: Evidence;
}

/** An OpenSSL server without Node's names says this of itself; Node as a client reads an alert. */
const noneCame = /PEER_DID_NOT_RETURN_A_CERTIFICATE/i;

const alertText = (alert: number): string => `TLS alert ${alert} (${alertNames[alert] ?? 'unknown alert'})`;

/** What the server said to, or did after, the client certificate that it was shown or was not; undefined when it went on. */
export const serverRefusalOf = (exchange: Exchange): ServerRefusal | undefined => {
  const { server, heads, notAHead } = exchange;
  const failure = server?.tlsFailure;
  if (failure) {
    if (failure.alert === null && !noneCame.test(failure.code)) return undefined;
    const alert = failure.alert ?? 116;
    return { alert, late: false, evidence: { leg: 'server', what: 'tls', text: failure.alert === null ? failure.code : alertText(alert) } };
  }
  const code = server?.end?.code ?? '';
  const late = noneCame.test(code) ? 116 : alertOfCode(code);
  if (late !== null) {
    return { alert: late, late: true, evidence: { leg: 'server', what: 'tls', text: `${alertText(late)} after the handshake: ${code}` } };
  }
  const asked = server?.clientCertificate !== undefined;
  if (!asked || !server?.tls || server.end?.by !== 'peer' || heads.serverSent || notAHead.serverSent?.raw) return undefined;
  return {
    alert: 0,
    late: true,
    evidence: {
      leg: 'server',
      what: 'end',
      text: 'the server asked for a client certificate, and ended after the handshake without a word',
    },
  };
};

/** What is wrong with a client certificate on its face, as the middle of a sentence; '' when nothing is. */
export const flawOf = ({ notBefore, notAfter, extendedKeyUsage }: CertificateFacts, at: string): string => {
  const now = timeOf(at);
  if (now > timeOf(notAfter)) return `it expired on ${notAfter.slice(0, 10)}`;
  if (now < timeOf(notBefore)) return `it is not valid before ${notBefore.slice(0, 10)}`;
  const forClients = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0'];
  if (extendedKeyUsage !== null && !extendedKeyUsage.some((oid) => forClients.includes(oid)))
    return 'its extended key usage lacks clientAuth';
  return '';
};

/** The certificate that was shown, as evidence. */
export const shownEvidence = ({ subject, issuer, fingerprint, notAfter }: CertificateFacts): Evidence[] => [
  certificateField('server', 'client certificate', subject),
  certificateField('server', 'its issuer', issuer),
  certificateField('server', 'its fingerprint', fingerprint),
  certificateField('server', 'its notAfter', notAfter),
];
