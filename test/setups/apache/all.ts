import type { Setup } from '../setup.js';
import { setup as bigCookie } from './big-cookie.js';
import { setup as deadApp } from './dead-app.js';
import { setup as denied } from './denied.js';
import { setup as healthy } from './healthy.js';
import { setup as hostRewritten } from './host-rewritten.js';
import { setup as idleCut } from './idle-cut.js';
import { setup as noUpgrade } from './no-upgrade.js';
import { setup as stalledApp } from './stalled-app.js';
import { setup as staticPage } from './static-page.js';
import { setup as tlsApp } from './tls-app.js';
import { setup as upgradeUnset } from './upgrade-unset.js';
import { setup as wrongOrder } from './wrong-order.js';
import { setup as wrongPath } from './wrong-path.js';

export const apacheSetups: readonly Setup[] = [
  healthy,
  bigCookie,
  deadApp,
  denied,
  hostRewritten,
  idleCut,
  noUpgrade,
  stalledApp,
  staticPage,
  tlsApp,
  upgradeUnset,
  wrongOrder,
  wrongPath,
];
