import type { Evidence } from '../../model/finding.js';
import { targetName } from '../sights.js';
import {
  allOut,
  type Conclude,
  type Conclusion,
  didOpen,
  didTls,
  firstEvidence,
  gotHttp,
  type Trial,
  trialEvidence,
  trialsOf,
} from './trial.js';

const old = /^(SSLv3|TLSv1|TLSv1\.1)$/;
const handshakes = ['tls.*', 'certificate.client-cert-*', 'intermediary.policy-*'] as const;

const agreed = ({ exchange }: Trial): Evidence => ({
  leg: 'server',
  what: 'trial',
  text: `agreed on ${exchange.server?.tls?.version}, ${exchange.server?.tls?.cipher}`,
});

/** Which change makes the TLS handshake come to its end: no name, an older version, weaker suites. */
export const concludeTls: Conclude = (tried) => {
  const { first } = tried;
  const { server } = first;
  if (!server || server.tls || (first.upstream && first.upstream.outcome !== 'ok')) return [];
  const name = server.tlsFailure?.sni ?? first.target?.host ?? 'that name';
  const done = (id: string): Trial | undefined => trialsOf(tried, id).find(({ exchange }) => didTls(exchange));
  const nameless = done('no-sni');
  if (nameless) {
    const silent = !server.tlsFailure || server.tlsFailure.code === 'ETIMEDOUT';
    const because = `${nameless.title} the TLS handshake is done`;
    return [
      {
        code: silent ? 'intermediary.policy-drop' : 'tls.sni-rejected',
        verdict: {
          confidence: silent ? 0.88 : 0.97,
          evidence: [
            trialEvidence(nameless),
            agreed(nameless),
            { leg: 'server', what: 'tls', text: `asked for ${name}` },
            firstEvidence(first),
          ],
          title: silent
            ? `A ClientHello with the name ${name} stays without an answer; without a name TLS is done`
            : `The server takes no TLS for the name ${name}; without a name it does`,
          ...(silent && { culprit: null }),
        },
        rulesOut: allOut(because, ...handshakes),
      },
    ];
  }
  const modern = done('tls-1.2');
  if (modern)
    return [
      proof('tls.version', modern, first.target ? `${targetName(first)} breaks at TLS 1.3, and speaks TLS 1.2` : 'It breaks at TLS 1.3'),
    ];
  const weak = done('old-tls');
  if (weak) {
    const { version = '', cipher = '' } = weak.exchange.server?.tls ?? {};
    return [
      old.test(version)
        ? proof('tls.version', weak, `${targetName(first)} speaks ${version} at most, which clients refuse (RFC 8996)`)
        : proof('tls.cipher', weak, `${targetName(first)} takes only a suite that clients leave out: ${cipher}`),
    ];
  }
  return concludeUnchanged(tried);
};

const proof = (code: string, trial: Trial, title: string): Conclusion => ({
  code,
  verdict: { confidence: 0.97, evidence: [trialEvidence(trial), agreed(trial)], title },
  rulesOut: allOut(`${trial.title} the TLS handshake is done`, ...handshakes),
});

/** What was tried in vain is out. */
const concludeUnchanged: Conclude = (tried) => {
  const failed = (id: string): Trial | undefined => trialsOf(tried, id).find(({ exchange }) => exchange.server?.tlsFailure !== undefined);
  const [sni, version] = [failed('no-sni'), failed('old-tls')];
  const out = [
    ...(sni ? allOut(`it fails ${sni.title}, too`, 'tls.sni-rejected') : []),
    ...(version ? allOut(`it fails ${version.title}, too`, 'tls.version', 'tls.cipher') : []),
  ];
  const seen = sni ?? version;
  return seen ? [{ code: '', verdict: { confidence: 0, evidence: [trialEvidence(seen)] }, rulesOut: out }] : [];
};

/** A server that agrees on h2 and on nothing else: whether it takes WebSockets there. */
export const concludeHttp2: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'http2');
  const tls = trial?.exchange.server?.tls;
  if (!trial || tls?.alpn !== 'h2' || didOpen(first)) return [];
  const opened = didOpen(trial.exchange);
  const said: Evidence = { leg: 'server', what: 'trial', text: `ALPN: h2, ${tls.version}` };
  // Where the SETTINGS do not allow extended CONNECT (RFC 8441 section 3), none is sent.
  const lacking = !opened && !gotHttp(trial.exchange);
  const shown: Evidence[] = lacking
    ? [{ leg: 'server', what: 'settings', text: 'no ENABLE_CONNECT_PROTOCOL=1 in the SETTINGS of the server, or none in time' }]
    : [];
  return [
    {
      code: 'tls.alpn-h2-only',
      verdict: {
        confidence: 0.97,
        evidence: [trialEvidence(trial), said, ...shown],
        title: opened
          ? `${targetName(first)} speaks HTTP/2 only, and takes WebSockets there alone`
          : `${targetName(first)} speaks HTTP/2 only${lacking ? ', and takes no WebSocket over it' : ''}`,
      },
      rulesOut: allOut('with h2 in ALPN the TLS handshake is done', 'tls.*', 'url.wrong-service', 'intermediary.policy-*'),
    },
    ...(lacking
      ? [
          {
            code: 'intermediary.h2-no-extended-connect',
            verdict: { confidence: 0.9, evidence: [trialEvidence(trial), said, ...shown] as const },
          },
        ]
      : []),
  ];
};

/** Changes of the request that leave its path as it is: a server may want a client certificate for some paths only. */
const inPlace = ['no-origin', 'own-origin', 'no-extensions', 'no-protocol', 'usual-protocols', 'no-own-fields', 'no-credentials'] as const;

/** A server that asks for a client certificate, and opens without one, does not want it. */
export const concludeAsked: Conclude = (tried) => {
  const { first } = tried;
  const opened = trialsOf(tried, ...inPlace).find(({ exchange }) => didOpen(exchange) && exchange.server?.clientCertificate === null);
  if (first.server?.clientCertificate !== null || !opened) return [];
  return [
    {
      code: '',
      verdict: { confidence: 0, evidence: [trialEvidence(opened)] },
      rulesOut: allOut(`${opened.title} it opens, without a client certificate`, 'certificate.client-cert-required'),
    },
  ];
};

/** A certificate of another site: whether it is the one that is shown to nobody in particular. */
export const concludeName: Conclude = (tried) => {
  const { first } = tried;
  const [trial] = trialsOf(tried, 'no-sni');
  const asked = first.server?.tls?.chain[0];
  const shown = trial?.exchange.server?.tls?.chain[0];
  if (!trial || !asked || !shown || first.server?.tls?.error !== 'ERR_TLS_CERT_ALTNAME_INVALID') return [];
  const same = asked.fingerprint === shown.fingerprint;
  const text = same ? 'the same certificate is shown without a name' : `without a name another certificate is shown: ${shown.subject}`;
  return [
    {
      code: 'certificate.name-mismatch',
      verdict: {
        confidence: 0.98,
        evidence: [{ leg: 'server', what: 'trial', text }],
        title: same
          ? `The server has no certificate for ${first.target?.host}, and shows its default one`
          : `The server chooses a certificate by the name ${first.target?.host}, and it is for another one`,
      },
    },
  ];
};
