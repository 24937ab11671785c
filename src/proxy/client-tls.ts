import { createServer, type Server, TLSSocket } from 'node:tls';
import type { Leaf } from '../authority/authority.js';
import type { ClientTlsChange, Ending } from '../faults/changes.js';
import { codeOf, sentenceOf } from '../model/problem.js';
import type { ClientHelloFacts } from '../model/tls-facts.js';
import { alertNames, alertOf } from '../wire/tls-alert.js';
import { deliver, finish, held } from './deliver.js';
import { lateAlert } from './late-alert.js';
import { limits } from './limits.js';
import type { River } from './river.js';
import { type Side, withTls } from './side.js';
import type { Tap } from './tap.js';
import { type Flight, openFlight } from './tls-flight.js';

/** TLS on the client leg with the given leaf and protocol (null: none is agreed on); null when the client did not go through with it (on record, with its alert). */
export const secureClient = async (
  { river, tap }: { readonly river: River; readonly tap: Tap },
  client: Side,
  offer: Offer,
): Promise<Side | null> => {
  const { instead, holdMs = 0 } = offer.change ?? {};
  await held(holdMs, [client]);
  return instead ? answerInstead(tap, client, { ...offer, instead }) : shakeHands({ river, tap }, client, offer);
};

export interface Offer {
  readonly leaf: Leaf;
  readonly hello: ClientHelloFacts;
  readonly alpn: string | null;
  /** What faults make of it. */
  readonly change?: ClientTlsChange | undefined;
}

/** The leaf that a fault asks for; null when it leaves the one that is due. */
export const leafBy = async (river: River, host: string, change: ClientTlsChange | undefined): Promise<Leaf | null> => {
  const { recipe, certificate } = change ?? {};
  if (recipe === undefined && !certificate) return null;
  return river.authority.leaf({ host, recipe: recipe ?? 'good', ...(certificate && { twist: certificate }) });
};

/** A handshake that a fault ended, by the code that tells diagnosis so. */
const faultFailed = (tap: Tap, { hello, firstBytes }: { readonly hello: ClientHelloFacts; readonly firstBytes: string }): void =>
  tap.emit({
    type: 'tls-failed',
    leg: 'client',
    failure: {
      code: 'SHK_TLS_FAULT',
      message: 'a fault ended the TLS handshake',
      alert: null,
      firstBytes,
      chain: [],
      sni: hello.sni,
    },
  });

/** A fault's bytes where the server's side of TLS is due, and an end: this connection gets no TLS. */
const answerInstead = async (
  tap: Tap,
  client: Side,
  { instead, hello }: Offer & { readonly instead: NonNullable<ClientTlsChange['instead']> },
): Promise<null> => {
  const { bytes, end, endMs = 0 } = instead;
  tap.emit({ type: 'tls-start', leg: 'client' });
  faultFailed(tap, { hello, firstBytes: bytes.slice(0, 64) });
  // The ClientHello is unread, and would turn a FIN into a reset.
  client.stream.resume();
  await deliver(tap, { raw: bytes, end, endMs }, { to: client });
  return null;
};

/** Node staples through a server's event alone; this one never listens. */
const stapler = ({ staple }: Leaf): { readonly server?: Server } => {
  if (!staple) return {};
  const server = createServer();
  server.on('OCSPRequest', (_certificate, _issuer, answer) => answer(null, staple));
  return { server };
};

const shakeHands = ({ river, tap }: { readonly river: River; readonly tap: Tap }, client: Side, offer: Offer): Promise<Side | null> =>
  new Promise((resolve) => {
    const { leaf, hello, change = {} } = offer;
    const alpn = change.alpn === undefined ? offer.alpn : change.alpn;
    tap.emit({ type: 'tls-start', leg: 'client' });
    const flight =
      change.flight || change.lateAlert !== undefined
        ? openFlight(client.stream, { flight: change.flight ?? {}, onCut: () => cut(change.flight?.cut ?? { end: 'fin' }) })
        : null;
    // Behind an HTTPS proxy's own TLS there is another one below.
    const stream = new TLSSocket(flight?.stream ?? client.stream, {
      isServer: true,
      secureContext: river.tls.forClient(leaf, change.lateAlert === undefined ? change : { ...change, min: '1.3' }),
      ...stapler(leaf),
      ...(change.clientCertificate === 'required' ? { requestCert: true, rejectUnauthorized: true } : {}),
      ...(alpn === null ? {} : { ALPNProtocols: [alpn] }),
    });
    if (change.recordBytes !== undefined) stream.setMaxSendFragment(change.recordBytes);
    const secured = withTls(flight ? { ...client, stream: flight.stream as Side['stream'] } : client, stream);
    client.inner = secured;
    if (river.tls.keylog) stream.on('keylog', river.tls.keylog);
    let secret: Buffer | undefined;
    const noteSecret = (line: Buffer): void => {
      secret = trafficSecret(line) ?? secret;
    };
    if (change.lateAlert !== undefined) stream.on('keylog', noteSecret);
    let failed = false;
    const timer = setTimeout(
      () => fail(Object.assign(new Error('the TLS handshake with the client took too long'), { code: 'ETIMEDOUT' })),
      limits.tlsMs,
    );
    const cut = (ending: Ending): void => {
      if (failed) return;
      failed = true;
      clearTimeout(timer);
      faultFailed(tap, { hello, firstBytes: '' });
      void finish(tap, ending, { to: client }).then(() => resolve(null));
    };
    const fail = (error: Error): void => {
      if (failed) return;
      failed = true;
      clearTimeout(timer);
      tap.emit({
        type: 'tls-failed',
        leg: 'client',
        failure: {
          code: codeOf(error) || 'SHK_TLS_EOF',
          message: sentenceOf(error),
          alert: alertOf(error.message),
          firstBytes: '',
          chain: leaf.chain,
          sni: hello.sni,
          ...(leaf.staple && { staple: 'revoked' }),
        },
      });
      stream.destroy();
      client.raw.destroySoon();
      resolve(null);
    };
    const onClose = () => fail(secured.failure() ?? new Error('the client closed the connection during the TLS handshake'));
    stream.once('_tlsError', fail).once('error', fail).once('end', onClose).once('close', onClose);
    // Else its FIN would not be read; bytes of the client's own cannot come before `secure`. One that came with the ClientHello is known below only.
    stream.resume();
    client.stream.once('end', onClose);
    stream.once('secure', () => {
      stream.pause();
      client.stream.off('end', onClose);
      clearTimeout(timer);
      stream.off('_tlsError', fail).off('error', fail).off('end', onClose).off('close', onClose);
      const suite = stream.getCipher()?.name ?? '';
      tap.emit({
        type: 'tls',
        leg: 'client',
        tls: {
          version: stream.getProtocol() ?? '',
          cipher: suite,
          alpn: stream.alpnProtocol || null,
          sni: hello.sni,
          chain: leaf.chain,
          authorized: null,
          error: null,
          ...(leaf.staple && { staple: 'revoked' }),
        },
      });
      if (change.lateAlert === undefined || !flight) {
        flight?.release();
        return resolve(secured);
      }
      void refuseLate(tap, client, { flight, suite, secret, alert: change.lateAlert }).then(() => resolve(null));
    });
  });

/** SERVER_TRAFFIC_SECRET_0 of a line of the NSS key log. */
const trafficSecret = (line: Buffer): Buffer | undefined => {
  const hex = /^SERVER_TRAFFIC_SECRET_0 [0-9a-f]+ ([0-9a-f]+)\s*$/i.exec(line.toString('latin1'))?.[1];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
};

/** The handshake went well on both sides; the first word behind it is an alert, and the last one. */
const refuseLate = async (
  tap: Tap,
  client: Side,
  said: { readonly flight: Flight; readonly suite: string; readonly secret: Buffer | undefined; readonly alert: number },
): Promise<void> => {
  const { flight, suite, secret, alert } = said;
  // The tickets of the server go out behind this turn, and the alert is numbered behind them.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const record = secret && lateAlert({ suite, secret, sent: flight.written(), alert });
  if (record) client.stream.write(record);
  const name = alertNames[alert]?.toUpperCase() ?? String(alert);
  tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: `ERR_SSL_TLSV13_ALERT_${name}` });
  client.stream.end();
  client.stream.resume();
  client.stream.setTimeout(limits.lingerMs, () => client.raw.destroy());
};
