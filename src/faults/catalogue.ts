// Written by `npm run generate`; do not edit.
import { fault as dropConnection } from './accept/drop-connection.js';
import { fault as slowAccept } from './accept/slow-accept.js';
import { fault as socksNoMethod } from './accept/socks-no-method.js';
import { fault as connectBody } from './entrance/connect-body.js';
import { fault as connectCut } from './entrance/connect-cut.js';
import { fault as connectDeny } from './entrance/connect-deny.js';
import { fault as connectExtraHead } from './entrance/connect-extra-head.js';
import { fault as connectGarbage } from './entrance/connect-garbage.js';
import { fault as connectHttp10 } from './entrance/connect-http10.js';
import { fault as connectSplit } from './entrance/connect-split.js';
import { fault as connectStall } from './entrance/connect-stall.js';
import { fault as connectStatus } from './entrance/connect-status.js';
import { fault as proxyAuth } from './entrance/proxy-auth.js';
import { fault as slowConnect } from './entrance/slow-connect.js';
import { fault as socksCut } from './entrance/socks-cut.js';
import { fault as socksGarbage } from './entrance/socks-garbage.js';
import { fault as socksReply } from './entrance/socks-reply.js';
import { fault as socksStall } from './entrance/socks-stall.js';
import { fault as tunnelCut } from './entrance/tunnel-cut.js';
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
import { fault as blackHole } from './dial/black-hole.js';
import { fault as dialError } from './dial/dial-error.js';
import { fault as noSticky } from './dial/no-sticky.js';
import { fault as slowDial } from './dial/slow-dial.js';
import { fault as wrongPlace } from './dial/wrong-place.js';
import { fault as noClientCertificate } from './server-tls/no-client-certificate.js';
import { fault as offerOldTls } from './server-tls/offer-old-tls.js';
import { fault as offerOneCipher } from './server-tls/offer-one-cipher.js';
import { fault as otherAlpn } from './server-tls/other-alpn.js';
import { fault as plainToTls } from './server-tls/plain-to-tls.js';
import { fault as tlsToPlain } from './server-tls/tls-to-plain.js';
import { fault as wrongClientCertificate } from './server-tls/wrong-client-certificate.js';
import { fault as wrongSni } from './server-tls/wrong-sni.js';
import { fault as h2Goaway } from './http2/h2-goaway.js';
import { fault as h2NoExtendedConnect } from './http2/h2-no-extended-connect.js';
import { fault as h2Reset } from './http2/h2-reset.js';
import { fault as h2StalledWindow } from './http2/h2-stalled-window.js';
import { fault as absoluteTarget } from './request/absolute-target.js';
import { fault as addField } from './request/add-field.js';
import { fault as badKey } from './request/bad-key.js';
import { fault as bareLf } from './request/bare-lf.js';
import { fault as changeSubprotocol } from './request/change-subprotocol.js';
import { fault as cutRequest } from './request/cut-request.js';
import { fault as dropBalancerCookie } from './request/drop-balancer-cookie.js';
import { fault as dropUpgrade } from './request/drop-upgrade.js';
import { fault as duplicateField } from './request/duplicate-field.js';
import { fault as foldField } from './request/fold-field.js';
import { fault as headerCase } from './request/header-case.js';
import { fault as headerOrder } from './request/header-order.js';
import { fault as headerSpacing } from './request/header-spacing.js';
import { fault as http10Request } from './request/http10-request.js';
import { fault as leaveEarly } from './request/leave-early.js';
import { fault as longHead } from './request/long-head.js';
import { fault as loseConnection } from './request/lose-connection.js';
import { fault as loseCookie } from './request/lose-cookie.js';
import { fault as loseExtensions } from './request/lose-extensions.js';
import { fault as nginxHop } from './request/nginx-hop.js';
import { fault as proxyFields } from './request/proxy-fields.js';
import { fault as removeField } from './request/remove-field.js';
import { fault as resetOnUpgrade } from './request/reset-on-upgrade.js';
import { fault as rewriteHost } from './request/rewrite-host.js';
import { fault as rewritePath } from './request/rewrite-path.js';
import { fault as setField } from './request/set-field.js';
import { fault as slowRequest } from './request/slow-request.js';
import { fault as spaceBeforeColon } from './request/space-before-colon.js';
import { fault as splitHead } from './request/split-head.js';
import { fault as squidHop } from './request/squid-hop.js';
import { fault as wrongMethod } from './request/wrong-method.js';
import { fault as wrongOrigin } from './request/wrong-origin.js';
import { fault as wrongUpgrade } from './request/wrong-upgrade.js';
import { fault as wrongVersion } from './request/wrong-version.js';
import { fault as addAnswerField } from './response/add-answer-field.js';
import { fault as answerCase } from './response/answer-case.js';
import { fault as answerCookies } from './response/answer-cookies.js';
import { fault as answerOrder } from './response/answer-order.js';
import { fault as answerSpacing } from './response/answer-spacing.js';
import { fault as badAnswerHead } from './response/bad-answer-head.js';
import { fault as badGateway } from './response/bad-gateway.js';
import { fault as badStatusLine } from './response/bad-status-line.js';
import { fault as cachedAnswer } from './response/cached-answer.js';
import { fault as captivePortal } from './response/captive-portal.js';
import { fault as closeAtOnce } from './response/close-at-once.js';
import { fault as cloudflareError } from './response/cloudflare-error.js';
import { fault as cutAnswer } from './response/cut-answer.js';
import { fault as cutBody } from './response/cut-body.js';
import { fault as cutOpen } from './response/cut-open.js';
import { fault as dribbleAnswer } from './response/dribble-answer.js';
import { fault as duplicateAnswerField } from './response/duplicate-answer-field.js';
import { fault as earlyFrame } from './response/early-frame.js';
import { fault as edgeFields } from './response/edge-fields.js';
import { fault as emptyAnswer } from './response/empty-answer.js';
import { fault as forbidden } from './response/forbidden.js';
import { fault as foreignBanner } from './response/foreign-banner.js';
import { fault as gatewayTimeout } from './response/gateway-timeout.js';
import { fault as headerLimit } from './response/header-limit.js';
import { fault as hold101 } from './response/hold-101.js';
import { fault as hostRefused } from './response/host-refused.js';
import { fault as httpAfter } from './response/http-after.js';
import { fault as http10Answer } from './response/http10-answer.js';
import { fault as informational } from './response/informational.js';
import { fault as internalError } from './response/internal-error.js';
import { fault as loginRequired } from './response/login-required.js';
import { fault as longAnswerHead } from './response/long-answer-head.js';
import { fault as loseAnswerConnection } from './response/lose-answer-connection.js';
import { fault as loseAnswerUpgrade } from './response/lose-answer-upgrade.js';
import { fault as noContent } from './response/no-content.js';
import { fault as notFound } from './response/not-found.js';
import { fault as oddReason } from './response/odd-reason.js';
import { fault as originRefused } from './response/origin-refused.js';
import { fault as overloaded } from './response/overloaded.js';
import { fault as page200 } from './response/page-200.js';
import { fault as protocolNotEnabled } from './response/protocol-not-enabled.js';
import { fault as proxyAuthLate } from './response/proxy-auth-late.js';
import { fault as rateLimited } from './response/rate-limited.js';
import { fault as redirectHttps } from './response/redirect-https.js';
import { fault as redirect } from './response/redirect.js';
import { fault as removeAnswerField } from './response/remove-answer-field.js';
import { fault as resetAnswer } from './response/reset-answer.js';
import { fault as setAnswerField } from './response/set-answer-field.js';
import { fault as socketio400 } from './response/socketio-400.js';
import { fault as splitAnswer } from './response/split-answer.js';
import { fault as stallAnswer } from './response/stall-answer.js';
import { fault as status } from './response/status.js';
import { fault as tlsPortAnswer } from './response/tls-port-answer.js';
import { fault as unavailable } from './response/unavailable.js';
import { fault as upgradeRequired } from './response/upgrade-required.js';
import { fault as versionAnswer } from './response/version-answer.js';
import { fault as versionRefused } from './response/version-refused.js';
import { fault as wafBlock } from './response/waf-block.js';
import { fault as wrongAccept } from './response/wrong-accept.js';
import { fault as wrongAnswerConnection } from './response/wrong-answer-connection.js';
import { fault as wrongAnswerUpgrade } from './response/wrong-answer-upgrade.js';
import { fault as wrongExtension } from './response/wrong-extension.js';
import { fault as wrongSubprotocol } from './response/wrong-subprotocol.js';
import { fault as stripCors } from './http-response/strip-cors.js';
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
import { fault as repeatClose } from './close/repeat-close.js';
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
  slowAccept,
  socksNoMethod,
  connectBody,
  connectCut,
  connectDeny,
  connectExtraHead,
  connectGarbage,
  connectHttp10,
  connectSplit,
  connectStall,
  connectStatus,
  proxyAuth,
  slowConnect,
  socksCut,
  socksGarbage,
  socksReply,
  socksStall,
  tunnelCut,
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
  blackHole,
  dialError,
  noSticky,
  slowDial,
  wrongPlace,
  noClientCertificate,
  offerOldTls,
  offerOneCipher,
  otherAlpn,
  plainToTls,
  tlsToPlain,
  wrongClientCertificate,
  wrongSni,
  h2Goaway,
  h2NoExtendedConnect,
  h2Reset,
  h2StalledWindow,
  absoluteTarget,
  addField,
  badKey,
  bareLf,
  changeSubprotocol,
  cutRequest,
  dropBalancerCookie,
  dropUpgrade,
  duplicateField,
  foldField,
  headerCase,
  headerOrder,
  headerSpacing,
  http10Request,
  leaveEarly,
  longHead,
  loseConnection,
  loseCookie,
  loseExtensions,
  nginxHop,
  proxyFields,
  removeField,
  resetOnUpgrade,
  rewriteHost,
  rewritePath,
  setField,
  slowRequest,
  spaceBeforeColon,
  splitHead,
  squidHop,
  wrongMethod,
  wrongOrigin,
  wrongUpgrade,
  wrongVersion,
  addAnswerField,
  answerCase,
  answerCookies,
  answerOrder,
  answerSpacing,
  badAnswerHead,
  badGateway,
  badStatusLine,
  cachedAnswer,
  captivePortal,
  closeAtOnce,
  cloudflareError,
  cutAnswer,
  cutBody,
  cutOpen,
  dribbleAnswer,
  duplicateAnswerField,
  earlyFrame,
  edgeFields,
  emptyAnswer,
  forbidden,
  foreignBanner,
  gatewayTimeout,
  headerLimit,
  hold101,
  hostRefused,
  httpAfter,
  http10Answer,
  informational,
  internalError,
  loginRequired,
  longAnswerHead,
  loseAnswerConnection,
  loseAnswerUpgrade,
  noContent,
  notFound,
  oddReason,
  originRefused,
  overloaded,
  page200,
  protocolNotEnabled,
  proxyAuthLate,
  rateLimited,
  redirectHttps,
  redirect,
  removeAnswerField,
  resetAnswer,
  setAnswerField,
  socketio400,
  splitAnswer,
  stallAnswer,
  status,
  tlsPortAnswer,
  unavailable,
  upgradeRequired,
  versionAnswer,
  versionRefused,
  wafBlock,
  wrongAccept,
  wrongAnswerConnection,
  wrongAnswerUpgrade,
  wrongExtension,
  wrongSubprotocol,
  stripCors,
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
  repeatClose,
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
