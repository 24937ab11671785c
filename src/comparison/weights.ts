/** What one kind of difference tells of the question why one WebSocket opens and the other does not. */
export interface Weight {
  /**
   * 0: no two exchanges have it alike. To 0.29: an effect, or something that servers hardly ever look at. To 0.59: some servers decide by
   * it. From 0.6 on: many do, or the protocol does. 1: shakedown did it.
   */
  readonly weight: number;
  /** Globs of findings: one that only one of the two has makes this the likelier. */
  readonly findings?: readonly string[];
  /** Why it weighs that. */
  readonly why: string;
}

/** Every kind of difference, the likeliest first. The one place where weights are set. */
export const weights = {
  fault: { weight: 1, why: 'A fault that was armed in shakedown changed this one.' },
  dial: { weight: 0.96, findings: ['url.*'], why: 'Without a connection to the server nothing else matters.' },
  upstream: {
    weight: 0.94,
    findings: ['intermediary.connect-*', 'intermediary.proxy-auth-required'],
    why: 'An upstream proxy that does not open the way ends everything.',
  },
  verification: {
    weight: 0.92,
    findings: ['certificate.*', 'intermediary.tls-interception'],
    why: 'Clients refuse a certificate that does not verify.',
  },
  'tls-failure': {
    weight: 0.91,
    findings: ['tls.*', 'certificate.*', 'url.scheme-*'],
    why: 'Behind a TLS handshake that fails nothing is asked.',
  },
  origin: {
    weight: 0.9,
    findings: ['origin.*', 'server.forbidden'],
    why: 'Servers let in the Origins that they know, and refuse all others.',
  },
  upgrade: {
    weight: 0.9,
    findings: [
      'intermediary.upgrade-stripped',
      'intermediary.connection-header-lost',
      'server.upgrade-required',
      'server.no-upgrade-handler',
    ],
    why: 'Without Upgrade and Connection a server sees an ordinary request.',
  },
  'handshake-field': {
    weight: 0.88,
    findings: ['server.bad-request', 'server.version-unsupported'],
    why: 'RFC 6455 section 4.1 asks for this field.',
  },
  'handshake-answer': {
    weight: 0.87,
    findings: ['server.accept-*', 'server.missing-*', 'server.bad-*', 'intermediary.response-header-rewritten'],
    why: 'Clients check this field of the 101 (RFC 6455 section 4.1).',
  },
  scheme: {
    weight: 0.86,
    findings: ['url.scheme-*', 'intermediary.redirect-https'],
    why: 'Plain and TLS are two servers, as a rule on two ports.',
  },
  path: {
    weight: 0.85,
    findings: ['url.*', 'server.status-200', 'server.no-upgrade-handler'],
    why: 'A server takes WebSockets on the paths that it has them on.',
  },
  host: { weight: 0.84, findings: ['url.*', 'origin.host-rewritten'], why: 'Servers tell their sites apart by the host.' },
  port: { weight: 0.83, findings: ['url.refused', 'url.wrong-service', 'url.scheme-*'], why: 'Another port is another server.' },
  credentials: {
    weight: 0.82,
    findings: ['server.auth', 'server.forbidden', 'server.close-policy'],
    why: 'Without credentials a server does not know who asks.',
  },
  syntax: {
    weight: 0.76,
    findings: ['server.bad-request', 'server.malformed-response', 'intermediary.http10-downgrade'],
    why: 'Servers and clients refuse a head that breaks the syntax of HTTP.',
  },
  subprotocol: {
    weight: 0.75,
    findings: ['server.subprotocol-*', 'server.bad-request'],
    why: 'Both ends have to speak the same subprotocol.',
  },
  'client-certificate': { weight: 0.74, findings: ['certificate.client-cert-*'], why: 'Some servers let in only who shows a certificate.' },
  way: { weight: 0.72, findings: ['intermediary.connect-*', 'url.*'], why: 'Another way to the server can end at another server.' },
  sni: {
    weight: 0.71,
    findings: ['tls.sni-rejected', 'certificate.name-mismatch'],
    why: 'Servers choose their certificate, and their site, by the SNI.',
  },
  'http-version': {
    weight: 0.7,
    findings: ['intermediary.h2-*', 'intermediary.http10-downgrade', 'server.http-version', 'tls.alpn-h2-only'],
    why: 'Over HTTP/2 a WebSocket is opened in another way (RFC 8441).',
  },
  method: { weight: 0.69, findings: ['server.method'], why: 'A handshake is a GET (RFC 6455 section 4.1).' },
  hello: { weight: 0.67, findings: ['tls.*'], why: 'The server can choose only among what the client offers.' },
  'tls-version': { weight: 0.66, findings: ['tls.version', 'tls.cipher'], why: 'Old TLS is refused by many servers and clients.' },
  query: { weight: 0.64, findings: ['url.socketio-params', 'server.bad-request'], why: 'Servers read what the query asks for.' },
  duplicate: {
    weight: 0.63,
    findings: ['server.bad-request', 'server.duplicate-headers'],
    why: 'A field that stands twice is read in two ways.',
  },
  alpn: { weight: 0.62, findings: ['tls.alpn-h2-only', 'intermediary.h2-*'], why: 'ALPN decides which HTTP is spoken.' },
  body: { weight: 0.6, findings: ['server.bad-request'], why: 'A handshake has no body.' },
  message: { weight: 0.58, why: 'From here on the two conversations are not the same.' },
  extensions: { weight: 0.56, findings: ['server.extension-*', 'frame.rsv'], why: 'Extensions change how every frame is read.' },
  certificate: {
    weight: 0.54,
    findings: ['certificate.*', 'intermediary.tls-interception'],
    why: 'Another certificate is another server, or another way to it.',
  },
  'frame-defect': {
    weight: 0.52,
    findings: ['frame.*'],
    why: 'A receiver fails the connection at a broken frame (RFC 6455 section 7.1.7).',
  },
  'field-missing': { weight: 0.5, why: 'Some servers want this field.' },
  close: { weight: 0.48, findings: ['frame.close-*', 'server.close-*'], why: 'The Close says why a conversation ended.' },
  'message-count': { weight: 0.46, why: 'One conversation is longer than the other.' },
  'credentials-value': {
    weight: 0.45,
    findings: ['server.auth', 'server.forbidden'],
    why: 'Other credentials can be ones that are not good any more.',
  },
  'server-address': { weight: 0.42, findings: ['intermediary.sticky-session'], why: 'Another machine answered.' },
  field: { weight: 0.4, why: 'Some servers look at this field.' },
  ending: {
    weight: 0.38,
    findings: ['frame.abnormal-close', 'intermediary.idle-timeout', 'server.rst-*', 'client.*'],
    why: 'Who ended it, and how.',
  },
  'user-agent': { weight: 0.34, findings: ['intermediary.waf-block'], why: 'Firewalls look at who says to be a browser.' },
  cipher: { weight: 0.32, findings: ['tls.cipher'], why: 'It follows from what both ends can do.' },
  settings: { weight: 0.3, findings: ['intermediary.h2-*'], why: "It follows from the other side's SETTINGS." },
  answerer: { weight: 0.29, why: 'Somebody else answered.' },
  status: { weight: 0.28, why: 'It is the effect.' },
  outcome: { weight: 0.27, why: 'It is the effect.' },
  finding: { weight: 0.26, why: 'What the diagnosis says of the one and not of the other.' },
  'not-reached': { weight: 0.24, why: 'It came no further.' },
  'small-message': { weight: 0.2, why: 'Only fields that by their name hold an id or a time.' },
  'certificate-renewed': {
    weight: 0.19,
    findings: ['certificate.expired', 'certificate.not-yet-valid'],
    why: 'The same name, issued anew.',
  },
  timing: {
    weight: 0.18,
    findings: ['server.slow', 'intermediary.idle-timeout', 'intermediary.gateway-timeout'],
    why: 'It took much longer.',
  },
  entrance: { weight: 0.16, why: 'How the client came to shakedown; the server does not see it.' },
  'response-field': { weight: 0.14, why: 'Clients hardly ever look at it.' },
  'request-habit': { weight: 0.12, why: 'It tells one client from another; hardly any server decides by it.' },
  case: { weight: 0.1, why: 'Names of fields have no case (RFC 9110 section 5.1), which few programs forget.' },
  order: { weight: 0.09, why: 'The order of fields means nothing, but it tells one client from another.' },
  spacing: { weight: 0.08, why: 'White space around a value means nothing.' },
  noise: { weight: 0, why: 'No two exchanges have it alike.' },
} as const satisfies Readonly<Record<string, Weight>>;

export type Kind = keyof typeof weights;
