import { defineFault } from '../fault.js';

const day = 24;

export const fault = defineFault({
  id: 'clock-skew',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The certificate looks as to a client with a wrong clock',
  about:
    "The certificate is sound but for its time: it begins `hours` from now, as a fresh one does for a client whose clock is behind, or ended `hours` ago, as for one whose clock is ahead. No clock is changed; the client's own is right.",
  imitates:
    'A device that lost its battery and lives in 1970, a virtual machine that slept, a certificate issued on a server whose clock is ahead.',
  params: {
    hours: { type: 'number', default: 1, min: 0.01, max: 87_600, about: 'How wrong the clock seems.' },
    clock: { type: 'string', default: 'behind', choices: ['behind', 'ahead'], about: 'Where the clock of the client seems to stand.' },
  },
  example: 'clock-skew:hours=1',
  expects: ['certificate.not-yet-valid', 'certificate.expired', 'certificate.clock-skew'],
  effects: [
    { client: 'Node (ws)', sees: 'CERT_NOT_YET_VALID, or CERT_HAS_EXPIRED with `clock=ahead`.' },
    { client: 'Chromium', sees: 'net::ERR_CERT_DATE_INVALID.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1015." },
    { client: 'Python and curl', sees: 'certificate is not yet valid, or: certificate has expired.' },
    { client: 'Go (gorilla)', sees: 'x509: certificate has expired or is not yet valid, with both times.' },
  ],
  refusedBy: {
    node: 'certificate is not yet valid',
    curl: '60 certificate is not yet valid',
    python: 'certificate is not yet valid',
    go: 'certificate has expired or is not yet valid',
    java: 'CertificateNotYetValidException',
    chromium: 'ERR_CERT_DATE_INVALID',
    firefox: 'refused',
  },
  rows: ['cert.clock'],
  apply: (_, { hours, clock }) => {
    const days = hours / day;
    return {
      certificate: { validity: clock === 'behind' ? { fromDays: days, toDays: days + 7 } : { fromDays: -days - 7, toDays: -days } },
    };
  },
});
