// Written by `npm run generate`; do not edit.
import { fault as dropConnection } from './accept/drop-connection.js';
import { fault as proxyAuth } from './entrance/proxy-auth.js';
import { fault as alpnH2Only } from './client-tls/alpn-h2-only.js';
import { fault as badCert } from './client-tls/bad-cert.js';
import { fault as clientCertRequired } from './client-tls/client-cert-required.js';
import { fault as clockSkew } from './client-tls/clock-skew.js';
import { fault as cutTls } from './client-tls/cut-tls.js';
import { fault as lateAlert } from './client-tls/late-alert.js';
import { fault as newKey } from './client-tls/new-key.js';
import { fault as newTlsOnly } from './client-tls/new-tls-only.js';
import { fault as noAlpn } from './client-tls/no-alpn.js';
import { fault as oddCipherOnly } from './client-tls/odd-cipher-only.js';
import { fault as oldTlsOnly } from './client-tls/old-tls-only.js';
import { fault as plainOnTls } from './client-tls/plain-on-tls.js';
import { fault as revokedCert } from './client-tls/revoked-cert.js';
import { fault as slowTls } from './client-tls/slow-tls.js';
import { fault as splitTls } from './client-tls/split-tls.js';
import { fault as tlsAlert } from './client-tls/tls-alert.js';
import { fault as tlsEof } from './client-tls/tls-eof.js';
import { fault as tlsFragmented } from './client-tls/tls-fragmented.js';
import { fault as tlsGarbage } from './client-tls/tls-garbage.js';
import { fault as tlsIntercept } from './client-tls/tls-intercept.js';
import { fault as tlsReset } from './client-tls/tls-reset.js';
import { fault as tlsStall } from './client-tls/tls-stall.js';
import { fault as unknownSni } from './client-tls/unknown-sni.js';
import { fault as wrongAlpn } from './client-tls/wrong-alpn.js';
import { fault as dialError } from './dial/dial-error.js';
import { fault as wrongSni } from './server-tls/wrong-sni.js';
import { fault as dropUpgrade } from './request/drop-upgrade.js';
import { fault as wrongOrigin } from './request/wrong-origin.js';
import { fault as cutAnswer } from './response/cut-answer.js';
import { fault as stallAnswer } from './response/stall-answer.js';
import { fault as status } from './response/status.js';
import { fault as dropMessage } from './message/drop-message.js';
import { fault as cutFrame } from './frame/cut-frame.js';
import { fault as swallowClose } from './close/swallow-close.js';
import { fault as latency } from './bytes/latency.js';
import type { Fault } from './fault.js';

export const faults: readonly Fault[] = [
  dropConnection,
  proxyAuth,
  alpnH2Only,
  badCert,
  clientCertRequired,
  clockSkew,
  cutTls,
  lateAlert,
  newKey,
  newTlsOnly,
  noAlpn,
  oddCipherOnly,
  oldTlsOnly,
  plainOnTls,
  revokedCert,
  slowTls,
  splitTls,
  tlsAlert,
  tlsEof,
  tlsFragmented,
  tlsGarbage,
  tlsIntercept,
  tlsReset,
  tlsStall,
  unknownSni,
  wrongAlpn,
  dialError,
  wrongSni,
  dropUpgrade,
  wrongOrigin,
  cutAnswer,
  stallAnswer,
  status,
  dropMessage,
  cutFrame,
  swallowClose,
  latency,
];
