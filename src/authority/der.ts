/**
 * A bounded walk over DER, for the two things that Node 20's X509Certificate does not say: the signature algorithm and the raw extensions.
 * It never recurses and never copies; whatever does not fit gives undefined.
 */
export interface DerNode {
  readonly tag: number;
  /** Offsets of the value in the buffer. */
  readonly from: number;
  readonly to: number;
  /** Offset of the tag itself. */
  readonly start: number;
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  explicit3: 0xa3,
} as const;

/** The element that starts at `start` and ends at `limit` at the latest. Long tags and indefinite lengths are no DER of a certificate. */
const readNode = (der: Uint8Array, start: number, limit: number): DerNode | undefined => {
  const tag = der[start];
  const first = der[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let length = first;
  let from = start + 2;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) return undefined;
    length = 0;
    for (let i = 0; i < octets; i += 1) length = length * 256 + (der[from + i] ?? Number.POSITIVE_INFINITY);
    from += octets;
  }
  const to = from + length;
  return to <= limit ? { tag, from, to, start } : undefined;
};

/** The elements inside one; undefined when one of them does not fit, or when there are more than `most`. */
export const childrenOf = (der: Uint8Array, node: Pick<DerNode, 'from' | 'to'>, most = 64): readonly DerNode[] | undefined => {
  const found: DerNode[] = [];
  for (let at = node.from; at < node.to; ) {
    const child = readNode(der, at, node.to);
    if (!child || found.length === most) return undefined;
    found.push(child);
    at = child.to;
  }
  return found;
};

/** An object identifier as dotted text, X.690 section 8.19. */
export const oidOf = (der: Uint8Array, node: DerNode): string | undefined => {
  if (node.tag !== derTag.oid || node.to === node.from || node.to - node.from > 40) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of der.subarray(node.from, node.to)) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) return undefined;
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
};

/** The parts of a certificate, RFC 5280 section 4.1, in the order in which they stand. */
export const certificateParts = (der: Uint8Array) => {
  const outer = childrenOf(der, { from: 0, to: der.length }, 1)?.[0];
  const [tbs, algorithm] = (outer?.tag === derTag.sequence && childrenOf(der, outer)) || [];
  const fields = tbs?.tag === derTag.sequence ? childrenOf(der, tbs) : undefined;
  return fields && algorithm ? { fields, algorithm } : undefined;
};

export interface DerExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** The extensions of a certificate, RFC 5280 section 4.2; empty when there are none or they cannot be read. */
export const extensionsOf = (der: Uint8Array): readonly DerExtension[] => {
  const holder = certificateParts(der)?.fields.find((node) => node.tag === derTag.explicit3);
  const list = holder && childrenOf(der, holder, 1)?.[0];
  const found: DerExtension[] = [];
  for (const entry of (list && childrenOf(der, list, 200)) ?? []) {
    const parts = childrenOf(der, entry, 3);
    const oid = parts?.[0] && oidOf(der, parts[0]);
    const value = parts?.at(-1);
    if (!oid || value?.tag !== derTag.octetString) continue;
    found.push({ oid, critical: parts?.[1]?.tag === derTag.boolean, value: der.subarray(value.from, value.to) });
  }
  return found;
};

/** Whether basicConstraints (RFC 5280 section 4.2.1.9) says CA:TRUE, whatever keyUsage says. */
export const claimsToBeCa = (der: Uint8Array): boolean => {
  const value = extensionsOf(der).find(({ oid }) => oid === '2.5.29.19')?.value;
  const list = value && childrenOf(value, { from: 0, to: value.length }, 1)?.[0];
  const flag = value && list && childrenOf(value, list, 2)?.[0];
  return flag?.tag === derTag.boolean && value?.[flag.from] !== 0;
};

/** The object identifier of the algorithm that signed a certificate; '' when it cannot be read. */
export const signatureOid = (der: Uint8Array): string => {
  const algorithm = certificateParts(der)?.algorithm;
  const oid = algorithm && childrenOf(der, algorithm, 2)?.[0];
  return (oid && oidOf(der, oid)) ?? '';
};

/** The subject's name as it stands in a certificate: a child's issuer field must repeat it byte for byte. */
export const subjectDer = (der: Uint8Array): Uint8Array | undefined => {
  const parts = certificateParts(der);
  // version [0], serialNumber, signature, issuer, validity, subject: every version 3 certificate carries the version.
  const subject = parts?.fields[5];
  return subject?.tag === derTag.sequence ? der.subarray(subject.start, subject.to) : undefined;
};
