import type { Setup } from '../setup.js';
import { setup as agentFilter } from './agent-filter.js';
import { setup as authDown } from './auth-down.js';
import { setup as bannerBehind } from './banner-behind.js';
import { setup as basicAuth } from './basic-auth.js';
import { setup as beforeFastApi } from './before-fastapi.js';
import { setup as bigCookie } from './big-cookie.js';
import { setup as closeWithoutAnswer } from './close-without-answer.js';
import { setup as crashingApp } from './crashing-app.js';
import { setup as deadApp } from './dead-app.js';
import { setup as defaultProxy } from './default-proxy.js';
import { setup as defaultVhost } from './default-vhost.js';
import { setup as denyAll } from './deny-all.js';
import { setup as h2cOnly } from './h2c-only.js';
import { setup as healthy } from './healthy.js';
import { setup as healthyNoExtensions } from './healthy-no-extensions.js';
import { setup as hiddenAccept } from './hidden-accept.js';
import { setup as hiddenExtensions } from './hidden-extensions.js';
import { setup as hostRewritten } from './host-rewritten.js';
import { setup as http11Alone } from './http11-alone.js';
import { setup as idleCut } from './idle-cut.js';
import { setup as keepAlive } from './keep-alive.js';
import { setup as limit429 } from './limit-429.js';
import { setup as limitReq } from './limit-req.js';
import { setup as maintenance } from './maintenance.js';
import { setup as noConnectionLine } from './no-connection-line.js';
import { setup as noLocation } from './no-location.js';
import { setup as originMap } from './origin-map.js';
import { setup as redirectHttps } from './redirect-https.js';
import { setup as redirectSlash } from './redirect-slash.js';
import { setup as spaFallback } from './spa-fallback.js';
import { setup as stalledApp } from './stalled-app.js';
import { setup as tlsApp } from './tls-app.js';
import { setup as turns } from './turns.js';
import { setup as upgradeFilter } from './upgrade-filter.js';
import { setup as upgradeRequired } from './upgrade-required.js';
import { setup as welcomePage } from './welcome-page.js';
import { setup as wrongUri } from './wrong-uri.js';

export const nginxSetups: readonly Setup[] = [
  healthy,
  healthyNoExtensions,
  agentFilter,
  bannerBehind,
  basicAuth,
  bigCookie,
  closeWithoutAnswer,
  crashingApp,
  deadApp,
  defaultProxy,
  defaultVhost,
  denyAll,
  h2cOnly,
  hiddenAccept,
  hiddenExtensions,
  hostRewritten,
  http11Alone,
  idleCut,
  keepAlive,
  limit429,
  limitReq,
  maintenance,
  noConnectionLine,
  noLocation,
  originMap,
  redirectHttps,
  redirectSlash,
  spaFallback,
  stalledApp,
  tlsApp,
  upgradeRequired,
  welcomePage,
  wrongUri,
  authDown,
  beforeFastApi,
  turns,
  upgradeFilter,
];
