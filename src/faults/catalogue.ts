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
import { fault as absoluteTarget } from './request/absolute-target.js';
import { fault as addField } from './request/add-field.js';
import { fault as badKey } from './request/bad-key.js';
import { fault as bareLf } from './request/bare-lf.js';
import { fault as changeSubprotocol } from './request/change-subprotocol.js';
import { fault as cutRequest } from './request/cut-request.js';
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
import { fault as badStatusLine } from './response/bad-status-line.js';
import { fault as cachedAnswer } from './response/cached-answer.js';
import { fault as cutAnswer } from './response/cut-answer.js';
import { fault as duplicateAnswerField } from './response/duplicate-answer-field.js';
import { fault as edgeFields } from './response/edge-fields.js';
import { fault as http10Answer } from './response/http10-answer.js';
import { fault as longAnswerHead } from './response/long-answer-head.js';
import { fault as loseAnswerConnection } from './response/lose-answer-connection.js';
import { fault as loseAnswerUpgrade } from './response/lose-answer-upgrade.js';
import { fault as oddReason } from './response/odd-reason.js';
import { fault as removeAnswerField } from './response/remove-answer-field.js';
import { fault as setAnswerField } from './response/set-answer-field.js';
import { fault as splitAnswer } from './response/split-answer.js';
import { fault as stallAnswer } from './response/stall-answer.js';
import { fault as status } from './response/status.js';
import { fault as versionAnswer } from './response/version-answer.js';
import { fault as wrongAccept } from './response/wrong-accept.js';
import { fault as wrongAnswerConnection } from './response/wrong-answer-connection.js';
import { fault as wrongAnswerUpgrade } from './response/wrong-answer-upgrade.js';
import { fault as wrongExtension } from './response/wrong-extension.js';
import { fault as wrongSubprotocol } from './response/wrong-subprotocol.js';
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
  absoluteTarget,
  addField,
  badKey,
  bareLf,
  changeSubprotocol,
  cutRequest,
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
  badStatusLine,
  cachedAnswer,
  cutAnswer,
  duplicateAnswerField,
  edgeFields,
  http10Answer,
  longAnswerHead,
  loseAnswerConnection,
  loseAnswerUpgrade,
  oddReason,
  removeAnswerField,
  setAnswerField,
  splitAnswer,
  stallAnswer,
  status,
  versionAnswer,
  wrongAccept,
  wrongAnswerConnection,
  wrongAnswerUpgrade,
  wrongExtension,
  wrongSubprotocol,
  dropMessage,
  cutFrame,
  swallowClose,
  latency,
];
