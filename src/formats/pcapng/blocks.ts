/*
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng), in little-endian order.
 */

/** Option codes that hold in every block, and those of single ones. */
export const optionCodes = {
  comment: 1,
  userApplication: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  timeResolution: 9,
  packetFlags: 2,
} as const;

export interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

/** Link type LINKTYPE_RAW: an IPv4 or IPv6 packet with nothing before it. */
const linkTypeRaw = 101;
/** The longest packet, bytes; Wireshark takes no longer ones. */
const snapLength = 262_144;
/** Bytes of an enhanced packet block before the packet. */
const packetHeadLength = 28;

export const textOption = (code: number, text: string): Option => ({ code, value: Buffer.from(text) });

const padded = (length: number): number => (length + 3) & ~3;

const optionsLength = (options: readonly Option[]): number =>
  options.length === 0 ? 0 : options.reduce((sum, { value }) => sum + 4 + padded(value.length), 4);

/** Behind the options stands an end mark of four zero bytes. The bytes there must be zero already. */
const writeOptions = (block: Buffer, start: number, options: readonly Option[]): void => {
  let at = start;
  for (const { code, value } of options) {
    block.writeUInt16LE(code, at);
    block.writeUInt16LE(value.length, at + 2);
    block.set(value, at + 4);
    at += 4 + padded(value.length);
  }
};

const block = (type: number, body: Uint8Array, options: readonly Option[]): Buffer => {
  const bytes = Buffer.alloc(12 + body.length + optionsLength(options));
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.set(body, 8);
  writeOptions(bytes, 8 + body.length, options);
  bytes.writeUInt32LE(bytes.length, bytes.length - 4);
  return bytes;
};

/** The first block of a file: byte order, version 1.0, a length that is not told beforehand. */
export const sectionHeader = (options: readonly Option[]): Buffer => {
  const body = Buffer.alloc(16, 0xff);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  body.writeUInt16LE(0, 6);
  return block(0x0a0d0d0a, body, options);
};

/** An interface of IP packets whose times are microseconds. They are numbered in their order, from 0. */
export const interfaceDescription = ({ name, description }: { readonly name: string; readonly description: string }): Buffer => {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkTypeRaw, 0);
  body.writeUInt32LE(snapLength, 4);
  return block(1, body, [
    textOption(optionCodes.interfaceName, name),
    textOption(optionCodes.interfaceDescription, description),
    { code: optionCodes.timeResolution, value: Uint8Array.of(6) },
  ]);
};

export interface PacketFacts {
  /** Number of the interface. */
  readonly interface: number;
  /** Microseconds since the epoch. */
  readonly atMicros: number;
  /** Of the packet, bytes. */
  readonly length: number;
  /** As the machine of the interface sees it. */
  readonly direction: 'inbound' | 'outbound';
  readonly comments: readonly string[];
}

/** The option that tells the direction, and the end mark behind it. */
const flagsAndEnd = 12;

const commentBytes = (comments: readonly string[]): Buffer[] => comments.map((text) => Buffer.from(text));

/** An enhanced packet block: its length, and what writes it there; `write` puts the packet into it. */
export const packetBlock = (
  facts: PacketFacts,
  write: (bytes: Buffer, at: number) => void,
): { readonly length: number; write(bytes: Buffer, at: number): void } => {
  // Nearly all packets have none, and this is done for each.
  const comments = facts.comments.length === 0 ? null : commentBytes(facts.comments);
  const optionsAt = packetHeadLength + padded(facts.length);
  const said = comments ? comments.reduce((sum, { length }) => sum + 4 + padded(length), 0) : 0;
  const length = optionsAt + said + flagsAndEnd + 4;
  return {
    length,
    write: (bytes, start) => {
      bytes.writeUInt32LE(6, start);
      bytes.writeUInt32LE(length, start + 4);
      bytes.writeUInt32LE(facts.interface, start + 8);
      bytes.writeUInt32LE(Math.floor(facts.atMicros / 2 ** 32), start + 12);
      bytes.writeUInt32LE(facts.atMicros % 2 ** 32, start + 16);
      bytes.writeUInt32LE(facts.length, start + 20);
      bytes.writeUInt32LE(facts.length, start + 24);
      write(bytes, start + packetHeadLength);
      for (let at = start + packetHeadLength + facts.length; at < start + length; at++) bytes[at] = 0;
      if (comments) {
        writeOptions(
          bytes,
          start + optionsAt,
          comments.map((value) => ({ code: optionCodes.comment, value })),
        );
      }
      const flagsAt = start + optionsAt + said;
      bytes.writeUInt16LE(optionCodes.packetFlags, flagsAt);
      bytes.writeUInt16LE(4, flagsAt + 2);
      bytes[flagsAt + 4] = facts.direction === 'inbound' ? 1 : 2;
      bytes.writeUInt32LE(length, start + length - 4);
    },
  };
};
