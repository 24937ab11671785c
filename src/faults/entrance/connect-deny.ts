import { reasonPhrase } from '../../wire/reason-phrase.js';
import { defineFault } from '../fault.js';
import { type ProxyBrand, proxyBrands, refusalOf } from '../proxy-brands.js';

export const fault = defineFault({
  id: 'connect-deny',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The proxy refuses CONNECT',
  about:
    'CONNECT is answered with this status and a page, in the manner of a proxy of that brand, and the server is never dialled. Most clients report the status as if the server had sent it.',
  imitates:
    'A corporate proxy that lets no tunnel lead to this host or port (403, Squid: SSL_ports), a web server that is taken for a proxy (405, nginx), a proxy that cannot reach the server (502, 503, 504).',
  params: {
    code: { type: 'number', default: 403, min: 300, max: 599, whole: true, about: 'The status.' },
    brand: {
      type: 'string',
      default: 'none',
      choices: proxyBrands,
      about: 'Whose Server and Via fields and page it has; `none` has neither.',
    },
    body: { type: 'string', default: '', about: 'The text of the body; that of the brand when empty.' },
  },
  example: 'connect-deny:code=403,brand=squid',
  expects: ['intermediary.connect-refused', 'intermediary.proxy-auth-required'],
  effects: [
    { client: 'ws (Node, https-proxy-agent)', sees: 'Unexpected server response: 403, as if the server had said it.' },
    { client: 'curl 7.88', sees: 'curl: (56) CONNECT tunnel failed, response 403.' },
    { client: 'Chromium', sees: 'Console: Establishing a tunnel via proxy server failed, without the status; close 1006.' },
    { client: 'Python http.client', sees: 'OSError: Tunnel connection failed: 403 Forbidden.' },
    { client: 'Python aiohttp', sees: "ClientHttpProxyError: 403, message='Forbidden'." },
  ],
  rows: ['hop.connect-deny'],
  apply: ({ request }, { code, brand, body: given }) => {
    const place = /^\S+ (\S+)/.exec(request)?.[1] ?? '';
    const { fields, page } = refusalOf(brand as ProxyBrand, code, place);
    const body = given === '' ? page : `${Buffer.from(given).toString('latin1')}\n`;
    const lines = [...fields, `Content-Length: ${body.length}`, ...(code === 407 ? ['Proxy-Authenticate: Basic realm="proxy"'] : [])];
    return { raw: `HTTP/1.1 ${code} ${reasonPhrase(code)}\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, body, end: 'fin' };
  },
});
