/** The values of one peer's SETTINGS by their names in RFC 9113 section 6.5.2 and RFC 8441 (`ENABLE_CONNECT_PROTOCOL`), an unknown one as `0xN`. */
export type Http2Settings = Readonly<Record<string, number>>;

/** Which stream of an HTTP/2 connection an exchange is, and what both peers had said of theirs when it began; null: nothing yet. */
export interface Http2Facts {
  /** 0: the connection ended without a request. */
  readonly stream: number;
  readonly settings: { readonly client: Http2Settings | null; readonly server: Http2Settings | null };
}

/** A GOAWAY that a peer sent while the exchange was open (RFC 9113 section 6.8). */
export interface Goaway {
  /** `NO_ERROR`, `ENHANCE_YOUR_CALM`, ... */
  readonly code: string;
  readonly lastStream: number;
  /** latin1, at most 1024 characters. */
  readonly debug: string;
}
