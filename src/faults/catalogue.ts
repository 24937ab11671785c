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
import { fault as badCert } from './client-tls/bad-cert.js';
import { fault as tlsAlert } from './client-tls/tls-alert.js';
import { fault as blackHole } from './dial/black-hole.js';
import { fault as dialError } from './dial/dial-error.js';
import { fault as noSticky } from './dial/no-sticky.js';
import { fault as slowDial } from './dial/slow-dial.js';
import { fault as wrongPlace } from './dial/wrong-place.js';
import { fault as noClientCertificate } from './server-tls/no-client-certificate.js';
import { fault as oddCipher } from './server-tls/odd-cipher.js';
import { fault as oldTls } from './server-tls/old-tls.js';
import { fault as otherAlpn } from './server-tls/other-alpn.js';
import { fault as plainToTls } from './server-tls/plain-to-tls.js';
import { fault as tlsToPlain } from './server-tls/tls-to-plain.js';
import { fault as wrongClientCertificate } from './server-tls/wrong-client-certificate.js';
import { fault as wrongSni } from './server-tls/wrong-sni.js';
import { fault as h2Goaway } from './http2/h2-goaway.js';
import { fault as h2NoExtendedConnect } from './http2/h2-no-extended-connect.js';
import { fault as h2Reset } from './http2/h2-reset.js';
import { fault as h2StalledWindow } from './http2/h2-stalled-window.js';
import { fault as dropBalancerCookie } from './request/drop-balancer-cookie.js';
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
  badCert,
  tlsAlert,
  blackHole,
  dialError,
  noSticky,
  slowDial,
  wrongPlace,
  noClientCertificate,
  oddCipher,
  oldTls,
  otherAlpn,
  plainToTls,
  tlsToPlain,
  wrongClientCertificate,
  wrongSni,
  h2Goaway,
  h2NoExtendedConnect,
  h2Reset,
  h2StalledWindow,
  dropBalancerCookie,
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
