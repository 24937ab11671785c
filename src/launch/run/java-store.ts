import { createHash } from 'node:crypto';

export const javaPassword = 'changeit';

/**
 * A Java key store of trusted certificates, type JKS: sun.security.provider.JavaKeyStore of every JDK reads it. Written here, because keytool
 * takes a second and is not everywhere, and a PKCS#12 store needs an attribute of Oracle's before Java trusts what is in it.
 * @param certificates DER, in order
 * @param atMs the entries' date, milliseconds since the epoch
 */
export const javaStore = (certificates: readonly Uint8Array[], atMs: number): Buffer => {
  const parts: Buffer[] = [u32(0xfeedfeed), u32(2), u32(certificates.length)];
  for (const [index, der] of certificates.entries()) {
    // Tag 2 is a trusted certificate; 1 would be a key.
    parts.push(u32(2), utf(`root-${index}`), u64(atMs), utf('X.509'), u32(der.length), Buffer.from(der));
  }
  const body = Buffer.concat(parts);
  // JavaKeyStore.getPreKeyedHash: the password in UTF-16, a fixed phrase, then everything before the digest.
  const digest = createHash('sha1').update(Buffer.from(javaPassword, 'utf16le').swap16()).update('Mighty Aphrodite').update(body).digest();
  return Buffer.concat([body, digest]);
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(Math.floor(value)));
  return bytes;
};

/** DataOutput.writeUTF; the texts here are ASCII. */
const utf = (text: string): Buffer => {
  const bytes = Buffer.alloc(2 + text.length);
  bytes.writeUInt16BE(text.length);
  bytes.write(text, 2, 'latin1');
  return bytes;
};
