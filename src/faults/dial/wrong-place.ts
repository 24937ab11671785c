import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'wrong-place',
  stage: 'dial',
  leg: 'server',
  title: 'The connection leads to another server',
  about:
    'The server leg is dialled to another host, another port or both. Nothing that is said on it changes: the SNI, the Host field and the path are those of the server that was meant.',
  imitates:
    'A wrong port in the URL or in a port mapping, a stale DNS record, a load balancer whose pool holds another service, a staging host behind the name of production.',
  params: {
    host: { type: 'string', default: '', about: 'A name or an address; that of the client when empty.' },
    port: { type: 'number', default: 0, min: 0, max: 65_535, whole: true, about: 'The port; that of the client with 0.' },
  },
  example: 'wrong-place:port=9',
  expects: [
    'url.refused',
    'url.wrong-service',
    'url.wrong-host',
    'url.not-found',
    'url.wrong-endpoint',
    'url.dns',
    'certificate.name-mismatch',
  ],
  effects: [
    { client: 'ws (Node, https-proxy-agent)', sees: 'Unexpected server response: 502.' },
    { client: 'curl 7.88', sees: 'curl: (56) CONNECT tunnel failed, response 502.' },
    { client: 'Chromium', sees: 'Console: Establishing a tunnel via proxy server failed; close 1006.' },
    { client: 'Python http.client', sees: 'OSError: Tunnel connection failed: 502 Bad Gateway.' },
    { client: 'Python aiohttp', sees: "ClientHttpProxyError: 502, message='Bad Gateway'." },
    { client: 'all of them', sees: 'Whatever the other server says, where one listens: mostly its 404 or its certificate.' },
  ],
  rows: ['url.refuse'],
  apply: (place, { host, port }) => {
    const other = { host: host === '' ? place.host : host, port: port === 0 ? place.port : port };
    return other.host === place.host && other.port === place.port ? undefined : { place: other };
  },
});
