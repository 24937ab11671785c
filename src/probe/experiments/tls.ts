import { isIP } from 'node:net';
import { type Experiment, type Known, suspects, tlsFailed } from './experiment.js';

const saysHttp2 = ({ first }: Known): boolean => /^\0\0[\s\S]\x04/.test(first.notAHead.serverSent?.raw ?? '');

/** A certificate of another site, or none at all, often means that the name in the ClientHello is not known. */
export const withoutSni: Experiment = {
  id: 'no-sni',
  variants: (known) => {
    const { ask } = known;
    const named = ask.target.scheme === 'wss' && ask.sni !== null && isIP(ask.sni) === 0;
    const due = named && (hangs(known) || (tlsFailed(known) && !isPlain(known)) || suspects(known, 'certificate.name-mismatch'));
    return due ? [{ title: 'without a name in the ClientHello', ask: { ...ask, sni: null } }] : [];
  },
};

/** What answered a ClientHello with text speaks no TLS of any version. */
const isPlain = (known: Known): boolean => suspects(known, 'url.scheme-mismatch-tls-to-plain') && known.findings[0]?.cause === 'url';

const hangs = ({ first }: Known): boolean =>
  first.server !== null && first.server.peer !== null && !first.server.tls && first.heads.clientSent === null;

export const tls12: Experiment = {
  id: 'tls-1.2',
  variants: (known) => (due(known) ? [{ title: 'with TLS 1.2 at most', ask: { ...known.ask, way: 'tls-1.2' } }] : []),
};

export const oldTls: Experiment = {
  id: 'old-tls',
  variants: (known) =>
    due(known) ? [{ title: 'with old TLS versions and weak cipher suites allowed', ask: { ...known.ask, way: 'old-tls' } }] : [],
};

const due = (known: Known): boolean => known.ask.target.scheme === 'wss' && tlsFailed(known) && !isPlain(known) && !saysAlpn(known);

/** no_application_protocol (RFC 7301 section 3.2) is about neither. */
const saysAlpn = ({ first }: Known): boolean => first.server?.tlsFailure?.alert === 120;

export const http2: Experiment = {
  id: 'http2',
  variants: (known) => {
    const { ask } = known;
    const broken = tlsFailed(known) && !isPlain(known);
    return ask.target.scheme === 'wss' && (broken || saysHttp2(known) || suspects(known, 'tls.alpn-h2-only'))
      ? [{ title: 'over HTTP/2', ask: { ...ask, way: 'http2' } }]
      : [];
  },
};
