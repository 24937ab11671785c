import { setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'connect-status',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The proxy opens the tunnel with an odd status line',
  about:
    'The answer to CONNECT has another 2xx than 200, or another reason. Every 2xx opens the tunnel (RFC 9110 section 9.3.6) and the reason means nothing, but many clients compare with 200, and some with words.',
  imitates: 'A proxy made with a web framework: 201 Created, 204 No Content; an empty reason (HTTP/2 gateways), one in another language.',
  params: {
    code: { type: 'number', default: 204, min: 200, max: 299, whole: true, about: 'The status.' },
    reason: { type: 'string', default: 'Tunnel', about: 'The reason; with an empty one the line ends behind the status and a space.' },
  },
  example: 'connect-status:code=204',
  expects: ['intermediary.connect-refused'],
  effects: [
    { client: 'ws (Node, https-proxy-agent)', sees: 'Unexpected server response: 204.' },
    { client: 'curl 7.88', sees: 'Nothing: it takes any 2xx.' },
    { client: 'Chromium', sees: 'Console: Establishing a tunnel via proxy server failed; close 1006.' },
    { client: 'Python http.client', sees: 'OSError: Tunnel connection failed: 204 Tunnel.' },
    { client: 'Python aiohttp', sees: "ClientHttpProxyError: 204, message='Tunnel'." },
    { client: 'all of them', sees: 'Nothing where only the reason is odd or empty (`code=200`).' },
  ],
  rows: ['hop.connect-deny'],
  apply: ({ reply }, { code, reason }) => ({ raw: setStartLine(reply, `HTTP/1.1 ${code} ${Buffer.from(reason).toString('latin1')}`) }),
});
