import { defineFault } from '../fault.js';
import { apacheUnavailable } from '../pages/apache.js';
import { albPage } from '../pages/aws.js';
import { envoyPage } from '../pages/envoy.js';
import { traefikPage } from '../pages/go-proxies.js';
import { haproxyPage } from '../pages/haproxy.js';
import { httpSysUnavailable } from '../pages/microsoft.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { squidPage } from '../pages/squid.js';
import { varnishPage } from '../pages/varnish.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  nginx: (at) => nginxPage(503, at),
  apache: apacheUnavailable,
  haproxy: () => haproxyPage(503),
  envoy: (at) => envoyPage(503, at),
  traefik: (at) => traefikPage(503, at),
  squid: (at) => squidPage(503, at),
  varnish: (at) => varnishPage(503, at),
  'aws-alb': (at) => albPage(503, at),
  iis: httpSysUnavailable,
} satisfies Brands;

export const fault = defineFault({
  id: 'unavailable',
  stage: 'response',
  leg: 'client',
  title: 'A gateway says 503: it has no server to send the handshake to',
  about:
    'The answer to the handshake is replaced by the 503 page of a gateway, in the words of the product that you name. An application that is too busy says it in another way: see `overloaded`.',
  imitates:
    'A load balancer whose backends all fail their health checks, a deployment that has stopped the old version before the new one runs.',
  params: { brand: brandParam(brands, 'haproxy') },
  example: 'unavailable:brand=haproxy',
  expects: ['intermediary.unavailable'],
  effects: refusedEffects,
  rows: ['hop.bad-gateway'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
