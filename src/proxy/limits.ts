/** Bounds of the river, milliseconds and counts. A direct connection has none of these times: they are long enough that only the dead meet them. */
export const limits = {
  /** A client that connects and says nothing (browsers open spare connections and keep them). */
  firstByteMs: 120_000,
  /** From a head's first byte to its blank line; a slow head is slowloris (threats.md T35). */
  headMs: 30_000,
  tlsMs: 10_000,
  connectMs: 10_000,
  /** RFC 8305 section 8: how long an address is waited for before the next one gets its try as well. */
  nextAddressMs: 250,
  /** An upstream proxy that takes CONNECT and answers nothing. Squid tries a silent server for 60 s, and its own answer is worth more than ours. */
  upstreamMs: 90_000,
  /** The page behind an upstream proxy's refusal, where it is only for the record. */
  upstreamBodyMs: 1_000,
  /** A server that took the request and answers nothing. Clients give up long before. */
  answerMs: 300_000,
  /** After one side's FIN, with the other side silent. */
  lingerMs: 10_000,
  /**
   * What a relay holds for a slow reader before it stops reading from the other side. Node's own 16 KiB is one TLS record: the source would
   * stop and start again with each, and each would be a write of its own.
   */
  unsentBytes: 128 * 1024,
  /** What one direction holds in the hand of faults (a latency, a bandwidth) before the sender has to wait. */
  divertedBytes: 4 * 1024 * 1024,
  /** What a fault adds to a stream of HTTP/2 whose receiver has no room for it: over this the stream is reset, since its sender cannot be made to wait. */
  http2DueBytes: 16 * 1024 * 1024,
  /** After one side has gone, with a fault that keeps it from the other side, and that one silent as well. */
  silentMs: 3_600_000,
  /** Client connections at one time; each takes two descriptors. */
  connections: 5_000,
} as const;
