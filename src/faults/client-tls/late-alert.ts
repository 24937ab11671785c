import { alertNumbers } from '../../wire/tls-alert.js';
import { defineFault } from '../fault.js';

/** Those that servers send when they have looked at a client certificate, and the general ones. */
const alerts = [
  'certificate_required',
  'bad_certificate',
  'unsupported_certificate',
  'certificate_revoked',
  'certificate_expired',
  'certificate_unknown',
  'unknown_ca',
  'access_denied',
  'decrypt_error',
  'internal_error',
  'unexpected_message',
  'bad_record_mac',
  'decode_error',
] as const;

export const fault = defineFault({
  id: 'late-alert',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'An alert comes in place of the answer',
  about:
    'The TLS handshake goes well on both sides, and the next word of the server is a fatal alert, encrypted: this is how TLS 1.3 refuses a client certificate (RFC 8446 section 4.4.2.4), and clients report it as a failed read. The handshake is held to TLS 1.3.',
  imitates: 'A server with mutual TLS that does not like the certificate, a terminator that fails when it has already said Finished.',
  params: {
    alert: { type: 'string', default: 'certificate_required', choices: alerts, about: 'Which alert, by its name in RFC 8446.' },
  },
  example: 'late-alert:alert=certificate_required',
  expects: ['certificate.client-cert-required', 'tls.handshake-eof'],
  effects: [
    { client: 'Node (ws)', sees: 'The alert by name, as a read error behind a connection that it took for secure.' },
    { client: 'Chromium', sees: 'WebSocket opening handshake was canceled, or net::ERR_SSL_PROTOCOL_ERROR.' },
    { client: 'Python websockets', sees: 'InvalidMessage: did not receive a valid HTTP response.' },
    { client: 'Go (gorilla)', sees: 'remote error: tls: certificate required.' },
    { client: 'curl', sees: 'Exit code 56.' },
  ],
  refusedBy: {
    node: 'alert certificate required',
    curl: '56 certificate required',
    python: 'did not receive a valid HTTP response',
    go: 'certificate required',
    java: 'certificate_required',
    chromium: 'refused',
    firefox: 'refused',
  },
  apply: ({ versions }, { alert }) => (versions.includes('TLSv1.3') ? { lateAlert: alertNumbers[alert] ?? 116 } : undefined),
});
