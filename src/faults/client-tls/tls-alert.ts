import { alertNumbers } from '../../wire/tls-alert.js';
import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

const names = Object.keys(alertNumbers) as [string, ...string[]];

export const fault = defineFault({
  id: 'tls-alert',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The TLS handshake is refused with an alert',
  about:
    'In place of a ServerHello the client gets a fatal alert (RFC 8446 section 6) and an end. The server leg was secured before, so only the client sees it.',
  imitates:
    'A server that knows no such name (unrecognized_name), shares no version or cipher with the client (protocol_version, handshake_failure), or refuses its protocols (no_application_protocol).',
  params: {
    alert: { type: 'string', default: 'handshake_failure', choices: names, about: 'Which alert, by its name in RFC 8446.' },
    number: { type: 'number', default: -1, min: -1, max: 255, whole: true, about: 'Which alert, by its number; -1: by its name.' },
    end: { type: 'string', default: 'fin', choices: endingHows, about: 'How the connection ends behind it.' },
  },
  example: 'tls-alert:alert=unrecognized_name',
  expects: ['tls.sni-rejected', 'tls.cipher', 'tls.version', 'tls.alpn-h2-only', 'tls.handshake-eof', 'certificate.client-cert-required'],
  effects: [
    { client: 'Node (ws)', sees: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME, ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE and so on, after the alert.' },
    { client: 'Chromium', sees: 'net::ERR_SSL_PROTOCOL_ERROR, or ERR_SSL_VERSION_OR_CIPHER_MISMATCH for handshake_failure.' },
  ],
  refusedBy: {
    node: 'unrecognized name',
    curl: '35 unrecognized name',
    python: 'unrecognized name',
    go: 'unrecognized name',
    java: 'unrecognized_name',
    chromium: 'ERR_SSL_UNRECOGNIZED_NAME_ALERT',
    firefox: 'refused',
  },
  rows: ['tls.sni-drop', 'hop.h2-no-ec'],
  apply: (_, { alert, number, end }) => ({
    instead: { bytes: String.fromCharCode(0x15, 3, 3, 0, 2, 2, number < 0 ? (alertNumbers[alert] ?? 40) : number), end },
  }),
});
