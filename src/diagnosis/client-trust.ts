import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Evidence, Fix } from '../model/finding.js';
import type { CertificateFacts, TlsFailure } from '../model/tls-facts.js';
import { alertNames } from '../wire/tls-alert.js';
import { nameCovers, shownChains } from './certificates.js';
import { clientFailureText } from './client-alerts.js';
import { clientKindOf } from './client-kinds.js';
import { waitedMs } from './endings.js';
import { certificateField } from './evidence.js';
import type { Verdict } from './rule.js';

const trustHelp: Fix = {
  for: 'the client',
  text: "Make the client trust shakedown's CA: its path is told at start, and the page at the proxy's own address hands it out.",
  config: 'NODE_EXTRA_CA_CERTS=CA node app.js   # CA: the path that shakedown prints at start\ncurl --cacert CA ...',
};

const pinHelp: Fix = {
  for: 'a client that pins',
  text: "A client that trusts the CA and refuses all the same wants the server's own certificate (pinning): leave that host's TLS closed.",
  config: 'shakedown start --passthrough app.example',
};

const leaveClosed: Fix = {
  for: 'shakedown',
  text: "Or leave that host's TLS closed; what is said in it is not seen then.",
  config: 'shakedown start --passthrough app.example',
};

/** Defects that OpenSSL would not call unknown_ca: when it does all the same, it was our CA that it minded. */
const notAboutTrust = ['expired', 'not-yet-valid', 'wrong-host', 'name-mismatch', 'no-san', 'wrong-eku', 'wrong-purpose'];

/** A client that answers a certificate within this time has looked at it. */
const atOnceMs = 3000;

const refusal = (
  exchange: Exchange,
  leaf: CertificateFacts,
  said: { readonly confidence: number; readonly first: Evidence; readonly title: string; readonly fix?: readonly Fix[] },
): Verdict => ({
  confidence: said.confidence,
  evidence: [said.first, certificateField('client', 'subject', leaf.subject), certificateField('client', 'issuer', leaf.issuer)],
  title: said.title,
  culprit: 'the client',
  fix: said.fix ?? [...(clientKindOf(exchange)?.trust ?? []), trustHelp, pinHelp],
});

const whoOf = (exchange: Exchange): string => {
  const kind = clientKindOf(exchange);
  return kind ? `The client (${kind.name})` : 'The client';
};

const tls = (failure: TlsFailure): Evidence => ({ leg: 'client', what: 'tls', text: clientFailureText(failure) });

/** A handshake in which the client was shown a certificate of ours that is sound: neither a fault nor the server made it bad. */
export const shownSound = (exchange: Exchange): CertificateFacts | undefined => {
  const { client, server, mirrored, applied } = exchange;
  if (mirrored || server?.tls?.error || server?.tlsFailure) return undefined;
  if (applied.some(({ stage }) => stage === 'client-tls') && !looksSound(exchange)) return undefined;
  return (client.tlsFailure ?? client.tls)?.chain[0];
};

/** A fault may hold the handshake, or change its key, and leave all that a certificate says as it is. */
const looksSound = (exchange: Exchange): boolean => {
  const shown = shownChains(exchange).find(({ leg }) => leg === 'client');
  if (!shown?.leaf || shown.kind !== '' || shown.staple === 'revoked' || shown.chain.length !== 1) return false;
  const { leaf, host, at } = shown;
  const timely = timeOf(leaf.notBefore) <= at && at <= timeOf(leaf.notAfter);
  const named = [...leaf.dnsNames, ...leaf.ipAddresses].some((name) => nameCovers(name, host));
  return timely && named && /CN=shakedown CA /.test(leaf.issuer);
};

/** The client refused a sound certificate of ours with one of these alerts. */
export const refusedOursWith = (
  exchange: Exchange,
  said: { readonly alerts: readonly number[]; readonly because: string; readonly fix: string },
): Verdict | undefined => {
  const leaf = shownSound(exchange);
  const failure = exchange.client.tlsFailure;
  if (!leaf || !failure || !said.alerts.includes(failure.alert ?? -1)) return undefined;
  const name = alertNames[failure.alert ?? -1];
  return refusal(exchange, leaf, {
    confidence: 0.8,
    first: tls(failure),
    title: `${whoOf(exchange)} refused shakedown's certificate${name ? ` (${name})` : ''}: ${said.because}`,
    fix: [{ for: 'the client', text: said.fix }, leaveClosed],
  });
};

/** The client refuses our CA, so that a defect that it was to be shown (by a fault, or as the server's own) was not even looked at. */
const refusedBefore = (exchange: Exchange): Verdict | undefined => {
  const { client, applied, mirrored } = exchange;
  const failure = client.tlsFailure;
  const leaf = failure?.chain[0];
  if (!leaf || failure.alert !== 48) return undefined;
  const fault = applied.find(({ stage }) => stage === 'client-tls');
  const defects = fault ? [String(fault.params.kind ?? '')] : (mirrored?.defects ?? []);
  if (defects.length === 0 || !defects.every((defect) => notAboutTrust.includes(defect))) return undefined;
  const what = fault ? 'so the fault was not even looked at' : "and did not even look at the server's defect";
  return refusal(exchange, leaf, {
    confidence: 0.85,
    first: tls(failure),
    title: `${whoOf(exchange)} does not trust shakedown's CA, ${what}`,
  });
};

/**
 * The client does not trust our CA. The alert differs: OpenSSL and Firefox say 48, Chromium 46, Go 42; Node, Python with asyncio and
 * java.net.http close without a word, in the middle of the handshake or right behind it.
 */
export const refusedOurs = (exchange: Exchange): Verdict | undefined => {
  const { client, heads, door } = exchange;
  const before = refusedBefore(exchange);
  if (before) return before;
  const leaf = shownSound(exchange);
  if (!leaf) return undefined;
  const who = whoOf(exchange);
  const failure = client.tlsFailure;
  const soon = (waitedMs(exchange) ?? Number.POSITIVE_INFINITY) < atOnceMs;
  if (failure?.alert === 48 || failure?.alert === 46 || failure?.alert === 42) {
    const title = `${who} does not trust shakedown's CA: it refused our certificate with alert ${failure.alert} (${alertNames[failure.alert]})`;
    return refusal(exchange, leaf, { confidence: 0.95, first: tls(failure), title });
  }
  if (failure) {
    if (failure.alert !== null || failure.firstBytes !== '' || failure.code === 'ETIMEDOUT') return undefined;
    const title = `${who} closed when it saw shakedown's certificate: it does not trust shakedown's CA, or pins another`;
    return refusal(exchange, leaf, { confidence: soon ? 0.75 : 0.6, first: tls(failure), title });
  }
  const left = client.end?.by === 'peer' && heads.clientSent === null && client.bytesIn <= door.request.length && soon;
  if (!left) return undefined;
  return refusal(exchange, leaf, {
    confidence: 0.75,
    first: {
      leg: 'client',
      what: 'end',
      text: 'the client ended the connection right after the TLS handshake, without a request; so does Node where it does not trust a certificate',
    },
    title: `${who} closed when it saw shakedown's certificate: it does not trust shakedown's CA, or pins another`,
  });
};
