import { connect, type Socket } from 'node:net';
import type { DialFailure } from '../model/leg.js';
import { codeOf, sentenceOf } from '../model/problem.js';
import type { River } from './river.js';
import { createSide, type Side } from './side.js';
import type { Tap } from './tap.js';
import type { NoWay, Way } from './upstream/way.js';

const address = '127.0.0.1';

/** The server leg to shakedown.test, which is shakedown itself; null for every other place. Never by way of an upstream proxy. */
export const dialOwn = async (
  river: River,
  tap: Tap,
  place: { readonly host: string; readonly port: number },
): Promise<Way | NoWay | null> => {
  const opening = river.ownHost.port(place);
  if (opening === null) return null;
  tap.emit({ type: 'dial', host: place.host, port: place.port });
  tap.emit({ type: 'resolved', addresses: [address] });
  try {
    const port = await opening;
    const socket = await connected(port);
    tap.emit({ type: 'dialled', peer: { address, port } });
    return { side: createSide('server', socket), facts: [], reply: null, proxy: null };
  } catch (error) {
    const failure: DialFailure = { code: codeOf(error) || 'ECONNREFUSED', message: sentenceOf(error), attempts: [] };
    tap.emit({ type: 'dial-failed', failure });
    return { failure };
  }
};

const connected = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, allowHalfOpen: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      // The side's own listener comes at once behind it, in the same turn.
      socket.off('error', reject);
      resolve(socket);
    });
  });

/** True for a connection that leads to our own server. */
export const leadsToOurselves = (river: River, { raw }: Side): boolean =>
  raw.remoteAddress === address && raw.remotePort !== undefined && river.ownHost.ports().includes(raw.remotePort);
