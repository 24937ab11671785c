import type { Access } from '../proxy/access/access.js';
import type { Route } from '../proxy/reverse-routes.js';
import type { Http2Mode } from '../proxy/river.js';
import type { TlsOptions } from '../proxy/tls-options.js';
import type { WayOut } from '../proxy/upstream/way-out.js';
import type { Hiding } from './hiding.js';
import type { ControlPort } from './http/control-port.js';

/** How much a recording may hold, in bytes; null is without end. */
export interface RecordingBounds {
  /** Of the whole file. */
  readonly recording: number | null;
  /** Of the payload of one message, or of one side of a body or a tunnel. */
  readonly payload: number | null;
}

export const unbounded: RecordingBounds = { recording: null, payload: null };

/** Everything that starts an engine; plain data, so that it can cross to a worker. */
export interface EngineOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Entries of reverse mode; none is no reverse mode. */
  readonly reverse: readonly Route[];
  readonly keepHost: boolean;
  /** In the syntax of `--fault`. */
  readonly faults: readonly string[];
  /** Ids of scenarios. */
  readonly scenarios?: readonly string[];
  /** Path of a rules file, which is followed while it changes. */
  readonly rules?: string | null;
  /** Null draws one, unless the rules file has one; it is told and recorded. */
  readonly seed: number | null;
  /** A path; `default` is a new file in the data folder; `memory` keeps it in memory. */
  readonly record: { readonly type: 'file'; readonly path: string } | { readonly type: 'default' } | { readonly type: 'memory' };
  readonly bounds: RecordingBounds;
  /** Hosts whose bad certificate is accepted; `*` is every host. */
  readonly insecure: readonly string[];
  /** Path of a PEM file with further CAs for the server leg, or null. */
  readonly upstreamCa: string | null;
  readonly http2: Http2Mode;
  readonly lenient: boolean;
  readonly hiding: Hiding;
  /** Who may come in; `loopbackOnly` is the default. */
  readonly access: Access;
  /** How the server leg leaves this machine: upstream proxy, exceptions, --resolve. */
  readonly out: WayOut;
  readonly tls: TlsOptions;
  /** Where the control API listens; without it there is none. */
  readonly control?: ControlPort | null;
  /** Whether somebody probes and is in a hurry: see `Engine.hurry`. */
  readonly hasty?: boolean;
  /** Folder of the CA, or null for the one in the data folder. */
  readonly caDir: string | null;
  /** The user's data folder. */
  readonly dataFolder: string;
}
