import { type Shown, searchCertificates, whose } from '../certificates.js';
import { refusedOursWith } from '../client-trust.js';
import { defineRule } from '../rule.js';

/** Refused by few clients, and for reasons that no field shows. */
const rarelyRefused = ['must-staple', 'no-eku', 'long-lived'];

const damaged = /ASN1|unhandled critical extension|BAD_ECPOINT|wrong signature|decode error/i;

/** Verification failed with a code that no other rule knows: `UNSPECIFIED` is Node's word for everything else, a critical extension too. */
const isUnexplained = ({ leg, error, alert, message }: Shown): boolean =>
  leg === 'server' && error !== '' && alert === null && message === '' && !toldElsewhere.test(error);
const toldElsewhere =
  /EXPIRED|NOT_YET|ALTNAME|HOSTNAME|IP_ADDRESS|SELF_SIGNED|ISSUER|UNTRUSTED|PURPOSE|REVOKED|KEY_TOO_SMALL|MD_TOO_WEAK|VERIFY_LEAF/;

export const rule = defineRule({
  code: 'certificate.malformed',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate is damaged, or says what its reader does not understand',
  question: 'Did its signature or its form fail, or has it an unknown critical extension?',
  remedy: 'Issue the certificate again.',
  fixes: [
    {
      for: 'the server',
      text: 'Look at the certificate that is served, and issue it again.',
      config: 'openssl s_client -connect app.example:443 -servername app.example </dev/null | openssl x509 -noout -text',
    },
  ],
  rfc: 'RFC 5280 4',
  examine: (exchange) =>
    refusedOursWith(exchange, {
      alerts: [43, 51],
      because: 'it does not take its kind of key or signature (EC P-256, SHA-256), or its purpose',
      fix: 'Let it take certificates with EC P-256 keys and SHA-256 signatures: an old client may have to be updated.',
    }) ??
    searchCertificates(exchange, {
      name: 'malformed',
      codes: [
        'CERT_SIGNATURE_FAILURE',
        'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
        'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
        'ERROR_IN_CERT_NOT_AFTER_FIELD',
        'ERROR_IN_CERT_NOT_BEFORE_FIELD',
      ],
      kinds: ['critical-extension', 'bad-signature', 'malformed'],
      facts: (shown) => {
        const { leg, error, message, refused, kind } = shown;
        // What a server alerts is never about its own certificate.
        if ((leg === 'client' || shown.alert === null) && damaged.test(`${error} ${message}`))
          return [{ leg, what: 'tls', text: message || error }];
        if (isUnexplained(shown)) return [{ leg, what: 'tls', text: error }];
        return refused && rarelyRefused.includes(kind) ? [{ leg, what: 'certificate', text: `kind=${kind}` }] : undefined;
      },
      confidence: (shown) => (isUnexplained(shown) ? 0.5 : 0.93),
      title: (shown) =>
        rarelyRefused.includes(shown.kind)
          ? `The client refused a certificate of kind ${shown.kind}`
          : `${whose(shown)} is damaged, or has a critical extension that nobody knows`,
    }),
});
