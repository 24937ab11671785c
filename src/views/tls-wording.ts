import type { Leg } from '../model/leg.js';
import type { CertificateFacts, ClientHelloFacts, TlsFacts, TlsFailure } from '../model/tls-facts.js';
import { alertNames } from '../wire/tls-alert.js';

/** `CN=example.org until 2026-01-31`. */
export const certificateOf = (leaf: CertificateFacts | undefined): string =>
  leaf ? `${leaf.subject === '' ? 'certificate without a subject' : leaf.subject} until ${leaf.notAfter.slice(0, 10)}` : 'no certificate';

/** `alert 48 unknown_ca`. */
const alertWords = (alert: number): string => `alert ${alert}${alertNames[alert] ? ` ${alertNames[alert]}` : ''}`;

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
    // A code of our own says nothing to anyone.
    `the TLS handshake failed: ${failure.code === '' || failure.code.startsWith('SHK_') ? failure.message : failure.code}`,
    ...(failure.alert === null ? [] : [alertWords(failure.alert)]),
    ...(failure.firstBytes === '' ? [] : [`the peer sent ${JSON.stringify(failure.firstBytes)} in place of TLS`]),
  ].join(' · ');

/** TLS of one leg in a line. */
export const tlsOf = (leg: Pick<Leg, 'tls' | 'tlsFailure'>): string => {
  if (leg.tls) return factsLine(leg.tls);
  return leg.tlsFailure ? tlsFailureOf(leg.tlsFailure) : 'no TLS';
};

export const helloOf = (hello: ClientHelloFacts): string =>
  `SNI ${hello.sni ?? 'none'} · ALPN ${hello.alpn.length === 0 ? 'none' : hello.alpn.join(', ')} · ${hello.versions.join(', ')}`;
