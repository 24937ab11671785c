import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import forge from 'node-forge';

const { asn1, pki } = forge;

/** Object identifiers of the ways in which we sign, by key type and digest. */
const signatureOids = {
  ec: { sha256: '1.2.840.10045.4.3.2', sha1: '1.2.840.10045.4.1' },
  rsa: { sha256: '1.2.840.113549.1.1.11', sha1: '1.2.840.113549.1.1.5' },
} as const;

// forge has no elliptic curves: the certificate is put together around this stand-in, whose place the real key's DER then takes.
const standInKey = pki.setRsaPublicKey(new forge.jsbn.BigInteger('3'), new forge.jsbn.BigInteger('3'));

/** One extension: either by forge's name and fields, or `id`, `critical` and a value, as DER in a binary string or as forge's ASN.1. */
export type ForgeExtension = Readonly<Record<string, unknown>> & ({ readonly name: string } | { readonly id: string });

export interface CertificateSpec {
  /** Distinguished names, DER. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  /** Milliseconds since the epoch; X.509 keeps whole seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly digest: 'sha256' | 'sha1';
  readonly extensions: readonly ForgeExtension[];
  /** Turns one bit of the signature. */
  readonly damaged?: boolean;
}

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** A key's identifier by RFC 7093 section 2, method 4: the first 160 bits of SHA-256 over the subjectPublicKeyInfo. */
const keyIdOf = (key: KeyObject): Buffer => createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20);

/** Base64 SHA-256 over the subjectPublicKeyInfo: what HPKP (RFC 7469 section 2.4) and Chromium's pin flag call a pin. */
export const pinOf = (key: KeyObject): string => createHash('sha256').update(spkiOf(key)).digest('base64');

export const subjectKeyIdentifier = (key: KeyObject): ForgeExtension => ({
  id: '2.5.29.14',
  value: binary(Buffer.concat([Buffer.from([0x04, 20]), keyIdOf(key)])),
});

/** By the key alone: issuer and serial would tie a leaf to one certificate of its authority. */
export const authorityKeyIdentifier = (issuerKey: KeyObject): ForgeExtension => ({
  id: '2.5.29.35',
  value: binary(Buffer.concat([Buffer.from([0x30, 22, 0x80, 20]), keyIdOf(issuerKey)])),
});

/** A distinguished name, DER, UTF-8 strings. */
export const distinguishedName = (parts: {
  readonly organization: string;
  readonly unit?: string;
  readonly commonName?: string;
}): Buffer => {
  const attribute = (name: string, value: string | undefined) =>
    value === undefined ? [] : [{ name, type: pki.oids[name] ?? '', value, valueTagClass: asn1.Type.UTF8 as unknown as forge.asn1.Class }];
  const attributes = [
    ...attribute('organizationName', parts.organization),
    ...attribute('organizationalUnitName', parts.unit),
    ...attribute('commonName', parts.commonName),
  ];
  return Buffer.from(asn1.toDer(pki.distinguishedNameToAsn1({ attributes })).getBytes(), 'latin1');
};

const sequence = (...value: forge.asn1.Asn1[]) => asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, value);

const oidNode = (oid: string) => asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(oid).getBytes());

/** RFC 5280 section 4.2.1.12. Encoded here, for forge takes the number of a purpose that it knows by name for that name. */
export const extendedKeyUsage = (oids: readonly string[]): ForgeExtension => ({ id: '2.5.29.37', value: sequence(...oids.map(oidNode)) });

/** RFC 5758 section 3.2: no parameters for ECDSA. RFC 4055 section 5: NULL for RSA. */
const algorithm = (oid: string, type: 'ec' | 'rsa') =>
  sequence(oidNode(oid), ...(type === 'rsa' ? [asn1.create(asn1.Class.UNIVERSAL, asn1.Type.NULL, false, '')] : []));

/** A positive serial number of 16 bytes, RFC 5280 section 4.1.2.2, hex. */
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
};

/** Builds and signs one certificate, DER. forge encodes, node:crypto signs: 1 ms where forge's own RSA takes 35 ms of the event loop. */
export const buildCertificate = (spec: CertificateSpec): Buffer => {
  const certificate = pki.createCertificate();
  certificate.publicKey = standInKey;
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = new Date(spec.notBefore);
  certificate.validity.notAfter = new Date(spec.notAfter);
  // forge writes into the objects that it is given.
  certificate.setExtensions(spec.extensions.map((extension) => ({ ...extension })));

  const type = spec.signer.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  const oid = signatureOids[type][spec.digest];
  const signedBy = algorithm(oid, type);
  certificate.siginfo.algorithmOid = oid;
  certificate.signatureOid = oid;
  const tbs = pki.certificateToAsn1(certificate).value[0] as forge.asn1.Asn1;
  const fields = tbs.value as forge.asn1.Asn1[];
  const embed = (der: Uint8Array) => asn1.fromDer(forge.util.createBuffer(binary(der)));
  // version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, extensions
  fields[2] = signedBy;
  fields[3] = embed(spec.issuer);
  fields[5] = embed(spec.subject);
  fields[6] = embed(spkiOf(spec.publicKey));

  const signature = sign(spec.digest, Buffer.from(asn1.toDer(tbs).getBytes(), 'latin1'), spec.signer);
  // The last byte belongs to the number s of an ECDSA signature: the encoding stays sound, only the mathematics fails.
  const last = signature.length - 1;
  if (spec.damaged) signature[last] = (signature[last] ?? 0) ^ 1;
  const bits = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\0${binary(signature)}`);
  return Buffer.from(asn1.toDer(sequence(tbs, signedBy, bits)).getBytes(), 'latin1');
};

/** PEM of a certificate, RFC 7468 section 5. */
export const pemOf = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
