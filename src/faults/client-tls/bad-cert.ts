import { defineFault } from '../fault.js';

const kinds = [
  'expired',
  'expired-intermediate',
  'not-yet-valid',
  'wrong-host',
  'self-signed',
  'unknown-ca',
  'unknown-root',
  'missing-intermediate',
  'sha1',
  'weak-key',
  'no-san',
  'wrong-eku',
  'no-eku',
  'ca-leaf',
  'critical-extension',
  'key-usage',
  'bad-signature',
  'malformed',
  'revoked',
  'must-staple',
  'long-lived',
] as const;

export type CertKind = (typeof kinds)[number];

/**
 * The finding that each kind must lead to. Null: legal, or minded by too few for a finding of its own (no-eku and long-lived opened in
 * every client that was measured, must-staple was refused by Firefox alone).
 */
export const kindCodes: Readonly<Record<CertKind, string | null>> = {
  expired: 'certificate.expired',
  'expired-intermediate': 'certificate.expired',
  'not-yet-valid': 'certificate.not-yet-valid',
  'wrong-host': 'certificate.name-mismatch',
  'self-signed': 'certificate.self-signed',
  'unknown-ca': 'certificate.unknown-ca',
  'unknown-root': 'certificate.unknown-ca',
  'missing-intermediate': 'certificate.incomplete-chain',
  sha1: 'certificate.weak-signature',
  'weak-key': 'certificate.weak-key',
  'no-san': 'certificate.no-san',
  'wrong-eku': 'certificate.wrong-purpose',
  'no-eku': null,
  'ca-leaf': 'certificate.wrong-purpose',
  'critical-extension': 'certificate.malformed',
  'key-usage': 'certificate.wrong-purpose',
  'bad-signature': 'certificate.malformed',
  malformed: 'certificate.malformed',
  revoked: 'certificate.revoked',
  'must-staple': null,
  'long-lived': null,
};

export const fault = defineFault({
  id: 'bad-cert',
  stage: 'client-tls',
  leg: 'client',
  title: 'The client is shown a bad certificate',
  about:
    'Mints a certificate with one defect for the host that the client asked for, and shows it in place of the good one. Whether that is a failure depends on the client: some kinds are refused by all, some by a few only. Plain ws:// exchanges have no certificate and are left alone.',
  imitates:
    'A forgotten renewal, a certificate of another virtual host, a chain file without its intermediate, an internal CA that the client does not trust, an old or careless issuer.',
  params: {
    kind: {
      type: 'string',
      default: 'expired',
      choices: kinds,
      about: 'The defect.',
    },
  },
  example: 'bad-cert:kind=expired',
  expects: [...new Set(Object.values(kindCodes).filter((code) => code !== null))],
  effects: [
    {
      client: 'Chromium',
      sees: 'ERR_CERT_DATE_INVALID (expired, not-yet-valid), ERR_CERT_COMMON_NAME_INVALID (wrong-host, no-san), ERR_CERT_AUTHORITY_INVALID (self-signed, unknown-ca, missing-intermediate, bad-signature), ERR_SSL_KEY_USAGE_INCOMPATIBLE (key-usage), ERR_CERT_INVALID (sha1, wrong-eku, critical-extension), ERR_CERT_REVOKED (revoked), ERR_SSL_PROTOCOL_ERROR (malformed). Opens all the same: weak-key, no-eku, ca-leaf, must-staple, long-lived.',
    },
    {
      client: 'Firefox',
      sees: "Can't establish a connection, close 1015, for every kind but those that it opens all the same: weak-key, no-eku, long-lived. No other client minded ca-leaf or must-staple.",
    },
    { client: 'WebKit', sees: 'Unacceptable TLS certificate (expired, wrong-host and self-signed were tried).' },
    {
      client: 'Node (ws, faye-websocket)',
      sees: 'CERT_HAS_EXPIRED, CERT_NOT_YET_VALID, ERR_TLS_CERT_ALTNAME_INVALID (wrong-host), DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN or UNABLE_TO_VERIFY_LEAF_SIGNATURE (unknown-ca, missing-intermediate), INVALID_PURPOSE (wrong-eku, key-usage), CERT_SIGNATURE_FAILURE, UNABLE_TO_VERIFY_LEAF_SIGNATURE (malformed), UNSPECIFIED (sha1, critical-extension). Opens all the same: weak-key, no-san, revoked, no-eku, ca-leaf, must-staple, long-lived.',
    },
    { client: 'undici 7', sees: "'error' with an empty message, close 1006, for every kind that Node refuses." },
    {
      client: 'Python and curl',
      sees: 'SSLCertVerificationError or curl error 60 with the words of OpenSSL (certificate has expired, Hostname mismatch, self-signed certificate, unable to get local issuer certificate); curl error 35 for bad-signature and malformed. weak-key is refused where OpenSSL runs at security level 2 (Debian). Opens all the same: no-san, revoked, no-eku, ca-leaf, must-staple, long-lived.',
    },
    {
      client: 'Go (gorilla, coder)',
      sees: 'x509: certificate has expired or is not yet valid, certificate signed by unknown authority (also sha1), certificate relies on legacy Common Name field (no-san), certificate specifies an incompatible key usage (wrong-eku), invalid key usage (malformed). Opens all the same: weak-key, key-usage, no-eku, ca-leaf, revoked, must-staple, long-lived.',
    },
    {
      client: 'Java (java.net.http)',
      sees: 'CertificateExpiredException, CertificateNotYetValidException, No subject alternative DNS name matching, unable to find valid certification path, Signature does not match and so on. Opens all the same: sha1 (of a CA that the user added), weak-key, no-san, no-eku, ca-leaf, revoked, must-staple, long-lived.',
    },
  ],
  rows: [
    'cert.expired',
    'cert.notyet',
    'cert.wrong-name',
    'cert.no-san',
    'cert.self-signed',
    'cert.unknown-ca',
    'cert.no-intermediate',
    'cert.weak-key',
    'cert.sha1',
    'cert.wrong-eku',
    'cert.malformed',
  ],
  apply: (_, { kind }) => ({ recipe: kind }),
});
