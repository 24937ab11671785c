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
import { fault as corruptMessage } from './message/corrupt-message.js';
import { fault as delayMessage } from './message/delay-message.js';
import { fault as dropMessage } from './message/drop-message.js';
import { fault as duplicateMessage } from './message/duplicate-message.js';
import { fault as emptyMessage } from './message/empty-message.js';
import { fault as growMessage } from './message/grow-message.js';
import { fault as holdMessages } from './message/hold-messages.js';
import { fault as injectMessage } from './message/inject-message.js';
import { fault as reorderMessages } from './message/reorder-messages.js';
import { fault as replaceJson } from './message/replace-json.js';
import { fault as replaceText } from './message/replace-text.js';
import { fault as swapType } from './message/swap-type.js';
import { fault as truncateMessage } from './message/truncate-message.js';
import { fault as cutFrame } from './frame/cut-frame.js';
import { fault as swallowClose } from './close/swallow-close.js';
import { fault as ageCut } from './bytes/age-cut.js';
import { fault as bandwidth } from './bytes/bandwidth.js';
import { fault as coalesceBytes } from './bytes/coalesce-bytes.js';
import { fault as corruptBytes } from './bytes/corrupt-bytes.js';
import { fault as duplicateBytes } from './bytes/duplicate-bytes.js';
import { fault as halfOpen } from './bytes/half-open.js';
import { fault as idleCut } from './bytes/idle-cut.js';
import { fault as lateEnd } from './bytes/late-end.js';
import { fault as latency } from './bytes/latency.js';
import { fault as limitData } from './bytes/limit-data.js';
import { fault as loseBytes } from './bytes/lose-bytes.js';
import { fault as outages } from './bytes/outages.js';
import { fault as packetLoss } from './bytes/packet-loss.js';
import { fault as resetAfter } from './bytes/reset-after.js';
import { fault as slices } from './bytes/slices.js';
import { fault as slowStart } from './bytes/slow-start.js';
import { fault as stallBytes } from './bytes/stall-bytes.js';
import { fault as zeroWindow } from './bytes/zero-window.js';
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
  corruptMessage,
  delayMessage,
  dropMessage,
  duplicateMessage,
  emptyMessage,
  growMessage,
  holdMessages,
  injectMessage,
  reorderMessages,
  replaceJson,
  replaceText,
  swapType,
  truncateMessage,
  cutFrame,
  swallowClose,
  ageCut,
  bandwidth,
  coalesceBytes,
  corruptBytes,
  duplicateBytes,
  halfOpen,
  idleCut,
  lateEnd,
  latency,
  limitData,
  loseBytes,
  outages,
  packetLoss,
  resetAfter,
  slices,
  slowStart,
  stallBytes,
  zeroWindow,
];
