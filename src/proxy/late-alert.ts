import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** What protects the records that we send in TLS 1.3: RFC 8446 appendix B.4. */
const suites: Readonly<
  Record<string, { readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'; readonly hash: string; readonly keyBytes: number }>
> = {
  TLS_AES_128_GCM_SHA256: { cipher: 'aes-128-gcm', hash: 'sha256', keyBytes: 16 },
  TLS_AES_256_GCM_SHA384: { cipher: 'aes-256-gcm', hash: 'sha384', keyBytes: 32 },
  TLS_CHACHA20_POLY1305_SHA256: { cipher: 'chacha20-poly1305', hash: 'sha256', keyBytes: 32 },
};
const tagBytes = 16;
const applicationData = 0x17;
const alertRecord = 0x15;

/** HKDF-Expand-Label with an empty context, RFC 8446 section 7.1; one block of the hash is enough for a key and an IV. */
const expand = (hash: string, secret: Buffer, label: string, length: number): Buffer => {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0, 1])]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
};

/** The per-record nonce, RFC 8446 section 5.3; no connection of ours counts beyond 32 bits here. */
const nonceOf = (iv: Buffer, sequence: number): Buffer => {
  const nonce = Buffer.from(iv);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
  return nonce;
};

/** The encrypted records among bytes that a server sent, each with its header. */
const encryptedRecords = (sent: Buffer): Buffer[] => {
  const found: Buffer[] = [];
  for (let at = 0; at + 5 <= sent.length; ) {
    const end = at + 5 + sent.readUInt16BE(at + 3);
    if (sent[at] === applicationData && end <= sent.length) found.push(sent.subarray(at, end));
    at = end;
  }
  return found;
};

export interface LateAlertFacts {
  /** `TLS_AES_256_GCM_SHA384`, ... */
  readonly suite: string;
  /** SERVER_TRAFFIC_SECRET_0 of the key log. */
  readonly secret: Buffer;
  /** All that the server has written so far. */
  readonly sent: Buffer;
  readonly alert: number;
}

/**
 * A fatal alert as a TLS 1.3 server sends it behind the handshake, encrypted: what refuses a client certificate there (RFC 8446 section
 * 4.4.2.4). Node has no way to send one. Records are numbered, and only trying tells which of those that went out were under this key, for
 * the handshake's own look the same from outside. Undefined for a suite that is not known.
 */
export const lateAlert = ({ suite, secret, sent, alert }: LateAlertFacts): Buffer | undefined => {
  const known = suites[suite];
  if (!known) return undefined;
  const { cipher, hash, keyBytes } = known;
  const key = expand(hash, secret, 'key', keyBytes);
  const iv = expand(hash, secret, 'iv', 12);
  // The types of node:crypto tell GCM and ChaCha apart, its functions do not.
  const name = cipher as 'aes-256-gcm';
  const opens = (record: Buffer, sequence: number): boolean => {
    const body = record.subarray(5);
    if (body.length < tagBytes) return false;
    const open = createDecipheriv(name, key, nonceOf(iv, sequence), { authTagLength: tagBytes });
    open.setAAD(record.subarray(0, 5), { plaintextLength: body.length - tagBytes } as never);
    open.setAuthTag(body.subarray(-tagBytes));
    try {
      open.update(body.subarray(0, -tagBytes));
      open.final();
      return true;
    } catch {
      return false;
    }
  };
  let sequence = 0;
  for (const record of encryptedRecords(sent)) if (opens(record, sequence)) sequence += 1;
  const plain = Buffer.from([2, alert, alertRecord]);
  const header = Buffer.from([applicationData, 3, 3, 0, plain.length + tagBytes]);
  const seal = createCipheriv(name, key, nonceOf(iv, sequence), { authTagLength: tagBytes });
  seal.setAAD(header, { plaintextLength: plain.length } as never);
  const sealed = Buffer.concat([seal.update(plain), seal.final()]);
  return Buffer.concat([header, sealed, seal.getAuthTag()]);
};
