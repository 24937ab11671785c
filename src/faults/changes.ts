import type { CertificateTwist } from '../model/certificate-twist.js';
import type { Entrance } from '../model/event.js';

/** How a connection goes on when a fault ends it: FIN, RST, or open for ever without a word. */
export type EndingHow = 'fin' | 'reset' | 'silence';
export const endingHows = ['fin', 'reset', 'silence'] as const;

export interface Ending {
  readonly end: EndingHow;
  /** Milliseconds before it. */
  readonly endMs?: number;
}

/** What becomes of a connection of which nothing was read yet. */
export interface AcceptChange {
  /** It is let in so many milliseconds later. */
  readonly holdMs?: number;
  /** None of the ways to authenticate that SOCKS5 offers is taken (`05 ff`, RFC 1928 section 3); SOCKS4 is rejected. */
  readonly socksMethod?: 'none';
  readonly end?: EndingHow;
  readonly endMs?: number;
}

/** What a peer gets in place of the bytes that are due to it at one station, and how. Texts are latin1. */
export interface Delivery {
  /** The head: whole, broken, cut short, or none (`''`). */
  readonly raw: string;
  /** In front of the head. */
  readonly ahead?: string;
  /** Behind it: the body of an answer that is complete in itself (then with `end`), or bytes that come before the other side's. */
  readonly body?: string;
  /** How long all of it is held back, milliseconds; Infinity is until the peer has gone. */
  readonly holdMs?: number;
  /** It is written in pieces of so many bytes, so many milliseconds apart. */
  readonly slice?: { readonly bytes: number; readonly everyMs: number };
  /** The connection ends behind it, and the other leg is let go. Without it the traffic goes on. */
  readonly end?: EndingHow;
  readonly endMs?: number;
  /** Entrance only: it ends when the client has said its first word inside the tunnel, which nobody answers. */
  readonly endOn?: 'word';
  /** Of a request that ends: the client is told nothing of it, and waits. Without it the client gets what the server makes of that. */
  readonly other?: 'waits';
}

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** What came to an entrance, and what would be said to it, latin1. */
export interface Entering {
  readonly entrance: Extract<Entrance, 'connect' | 'socks5' | 'socks4a'>;
  readonly request: string;
  readonly reply: string;
}

/** What a TLS handshake is held to. `ciphers`: an OpenSSL list. */
export interface TlsBounds {
  readonly min?: '1.0' | '1.1' | '1.2' | '1.3';
  readonly max?: '1.0' | '1.1' | '1.2' | '1.3';
  readonly ciphers?: string;
}

export interface TlsFlight {
  /** So many bytes of it, and then this end. */
  readonly cut?: { readonly bytes: number } & Ending;
  /** In pieces of so many bytes, so many milliseconds apart. */
  readonly slice?: { readonly bytes: number; readonly everyMs: number };
}

export interface ClientTlsChange extends TlsBounds {
  /** The recipe of certs/recipes to mint the certificate by. */
  readonly recipe?: string;
  /** What is different from the recipe. */
  readonly certificate?: CertificateTwist;
  /** In place of a TLS handshake: these bytes, latin1, and an end. */
  readonly instead?: { readonly bytes: string } & Ending;
  /** How the bytes of the server's side of the handshake go out. */
  readonly flight?: TlsFlight;
  /** The most payload of one TLS record that we send, bytes, at least 512. */
  readonly recordBytes?: number;
  /** Behind a handshake that went well, this alert (RFC 8446 section 6) and FIN; TLS 1.3 only. */
  readonly lateAlert?: number;
  /** Milliseconds between the ClientHello and the first answer. */
  readonly holdMs?: number;
  /** Chosen whatever the client offers and the server chose; null: none. */
  readonly alpn?: string | null;
  /** What is spoken behind it, where that is not what was chosen. */
  readonly speaks?: 'http/1.1';
  /** Ask for a client certificate, and take no client without one. */
  readonly clientCertificate?: 'required';
}

export interface DialChange {
  /** In place of a connection: code and words of the operating system. */
  readonly failure?: { readonly code: string; readonly message: string };
  /** Somewhere else. */
  readonly place?: Place;
  readonly holdMs?: number;
}

/** What is due on the server leg. `secure`: whether it is TLS at all. */
export interface ServerTlsPlan {
  readonly secure: boolean;
  readonly sni: string | null;
  readonly alpn: readonly string[];
  /** The user has a client certificate for this server. */
  readonly certificate?: boolean;
}

export interface ServerTlsChange extends TlsBounds {
  readonly secure?: boolean;
  readonly sni?: string | null;
  readonly alpn?: readonly string[];
  /** The client certificate of the user is not shown, or in its place one of our own CA, which no server trusts. */
  readonly clientCertificate?: 'none' | 'other';
}

/** Asked twice: when the server's SETTINGS go to the client (stream 0), and when a handshake begins on a stream. */
export interface Http2Start {
  readonly event: 'settings' | 'stream';
  readonly stream: number;
}

/** Error codes are those of RFC 9113 section 7, by name. */
export interface Http2Change {
  /** Reset this stream: at its request (the server never hears of it), or so long after its answer. */
  readonly reset?: { readonly code: string; readonly at: 'request' | 'answer'; readonly afterMs?: number };
  /** End the whole connection. `last`: whether this stream is among those that the server says to have taken. */
  readonly goaway?: { readonly code: string; readonly debug: string; readonly at: 'request' | 'answer'; readonly last: 'this' | 'before' };
  /** The client is told SETTINGS without ENABLE_CONNECT_PROTOCOL (RFC 8441 section 3). */
  readonly withoutExtendedConnect?: true;
  /** The WINDOW_UPDATE frames of this side do not cross on this stream. */
  readonly stalledWindow?: 'client' | 'server';
}
