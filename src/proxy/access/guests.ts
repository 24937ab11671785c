import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isoTime } from '../../model/clock.js';
import type { River } from '../river.js';
import type { Credentials } from './access.js';
import { isLoopbackAddress, isPrivateAddress, networkList, plainAddress } from './addresses.js';

/** A replay's client, which this process itself started. It comes from one of the machine's own addresses. */
const isOwnClient = (river: River, { remoteAddress, remotePort, localAddress }: Socket): boolean =>
  remoteAddress === localAddress && river.isOwnClient(remotePort ?? 0);

/** A client of another machine. One whose address is not known (it has left already) counts as such. */
export const isGuest = (river: River, socket: Socket): boolean =>
  !isLoopbackAddress(socket.remoteAddress ?? '') && !isOwnClient(river, socket);

/** What this client must say to use the proxy; null: nothing. */
export const owedBy = (river: River, socket: Socket): Credentials | null => {
  const { credentials, askAll } = river.options.access;
  if (credentials === null || isOwnClient(river, socket)) return null;
  return askAll || isGuest(river, socket) ? credentials : null;
};

/** Whether guests may come in without a word: where Authorization is the server's, an address list stands in for credentials. */
export const knowsGuests = (river: River): boolean => river.options.access.from.length > 0;

/** Addresses that were turned away and are remembered, so that each is told once. */
const mostTold = 100;

/** Decides at TCP level who is let in, and tells the user once of every address that is not. */
export const createDoorkeeper = (river: River): ((socket: Socket) => boolean) => {
  const { lan, credentials, from } = river.options.access;
  const listed = networkList(from);
  const told = new Set<string>();
  return ({ remoteAddress }) => {
    // It has left already, and what it said is for the record; but nobody knows who it was, so only where it cannot have come from elsewhere.
    if (remoteAddress === undefined) return !lan;
    const address = remoteAddress;
    if (isLoopbackAddress(address)) return true;
    if (lan && credentials !== null && (from.length === 0 || listed(address))) return true;
    if (!told.has(address) && told.size < mostTold) {
      told.add(address);
      const text = `A client at ${plainAddress(address)} was turned away: ${lan ? 'it is not within --allow-from' : 'only clients of this machine are let in'}.`;
      river.sink.event({ at: isoTime(river.clock.now()), exchange: '', type: 'notice', level: 'warning', text });
    }
    return false;
  };
};

/**
 * Whether an address is closed to the clients of other machines: through us they would reach what listens for this machine only, or stands behind
 * its firewall (threats.md T05). Of an address that a name resolved to, ask for just the one that is connected to.
 */
export const isClosedToGuests = (river: River, address: string): boolean => {
  if (river.options.access.privateTargets) return false;
  if (isPrivateAddress(address)) return true;
  const plain = plainAddress(address);
  return Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === plain));
};
