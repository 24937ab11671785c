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
  effects: [],
  rows: ['url.refuse', 'url.rewrite-host'],
  apply: (place, { host, port }) => {
    const other = { host: host === '' ? place.host : host, port: port === 0 ? place.port : port };
    return other.host === place.host && other.port === place.port ? undefined : { place: other };
  },
});
