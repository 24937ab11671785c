import type { Setup } from '../setup.js';
import { setup as basicAuth } from './basic-auth.js';
import { setup as deadApp } from './dead-app.js';
import { setup as fileServer } from './file-server.js';
import { setup as h2cBehind } from './h2c-behind.js';
import { setup as healthy } from './healthy.js';
import { setup as otherSite } from './other-site.js';
import { setup as spa } from './spa.js';
import { setup as upgradeDeleted } from './upgrade-deleted.js';

export const caddySetups: readonly Setup[] = [healthy, basicAuth, deadApp, fileServer, h2cBehind, otherSite, spa, upgradeDeleted];
