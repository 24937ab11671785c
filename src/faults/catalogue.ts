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
import { fault as badUtf8 } from './frame/bad-utf8.js';
import { fault as coalesceFrames } from './frame/coalesce-frames.js';
import { fault as corruptDeflate } from './frame/corrupt-deflate.js';
import { fault as cutFrame } from './frame/cut-frame.js';
import { fault as deflateBomb } from './frame/deflate-bomb.js';
import { fault as earlyClose } from './frame/early-close.js';
import { fault as fragmentedControl } from './frame/fragmented-control.js';
import { fault as injectFrame } from './frame/inject-frame.js';
import { fault as interleavedMessage } from './frame/interleaved-message.js';
import { fault as longControl } from './frame/long-control.js';
import { fault as maskFrame } from './frame/mask-frame.js';
import { fault as oddLength } from './frame/odd-length.js';
import { fault as pingFlood } from './frame/ping-flood.js';
import { fault as refragment } from './frame/refragment.js';
import { fault as reservedBit } from './frame/reserved-bit.js';
import { fault as reservedOpcode } from './frame/reserved-opcode.js';
import { fault as splitCharacter } from './frame/split-character.js';
import { fault as splitFrame } from './frame/split-frame.js';
import { fault as strayContinuation } from './frame/stray-continuation.js';
import { fault as swallowPing } from './frame/swallow-ping.js';
import { fault as swallowPong } from './frame/swallow-pong.js';
import { fault as unmaskFrame } from './frame/unmask-frame.js';
import { fault as unsolicitedPong } from './frame/unsolicited-pong.js';
import { fault as wrongMaskKey } from './frame/wrong-mask-key.js';
import { fault as brokenClose } from './close/broken-close.js';
import { fault as closeCode } from './close/close-code.js';
import { fault as closeReason } from './close/close-reason.js';
import { fault as dataAfterClose } from './close/data-after-close.js';
import { fault as delayClose } from './close/delay-close.js';
import { fault as endWithoutClose } from './close/end-without-close.js';
import { fault as lateEnd } from './close/late-end.js';
import { fault as repeatClose } from './close/repeat-close.js';
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
  badUtf8,
  coalesceFrames,
  corruptDeflate,
  cutFrame,
  deflateBomb,
  earlyClose,
  fragmentedControl,
  injectFrame,
  interleavedMessage,
  longControl,
  maskFrame,
  oddLength,
  pingFlood,
  refragment,
  reservedBit,
  reservedOpcode,
  splitCharacter,
  splitFrame,
  strayContinuation,
  swallowPing,
  swallowPong,
  unmaskFrame,
  unsolicitedPong,
  wrongMaskKey,
  brokenClose,
  closeCode,
  closeReason,
  dataAfterClose,
  delayClose,
  endWithoutClose,
  lateEnd,
  repeatClose,
  swallowClose,
  latency,
];
