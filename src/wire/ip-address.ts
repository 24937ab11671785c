/** The 4 or 16 bytes of an address as it is written (RFC 4291 section 2.2), without brackets; null when it is none. A zone (`%eth0`) is left out. */
export const addressBytes = (text: string): Uint8Array | null => {
  const bare = text.replace(/%.*$/, '');
  return bare.includes(':') ? ipv6Bytes(bare) : ipv4Bytes(bare);
};

/** No zero in front: some read what follows it as octal, and a list of addresses would mean another one than the system does (RFC 6943 section 3.1.1). */
const dotted = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

const ipv4Bytes = (text: string): Uint8Array | null => {
  const match = dotted.exec(text);
  const bytes = match?.slice(1).map(Number);
  return bytes?.every((byte) => byte < 256) ? Uint8Array.from(bytes) : null;
};

const ipv6Bytes = (text: string): Uint8Array | null => {
  const [head, tail, ...more] = text.split('::');
  if (head === undefined || more.length > 0) return null;
  const [before, after] = [groups(head, tail === undefined), tail === undefined ? [] : groups(tail, true)];
  if (!before || !after) return null;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return Uint8Array.from([...before, ...new Array<number>(missing).fill(0), ...after]);
};

/** The bytes of `1:2:3`, or at the end of an address of `1:2:10.0.0.1`; '' has none. */
const groups = (text: string, atEnd: boolean): number[] | null => {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const last = atEnd && index === parts.length - 1;
    const quad = last && part.includes('.') ? ipv4Bytes(part) : null;
    if (quad) bytes.push(...quad);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
    else return null;
  }
  return bytes;
};

/** The same address whether it came as IPv4 or mapped into IPv6 (`::ffff:10.0.0.1`, RFC 4291 section 2.5.5.2). */
export const unmapped = (bytes: Uint8Array): Uint8Array => {
  const mapped = bytes.length === 16 && bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return mapped ? bytes.subarray(12) : bytes;
};

/** Whether the first `bits` bits of two addresses of one family are the same. */
export const samePrefix = (one: Uint8Array, other: Uint8Array, bits: number): boolean => {
  if (one.length !== other.length) return false;
  return one.every((byte, index) => {
    const shared = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff00 >> shared) & 0xff;
    return (byte & mask) === ((other[index] ?? 0) & mask);
  });
};
