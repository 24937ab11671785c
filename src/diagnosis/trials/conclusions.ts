import { concludeAgain } from './again.js';
import { concludeCrashed } from './crashed.js';
import { concludeCredentials, concludeFields, concludeOffer } from './offer.js';
import { concludeOrigin } from './origin.js';
import { concludePath } from './path.js';
import { concludePlain } from './plain.js';
import { concludeProxy } from './proxy.js';
import { concludePort, concludeScheme } from './scheme.js';
import { concludeHttp2, concludeName, concludeTls } from './tls.js';
import type { Conclude } from './trial.js';
import { concludeUnheard } from './unheard.js';
import { concludeWatch } from './watch.js';

/** All questions that experiments end. */
export const conclusions: readonly Conclude[] = [
  concludeProxy,
  concludeScheme,
  concludePort,
  concludeTls,
  concludeHttp2,
  concludeName,
  concludeOrigin,
  concludeCredentials,
  concludeFields,
  concludeOffer,
  concludePath,
  concludePlain,
  concludeAgain,
  concludeCrashed,
  concludeWatch,
  concludeUnheard,
];
