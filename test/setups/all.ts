import { forwardSetups } from './forward/all.js';
import { networkSetups } from './network/all.js';
import { setup as nginxDefaultProxy } from './nginx/default-proxy.js';
import type { Setup } from './setup.js';
import { tlsSetups } from './tls/all.js';
import { urlSetups } from './url/all.js';
import { setup as wsHealthy } from './ws/healthy.js';
import { setup as wsOriginList } from './ws/verify-client-origin.js';

/** Every set-up, in the order of the table in docs/setups.md. */
export const setups: readonly Setup[] = [
  wsHealthy,
  wsOriginList,
  nginxDefaultProxy,
  ...forwardSetups,
  ...networkSetups,
  ...urlSetups,
  ...tlsSetups,
];
