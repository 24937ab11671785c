import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'proxy-auth',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The proxy wants a name and a password',
  about:
    'CONNECT is answered 407 with a challenge, and the server is never dialled. Credentials that the client sends are not looked at. Clients that know no proxy credentials give up here, before any TLS.',
  imitates: 'A corporate proxy whose credentials have changed, or an app that does not know that there is a proxy which wants some.',
  params: {
    scheme: { type: 'string', default: 'Basic', choices: ['Basic', 'Digest', 'Negotiate', 'NTLM'], about: 'How the proxy wants them.' },
    realm: { type: 'string', default: 'proxy', about: 'The realm of the challenge.' },
  },
  example: 'proxy-auth',
  expects: ['intermediary.proxy-auth-required'],
  effects: [
    { client: 'ws (Node, https-proxy-agent)', sees: 'Unexpected server response: 407.' },
    { client: 'curl 7.88', sees: 'curl: (56) CONNECT tunnel failed, response 407.' },
    { client: 'Chromium', sees: 'Console: Proxy authentication failed; close 1006.' },
    { client: 'Python http.client', sees: 'OSError: Tunnel connection failed: 407 Proxy Authentication Required.' },
    { client: 'Python aiohttp', sees: "ClientHttpProxyError: 407, message='Proxy Authentication Required'." },
  ],
  rows: ['hop.proxy-auth'],
  apply: (_, { scheme, realm }) => {
    const body = 'The proxy wants a name and a password.\n';
    const quoted = scheme === 'Negotiate' || scheme === 'NTLM' ? '' : ` realm="${realm.replace(/["\\]/g, '')}"`;
    const nonce = scheme === 'Digest' ? ', nonce="c2hha2Vkb3du", qop="auth"' : '';
    const fields = [`Proxy-Authenticate: ${scheme}${quoted}${nonce}`, `Content-Length: ${body.length}`, 'Connection: close'];
    return { raw: `HTTP/1.1 407 Proxy Authentication Required\r\n${fields.join('\r\n')}\r\n\r\n`, body, end: 'fin' };
  },
});
