/**
 * What an upstream proxy was told, as it may be shown: the credentials of Proxy-Authorization and Authorization, and those of RFC 1929, are
 * replaced by `***`. `request` is latin1.
 */
export const maskCredentials = (request: string): string => (request.startsWith('\x05') ? maskSocks(request) : maskFields(request));

/** Field lines of a head; the scheme (`Basic`) stays, because it is not secret and often the mistake. A folded line goes with its field. */
const maskFields = (head: string): string =>
  head.replace(/^((?:proxy-)?authorization[ \t]*:[ \t]*)([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gim, (_, name: string, value: string) => {
    const scheme = /^([!#$%&'*+.^_`|~\w-]+)[ \t]+\S/.exec(value)?.[1];
    return scheme === undefined ? `${name}***` : `${name}${scheme} ***`;
  });

/** `05 n methods [01 length user length password] ...`: the user name and the password. */
const maskSocks = (said: string): string => {
  const start = 2 + said.charCodeAt(1);
  if (said.charCodeAt(start) !== 1) return said;
  const userLength = said.charCodeAt(start + 1);
  const passwordLength = said.charCodeAt(start + 2 + userLength);
  return `${said.slice(0, start + 1)}\x03***\x03***${said.slice(start + 3 + userLength + passwordLength)}`;
};
