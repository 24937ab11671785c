import type { TlsFailure } from '../model/tls-facts.js';
import { tlsFailureText } from './certificates.js';

/** What a client says with a TLS alert to whoever showed it a certificate. */
interface Meaning {
  readonly says: string;
  /** Who says it; measured for certificates of an unknown CA. */
  readonly saidBy: string;
}

/** RFC 8446 section 6.2, and what clients make of it: they disagree about the alert for one and the same defect. */
const meanings: Readonly<Record<number, Meaning>> = {
  40: { says: 'it found nothing in common with what it was offered', saidBy: 'most clients' },
  42: {
    says: 'it finds something wrong with the certificate',
    saidBy: 'Go, of every certificate that it refuses, an unknown CA among them',
  },
  43: {
    says: 'it cannot use a certificate of this kind (its purpose, or the type of its key)',
    saidBy: 'clients with OpenSSL, and Java',
  },
  44: { says: 'it holds the certificate for revoked, or could not make sure that it is not', saidBy: 'clients that check revocation' },
  45: { says: 'it holds the certificate for expired', saidBy: 'clients with OpenSSL, and Firefox' },
  46: {
    says: 'it refuses the certificate, for whatever reason',
    saidBy: "Chromium, Edge and Java's sockets, an unknown CA among the reasons",
  },
  48: { says: 'it knows no CA that could have issued the certificate', saidBy: 'curl, Python and others with OpenSSL, and Firefox' },
  51: { says: 'a signature of the handshake or the certificate does not verify', saidBy: 'most clients' },
  70: { says: 'it speaks no TLS version that it was offered', saidBy: 'most clients' },
  71: { says: 'what it was offered is too weak for it', saidBy: 'clients with OpenSSL' },
  80: { says: 'something went wrong inside the client, a certificate check of its own among the possibilities', saidBy: 'most clients' },
  86: { says: 'it was offered an older TLS version than both sides speak', saidBy: 'clients that try again with an older version' },
  90: { says: 'somebody cancelled the connection there', saidBy: 'browsers, when a page is left' },
  112: { says: 'it does not know the name', saidBy: 'servers, as a rule' },
  113: { says: 'it does not like the proof of non-revocation that came with the certificate', saidBy: 'clients that want OCSP stapling' },
  116: { says: 'a certificate of ours was wanted', saidBy: 'servers, as a rule' },
  120: { says: 'it wants another application protocol', saidBy: 'most clients' },
};

/** Of an end without an alert, in the middle of the handshake or right after it. */
const silence =
  'no alert came; so end Node (ws, undici), Python with asyncio (websockets, aiohttp) and java.net.http where they do not trust a certificate';

/** How a client ended the handshake: the alert, what it means, and who says it. */
export const clientFailureText = (failure: TlsFailure): string => {
  if (failure.alert === null) return failure.firstBytes === '' ? `${tlsFailureText(failure)}; ${silence}` : tlsFailureText(failure);
  const meaning = meanings[failure.alert];
  return meaning ? `${tlsFailureText(failure)}: the client says that ${meaning.says} (so say ${meaning.saidBy})` : tlsFailureText(failure);
};
