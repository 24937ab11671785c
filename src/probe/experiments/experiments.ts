import { again } from './again.js';
import { noCredentials } from './credentials.js';
import type { Experiment } from './experiment.js';
import { noExtensions, noOwnFields, noProtocol, usualProtocols } from './offer.js';
import { noOrigin, ownOriginToo } from './origin.js';
import { otherPaths, unknownPath } from './path.js';
import { oddVersion, plainGet } from './plain.js';
import { withoutProxy } from './proxy.js';
import { otherPort, otherScheme } from './scheme.js';
import { http2, oldTls, tls12, withoutSni } from './tls.js';

/** In the order in which they are made: what costs the server least and tells most comes first. */
export const experiments: readonly Experiment[] = [
  withoutProxy,
  otherScheme,
  otherPort,
  withoutSni,
  http2,
  tls12,
  oldTls,
  again,
  noOrigin,
  ownOriginToo,
  plainGet,
  oddVersion,
  noCredentials,
  noOwnFields,
  noProtocol,
  noExtensions,
  unknownPath,
  otherPaths,
  usualProtocols,
];
