import type { ClientHelloFacts } from '../model/tls-facts.js';

/** The most that the records of a ClientHello may take, bytes; a post-quantum hello takes about 1,800. */
export const clientHelloLimit = 64 * 1024;

/** The length of the first handshake message with its record headers, or -1 while bytes are missing; 0 when this is no ClientHello. */
export const findClientHelloEnd = (bytes: Uint8Array): number => {
  const start: number[] = [];
  let seen = 0;
  for (let at = 0; ; ) {
    if (bytes.length < at + 5) return (bytes[at] ?? 0x16) === 0x16 ? -1 : 0;
    if (bytes[at] !== 0x16) return 0;
    const length = ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0);
    if (length === 0 || length > 0x4800) return 0;
    for (let i = at + 5; i < Math.min(at + 5 + length, bytes.length) && start.length < 4; i++) start.push(bytes[i] ?? 0);
    const [type, high = 0, middle = 0, low] = start;
    if (type !== undefined && type !== 0x01) return 0;
    if (bytes.length < at + 5 + length) return -1;
    at += 5 + length;
    seen += length;
    // The message may go on over any number of records (RFC 8446 section 5.1).
    if (low !== undefined && seen >= 4 + ((high << 16) | (middle << 8) | low)) return at;
  }
};

const versionNames: Readonly<Record<number, string>> = { 772: 'TLSv1.3', 771: 'TLSv1.2', 770: 'TLSv1.1', 769: 'TLSv1', 768: 'SSLv3' };

/** Reads SNI, ALPN and versions out of the records that `findClientHelloEnd` delimited (RFC 8446 section 4.1.2); tolerant, never throws. */
export const readClientHello = (records: Uint8Array): ClientHelloFacts => {
  const body = withoutRecordHeaders(records);
  const reader = createReader(body.subarray(4));
  const legacyVersion = reader.uint16();
  reader.skip(32);
  reader.skip(reader.uint8());
  reader.skip(reader.uint16());
  reader.skip(reader.uint8());
  let sni: string | null = null;
  let alpn: readonly string[] = [];
  let versions: readonly string[] = [];
  let statusRequest = false;
  const extensions = createReader(reader.take(reader.uint16()));
  while (extensions.left() >= 4) {
    const type = extensions.uint16();
    const data = createReader(extensions.take(extensions.uint16()));
    if (type === 0) sni = readServerName(data);
    // CertificateStatusType ocsp (RFC 6066 section 8) is the only one that there is.
    if (type === 5) statusRequest = data.uint8() === 1;
    if (type === 16) alpn = readProtocols(data);
    if (type === 43) versions = readVersions(data);
  }
  const legacy = [versionNames[legacyVersion] ?? `0x${legacyVersion.toString(16)}`];
  return { sni, alpn, versions: versions.length > 0 ? versions : legacy, ...(statusRequest && { statusRequest }) };
};

type Reader = ReturnType<typeof createReader>;

/** Reads big-endian numbers; behind the end everything is zero or empty. */
const createReader = (bytes: Uint8Array) => {
  let at = 0;
  const uint8 = (): number => bytes[at++] ?? 0;
  const take = (length: number): Uint8Array => {
    const part = bytes.subarray(at, at + length);
    at += length;
    return part;
  };
  return {
    uint8,
    uint16: (): number => (uint8() << 8) | uint8(),
    take,
    skip: (length: number): void => void take(length),
    left: (): number => bytes.length - at,
  };
};

const withoutRecordHeaders = (records: Uint8Array): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 5 <= records.length; ) {
    const length = ((records[at + 3] ?? 0) << 8) | (records[at + 4] ?? 0);
    parts.push(records.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return Buffer.concat(parts);
};

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const readServerName = (data: Reader): string | null => {
  data.skip(2);
  return data.uint8() === 0 ? latin1(data.take(data.uint16())) : null;
};

const readProtocols = (data: Reader): string[] => {
  data.skip(2);
  const names: string[] = [];
  while (data.left() > 0 && names.length < 32) names.push(latin1(data.take(data.uint8())));
  return names;
};

/** GREASE values (RFC 8701) are left out. */
const readVersions = (data: Reader): string[] => {
  const count = data.uint8() / 2;
  const names: string[] = [];
  for (let i = 0; i < Math.min(count, 32) && data.left() > 1; i++) {
    const name = versionNames[data.uint16()];
    if (name) names.push(name);
  }
  return names;
};
