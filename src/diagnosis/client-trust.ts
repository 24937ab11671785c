import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { tlsFailureText } from './certificates.js';
import { waitedMs } from './endings.js';
import { certificateField } from './evidence.js';
import type { Verdict } from './rule.js';

const trustHelp = {
  for: 'the client',
  text: "Make the client trust shakedown's CA: its path is told at start, and the page at the proxy's own address hands it out.",
  config: 'NODE_EXTRA_CA_CERTS=CA node app.js   # CA: the path that shakedown prints at start\ncurl --cacert CA ...',
} as const;

/** Defects that OpenSSL would not call unknown_ca: when it does all the same, it was our CA that it minded. */
const notAboutTrust = ['expired', 'not-yet-valid', 'wrong-host', 'no-san', 'wrong-eku'];

/**
 * The client refused a certificate of ours in which nothing is wrong but its issuer. OpenSSL says alert 48, Go 42, Firefox 46 or 48;
 * Node completes the handshake, looks, and closes without a word (verification comes after it there).
 */
export const refusedOurs = (exchange: Exchange): Verdict | undefined => {
  const { client, server, mirrored, applied, heads, door } = exchange;
  if (mirrored || server?.tls?.error || server?.tlsFailure) return undefined;
  const facts = client.tlsFailure ?? client.tls;
  const leaf = facts?.chain[0];
  if (!facts || !leaf) return undefined;
  const names = [certificateField('client', 'subject', leaf.subject), certificateField('client', 'issuer', leaf.issuer)];
  const verdict = (confidence: number, first: Evidence, title = "The client does not trust shakedown's CA"): Verdict => ({
    confidence,
    evidence: [first, ...names],
    title,
    culprit: 'the client',
    fix: [trustHelp],
  });
  const failure = client.tlsFailure;
  const tls = (text: string): Evidence => ({ leg: 'client', what: 'tls', text });
  const fault = applied.find(({ stage }) => stage === 'client-tls');
  if (fault) {
    const minded = failure?.alert === 48 && notAboutTrust.includes(String(fault.params.kind ?? ''));
    return minded
      ? verdict(0.85, tls(tlsFailureText(failure)), "The client does not trust shakedown's CA, so the fault was not even looked at")
      : undefined;
  }
  if (failure?.alert === 48 || failure?.alert === 46 || failure?.alert === 42) return verdict(0.95, tls(tlsFailureText(failure)));
  if (failure)
    return failure.alert === null && failure.firstBytes === ''
      ? verdict(0.65, tls(tlsFailureText(failure)), "The client closed when it saw shakedown's certificate")
      : undefined;
  const left =
    client.end?.by === 'peer' &&
    heads.clientSent === null &&
    client.bytesIn <= door.request.length &&
    (waitedMs(exchange) ?? Number.POSITIVE_INFINITY) < 3000;
  if (!left) return undefined;
  return verdict(
    0.75,
    { leg: 'client', what: 'end', text: 'the client ended the connection right after the TLS handshake, without a request' },
    "The client closed when it saw shakedown's certificate",
  );
};
