import type { SecureContext } from 'node:tls';
import type { Authority } from '../authority/authority.js';
import type { Armory } from '../faults/armory.js';
import type { Clock } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { FrameResume, Sender } from '../model/frame.js';
import type { Access } from './access/access.js';
import type { Ends } from './ends.js';
import type { Holds } from './holds.js';
import type { LeftAlone } from './left-alone.js';
import type { Openings } from './openings.js';
import type { OwnHost } from './own-host.js';
import type { Route } from './reverse-routes.js';
import type { RiverTls } from './river-tls.js';
import type { Sink } from './sink.js';
import type { WayOut } from './upstream/way-out.js';

export const http2Modes = ['off', 'mirror', 'force'] as const;
export type Http2Mode = (typeof http2Modes)[number];

import type { TlsOptions } from './tls-options.js';

/** What the user decided about the traffic. */
export interface RiverOptions {
  /** Where requests in origin form go, by path; empty shows the landing page. */
  readonly reverse: readonly Route[];
  /** Reverse mode: keep the client's Host instead of the target's. */
  readonly keepHost: boolean;
  /** Hosts whose bad certificate is accepted; `*` is every host. */
  readonly insecure: readonly string[];
  /** HTTP/2: `off` offers it to nobody, `mirror` where client and server both speak it, `force` also where only one of them does. */
  readonly http2: Http2Mode;
  /** Forward request heads with two meanings. */
  readonly lenient: boolean;
  readonly access: Access;
  /** How the server leg leaves this machine. */
  readonly out: WayOut;
  readonly tls: TlsOptions;
}

/** The authorities that a server's certificate may lead to: for OpenSSL, and as PEM. */
export interface Trust {
  readonly context: SecureContext;
  readonly roots: readonly string[];
}

/** What every connection's journey shares. */
export interface River {
  readonly clock: Clock;
  readonly sink: Sink;
  readonly authority: Authority;
  readonly armory: Armory;
  readonly options: RiverOptions;
  /** Trust for the server leg: Node's roots, NODE_EXTRA_CA_CERTS and `--upstream-ca`. */
  readonly trust: Trust;
  readonly tls: RiverTls;
  /** The next exchange's number, from 1. */
  nextOrdinal(): number;
  /** Of all chance in faults. */
  readonly seed: number;
  /** By when whoever probes wants to know, on the clock: waits for the server end then at the latest. Absent where nobody is in such haste. */
  dueMs?(): number;
  /** An exchange as it stands, for matches of faults. */
  look(id: string): Exchange | undefined;
  /** Where one direction's frames stand; undefined while they have not begun, or when nobody can say. */
  resumeOf(id: string, from: Sender): FrameResume | undefined;
  /** The WebSockets that are open. */
  readonly openings: Openings;
  readonly leftAlone: LeftAlone;
  /** The exchanges that somebody can end. */
  readonly ends: Ends;
  /** What is to be held, and what is held. */
  readonly holds: Holds;
  /** Our own listening ports: a target that resolves to one of them is a loop (threats.md T04, T06). */
  ownPorts(): readonly number[];
  /** Whether this very process connected to itself from that port: a replay. */
  isOwnClient(localPort: number): boolean;
  /** The page in origin form, and the host shakedown.test. */
  readonly ownHost: OwnHost;
}
