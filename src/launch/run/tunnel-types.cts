import type { Socket } from 'node:net';

/** A place to connect to; the host without brackets. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** `no-proxy`: shakedown itself does not take the connection, so that the command may go direct. `refused`: it answered, and not with 200. */
export type Opened =
  | { readonly type: 'open'; readonly socket: Socket }
  | { readonly type: 'refused'; readonly error: Error }
  | { readonly type: 'no-proxy' };
