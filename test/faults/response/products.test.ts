import { describe, expect, it } from 'vitest';
import { findFault } from '../../../src/faults/find.js';
import type { Target } from '../../../src/model/target.js';
import { bodyEndOf } from '../../../src/wire/body-end.js';
import { parseHead } from '../../../src/wire/http-head.js';
import { target } from '../sample.js';
import { foreignPage, make } from '../support/make-answer.js';

/** Fault, parameter that names the product, and for each product who is recognised. */
const brands: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bad-gateway': {
    nginx: 'nginx/1.22.1',
    apache: 'Apache/2.4.71',
    haproxy: 'HAProxy',
    envoy: 'Envoy',
    traefik: 'Traefik',
    caddy: 'Caddy',
    squid: 'squid/5.7',
    'aws-alb': 'awselb/2.0',
    cloudfront: 'AWS CloudFront',
    cloudflare: 'Cloudflare',
    google: 'Google front end',
    'azure-gateway': 'Azure Application Gateway',
    iis: 'Microsoft-IIS/10.0',
  },
  unavailable: {
    nginx: 'nginx/1.22.1',
    apache: 'Apache/2.4.71',
    haproxy: 'HAProxy',
    envoy: 'Envoy',
    traefik: 'Traefik',
    squid: 'squid/5.7',
    varnish: 'Varnish',
    'aws-alb': 'awselb/2.0',
    iis: 'Microsoft-HTTPAPI/2.0',
  },
  'gateway-timeout': {
    nginx: 'nginx/1.22.1',
    haproxy: 'HAProxy',
    envoy: 'Envoy',
    traefik: 'Traefik',
    caddy: 'Caddy',
    squid: 'squid/5.7',
    'aws-alb': 'awselb/2.0',
    cloudfront: 'AWS CloudFront',
    cloudflare: 'Cloudflare',
  },
  'protocol-not-enabled': { envoy: 'Envoy', istio: 'Envoy', iis: 'Microsoft-IIS/10.0' },
  'waf-block': {
    cloudflare: 'Cloudflare',
    'cloudflare-block': 'Cloudflare',
    'aws-waf': 'awselb/2.0',
    cloudfront: 'AWS CloudFront',
    akamai: 'Akamai',
    imperva: 'Imperva',
    sucuri: 'Sucuri',
    'azure-gateway': 'Azure Application Gateway',
    modsecurity: 'Apache/2.4.71',
    f5: 'F5 BIG-IP',
    haproxy: 'HAProxy',
    squid: 'squid/5.7',
    fortigate: 'FortiGate',
  },
  'rate-limited': {
    express: 'Express',
    nginx: 'nginx/1.22.1',
    haproxy: 'HAProxy',
    cloudflare: 'Cloudflare',
    'aws-api-gateway': 'AWS API Gateway',
  },
  forbidden: {
    nginx: 'nginx/1.22.1',
    apache: 'Apache/2.4.71',
    express: 'Express',
    django: 'gunicorn',
    uvicorn: 'Python/3.11 websockets/10.4',
    go: 'Go net/http',
  },
  'origin-refused': {
    tornado: 'TornadoServer/6.2',
    coder: 'Go net/http',
    gorilla: 'gorilla/websocket',
    websockets: 'Python/3.11 websockets/10.4',
    ws: 'ws (Node)',
    spring: 'Spring',
    rails: 'Rails',
  },
  'not-found': {
    nginx: 'nginx/1.22.1',
    apache: 'Apache/2.4.71',
    express: 'Express',
    django: 'gunicorn',
    rails: 'Rails',
    spring: 'Apache Tomcat',
    go: 'Go net/http',
    tornado: 'TornadoServer/6.2',
  },
  'upgrade-required': {
    ws: 'ws (Node)',
    websockets: 'Python/3.11 websockets/10.4',
    nginx: 'nginx/1.22.1',
    tornado: 'TornadoServer/6.2',
    coder: 'Go net/http',
  },
  'internal-error': {
    express: 'Express',
    django: 'gunicorn',
    rails: 'Rails',
    go: 'gorilla/websocket',
    tornado: 'TornadoServer/6.2',
    uvicorn: 'uvicorn',
    nginx: 'nginx/1.22.1',
  },
  'header-limit': { node: 'Node http', nginx: 'nginx/1.22.1', apache: 'Apache/2.4.71' },
};

describe.each(Object.entries(brands))('%s', (id, products) => {
  it('knows the products of the table, and no other', () => {
    expect(findFault(id).params['brand']?.choices).toEqual(Object.keys(products));
  });

  it.each(Object.entries(products))('as %s is recognised as %s, found first, and blamed on the fault', (brand, name) => {
    const { output, failed, codes, culprit, imitated } = make(
      id,
      { brand, ...(id === 'header-limit' && { bytes: 100 }) },
      id === 'origin-refused' ? { request: foreignPage } : {},
    );
    expect(failed).toEqual([]);
    expect(imitated).toBe(name);
    expect(findFault(id).expects).toContain(codes[0]);
    expect(culprit).toBe(`shakedown's fault ${id}`);
    // The body is as long as its head says, so that a client that reads it is not kept waiting.
    const end = bodyEndOf(parseHead(output?.raw ?? '', 'response'), 'GET');
    expect(end.push(Buffer.from(output?.body ?? '', 'latin1'))).toBe(output?.body?.length);
    expect(end.done || !/content-length/i.test(output?.raw ?? '')).toBe(true);
    expect(parseHead(output?.raw ?? '', 'response').defects).toEqual([]);
  });
});

it('the words of a URL cannot write a field or markup of their own', () => {
  const at: Target = { ...target, path: '/<script>?a="b"&c=\'', host: 'a"b.example' };
  for (const [id, products] of Object.entries(brands))
    for (const brand of Object.keys(products)) {
      const { output } = make(id, { brand }, { at });
      expect(`${output?.raw}${output?.body}`).not.toContain('<script>?');
    }
});
