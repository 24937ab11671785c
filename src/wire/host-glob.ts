import { globMatches } from './glob.js';

const plain = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/**
 * Whether a host (a name or an address) is what a pattern of the user's means, in any case: `*.example.test` is every name below example.test,
 * and not example.test itself.
 */
export const hostMatches = (pattern: string, host: string): boolean => globMatches(plain(pattern), plain(host));
