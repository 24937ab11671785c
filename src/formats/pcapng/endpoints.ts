import type { Address } from '../../model/leg.js';
import { addressBytes, unmapped } from '../../wire/ip-address.js';
import { isClaimed } from './claimed-ports.js';
import type { Endpoint } from './tcp-packet.js';

/** The port of HTTP: what is read as HTTP, and as HTTP/2, whatever the other port is. */
export const httpPort = 80;
/** Stands for shakedown's own port, which no exchange tells. Wireshark reads it as HTTP, too. */
export const proxyPort = 8080;
/** The same for SOCKS. */
export const socksPort = 1080;

/** Addresses for documentation (RFC 5737, RFC 3849) stand for those that are not known. */
const unknownOurs = { 4: '192.0.2.1', 16: '2001:db8::1' } as const;
const unknownPeer = '192.0.2.2';

const loopbackOf = { 4: Uint8Array.of(127, 0, 0, 1), 16: Uint8Array.of(...new Array<number>(15).fill(0), 1) } as const;

const bytesOf = (address: string): Uint8Array | null => {
  const bytes = addressBytes(address);
  return bytes && unmapped(bytes);
};

export const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

/** A peer as it was recorded; what was not is replaced: the address by 192.0.2.2, the port by what `port` gives. */
export const peerOf = (peer: Address | null, port: () => number): Endpoint => ({
  address: (peer && bytesOf(peer.address)) ?? (addressBytes(unknownPeer) as Uint8Array),
  port: peer && isPort(peer.port) ? peer.port : port(),
});

/** Shakedown's own end, of the same family as the peer's: on this machine where the peer is on it, else unknown. */
export const oursFor = ({ address }: Endpoint, port: number): Endpoint => {
  const family = address.length === 16 ? 16 : 4;
  const loopback = family === 4 ? address[0] === 127 : Buffer.compare(address, loopbackOf[16]) === 0;
  return { address: loopback ? loopbackOf[family] : (addressBytes(unknownOurs[family]) as Uint8Array), port };
};

/** The port on which Wireshark finds HTTP: the real one wherever it can. */
export const readablePort = (port: number): number => (isPort(port) && !isClaimed(port) ? port : httpPort);

/** Ports that no exchange tells: one after the other, from those that a system gives to whoever connects. */
export const createPorts = (): (() => number) => {
  let last = 49_151;
  return () => {
    last = last >= 65_535 ? 49_152 : last + 1;
    if (isClaimed(last)) last++;
    return last;
  };
};
