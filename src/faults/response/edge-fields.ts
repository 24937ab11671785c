import { addField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

type Fields = readonly (readonly [name: string, value: string])[];

const edges: Readonly<Record<'cloudflare' | 'cloudfront' | 'varnish' | 'envoy', Fields>> = {
  cloudflare: [
    ['Server', 'cloudflare'],
    ['CF-RAY', '8f0c0ffee0000000-FRA'],
    ['CF-Cache-Status', 'DYNAMIC'],
    ['Alt-Svc', 'h3=":443"; ma=86400'],
  ],
  cloudfront: [
    ['Via', '1.1 0123456789abcdef.cloudfront.net (CloudFront)'],
    ['X-Cache', 'Miss from cloudfront'],
    ['X-Amz-Cf-Pop', 'FRA60-P1'],
    ['X-Amz-Cf-Id', 'c2hha2Vkb3duLXNoYWtlZG93bg=='],
  ],
  varnish: [
    ['Via', '1.1 varnish (Varnish/7.1)'],
    ['X-Varnish', '32770'],
    ['Age', '0'],
  ],
  envoy: [
    ['Server', 'envoy'],
    ['x-envoy-upstream-service-time', '3'],
  ],
};

export const fault = defineFault({
  id: 'edge-fields',
  stage: 'response',
  leg: 'client',
  title: 'The answer bears the marks of a CDN or a proxy',
  about:
    'Adds the fields by which a CDN or a proxy is known to the answer, and takes nothing away. The WebSocket opens; on a refusal the fields say that somebody else than the server has answered.',
  imitates: 'Cloudflare, AWS CloudFront, Varnish or Envoy in front of the server.',
  params: {
    brand: { type: 'string', default: 'cloudflare', choices: ['cloudflare', 'cloudfront', 'varnish', 'envoy'], about: 'Whose marks.' },
  },
  example: 'edge-fields:brand=cloudflare',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10, undici 7', sees: 'Open.' }],
  apply: ({ raw }, { brand }) => ({ raw: edges[brand].reduce((text, [name, value]) => addField(text, name, value), raw) }),
});
