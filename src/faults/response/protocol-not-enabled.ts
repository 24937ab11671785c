import { defineFault } from '../fault.js';
import { envoyPage } from '../pages/envoy.js';
import { iisPage } from '../pages/microsoft.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  envoy: (at) => envoyPage(403, at),
  istio: (at) => envoyPage(403, at, 'istio-envoy'),
  iis: (at) => iisPage(501, at),
} satisfies Brands;

export const fault = defineFault({
  id: 'protocol-not-enabled',
  stage: 'response',
  leg: 'client',
  title: 'A gateway has WebSockets switched off',
  about:
    'The answer to the handshake is replaced by the one with which a gateway refuses an upgrade that nobody has told it of: Envoy and Istio say 403 without a word, IIS without its WebSocket feature says 501.',
  imitates:
    'Envoy without `upgrade_configs` on the route, an Istio gateway of an old version, IIS or Azure App Service with Web sockets off.',
  params: { brand: brandParam(brands, 'envoy') },
  example: 'protocol-not-enabled:brand=envoy',
  expects: ['intermediary.protocol-not-enabled'],
  effects: refusedEffects,
  rows: ['hop.bad-gateway'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
