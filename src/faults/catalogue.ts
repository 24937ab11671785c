// Written by `npm run generate`; do not edit.
import { fault as dropConnection } from './accept/drop-connection.js';
import { fault as proxyAuth } from './entrance/proxy-auth.js';
import { fault as badCert } from './client-tls/bad-cert.js';
import { fault as tlsAlert } from './client-tls/tls-alert.js';
import { fault as dialError } from './dial/dial-error.js';
import { fault as wrongSni } from './server-tls/wrong-sni.js';
import { fault as h2Goaway } from './http2/h2-goaway.js';
import { fault as h2NoExtendedConnect } from './http2/h2-no-extended-connect.js';
import { fault as h2Reset } from './http2/h2-reset.js';
import { fault as h2StalledWindow } from './http2/h2-stalled-window.js';
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
  badCert,
  tlsAlert,
  dialError,
  wrongSni,
  h2Goaway,
  h2NoExtendedConnect,
  h2Reset,
  h2StalledWindow,
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
