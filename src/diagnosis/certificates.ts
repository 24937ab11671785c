import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Evidence, Severity } from '../model/finding.js';
import type { CertificateFacts, OcspFacts, Staple, TlsFailure } from '../model/tls-facts.js';
import { alertNames } from '../wire/tls-alert.js';
import { certificateField, certificateNames } from './evidence.js';
import type { Verdict } from './rule.js';

/** A chain that somebody was shown on one leg. On the client leg only one that a fault of ours made bad: our good ones prove nothing. */
export interface Shown {
  readonly leg: Evidence['leg'];
  readonly leaf: CertificateFacts | undefined;
  readonly chain: readonly CertificateFacts[];
  /** The name that the certificate has to carry. */
  readonly host: string;
  /** Code of the verification error, or ''. */
  readonly error: string;
  readonly message: string;
  readonly alert: number | null;
  /** Whoever was shown it has accepted it. */
  readonly accepted: boolean;
  /** ... or has hung up on it. Both are false while it is not decided. */
  readonly refused: boolean;
  /** The `kind` that a fault was asked for, or ''. */
  readonly kind: string;
  /** What the mirror made of the chain: names of certificate findings. It knows whether the chain leads to a trusted authority. */
  readonly defects: readonly string[];
  /** What the stapled OCSP answer says, or '' where nobody asked for one. */
  readonly staple: Staple | '';
  readonly ocsp: OcspFacts | undefined;
  /** When it was shown, ms since the epoch. */
  readonly at: number;
}

const shownOnServerLeg = (exchange: Exchange): Shown[] => {
  const { server, target } = exchange;
  const facts = server?.tls ?? server?.tlsFailure;
  if (!server || !facts) return [];
  const failure = server.tlsFailure;
  return [
    {
      leg: 'server',
      leaf: facts.chain[0],
      chain: facts.chain,
      host: target?.host ?? facts.sni ?? '',
      error: server.tls?.error ?? failure?.code ?? '',
      message: failure?.message ?? '',
      alert: failure?.alert ?? null,
      accepted: server.tls?.authorized === true,
      refused: failure !== undefined || exchange.refusal?.why === 'server-tls',
      kind: '',
      defects: exchange.mirrored?.defects ?? [],
      staple: facts.staple ?? '',
      ocsp: facts.ocsp,
      at: timeOf(exchange.startedAt),
    },
  ];
};

const shownOnClientLeg = (exchange: Exchange): Shown[] => {
  const { client, target, applied, heads } = exchange;
  const fault = applied.find(({ stage }) => stage === 'client-tls');
  const facts = client.tls ?? client.tlsFailure;
  if (!fault || !facts) return [];
  return [
    {
      leg: 'client',
      leaf: facts.chain[0],
      chain: facts.chain,
      host: facts.sni ?? target?.host ?? '',
      error: client.tlsFailure?.code ?? '',
      message: client.tlsFailure?.message ?? '',
      alert: client.tlsFailure?.alert ?? null,
      // Node completes the handshake before it verifies: only a request shows that it went on.
      accepted: client.tls !== undefined && heads.clientSent !== null,
      refused: client.tlsFailure !== undefined || (client.end !== undefined && heads.clientSent === null),
      kind: String(fault.params.kind ?? ''),
      defects: [],
      staple: facts.staple ?? '',
      ocsp: facts.ocsp,
      at: timeOf(exchange.startedAt),
    },
  ];
};

/** The chains whose defects matter: the one that our fault showed first, then the server's own. */
export const shownChains = (exchange: Exchange): readonly Shown[] => [...shownOnClientLeg(exchange), ...shownOnServerLeg(exchange)];

/** A bad certificate is an error when the connection did not survive it. */
const severityOf = (exchange: Exchange, shown: Shown): Severity => {
  if (shown.leg === 'client') return shown.refused ? 'error' : 'warning';
  // Verified here is not accepted there: the client was shown the same defect, and left.
  if (exchange.mirrored?.possible && hasLeft(exchange)) return 'error';
  // A request that reached the server, and an answer even more, went past it (--insecure).
  const { serverGot, serverSent } = exchange.heads;
  return serverGot !== null || serverSent !== null || shown.accepted ? 'warning' : 'error';
};

const hasLeft = ({ client, heads }: Exchange): boolean =>
  client.tlsFailure !== undefined || (client.end?.by === 'peer' && heads.clientSent === null);

/** What one certificate rule looks for. Each member may answer with evidence; the first that does decides. */
export interface Search {
  /** The code without `certificate.`. */
  readonly name: string;
  /** Verification codes of Node and OpenSSL that say exactly this. */
  readonly codes: readonly string[];
  /** Values of `bad-cert`'s parameter `kind` that make it. */
  readonly kinds: readonly string[];
  /** The defect, computed from the certificate itself. */
  readonly facts: (shown: Shown) => readonly Evidence[] | undefined;
  /** Facts are asked even when whoever was shown the chain accepted it: clients differ about this defect. */
  readonly clientsDiffer?: true;
  /** Of computed facts; 0.93 unless said. */
  readonly confidence?: (shown: Shown) => number;
  readonly title: (shown: Shown) => string;
}

/** Looks for one defect in every chain that was shown. */
export const searchCertificates = (exchange: Exchange, search: Search): Verdict | undefined => {
  for (const shown of shownChains(exchange)) {
    const verified = search.codes.includes(shown.error) || (shown.kind !== '' && search.kinds.includes(shown.kind));
    const named = verified || shown.defects.includes(search.name);
    const computed = shown.leg === 'client' || !shown.accepted || search.clientsDiffer ? search.facts(shown) : undefined;
    if (!named && !computed) continue;
    const proof: Evidence[] = [
      ...(computed ?? []),
      ...alertEvidence(shown),
      ...(shown.leaf ? certificateNames(shown.leg, shown.leaf) : []),
    ];
    const [first = { leg: shown.leg, what: 'tls', text: shown.error || shown.message } satisfies Evidence, ...rest] = proof;
    return {
      // Of several defects the one at which verification stopped is the one that the client tells of.
      confidence: verified ? 0.97 : named ? 0.95 : (search.confidence?.(shown) ?? 0.93),
      evidence: [first, ...rest, ...clientComplaint(exchange, shown)],
      title: `${search.title(shown)}${shown.leg === 'client' && shown.accepted ? ', and the client accepted it' : ''}`,
      severity: severityOf(exchange, shown),
      culprit: null,
    };
  }
  return undefined;
};

const alertEvidence = ({ leg, error, alert }: Shown): Evidence[] => {
  if (alert !== null) return [{ leg, what: 'tls', text: `TLS alert ${alert} (${alertName(alert)})` }];
  return error === '' ? [] : [{ leg, what: 'tls', text: error }];
};

/** What the client said to the mirrored defect: how the app saw it. */
const clientComplaint = ({ mirrored, client }: Exchange, { leg }: Shown): Evidence[] =>
  leg === 'server' && mirrored?.possible && client.tlsFailure
    ? [{ leg: 'client', what: 'tls', text: tlsFailureText(client.tlsFailure) }]
    : [];

/** How titles call a certificate of a chain: whose it is, and, where it is not the leaf, its own name. */
export const whose = ({ leg, leaf }: Shown, certificate: CertificateFacts | undefined = leaf): string => {
  if (certificate !== leaf && certificate)
    return `${certificate.selfSigned ? 'The root' : 'An intermediate'} in the chain ${leg === 'client' ? 'that shakedown showed' : 'of the server'} (${certificate.subject})`;
  return leg === 'client' ? 'The certificate that shakedown showed' : "The server's certificate";
};

/** Which certificate of the chain it is, where it is not the leaf. */
export const placeOf = ({ leg, chain, leaf }: Shown, certificate: CertificateFacts): Evidence[] =>
  certificate === leaf
    ? []
    : [certificateField(leg, `certificate ${chain.indexOf(certificate) + 1} of the ${chain.length} in the chain`, certificate.subject)];

export const tlsFailureText = ({ alert, code, message }: TlsFailure): string =>
  alert === null ? code || message : `TLS alert ${alert} (${alertName(alert)})`;

/** The name of a TLS alert, RFC 8446 section 6. */
const alertName = (alert: number): string => alertNames[alert] ?? 'unknown alert';

/** RFC 9525 section 6.3: a wildcard stands for exactly one whole left-most label. */
export const nameCovers = (pattern: string, host: string): boolean => {
  const [wanted, name] = [pattern, host].map((text) => text.toLowerCase().replace(/\.$/, ''));
  if (wanted === name) return true;
  if (!wanted?.startsWith('*.') || !name) return false;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === wanted.slice(1) && wanted.split('.').length > 2;
};

/** The certificate at which the chain breaks off: the last one to which names lead from the leaf. */
export const chainEnd = ({ chain, leaf }: Shown): CertificateFacts | undefined => {
  let last = leaf;
  // A chain holds at most ten, and each step goes to another.
  for (const _ of chain)
    last = chain.find(({ subject }) => last && !last.selfSigned && subject === last.issuer && subject !== last.subject) ?? last;
  return last;
};

/** Only the leaf was sent, and it is not its own issuer. */
export const chainAlone = ({ chain, leaf }: Shown): boolean => chain.length === 1 && leaf?.selfSigned === false;

/** The issuer can be fetched, or is called like a public CA or an intermediate: then it is more likely missing than unknown. */
export const looksIntermediate = ({ leaf }: Shown): boolean =>
  (leaf?.caIssuers?.length ?? 0) > 0 ||
  /intermediate|issuing|Let's Encrypt|DigiCert|Sectigo|GlobalSign|Amazon|Google Trust|Entrust|GoDaddy|ZeroSSL|Buypass|Certum|GeoTrust|Thawte|RapidSSL/i.test(
    leaf?.issuer ?? '',
  );

/** A stapled OCSP answer that is out of date, or of the future. */
export const isStale = ({ ocsp, at }: Shown): boolean =>
  ocsp !== undefined && (timeOf(ocsp.thisUpdate) > at || (ocsp.nextUpdate !== null && timeOf(ocsp.nextUpdate) < at));

export const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');
