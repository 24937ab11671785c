/** One end of a TCP connection: 4 or 16 bytes of address. */
export interface Endpoint {
  readonly address: Uint8Array;
  readonly port: number;
}

export const tcpFlags = { fin: 0x01, syn: 0x02, reset: 0x04, push: 0x08, ack: 0x10 } as const;

/** Both ends are of one family. */
export interface Segment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly flags: number;
  readonly payload: Uint8Array;
}

/** The most payload of one segment: an IPv4 packet is at most 65,535 bytes long, 40 of them headers. */
export const longestPayload = 65_495;

const tcpLength = 20;
const protocolTcp = 6;
/** What each side takes unacknowledged: this many times 2^8, by the window scale of its SYN. */
const windowSize = 0xffff;
/** Maximum segment size, and window scale 8 (RFC 9293 section 3.2, RFC 7323 section 2). */
const synOptions = Uint8Array.of(2, 4, longestPayload >> 8, longestPayload & 0xff, 1, 3, 3, 8);

const optionsOf = (flags: number): Uint8Array | null => (flags & tcpFlags.syn ? synOptions : null);
const ipLength = ({ from }: Segment): number => (from.address.length === 4 ? 20 : 40);

/** Of the whole IP packet, bytes. */
export const packetLength = (segment: Segment): number =>
  ipLength(segment) + tcpLength + (optionsOf(segment.flags)?.length ?? 0) + segment.payload.length;

/** The sum of 16-bit words, of which the internet checksum is made (RFC 1071). An odd last byte counts as the upper half of a word. */
export const sumWords = (bytes: Uint8Array, from: number, to: number): number => {
  let sum = 0;
  let at = from;
  for (; at + 1 < to; at += 2) sum += ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  return at < to ? sum + ((bytes[at] as number) << 8) : sum;
};

/** The checksum over what was summed up, at most 2^32 of it. */
export const checksumOf = (sum: number): number => {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
};

const writeIpHeader = (bytes: Buffer, at: number, { from, to }: Segment, payload: number): void => {
  if (from.address.length === 16) {
    bytes.writeUInt32BE(0x60000000, at);
    bytes.writeUInt16BE(payload, at + 4);
    bytes.writeUInt16BE((protocolTcp << 8) | 64, at + 6);
    bytes.set(from.address, at + 8);
    bytes.set(to.address, at + 24);
    return;
  }
  bytes.writeUInt16BE(0x4500, at);
  bytes.writeUInt16BE(20 + payload, at + 2);
  // No identification is needed where nothing may be fragmented (RFC 6864 section 4.1).
  bytes.writeUInt32BE(0x00004000, at + 4);
  bytes.writeUInt32BE((64 << 24) | (protocolTcp << 16), at + 8);
  bytes.set(from.address, at + 12);
  bytes.set(to.address, at + 16);
  bytes.writeUInt16BE(checksumOf(sumWords(bytes, at, at + 20)), at + 10);
};

/** Writes an IP packet with one TCP segment, checksums included. */
export const writePacket = (bytes: Buffer, start: number, segment: Segment): void => {
  const options = optionsOf(segment.flags);
  const headLength = tcpLength + (options?.length ?? 0);
  const length = headLength + segment.payload.length;
  writeIpHeader(bytes, start, segment, length);
  const at = start + ipLength(segment);
  bytes.writeUInt16BE(segment.from.port, at);
  bytes.writeUInt16BE(segment.to.port, at + 2);
  bytes.writeUInt32BE(segment.sequence, at + 4);
  bytes.writeUInt32BE(segment.acknowledged, at + 8);
  bytes[at + 12] = (headLength / 4) << 4;
  bytes[at + 13] = segment.flags;
  bytes.writeUInt16BE(windowSize, at + 14);
  bytes.writeUInt32BE(0, at + 16);
  if (options) bytes.set(options, at + tcpLength);
  bytes.set(segment.payload, at + headLength);
  // The pseudo header of RFC 9293 section 3.1.
  const addresses =
    sumWords(segment.from.address, 0, segment.from.address.length) + sumWords(segment.to.address, 0, segment.to.address.length);
  bytes.writeUInt16BE(checksumOf(addresses + protocolTcp + length + sumWords(bytes, at, at + length)), at + 16);
};
