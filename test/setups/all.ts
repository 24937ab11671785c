import { apacheSetups } from './apache/all.js';
import { apps } from './apps.js';
import { caddySetups } from './caddy/all.js';
import { forwardSetups } from './forward/all.js';
import { haproxySetups } from './haproxy/all.js';
import { lighttpdSetups } from './lighttpd/all.js';
import { networkSetups } from './network/all.js';
import { nginxSetups } from './nginx/all.js';
import type { Setup } from './setup.js';
import { tlsSetups } from './tls/all.js';
import { urlSetups } from './url/all.js';
import { varnishSetups } from './varnish/all.js';
import { setup as wsHealthy } from './ws/healthy.js';
import { setup as wsOriginList } from './ws/verify-client-origin.js';

/** Every set-up, in the order of the table in docs/setups.md. */
export const setups: readonly Setup[] = [
  wsHealthy,
  wsOriginList,
  ...nginxSetups,
  ...apacheSetups,
  ...haproxySetups,
  ...caddySetups,
  ...varnishSetups,
  ...lighttpdSetups,
  ...forwardSetups,
  ...networkSetups,
  ...urlSetups,
  ...tlsSetups,
  ...apps,
];
