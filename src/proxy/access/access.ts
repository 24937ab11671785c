/** User name and password, printable ASCII: RFC 7617 leaves every other charset open, and clients differ. */
export interface Credentials {
  /** Without a colon. */
  readonly user: string;
  readonly password: string;
}

/** Who may come in by the port, and where to (threats.md T05). */
export interface Access {
  /** Clients of other machines are let in; never without credentials. */
  readonly lan: boolean;
  /** What a client says to use the proxy; null: nothing is asked. */
  readonly credentials: Credentials | null;
  /** The user chose the credentials, so the clients of this machine are asked for them too. */
  readonly askAll: boolean;
  /** Addresses and networks (`192.168.1.0/24`) of the other machines that are let in at all; empty: every one. */
  readonly from: readonly string[];
  /** Other machines may reach loopback, link-local and private addresses through this one. */
  readonly privateTargets: boolean;
}

/** Clients of this machine, without credentials. */
export const loopbackOnly: Access = { lan: false, credentials: null, askAll: false, from: [], privateTargets: false };

/** What of a request decides whether it may come in; `authorization` is the value of its Proxy-Authorization. */
export interface Asked {
  readonly method: string;
  readonly target: string;
  readonly authorization: string | undefined;
}
