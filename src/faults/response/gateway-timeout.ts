import { defineFault } from '../fault.js';
import { albPage, cloudfrontPage } from '../pages/aws.js';
import { cloudflarePage } from '../pages/cloudflare.js';
import { envoyPage } from '../pages/envoy.js';
import { caddyPage, traefikPage } from '../pages/go-proxies.js';
import { haproxyPage } from '../pages/haproxy.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { squidPage } from '../pages/squid.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  nginx: (at) => nginxPage(504, at),
  haproxy: () => haproxyPage(504),
  envoy: (at) => envoyPage(504, at),
  traefik: (at) => traefikPage(504, at),
  caddy: (at) => caddyPage(504, at),
  squid: (at) => squidPage(504, at),
  'aws-alb': (at) => albPage(504, at),
  cloudfront: (at) => cloudfrontPage(504, at),
  cloudflare: (at) => cloudflarePage(504, at),
} satisfies Brands;

export const fault = defineFault({
  id: 'gateway-timeout',
  stage: 'response',
  leg: 'client',
  title: 'A gateway says 504: it waited in vain for the server behind it',
  about:
    'For `ms` milliseconds the client hears nothing, and then the answer to the handshake is the 504 page of a gateway, in the words of the product that you name. A client with a shorter patience gives up before.',
  imitates:
    'A server that hangs behind a reverse proxy: nginx, Apache httpd and ALB wait 60 seconds, CloudFront 30, Envoy 15, Cloudflare 100 (then it says 524).',
  params: {
    brand: brandParam(brands, 'nginx'),
    ms: { type: 'number', default: 60_000, min: 0, max: 3_600_000, about: 'How long it waits, milliseconds.' },
  },
  example: 'gateway-timeout:brand=nginx,ms=300',
  expects: ['intermediary.gateway-timeout'],
  effects: refusedEffects,
  rows: ['hop.bad-gateway'],
  apply: (answer, { brand, ms }, context) => ({ ...writePage(brands[brand](settingOf(answer, context))), holdMs: ms }),
});
