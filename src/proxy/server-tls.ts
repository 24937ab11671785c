import { isIP } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket, type TLSSocketOptions } from 'node:tls';
import { chainOfSocket } from '../authority/certificate-facts.js';
import { stapleFacts } from '../authority/staple-facts.js';
import type { ServerTlsChange } from '../faults/changes.js';
import { codeOf, sentenceOf } from '../model/problem.js';
import type { ClientHelloFacts, TlsFacts, TlsFailure } from '../model/tls-facts.js';
import { alertOf } from '../wire/tls-alert.js';
import { askedForCertificate } from './asked-certificate.js';
import { leadsToOurselves } from './dial-own.js';
import { limits } from './limits.js';
import type { River } from './river.js';
import { allowedAlpn, type PemCertificate } from './river-tls.js';
import { type Side, withTls } from './side.js';
import type { Tap } from './tap.js';
import { within } from './within.js';

export type ServerTls = { readonly side: Side; readonly facts: TlsFacts } | { readonly failure: TlsFailure };

/** Whether the user has a client certificate for a server of that name. */
export const hasCertificate = (river: River, host: string, sni: string | null): boolean =>
  river.tls.forServer(sni === null ? [host] : [host, sni]).certificate !== null;

/** What a fault shows for a client certificate. */
const shownBy = (river: River, { clientCertificate }: ServerTlsChange): { readonly show?: PemCertificate | null } => {
  if (clientCertificate === undefined) return {};
  return { show: clientCertificate === 'none' ? null : river.authority.clientCertificate('shakedown fault') };
};

/**
 * TLS on the server leg, with the client's own SNI, offering these protocols. A certificate that does not verify is no failure
 * here: `facts.authorized` is false and `facts.error` says why, because the client is to be shown the same defect.
 */
export const secureServer = (
  river: River,
  tap: Tap,
  wanted: {
    readonly side: Side;
    readonly host: string;
    readonly hello: ClientHelloFacts;
    readonly alpn: readonly string[];
    /** What faults make of it. */
    readonly change?: ServerTlsChange | undefined;
  },
): Promise<ServerTls> =>
  new Promise((resolve) => {
    const { side, host, hello, change = {} } = wanted;
    tap.emit({ type: 'tls-start', leg: 'server' });
    const asked = hello.sni !== null && !isIP(hello.sni) ? hello.sni : null;
    const sni = change.sni === undefined ? asked : change.sni;
    const { context, certificate } = river.tls.forServer(asked === null ? [host] : [host, asked], { ...change, ...shownBy(river, change) });
    const alpn = change.alpn ?? allowedAlpn(river.options.tls.server, wanted.alpn);
    const stream: TLSSocket = connect({
      // Behind an https upstream proxy's own TLS there is another one below.
      socket: side.stream,
      host,
      ...(sni === null ? {} : { servername: sni }),
      ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
      secureContext: leadsToOurselves(river, side) ? river.ownHost.trust() : context,
      rejectUnauthorized: false,
      // What the client did not ask for it would not have been told.
      ...({ requestOCSP: hello.statusRequest === true } satisfies TLSSocketOptions),
      // A fault asks for another name; the certificate has to be that of the client's all the same.
      ...(change.sni ? { checkServerIdentity: (_: string, shown: PeerCertificate) => checkServerIdentity(asked ?? host, shown) } : {}),
    });
    const secured = withTls(side, stream);
    if (river.tls.keylog) stream.on('keylog', river.tls.keylog);
    let answer: Buffer | null | undefined;
    stream.once('OCSPResponse', (stapled: Buffer | null) => {
      answer = stapled;
    });
    const shown = (): Pick<TlsFacts, 'chain' | 'staple' | 'ocsp'> => {
      const chain = chainOfSocket(stream);
      return { chain, ...(answer !== undefined && stapleFacts(answer, chain)) };
    };
    const noteAsked = (): void => {
      if (askedForCertificate(stream)) tap.emit({ type: 'client-certificate', shown: certificate });
    };
    stream.once('error', noteAsked);
    const timer = setTimeout(
      () => stream.destroy(Object.assign(new Error('the TLS handshake with the server took too long'), { code: 'ETIMEDOUT' })),
      within(river, limits.tlsMs),
    );
    const fail = (): void => {
      clearTimeout(timer);
      const error = secured.failure() ?? new Error('the server closed the connection during the TLS handshake');
      const failure: TlsFailure = {
        code: codeOf(error) || 'SHK_TLS_EOF',
        message: sentenceOf(error),
        alert: alertOf(error.message),
        firstBytes: '',
        ...shown(),
        sni,
      };
      tap.emit({ type: 'tls-failed', leg: 'server', failure });
      side.raw.destroy();
      resolve({ failure });
    };
    stream.once('close', fail);
    stream.once('secureConnect', () => {
      clearTimeout(timer);
      stream.off('close', fail).off('error', noteAsked);
      noteAsked();
      const facts: TlsFacts = {
        version: stream.getProtocol() ?? '',
        cipher: stream.getCipher()?.name ?? '',
        alpn: stream.alpnProtocol || null,
        sni,
        ...shown(),
        authorized: stream.authorized,
        error: stream.authorized ? null : String(stream.authorizationError ?? 'UNKNOWN'),
      };
      tap.emit({ type: 'tls', leg: 'server', tls: facts });
      resolve({ side: secured, facts });
    });
  });
