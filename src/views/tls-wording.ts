import type { Leg } from '../model/leg.js';
import type { CertificateFacts, ClientHelloFacts, TlsFacts, TlsFailure } from '../model/tls-facts.js';

/** `CN=example.org until 2026-01-31`. */
export const certificateOf = (leaf: CertificateFacts | undefined): string =>
  leaf ? `${leaf.subject === '' ? 'certificate without a subject' : leaf.subject} until ${leaf.notAfter.slice(0, 10)}` : 'no certificate';

/** Alert descriptions: RFC 8446 section 6. */
const alerts: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** What a client or server says of an alert number: `alert 48 unknown_ca`. */
export const alertOf = (alert: number): string => `alert ${alert}${alerts[alert] ? ` ${alerts[alert]}` : ''}`;

const verified = (tls: TlsFacts): string[] => {
  if (tls.authorized === null) return [];
  return [tls.authorized ? 'verified' : `not verified${tls.error ? ` (${tls.error})` : ''}`];
};

const factsLine = (tls: TlsFacts): string =>
  [
    tls.version.replace('TLSv', 'TLS '),
    tls.cipher,
    ...(tls.alpn ? [`ALPN ${tls.alpn}`] : []),
    ...(tls.sni ? [`SNI ${tls.sni}`] : []),
    certificateOf(tls.chain[0]),
    ...verified(tls),
  ].join(' · ');

export const tlsFailureOf = (failure: TlsFailure): string =>
  [
    `the TLS handshake failed: ${failure.code === '' ? failure.message : failure.code}`,
    ...(failure.alert === null ? [] : [alertOf(failure.alert)]),
    ...(failure.firstBytes === '' ? [] : [`the peer sent ${JSON.stringify(failure.firstBytes)} in place of TLS`]),
  ].join(' · ');

/** TLS of one leg in a line. */
export const tlsOf = (leg: Pick<Leg, 'tls' | 'tlsFailure'>): string => {
  if (leg.tls) return factsLine(leg.tls);
  return leg.tlsFailure ? tlsFailureOf(leg.tlsFailure) : 'no TLS';
};

export const helloOf = (hello: ClientHelloFacts): string =>
  `SNI ${hello.sni ?? 'none'} · ALPN ${hello.alpn.length === 0 ? 'none' : hello.alpn.join(', ')} · ${hello.versions.join(', ')}`;
