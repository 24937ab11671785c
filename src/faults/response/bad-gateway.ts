import { defineFault } from '../fault.js';
import { apacheBadGateway } from '../pages/apache.js';
import { albPage, cloudfrontPage } from '../pages/aws.js';
import { cloudflarePage } from '../pages/cloudflare.js';
import { envoyPage } from '../pages/envoy.js';
import { caddyPage, traefikPage } from '../pages/go-proxies.js';
import { googlePage } from '../pages/google.js';
import { haproxyPage } from '../pages/haproxy.js';
import { azureGatewayPage, iisPage } from '../pages/microsoft.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { squidPage } from '../pages/squid.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  nginx: (at) => nginxPage(502, at),
  apache: apacheBadGateway,
  haproxy: () => haproxyPage(502),
  envoy: (at) => envoyPage(502, at),
  traefik: (at) => traefikPage(502, at),
  caddy: (at) => caddyPage(502, at),
  squid: (at) => squidPage(502, at),
  'aws-alb': (at) => albPage(502, at),
  cloudfront: (at) => cloudfrontPage(502, at),
  cloudflare: (at) => cloudflarePage(502, at),
  google: googlePage,
  'azure-gateway': (at) => azureGatewayPage(502, at),
  iis: (at) => iisPage(502, at),
} satisfies Brands;

export const fault = defineFault({
  id: 'bad-gateway',
  stage: 'response',
  leg: 'client',
  title: 'A gateway says 502: the server behind it gave no usable answer',
  about:
    'The answer to the handshake is replaced by the 502 page of a gateway, in the words of the product that you name. The server is let go. See `cloudflare-error` for 520 to 530, `unavailable` for 503 and `gateway-timeout` for 504.',
  imitates: 'A reverse proxy whose application has crashed, listens elsewhere, or speaks TLS where plain HTTP is expected.',
  params: { brand: brandParam(brands, 'nginx') },
  example: 'bad-gateway:brand=nginx',
  expects: ['intermediary.bad-gateway'],
  effects: refusedEffects,
  rows: ['hop.bad-gateway'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
