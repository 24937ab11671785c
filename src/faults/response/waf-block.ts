import { defineFault } from '../fault.js';
import { albPage, cloudfrontPage } from '../pages/aws.js';
import { cloudflareBlock, cloudflareChallenge } from '../pages/cloudflare.js';
import { akamaiDenied, f5Rejected, fortigateBlocked, impervaIncident, modSecurity, sucuriDenied } from '../pages/filters.js';
import { haproxyPage } from '../pages/haproxy.js';
import { azureGatewayPage } from '../pages/microsoft.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { squidPage } from '../pages/squid.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  cloudflare: cloudflareChallenge,
  'cloudflare-block': cloudflareBlock,
  'aws-waf': (at) => ({ ...albPage(405, at, [['x-amzn-waf-action', 'captcha']]), body: '' }),
  cloudfront: (at) => cloudfrontPage(403, at),
  akamai: akamaiDenied,
  imperva: impervaIncident,
  sucuri: sucuriDenied,
  'azure-gateway': (at) => azureGatewayPage(403, at),
  modsecurity: modSecurity,
  f5: f5Rejected,
  haproxy: () => haproxyPage(403),
  squid: (at) => squidPage(403, at),
  fortigate: fortigateBlocked,
} satisfies Brands;

export const fault = defineFault({
  id: 'waf-block',
  stage: 'response',
  leg: 'client',
  title: 'A firewall in front of the server blocks the handshake',
  about:
    'The answer to the handshake is replaced by the page of a web application firewall, a bot filter or a filtering proxy, with the fields by which its vendor is known. A challenge page is such a refusal, too: no WebSocket client can solve it.',
  imitates: 'A managed rule or a bot setting of a CDN, mod_security at a hoster, the web filter of a company.',
  params: { brand: brandParam(brands, 'cloudflare') },
  example: 'waf-block:brand=cloudflare',
  expects: ['intermediary.waf-block'],
  effects: refusedEffects,
  rows: ['hop.waf'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
