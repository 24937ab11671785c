// Written by `npm run generate`; do not edit.
import { scenario as albIdle60s } from './scenarios/alb-idle-60s.js';
import { scenario as captivePortal } from './scenarios/captive-portal.js';
import { scenario as cloudflareWaf } from './scenarios/cloudflare-waf.js';
import { scenario as corporateTlsInterception } from './scenarios/corporate-tls-interception.js';
import { scenario as deployRestart } from './scenarios/deploy-restart.js';
import { scenario as flakyMobile } from './scenarios/flaky-mobile.js';
import { scenario as http10Middlebox } from './scenarios/http10-middlebox.js';
import { scenario as ingressNoUpgrade } from './scenarios/ingress-no-upgrade.js';
import { scenario as nginxDefault } from './scenarios/nginx-default.js';
import { scenario as squid } from './scenarios/squid.js';
import { scenario as stickySessionLost } from './scenarios/sticky-session-lost.js';
import { scenario as wrongClock } from './scenarios/wrong-clock.js';
import type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [
  albIdle60s,
  captivePortal,
  cloudflareWaf,
  corporateTlsInterception,
  deployRestart,
  flakyMobile,
  http10Middlebox,
  ingressNoUpgrade,
  nginxDefault,
  squid,
  stickySessionLost,
  wrongClock,
];
