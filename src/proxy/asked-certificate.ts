import type { TLSSocket } from 'node:tls';

/**
 * Whether the server of this TLS client socket has asked for a client certificate. Node has no word for it; but a server tells its signature
 * algorithms in a CertificateRequest and nowhere else (RFC 8446 section 4.3.2, RFC 5246 section 7.4.4). Ask at `secureConnect` and `error`.
 */
export const askedForCertificate = (stream: TLSSocket): boolean => {
  // Undocumented, and null from when OpenSSL's side of the socket is being freed: the call below would end the process then.
  const { ssl } = stream as unknown as { readonly ssl: unknown };
  return ssl !== null && ssl !== undefined && (stream.getSharedSigalgs()?.length ?? 0) > 0;
};
