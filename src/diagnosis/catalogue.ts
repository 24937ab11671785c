// Written by `npm run generate`; do not edit.
import { rule as urlDns } from './url/dns.js';
import { rule as urlFragment } from './url/fragment.js';
import { rule as urlMalformed } from './url/malformed.js';
import { rule as urlMixedContent } from './url/mixed-content.js';
import { rule as urlNotFound } from './url/not-found.js';
import { rule as urlPortBlocked } from './url/port-blocked.js';
import { rule as urlRefused } from './url/refused.js';
import { rule as urlSchemeMismatchPlainToTls } from './url/scheme-mismatch-plain-to-tls.js';
import { rule as urlSchemeMismatchTlsToPlain } from './url/scheme-mismatch-tls-to-plain.js';
import { rule as urlSchemeUnsupported } from './url/scheme-unsupported.js';
import { rule as urlSocketioParams } from './url/socketio-params.js';
import { rule as urlUnreachable } from './url/unreachable.js';
import { rule as urlWrongEndpoint } from './url/wrong-endpoint.js';
import { rule as urlWrongHost } from './url/wrong-host.js';
import { rule as urlWrongService } from './url/wrong-service.js';
import { rule as originCorsOnHttpLeg } from './origin/cors-on-http-leg.js';
import { rule as originCredentialsMissing } from './origin/credentials-missing.js';
import { rule as originCspBlocked } from './origin/csp-blocked.js';
import { rule as originHostRewritten } from './origin/host-rewritten.js';
import { rule as originLocalNetworkAccess } from './origin/local-network-access.js';
import { rule as originMismatchSchemePort } from './origin/mismatch-scheme-port.js';
import { rule as originMissing } from './origin/missing.js';
import { rule as originNull } from './origin/null.js';
import { rule as originRejected } from './origin/rejected.js';
import { rule as intermediaryBadGateway } from './intermediary/bad-gateway.js';
import { rule as intermediaryBuffering } from './intermediary/buffering.js';
import { rule as intermediaryCaching } from './intermediary/caching.js';
import { rule as intermediaryCaptivePortal } from './intermediary/captive-portal.js';
import { rule as intermediaryConnectMalformed } from './intermediary/connect-malformed.js';
import { rule as intermediaryConnectRefused } from './intermediary/connect-refused.js';
import { rule as intermediaryConnectTimeout } from './intermediary/connect-timeout.js';
import { rule as intermediaryConnectionHeaderLost } from './intermediary/connection-header-lost.js';
import { rule as intermediaryExtensionStripped } from './intermediary/extension-stripped.js';
import { rule as intermediaryGatewayTimeout } from './intermediary/gateway-timeout.js';
import { rule as intermediaryH2NoExtendedConnect } from './intermediary/h2-no-extended-connect.js';
import { rule as intermediaryHeaderTooLarge } from './intermediary/header-too-large.js';
import { rule as intermediaryHttp10Downgrade } from './intermediary/http10-downgrade.js';
import { rule as intermediaryIdleTimeout } from './intermediary/idle-timeout.js';
import { rule as intermediaryMaxLifetime } from './intermediary/max-lifetime.js';
import { rule as intermediaryPolicyDrop } from './intermediary/policy-drop.js';
import { rule as intermediaryPolicyRst } from './intermediary/policy-rst.js';
import { rule as intermediaryProtocolNotEnabled } from './intermediary/protocol-not-enabled.js';
import { rule as intermediaryProxyAuthRequired } from './intermediary/proxy-auth-required.js';
import { rule as intermediaryRateLimited } from './intermediary/rate-limited.js';
import { rule as intermediaryRedirectHttps } from './intermediary/redirect-https.js';
import { rule as intermediaryResponseHeaderRewritten } from './intermediary/response-header-rewritten.js';
import { rule as intermediaryStickySession } from './intermediary/sticky-session.js';
import { rule as intermediaryTlsInterception } from './intermediary/tls-interception.js';
import { rule as intermediaryTunnelEnded } from './intermediary/tunnel-ended.js';
import { rule as intermediaryUnavailable } from './intermediary/unavailable.js';
import { rule as intermediaryUpgradeStripped } from './intermediary/upgrade-stripped.js';
import { rule as intermediaryWafBlock } from './intermediary/waf-block.js';
import { rule as certificateClientCertRejected } from './certificate/client-cert-rejected.js';
import { rule as certificateClientCertRequired } from './certificate/client-cert-required.js';
import { rule as certificateClockSkew } from './certificate/clock-skew.js';
import { rule as certificateExpired } from './certificate/expired.js';
import { rule as certificateIncompleteChain } from './certificate/incomplete-chain.js';
import { rule as certificateMalformed } from './certificate/malformed.js';
import { rule as certificateNameMismatch } from './certificate/name-mismatch.js';
import { rule as certificateNoSan } from './certificate/no-san.js';
import { rule as certificateNotYetValid } from './certificate/not-yet-valid.js';
import { rule as certificatePinMismatch } from './certificate/pin-mismatch.js';
import { rule as certificateRevoked } from './certificate/revoked.js';
import { rule as certificateSelfSigned } from './certificate/self-signed.js';
import { rule as certificateStapling } from './certificate/stapling.js';
import { rule as certificateUnknownCa } from './certificate/unknown-ca.js';
import { rule as certificateWeakKey } from './certificate/weak-key.js';
import { rule as certificateWeakSignature } from './certificate/weak-signature.js';
import { rule as certificateWrongPurpose } from './certificate/wrong-purpose.js';
import { rule as tlsAlpnH2Only } from './tls/alpn-h2-only.js';
import { rule as tlsCipher } from './tls/cipher.js';
import { rule as tlsHandshakeEof } from './tls/handshake-eof.js';
import { rule as tlsHandshakeTimeout } from './tls/handshake-timeout.js';
import { rule as tlsSniRejected } from './tls/sni-rejected.js';
import { rule as tlsVersion } from './tls/version.js';
import { rule as serverAcceptMismatch } from './server/accept-mismatch.js';
import { rule as serverAcceptMissing } from './server/accept-missing.js';
import { rule as serverAuth } from './server/auth.js';
import { rule as serverBadConnection } from './server/bad-connection.js';
import { rule as serverBadRequest } from './server/bad-request.js';
import { rule as serverBadUpgrade } from './server/bad-upgrade.js';
import { rule as serverCloseAfter101 } from './server/close-after-101.js';
import { rule as serverClosePolicy } from './server/close-policy.js';
import { rule as serverDoubleHandler } from './server/double-handler.js';
import { rule as serverDuplicateHeaders } from './server/duplicate-headers.js';
import { rule as serverEarlyData } from './server/early-data.js';
import { rule as serverEmptyReply } from './server/empty-reply.js';
import { rule as serverExtensionMalformed } from './server/extension-malformed.js';
import { rule as serverExtensionParams } from './server/extension-params.js';
import { rule as serverExtensionUnrequested } from './server/extension-unrequested.js';
import { rule as serverForbidden } from './server/forbidden.js';
import { rule as serverHeaderTooLarge } from './server/header-too-large.js';
import { rule as serverHttpAfter101 } from './server/http-after-101.js';
import { rule as serverHttpVersion } from './server/http-version.js';
import { rule as serverInformational } from './server/informational.js';
import { rule as serverInternalError } from './server/internal-error.js';
import { rule as serverMalformedResponse } from './server/malformed-response.js';
import { rule as serverMethod } from './server/method.js';
import { rule as serverMissingConnection } from './server/missing-connection.js';
import { rule as serverMissingUpgrade } from './server/missing-upgrade.js';
import { rule as serverNoUpgradeHandler } from './server/no-upgrade-handler.js';
import { rule as serverOverloaded } from './server/overloaded.js';
import { rule as serverRedirect } from './server/redirect.js';
import { rule as serverReset } from './server/reset.js';
import { rule as serverRstAfter101 } from './server/rst-after-101.js';
import { rule as serverSlow } from './server/slow.js';
import { rule as serverStatus200 } from './server/status-200.js';
import { rule as serverStatusUnexpected } from './server/status-unexpected.js';
import { rule as serverSubprotocolDuplicate } from './server/subprotocol-duplicate.js';
import { rule as serverSubprotocolMismatch } from './server/subprotocol-mismatch.js';
import { rule as serverSubprotocolMissing } from './server/subprotocol-missing.js';
import { rule as serverSubprotocolUnrequested } from './server/subprotocol-unrequested.js';
import { rule as serverTooEarly } from './server/too-early.js';
import { rule as serverTruncatedResponse } from './server/truncated-response.js';
import { rule as serverUpgradeRequired } from './server/upgrade-required.js';
import { rule as serverVersionUnsupported } from './server/version-unsupported.js';
import { rule as frameAbnormalClose } from './frame/abnormal-close.js';
import { rule as frameCloseCode } from './frame/close-code.js';
import { rule as frameClosePayload } from './frame/close-payload.js';
import { rule as frameCompression } from './frame/compression.js';
import { rule as frameContinuation } from './frame/continuation.js';
import { rule as frameControlFragmented } from './frame/control-fragmented.js';
import { rule as frameControlTooLong } from './frame/control-too-long.js';
import { rule as frameInterleaved } from './frame/interleaved.js';
import { rule as frameLength } from './frame/length.js';
import { rule as frameMaskedFromServer } from './frame/masked-from-server.js';
import { rule as frameOpcode } from './frame/opcode.js';
import { rule as framePingTimeout } from './frame/ping-timeout.js';
import { rule as frameRsv } from './frame/rsv.js';
import { rule as frameTooBig } from './frame/too-big.js';
import { rule as frameTruncated } from './frame/truncated.js';
import { rule as frameUnmaskedFromClient } from './frame/unmasked-from-client.js';
import { rule as frameUtf8 } from './frame/utf8.js';
import { rule as clientClosedEarly } from './client/closed-early.js';
import { rule as clientLibraryBug } from './client/library-bug.js';
import { rule as clientNoDetail } from './client/no-detail.js';
import { rule as clientNotOpen } from './client/not-open.js';
import { rule as clientProtocolArgument } from './client/protocol-argument.js';
import { rule as clientThrottled } from './client/throttled.js';
import { rule as clientTlsNotBuilt } from './client/tls-not-built.js';
import { rule as clientTooManySockets } from './client/too-many-sockets.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [
  urlDns,
  urlFragment,
  urlMalformed,
  urlMixedContent,
  urlNotFound,
  urlPortBlocked,
  urlRefused,
  urlSchemeMismatchPlainToTls,
  urlSchemeMismatchTlsToPlain,
  urlSchemeUnsupported,
  urlSocketioParams,
  urlUnreachable,
  urlWrongEndpoint,
  urlWrongHost,
  urlWrongService,
  originCorsOnHttpLeg,
  originCredentialsMissing,
  originCspBlocked,
  originHostRewritten,
  originLocalNetworkAccess,
  originMismatchSchemePort,
  originMissing,
  originNull,
  originRejected,
  intermediaryBadGateway,
  intermediaryBuffering,
  intermediaryCaching,
  intermediaryCaptivePortal,
  intermediaryConnectMalformed,
  intermediaryConnectRefused,
  intermediaryConnectTimeout,
  intermediaryConnectionHeaderLost,
  intermediaryExtensionStripped,
  intermediaryGatewayTimeout,
  intermediaryH2NoExtendedConnect,
  intermediaryHeaderTooLarge,
  intermediaryHttp10Downgrade,
  intermediaryIdleTimeout,
  intermediaryMaxLifetime,
  intermediaryPolicyDrop,
  intermediaryPolicyRst,
  intermediaryProtocolNotEnabled,
  intermediaryProxyAuthRequired,
  intermediaryRateLimited,
  intermediaryRedirectHttps,
  intermediaryResponseHeaderRewritten,
  intermediaryStickySession,
  intermediaryTlsInterception,
  intermediaryTunnelEnded,
  intermediaryUnavailable,
  intermediaryUpgradeStripped,
  intermediaryWafBlock,
  certificateClientCertRejected,
  certificateClientCertRequired,
  certificateClockSkew,
  certificateExpired,
  certificateIncompleteChain,
  certificateMalformed,
  certificateNameMismatch,
  certificateNoSan,
  certificateNotYetValid,
  certificatePinMismatch,
  certificateRevoked,
  certificateSelfSigned,
  certificateStapling,
  certificateUnknownCa,
  certificateWeakKey,
  certificateWeakSignature,
  certificateWrongPurpose,
  tlsAlpnH2Only,
  tlsCipher,
  tlsHandshakeEof,
  tlsHandshakeTimeout,
  tlsSniRejected,
  tlsVersion,
  serverAcceptMismatch,
  serverAcceptMissing,
  serverAuth,
  serverBadConnection,
  serverBadRequest,
  serverBadUpgrade,
  serverCloseAfter101,
  serverClosePolicy,
  serverDoubleHandler,
  serverDuplicateHeaders,
  serverEarlyData,
  serverEmptyReply,
  serverExtensionMalformed,
  serverExtensionParams,
  serverExtensionUnrequested,
  serverForbidden,
  serverHeaderTooLarge,
  serverHttpAfter101,
  serverHttpVersion,
  serverInformational,
  serverInternalError,
  serverMalformedResponse,
  serverMethod,
  serverMissingConnection,
  serverMissingUpgrade,
  serverNoUpgradeHandler,
  serverOverloaded,
  serverRedirect,
  serverReset,
  serverRstAfter101,
  serverSlow,
  serverStatus200,
  serverStatusUnexpected,
  serverSubprotocolDuplicate,
  serverSubprotocolMismatch,
  serverSubprotocolMissing,
  serverSubprotocolUnrequested,
  serverTooEarly,
  serverTruncatedResponse,
  serverUpgradeRequired,
  serverVersionUnsupported,
  frameAbnormalClose,
  frameCloseCode,
  frameClosePayload,
  frameCompression,
  frameContinuation,
  frameControlFragmented,
  frameControlTooLong,
  frameInterleaved,
  frameLength,
  frameMaskedFromServer,
  frameOpcode,
  framePingTimeout,
  frameRsv,
  frameTooBig,
  frameTruncated,
  frameUnmaskedFromClient,
  frameUtf8,
  clientClosedEarly,
  clientLibraryBug,
  clientNoDetail,
  clientNotOpen,
  clientProtocolArgument,
  clientThrottled,
  clientTlsNotBuilt,
  clientTooManySockets,
];
