import { TLSSocket } from 'node:tls';
import type { Leaf } from '../authority/authority.js';
import type { ClientTlsChange } from '../faults/changes.js';
import { codeOf, sentenceOf } from '../model/problem.js';
import type { ClientHelloFacts } from '../model/tls-facts.js';
import { alertOf } from '../wire/tls-alert.js';
import { deliver, held } from './deliver.js';
import { limits } from './limits.js';
import type { River } from './river.js';
import { type Side, withTls } from './side.js';
import type { Tap } from './tap.js';

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

/** A fault's bytes where the server's side of TLS is due, and an end: this connection gets no TLS. */
const answerInstead = async (
  tap: Tap,
  client: Side,
  { instead, leaf, hello }: Offer & { readonly instead: NonNullable<ClientTlsChange['instead']> },
): Promise<null> => {
  const { bytes, end, endMs = 0 } = instead;
  tap.emit({ type: 'tls-start', leg: 'client' });
  const failure = {
    message: 'a fault ended the TLS handshake',
    alert: null,
    firstBytes: bytes.slice(0, 64),
    chain: leaf.chain,
    sni: hello.sni,
  };
  tap.emit({ type: 'tls-failed', leg: 'client', failure: { code: 'SHK_TLS_FAULT', ...failure } });
  // The ClientHello is unread, and would turn a FIN into a reset.
  client.stream.resume();
  await deliver(tap, { raw: bytes, end, endMs }, { to: client });
  return null;
};

const shakeHands = ({ river, tap }: { readonly river: River; readonly tap: Tap }, client: Side, offer: Offer): Promise<Side | null> =>
  new Promise((resolve) => {
    const { leaf, hello, change = {} } = offer;
    const alpn = change.alpn === undefined ? offer.alpn : change.alpn;
    tap.emit({ type: 'tls-start', leg: 'client' });
    // Behind an HTTPS proxy's own TLS there is another one below.
    const stream = new TLSSocket(client.stream, {
      isServer: true,
      secureContext: river.tls.forClient(leaf, change),
      ...(change.clientCertificate === 'required' ? { requestCert: true, rejectUnauthorized: true } : {}),
      ...(alpn === null ? {} : { ALPNProtocols: [alpn] }),
    });
    const secured = withTls(client, stream);
    if (river.tls.keylog) stream.on('keylog', river.tls.keylog);
    let failed = false;
    const timer = setTimeout(
      () => fail(Object.assign(new Error('the TLS handshake with the client took too long'), { code: 'ETIMEDOUT' })),
      limits.tlsMs,
    );
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
      tap.emit({
        type: 'tls',
        leg: 'client',
        tls: {
          version: stream.getProtocol() ?? '',
          cipher: stream.getCipher()?.name ?? '',
          alpn: stream.alpnProtocol || null,
          sni: hello.sni,
          chain: leaf.chain,
          authorized: null,
          error: null,
        },
      });
      resolve(secured);
    });
  });
