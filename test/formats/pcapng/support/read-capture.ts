/** A reader of pcapng that knows nothing of what writes it. */
export interface ReadPacket {
  readonly interface: number;
  readonly atMicros: number;
  readonly comments: readonly string[];
  readonly direction: 'inbound' | 'outbound';
  readonly source: string;
  readonly target: string;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly flags: string;
  readonly payload: Buffer;
}
export interface ReadCapture {
  readonly comments: readonly string[];
  readonly application: string;
  readonly interfaces: readonly string[];
  readonly packets: readonly ReadPacket[];
}

const optionsOf = (bytes: Buffer): (readonly [code: number, value: Buffer])[] => {
  const options: [number, Buffer][] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [code, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    if (code === 0) break;
    options.push([code, bytes.subarray(at + 4, at + 4 + length)]);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return options;
};
const textsOf = (options: ReturnType<typeof optionsOf>, wanted: number): string[] =>
  options.filter(([code]) => code === wanted).map(([, value]) => value.toString('utf8'));

/** One's complement sum over everything, the checksum in it: 0xffff when it is right (RFC 1071 section 1). */
const sum = (...parts: readonly Buffer[]): number => {
  const bytes = Buffer.concat(parts);
  let total = 0;
  for (let at = 0; at < bytes.length; at += 2) total += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
  return total;
};
const assert = (right: boolean, what: string): void => {
  if (!right) throw new Error(what);
};

const flagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK'];

const tcpOf = (packet: Buffer) => {
  const version = (packet[0] ?? 0) >> 4;
  const [headLength, from, to] =
    version === 4 ? [20, packet.subarray(12, 16), packet.subarray(16, 20)] : [40, packet.subarray(8, 24), packet.subarray(24, 40)];
  if (version === 4) {
    assert(sum(packet.subarray(0, 20)) === 0xffff, 'the IP checksum is wrong');
    assert(packet.readUInt16BE(2) === packet.length, 'the IP length is wrong');
  } else assert(packet.readUInt16BE(4) === packet.length - 40, 'the IPv6 length is wrong');
  const segment = packet.subarray(headLength);
  const pseudo = Buffer.from([0, 6, segment.length >> 8, segment.length & 0xff]);
  assert(sum(from, to, pseudo, segment) === 0xffff, 'the TCP checksum is wrong');
  const name = (address: Buffer, port: number): string => `${version === 4 ? address.join('.') : address.toString('hex')}:${port}`;
  return {
    source: name(from, segment.readUInt16BE(0)),
    target: name(to, segment.readUInt16BE(2)),
    sequence: segment.readUInt32BE(4),
    acknowledged: segment.readUInt32BE(8),
    flags: flagNames.filter((_, bit) => ((segment[13] ?? 0) >> bit) & 1).join(' '),
    payload: segment.subarray(((segment[12] ?? 0) >> 4) * 4),
  };
};

/** Throws where a length or a checksum is wrong. */
export const readCapture = (bytes: Buffer): ReadCapture => {
  const packets: ReadPacket[] = [];
  const interfaces: string[] = [];
  let comments: string[] = [];
  let application = '';
  for (let at = 0; at < bytes.length; ) {
    const [type, length] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    assert(length % 4 === 0 && bytes.readUInt32LE(at + length - 4) === length, 'a block has two lengths');
    const body = bytes.subarray(at + 8, at + length - 4);
    if (type === 0x0a0d0d0a) {
      assert(at === 0 && body.readUInt32LE(0) === 0x1a2b3c4d, 'the section header is not where it should be');
      const options = optionsOf(body.subarray(16));
      comments = textsOf(options, 1);
      application = textsOf(options, 4).join();
    } else if (type === 1) {
      assert(body.readUInt16LE(0) === 101, 'not raw IP');
      interfaces.push(textsOf(optionsOf(body.subarray(8)), 2).join());
    } else {
      assert(type === 6, `a block of type ${type}`);
      const [captured, original] = [body.readUInt32LE(12), body.readUInt32LE(16)];
      assert(captured === original, 'a packet is cut');
      const options = optionsOf(body.subarray(20 + Math.ceil(captured / 4) * 4));
      const direction = options.find(([code]) => code === 2)?.[1].readUInt32LE(0);
      packets.push({
        interface: body.readUInt32LE(0),
        atMicros: body.readUInt32LE(4) * 2 ** 32 + body.readUInt32LE(8),
        comments: textsOf(options, 1),
        direction: direction === 1 ? 'inbound' : 'outbound',
        ...tcpOf(body.subarray(20, 20 + captured)),
      });
    }
    at += length;
  }
  return { comments, application, interfaces, packets };
};
