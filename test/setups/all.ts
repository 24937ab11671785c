import { apps } from './apps.js';
import { setup as nginxDefaultProxy } from './nginx/default-proxy.js';
import type { Setup } from './setup.js';
import { setup as wsHealthy } from './ws/healthy.js';
import { setup as wsOriginList } from './ws/verify-client-origin.js';

/** Every set-up, in the order of the table in docs/setups.md. */
export const setups: readonly Setup[] = [wsHealthy, wsOriginList, nginxDefaultProxy, ...apps];
