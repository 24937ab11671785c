/** `05 00 ff`: bytes of latin1 text for people, at most `limit` of them. */
export const hexOf = (bytes: string, limit = 64): string =>
  [...bytes.slice(0, limit)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(' ') + (bytes.length > limit ? ' …' : '');
