const plain = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/**
 * Whether a host (a name or an address) is what a pattern of the user's means: the same text in any case, or one in which `*` stands for any
 * run of characters: `*.example.test` is every name below example.test, and not example.test itself. Linear, for the host is a stranger's word.
 */
export const hostMatches = (pattern: string, host: string): boolean => {
  const [first = '', ...rest] = plain(pattern).split(/\*+/);
  const name = plain(host);
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
};
