import { createHash, createHmac, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

const { asn1 } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;

const oids = {
  data: '1.2.840.113549.1.7.1',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  x509: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  /** Java's own: without it, a PKCS #12 certificate is no trust anchor to Java. */
  trustedKeyUsage: '2.16.840.1.113894.746875.1.1',
  anyUsage: '2.5.29.37.0',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/** As OpenSSL and keytool have it. */
const iterations = 10_000;

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (node: forge.asn1.Asn1): Buffer => Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
const parsed = (der: Uint8Array): forge.asn1.Asn1 => asn1.fromDer(forge.util.createBuffer(binary(der)));
const sequence = (...value: forge.asn1.Asn1[]) => asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, value);
const set = (...value: forge.asn1.Asn1[]) => asn1.create(UNIVERSAL, asn1.Type.SET, true, value);
const oid = (name: string) => asn1.create(UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(name).getBytes());
const octets = (bytes: Uint8Array) => asn1.create(UNIVERSAL, asn1.Type.OCTETSTRING, false, binary(bytes));
const integer = (value: number) => asn1.create(UNIVERSAL, asn1.Type.INTEGER, false, asn1.integerToDer(value).getBytes());
const explicit0 = (value: forge.asn1.Asn1) => asn1.create(CONTEXT_SPECIFIC, 0, true, [value]);

const attribute = (name: string, value: forge.asn1.Asn1) => sequence(oid(name), set(value));
// forge writes a BMPString's two bytes for each character itself.
const named = (name: string) => attribute(oids.friendlyName, asn1.create(UNIVERSAL, asn1.Type.BMPSTRING, false, name));

const bag = (type: string, value: forge.asn1.Asn1, attributes: readonly forge.asn1.Asn1[]) =>
  sequence(oid(type), explicit0(value), ...(attributes.length > 0 ? [set(...attributes)] : []));

const certificateBag = (der: Uint8Array, attributes: readonly forge.asn1.Asn1[]) =>
  bag(oids.certificateBag, sequence(oid(oids.x509), explicit0(octets(der))), attributes);

const dataInfo = (content: forge.asn1.Asn1) => sequence(oid(oids.data), explicit0(octets(bytesOf(content))));

/** The MAC's key, RFC 7292 appendix B.2 with ID 3, for SHA-256: one block of its output is as long as the key, so the loop there is not needed. */
const macKey = (password: string, salt: Buffer): Buffer => {
  const block = 64;
  const filled = (bytes: Buffer): Buffer => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  let key = Buffer.concat([Buffer.alloc(block, 3), filled(salt), filled(secret)]);
  for (let i = 0; i < iterations; i++) key = createHash('sha256').update(key).digest();
  return key;
};

/** RFC 7292 section 4: the safe with its bags, and a MAC by the password. forge has no elliptic curves, so the file is put together here. */
const file = (bags: readonly forge.asn1.Asn1[], password: string): Buffer => {
  const safe = bytesOf(sequence(dataInfo(sequence(...bags))));
  const salt = randomBytes(16);
  const mac = createHmac('sha256', macKey(password, salt)).update(safe).digest();
  const digest = sequence(sequence(oid(oids.sha256), asn1.create(UNIVERSAL, asn1.Type.NULL, false, '')), octets(mac));
  return bytesOf(
    sequence(integer(3), sequence(oid(oids.data), explicit0(octets(safe))), sequence(digest, octets(salt), integer(iterations))),
  );
};

/** A trust store with one certificate, for Java and whatever reads PKCS #12. The certificate is public, so only the MAC needs the password. */
export const trustStoreFile = (certPem: string, { name, password }: { readonly name: string; readonly password: string }): Buffer => {
  const { raw } = new X509Certificate(certPem);
  return file([certificateBag(raw, [named(name), attribute(oids.trustedKeyUsage, oid(oids.anyUsage))])], password);
};

/** A certificate with its key, encrypted by the password (PBES2, AES-256), and the authority that signed it. */
export const identityFile = (
  identity: { readonly certPem: string; readonly keyPem: string; readonly caPem: string },
  { name, password }: { readonly name: string; readonly password: string },
): Buffer => {
  const own = new X509Certificate(identity.certPem).raw;
  const ca = new X509Certificate(identity.caPem).raw;
  const key = createPrivateKey(identity.keyPem).export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: password });
  // What tells a reader that key and certificate belong together.
  const pair = attribute(oids.localKeyId, octets(createHash('sha1').update(own).digest()));
  const bags = [
    bag(oids.shroudedKeyBag, parsed(key), [named(name), pair]),
    certificateBag(own, [named(name), pair]),
    certificateBag(ca, []),
  ];
  return file(bags, password);
};
