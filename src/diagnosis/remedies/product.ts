/** What a fix is about. One product may have something to say to several. */
export type Topic =
  /** Carry the upgrade fields to the next hop. */
  | 'upgrade'
  /** Keep the Host that the client named. */
  | 'host'
  /** Accept the page's Origin. */
  | 'origin'
  /** Answer the HTTP request in front of the WebSocket with CORS fields. */
  | 'cors'
  /** Let idle connections live. */
  | 'idle'
  /** Reach the application behind the gateway. */
  | 'gateway'
  /** Answer the upgrade at that path at all. */
  | 'handler'
  /** Choose a subprotocol. */
  | 'subprotocol'
  /** Take large heads. */
  | 'limits'
  /** Send a client's requests to the same server. */
  | 'sticky'
  /** Let WebSockets past a filter. */
  | 'filter'
  /** Make a client trust a CA. */
  | 'trust'
  /** Present certificate and chain. */
  | 'chain';

export interface Remedy {
  readonly text: string;
  readonly config?: string;
  /** `nginx 1.22.1`: with what a set-up of test/setups runs the configuration. Absent: none does. */
  readonly ran?: string;
}

/** One product's remedies. `name` is what a fix is `for`. */
export interface Product {
  readonly name: string;
  readonly remedies: Readonly<Partial<Record<Topic, Remedy>>>;
}
