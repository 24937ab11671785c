import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'socks-no-method',
  stage: 'accept',
  leg: 'client',
  only: 'socks',
  title: 'The SOCKS proxy takes none of the ways to authenticate',
  about:
    'The SOCKS5 greeting is answered 05 ff (RFC 1928 section 3: no acceptable methods), and the connection ends. The client never says where it wants to go. SOCKS4, which has no such word, is rejected (00 5b).',
  imitates: 'A SOCKS proxy that wants a user name and a password, or GSSAPI, asked by a client that has none.',
  params: {},
  example: 'socks-no-method',
  expects: ['intermediary.proxy-auth-required'],
  effects: [
    { client: 'curl 7.88', sees: 'curl: (97) No authentication method was acceptable.' },
    { client: 'Chromium', sees: 'net::ERR_SOCKS_CONNECTION_FAILED, whatever was said; close 1006.' },
  ],
  apply: () => ({ socksMethod: 'none' }),
});
