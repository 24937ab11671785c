import { isAnchored, isKin } from '../authority/anchor.js';
import type { Leaf } from '../authority/authority.js';
import { certificateName } from '../authority/host-name.js';
import { planMirror } from '../authority/mirror.js';
import type { ClientTlsChange } from '../faults/changes.js';
import { authorityOf, type Target } from '../model/target.js';
import type { ClientHelloFacts, TlsFacts, TlsFailure } from '../model/tls-facts.js';
import { clientHelloLimit, findClientHelloEnd, readClientHello } from '../wire/client-hello.js';
import { leafBy, secureClient } from './client-tls.js';
import { deliver } from './deliver.js';
import { dial } from './dial.js';
import { crossingOf, diversionsOf } from './diversions.js';
import type { Place } from './entrances/connect.js';
import type { ExchangeLog } from './exchange-log.js';
import { faultStage } from './fault-stage.js';
import { isInsecure } from './insecure.js';
import { limits } from './limits.js';
import { relayBoth } from './relay.js';
import type { River } from './river.js';
import { allowedAlpn, isLimited, passesThrough } from './river-tls.js';
import { hasCertificate, secureServer } from './server-tls.js';
import { resetSide, type Side } from './side.js';
import { take } from './take.js';
import type { Tap } from './tap.js';
import { isDue } from './within.js';

/** What lies inside TLS: both sides secured; or, with `refusal`, a client that is to be told why the server cannot be trusted. */
export interface Secured {
  readonly client: Side;
  readonly server: Side;
  /** Which of the legs speak HTTP/2. They differ only where it is forced. */
  readonly http2: { readonly client: boolean; readonly server: boolean };
  readonly refusal: string | null;
}

/**
 * TLS inside a tunnel: read the ClientHello, secure the server leg first with its SNI and ALPN, then show the client a leaf that is as
 * good or as bad as the server's. Null: the connection is over, or went on as opaque bytes.
 */
export const secureBoth = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly place: Place; readonly log: ExchangeLog },
): Promise<Secured | null> => {
  const { client, place, log } = visit;
  const target: Target = { scheme: 'wss', host: place.host, port: place.port, path: '' };
  const taken = await take(client, {
    find: findClientHelloEnd,
    limit: clientHelloLimit,
    firstMs: limits.headMs,
    restMs: limits.headMs,
    peek: true,
  });
  if (taken.type !== 'found') return opaque(river, tap, { client, server: place.server, target: tcpTo(place) });
  const heard = readClientHello(taken.bytes);
  tap.emit({ type: 'client-hello', hello: heard });
  const { tls, http2: mode } = river.options;
  if (passesThrough(tls.passthrough, heard.sni === null ? [place.host] : [place.host, heard.sni]))
    return opaque(river, tap, { client, server: place.server, target: tcpTo(place) });
  const hello = { ...heard, alpn: allowedAlpn(tls.client, heard.alpn) };
  if (hello.alpn.length < heard.alpn.length && hello.alpn.length === 0) return refuseProtocols(river, tap, { client, place, hello });
  const readable = hello.alpn.filter((name) => name === 'http/1.1' || (name === 'h2' && mode !== 'off'));
  // A client that speaks nothing that we read would break on what we can offer, so its TLS is not opened.
  if (hello.alpn.length > 0 && readable.length === 0) return opaque(river, tap, { client, server: place.server, target: tcpTo(place) });
  tap.emit({ type: 'target', target, kind: 'unknown' });
  const forced = mode === 'force';
  const alpn = forced ? ['h2', 'http/1.1'] : readable;
  const plan = { secure: true, sni: hello.sni, alpn, certificate: hasCertificate(river, place.host, hello.sni) };
  const change = faultStage(river, tap, { stage: 'server-tls', input: plan, target, grounds: ['tls'] });
  if (change?.secure === false) return plainServer(river, tap, { client, place, target, hello });
  const server = await secureServer(river, tap, { side: place.server, host: place.host, hello, alpn, change });
  if ('failure' in server) return showFailure(river, tap, { client, place, log, failure: server.failure, changed: change !== undefined });
  const offer = await chooseLeaf(river, tap, { target, hello, facts: server.facts });
  const plain = hello.alpn.includes('http/1.1') ? 'http/1.1' : null;
  // What refuses is written as HTTP/1.1.
  const chosen = server.facts.alpn;
  // A fault may have offered what the client did not.
  const fits = chosen === null || hello.alpn.includes(chosen) || change?.alpn === undefined;
  const due = offer.refusal !== null ? plain : forced ? (hello.alpn.includes('h2') ? 'h2' : plain) : fits ? chosen : plain;
  const agreed = offer.change?.alpn === undefined ? due : offer.change.alpn;
  const secured = await secureClient({ river, tap }, client, { ...offer, hello, alpn: agreed });
  if (!secured) return null;
  const http2 = { client: agreed === 'h2' && offer.change?.speaks === undefined, server: server.facts.alpn === 'h2' };
  return { client: secured, server: server.side, http2, refusal: offer.refusal };
};

/** A fault keeps the server leg without TLS: what the client says inside its own goes to the server in the clear. */
const plainServer = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly place: Place; readonly target: Target; readonly hello: ClientHelloFacts },
): Promise<Secured | null> => {
  const { client, place, target, hello } = visit;
  const change = faultStage(river, tap, { stage: 'client-tls', input: hello, target });
  const host = leafHost(hello, place.host);
  const leaf = (await leafBy(river, host, change)) ?? (await river.authority.leaf({ host, recipe: 'good' }));
  const alpn = hello.alpn.includes('http/1.1') ? 'http/1.1' : null;
  const secured = await secureClient({ river, tap }, client, { leaf, hello, alpn, change });
  return secured && { client: secured, server: place.server, http2: { client: false, server: false }, refusal: null };
};

/** The limits leave none of the client's protocols: it hears no_application_protocol (RFC 7301 section 3.2), as from such a server. */
const refuseProtocols = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly place: Place; readonly hello: ClientHelloFacts },
): Promise<null> => {
  const { client, place, hello } = visit;
  tap.emit({ type: 'target', target: { scheme: 'wss', host: place.host, port: place.port, path: '' }, kind: 'unknown' });
  const leaf = await river.authority.leaf({ host: leafHost(hello, place.host), recipe: 'good' });
  await secureClient({ river, tap }, client, { leaf, hello, alpn: river.options.tls.client.alpn?.[0] ?? null });
  return null;
};

/** SNI is the client's word and may be anything; a name that is none falls back to the place that it asked for. */
const leafHost = ({ sni }: ClientHelloFacts, host: string): string => (sni !== null && certificateName(sni) !== null ? sni : host);

/** The target of a tunnel of which nothing more is known. */
export const tcpTo = ({ host, port }: Place): Target => ({ scheme: 'tcp', host, port, path: '' });

/** Bytes that we do not or cannot read: relayed and recorded as they are. */
export const opaque = async (
  river: River,
  tap: Tap,
  visit: { readonly client: Side; readonly server: Side; readonly target: Target },
): Promise<null> => {
  tap.emit({ type: 'target', target: visit.target, kind: 'tunnel' });
  const diversions = diversionsOf(river, tap, visit.target);
  for (const { begin } of [diversions.client, diversions.server]) begin(crossingOf(visit.target, null));
  await relayBoth(visit.client, visit.server, tap, diversions);
  return null;
};

/**
 * The server's TLS failed, and not by its certificate. The client's own ClientHello goes to the server on a new connection, as it is, so
 * that the client fails just as it would without us (or succeeds, where only our TLS was too strict), and the server's raw answer is on record.
 */
const showFailure = async (
  river: River,
  tap: Tap,
  visit: {
    readonly client: Side;
    readonly place: Place;
    readonly log: ExchangeLog;
    readonly failure: TlsFailure;
    readonly changed: boolean;
  },
): Promise<null> => {
  const { client, place, log, failure, changed } = visit;
  // Its own ClientHello would lead past the fault.
  if (changed) return passAlert(tap, client, failure);
  // Its own ClientHello would lead past the limits that the user set, or past the end of what is waited for.
  if (isLimited(river.options.tls.server) || isDue(river)) {
    tap.emit({ type: 'end', leg: 'client', how: 'reset', by: 'shakedown', code: '' });
    resetSide(client);
    return null;
  }
  const again = await dial(river, tap, place);
  if ('failure' in again) {
    resetSide(client);
    return null;
  }
  log.server(again.side);
  let told = false;
  let opened = false;
  let isTunnel = false;
  let answered = false;
  // It refuses the client as it refused us: no tunnel of somebody else's, but this very failure.
  const sameFailure = (): void => tap.emit({ type: 'target', target: { ...tcpTo(place), scheme: 'wss' }, kind: 'unknown' });
  const listening: Tap = {
    ...tap,
    bytes: (from, chunk) => {
      tap.bytes(from, chunk);
      if (from === 'client') {
        // No handshake comes to its end without another word of the client's.
        answered ||= told;
        return;
      }
      if (opened && isFatalAlert(chunk)) sameFailure();
      opened = false;
      if (told) return;
      told = true;
      const firstBytes = Buffer.from(chunk.subarray(0, 64)).toString('latin1');
      opened = chunk[0] === 0x16;
      isTunnel = opened;
      if (opened) tap.emit({ type: 'target', target: tcpTo(place), kind: 'tunnel' });
      else tap.emit({ type: 'tls-failed', leg: 'server', failure: { ...failure, firstBytes } });
    },
  };
  await relayBoth(client, again.side, listening);
  if (isTunnel && !answered) sameFailure();
  return null;
};

/** What the server said to the ClientHello that a fault had changed, as said to the client's own (RFC 8446 section 6.2); else just the end. */
const passAlert = async (tap: Tap, client: Side, { alert }: TlsFailure): Promise<null> => {
  const raw = alert === null ? '' : String.fromCharCode(0x15, 3, 3, 0, 2, 2, alert);
  // The ClientHello is unread, and would turn a FIN into a reset.
  client.stream.resume();
  await deliver(tap, { raw, end: 'fin' }, { to: client });
  return null;
};

/** A fatal alert in the clear, as it comes in the middle of a handshake before TLS 1.3 (RFC 5246 sections 6.2.1 and 7.2). */
const isFatalAlert = (chunk: Uint8Array): boolean => chunk[0] === 0x15 && chunk[3] === 0 && chunk[4] === 2 && chunk[5] === 2;

const chooseLeaf = async (
  river: River,
  tap: Tap,
  seen: { readonly target: Target; readonly hello: ClientHelloFacts; readonly facts: TlsFacts },
): Promise<{ readonly leaf: Leaf; readonly refusal: string | null; readonly change?: ClientTlsChange | undefined }> => {
  const { target, hello, facts } = seen;
  const host = leafHost(hello, target.host);
  const change = faultStage(river, tap, { stage: 'client-tls', input: hello, target });
  const asked = await leafBy(river, host, change);
  if (asked) return { leaf: asked, refusal: null, change };
  const good = async () => ({ leaf: await river.authority.leaf({ host, recipe: 'good' }), refusal: null, change });
  if (isInsecure(river, target.host)) return good();
  const plan = planMirror({
    chain: facts.chain,
    error: facts.error,
    host,
    now: river.clock.now(),
    staple: facts.staple,
    ocsp: facts.ocsp,
    ...(facts.authorized ? {} : { anchored: isAnchored(facts.chain, river.trust.roots), kin: isKin(facts.chain, river.trust.roots) }),
  });
  // OpenSSL accepts what other clients refuse (no-san, weak-key): a certificate that verified here may still have defects to show.
  if (facts.authorized && (plan.defects.length === 0 || !plan.possible)) return good();
  tap.emit({ type: 'mirrored', defects: plan.defects, possible: plan.possible });
  if (plan.possible) return { leaf: await river.authority.mirrorLeaf({ host, mirror: plan }), refusal: null, change };
  return {
    leaf: await river.authority.leaf({ host, recipe: 'good' }),
    refusal: `shakedown: the certificate of ${authorityOf(target)} does not verify (${facts.error ?? 'unknown'}), and this defect cannot be shown to you as it is. Start shakedown with --insecure=${target.host} to go on all the same.`,
  };
};
