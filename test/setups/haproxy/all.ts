import type { Setup } from '../setup.js';
import { setup as bannerBehind } from './banner-behind.js';
import { setup as bigHead } from './big-head.js';
import { setup as chainStripped } from './chain-stripped.js';
import { setup as denied } from './denied.js';
import { setup as h2Behind } from './h2-behind.js';
import { setup as healthy } from './healthy.js';
import { setup as healthyAccept } from './healthy-accept.js';
import { setup as healthyChain } from './healthy-chain.js';
import { setup as idleCut } from './idle-cut.js';
import { setup as maintenance } from './maintenance.js';
import { setup as noServer } from './no-server.js';
import { setup as originAcl } from './origin-acl.js';
import { setup as redirectHttps } from './redirect-https.js';
import { setup as stalledApp } from './stalled-app.js';
import { setup as tcpToSsh } from './tcp-to-ssh.js';
import { setup as tcpToTls } from './tcp-to-tls.js';
import { setup as tooMany } from './too-many.js';
import { setup as upgradeDeleted } from './upgrade-deleted.js';

export const haproxySetups: readonly Setup[] = [
  healthy,
  healthyAccept,
  healthyChain,
  bannerBehind,
  bigHead,
  chainStripped,
  denied,
  h2Behind,
  idleCut,
  maintenance,
  noServer,
  originAcl,
  redirectHttps,
  stalledApp,
  tcpToSsh,
  tcpToTls,
  tooMany,
  upgradeDeleted,
];
