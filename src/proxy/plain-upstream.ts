import { Agent, type ClientRequest } from 'node:http';
import type { UpstreamProxy } from '../model/upstream.js';
import { headLimit } from '../wire/http-head.js';
import type { Reached } from './reach.js';
import type { Refusal } from './refuse.js';
import type { Side } from './side.js';

/** One connection at a time to one server, so that what belongs together on the client leg stays together on the server leg. */
export interface Upstream {
  readonly agent: Agent;
  /** Makes sure that the agent has a socket: http-proxy's hook comes too late for a head when the connection is made only then. */
  prepare(): Promise<Ready | { readonly refusal: Refusal }>;
  close(): void;
}

/** A connection for one request. `proxy`: it ends at an upstream proxy. `used`: it served a request before. */
export interface Ready {
  readonly side: Side;
  readonly proxy: UpstreamProxy | null;
  readonly used: boolean;
}

interface WithInsides {
  createConnection: unknown;
  addRequest: (request: ClientRequest & { maxHeaderSize?: number }, ...rest: unknown[]) => void;
}

export const upstreamOver = (connect: () => Promise<Reached>): Upstream => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const inside = agent as unknown as WithInsides;
  let current: Omit<Ready, 'used'> | null = null;
  let fresh: Side | null = null;
  inside.createConnection = () => {
    const side = fresh;
    fresh = null;
    if (!side) throw new Error('the connection to the server was closed');
    // We paused it to look at its first bytes; Node's client only adds a listener, which wakes no paused socket.
    side.stream.resume();
    return side.stream;
  };
  const addRequest = inside.addRequest.bind(agent);
  // http-proxy has no option for it, and Node's 16 KiB are less than what servers say.
  inside.addRequest = (request, ...rest) => addRequest(Object.assign(request, { maxHeaderSize: headLimit }), ...rest);
  return {
    agent,
    prepare: async () => {
      const free = Object.values(agent.freeSockets).some((sockets) => sockets?.some((socket) => !socket.destroyed));
      if (free && current) return { ...current, used: true };
      const reached = fresh && current ? current : await connect();
      if ('refusal' in reached) return reached;
      current = reached;
      fresh = reached.side;
      return { ...reached, used: false };
    },
    close: () => {
      agent.destroy();
      fresh?.stream.destroy();
    },
  };
};
