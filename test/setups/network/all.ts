import type { Setup } from '../setup.js';
import { setup as captivePortal } from './captive-portal.js';
import { setup as cutHead } from './cut-head.js';
import { setup as endAfter101 } from './end-after-101.js';
import { setup as endAfterRequest } from './end-after-request.js';
import { setup as halfHead } from './half-head.js';
import { setup as loginPage } from './login-page.js';
import { setup as loginRedirectOtherHost } from './login-redirect-other-host.js';
import { setup as resetAfter101 } from './reset-after-101.js';
import { setup as resetAfterRequest } from './reset-after-request.js';
import { setup as resetOnAccept } from './reset-on-accept.js';
import { setup as resetOnUpgrade } from './reset-on-upgrade.js';
import { setup as silence } from './silence.js';

export const networkSetups: readonly Setup[] = [
  captivePortal,
  cutHead,
  endAfter101,
  endAfterRequest,
  halfHead,
  loginPage,
  loginRedirectOtherHost,
  resetAfter101,
  resetAfterRequest,
  resetOnAccept,
  resetOnUpgrade,
  silence,
];
