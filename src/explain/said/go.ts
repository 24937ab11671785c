/** What the packages of Go say. The format stands in ../read-said.ts. */
export const go = String.raw`
## gorilla/websocket | run against a deliberately broken loopback server
? websocket: bad handshake
  client.no-detail origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler server.auth server.forbidden intermediary.response-header-rewritten server.informational intermediary.waf-block intermediary.proxy-auth-required server.accept-mismatch intermediary.caching server.accept-missing server.missing-upgrade server.bad-upgrade server.missing-connection server.bad-connection intermediary.http10-downgrade server.malformed-response | the WebSocket did not open, or ended, for whatever reason
websocket: invalid compression negotiation
  server.extension-unrequested server.extension-params server.extension-malformed frame.compression | the 101 accepts plain permessage-deflate (refused only by clients that did not offer it, or that insist on parameters); or the 101 accepts permessage-deflate with server_max_window_bits=7; or the 101 accepts permessage-deflate with an undefined parameter
unexpected EOF
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst server.truncated-response tls.alpn-h2-only frame.truncated server.close-after-101 frame.abnormal-close intermediary.idle-timeout | the peer closes cleanly (FIN) after the request without sending a byte; or the connection ends in the middle of the response head; or the connection is reset in the middle of the response head
? read tcp «addr»: i/o timeout
  server.slow intermediary.policy-drop server.duplicate-headers server.header-too-large server.malformed-response server.subprotocol-mismatch server.http-version intermediary.http10-downgrade server.subprotocol-missing server.subprotocol-duplicate server.extension-unrequested server.extension-malformed intermediary.buffering frame.utf8 frame.control-too-long frame.control-fragmented | it waited for something that did not come
websocket: close 1006 (abnormal closure): unexpected EOF
  server.close-after-101 frame.truncated frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime | valid 101, then FIN at once without a Close frame; or the stream ends inside a frame; or the established connection ends with FIN and no Close frame
websocket: RSV2 set, RSV3 set, bad opcode «n»
  server.http-after-101 | valid 101, then HTML or HTTP text where frames are expected
websocket: bad MASK
  frame.masked-from-server | a masked frame from the server
websocket: RSV1 set
  frame.rsv | RSV1 set although no extension was agreed
websocket: RSV2 set
  frame.rsv server.http-after-101 | RSV2 set
websocket: bad opcode «word»
  frame.opcode | reserved data opcode 3; or reserved control opcode 11
websocket: len > 125 for control
  frame.control-too-long | a Ping of 126 bytes
websocket: FIN not set on control
  frame.control-fragmented | a Ping without FIN
websocket: continuation after FIN
  frame.continuation | a continuation frame with nothing to continue
websocket: data before FIN
  frame.interleaved | a new data frame inside an unfinished fragmented message
websocket: bad close code «n»
  frame.close-code | a Close frame with code 999; or a Close frame that carries 1005; or a Close frame that carries 1006
websocket: close 1008 (policy violation)
  server.close-policy | a proper Close 1008 right after the 101
websocket: close 1005 (no status)
  frame.close-payload | a Close frame with a one-byte body
websocket: invalid utf8 payload in close frame
  frame.close-payload | a Close reason that is not UTF-8
websocket: read limit exceeded
  frame.length | a 64-bit length with the top bit set
malformed ws or wss URL
  url.scheme-unsupported url.malformed | the URL has another scheme than ws and wss; or a relative URL was given
## coder/websocket | run against a deliberately broken loopback server
expected handshake response status code 101 but got «status»
  @status server.status-200 url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.auth origin.rejected server.forbidden intermediary.waf-block | the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered); or the response is 401; or the response is 403
WebSocket protocol violation: invalid Sec-WebSocket-Accept "«host»", key "«accept»"
  server.accept-mismatch intermediary.caching server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent
WebSocket protocol violation: invalid Sec-WebSocket-Accept "", key "«host»"
  server.accept-missing | 101 arrives without Sec-WebSocket-Accept
WebSocket protocol violation: Upgrade header "" does not contain websocket
  server.missing-upgrade intermediary.response-header-rewritten server.malformed-response | 101 arrives without an Upgrade field; or white space before the colon of a response field
WebSocket protocol violation: Connection header "" does not contain Upgrade
  server.missing-connection intermediary.response-header-rewritten server.bad-connection | 101 arrives without a Connection field; or 101 carries Connection: close
WebSocket protocol violation: unexpected Sec-WebSocket-Protocol from server: "other"
  server.subprotocol-mismatch | the 101 selects a subprotocol that was not offered
WebSocket protcol violation: unsupported extensions from server: []
  server.extension-unrequested | the 101 names an extension the client did not offer
unsupported permessage-deflate parameter: "«rest»"
  server.extension-params server.extension-malformed | the 101 accepts permessage-deflate with server_max_window_bits=7
WebSocket protcol violation: unsupported extensions from server: [{name:permessage-deflate params:[]}]
  server.extension-malformed | the 101 lists permessage-deflate twice
unsupported permessage-deflate parameter: "="
  server.extension-malformed | Sec-WebSocket-Extensions in the 101 cannot be parsed
failed to WebSocket dial: failed to send handshake request: Get "«url»": EOF
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst tls.alpn-h2-only tls.sni-rejected tls.handshake-eof | the peer closes cleanly (FIN) after the request without sending a byte; or the server speaks only HTTP/2 on the TLS port; or the server drops the connection because of the SNI name
failed to WebSocket dial: failed to send handshake request: Get "«url»": net/http: HTTP/1.x transport connection broken: unexpected EOF
  server.truncated-response intermediary.policy-rst | the connection ends in the middle of the response head; or the connection is reset in the middle of the response head
context deadline exceeded
  server.slow intermediary.policy-drop intermediary.buffering server.duplicate-headers server.malformed-response server.bad-connection server.subprotocol-missing server.subprotocol-duplicate server.http-version intermediary.http10-downgrade server.header-too-large frame.masked-from-server frame.utf8 frame.too-big | TCP is open, the request was sent, no answer arrives before the client gives up; or TCP connects and nothing at all is answered
failed to get reader: failed to read frame header: EOF
  server.close-after-101 frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime | valid 101, then FIN at once without a Close frame; or the established connection ends with FIN and no Close frame
received header with unexpected rsv bits set: false:true:true
  server.http-after-101 | valid 101, then HTML or HTTP text where frames are expected
received header with unexpected rsv bits set: true:false:false
  frame.rsv | RSV1 set although no extension was agreed
received header with unexpected rsv bits set: false:true:false
  frame.rsv | RSV2 set
received unknown opcode opcode(«word»)
  frame.opcode | reserved data opcode 3; or reserved control opcode 11
received control frame payload with invalid length: «n»
  frame.control-too-long | a Ping of 126 bytes
received fragmented control frame
  frame.control-fragmented | a Ping without FIN
received continuation frame without text or binary frame
  frame.continuation | a continuation frame with nothing to continue
received new data message without finishing the previous message
  frame.interleaved | a new data frame inside an unfinished fragmented message
received invalid close payload: invalid status code StatusCode(«n»)
  frame.close-code | a Close frame with code 999
received invalid close payload: invalid status code StatusNoStatusRcvd
  frame.close-code | a Close frame that carries 1005
received invalid close payload: invalid status code StatusAbnormalClosure
  frame.close-code | a Close frame that carries 1006
received close frame: status = StatusPolicyViolation and reason = "«rest»"
  server.close-policy | a proper Close 1008 right after the 101
received invalid close payload: close payload «rest» too small, cannot even contain the 2 byte status code
  frame.close-payload | a Close frame with a one-byte body
failed to read: failed to read frame payload: unexpected EOF
  frame.truncated | the stream ends inside a frame
received negative payload length: 
  frame.length | a 64-bit length with the top bit set
flate: corrupt input before offset «n»
  frame.compression | a compressed message whose DEFLATE data is corrupt (or RSV1 where compression was not agreed)
unexpected url scheme: "«word»"
  url.scheme-unsupported | the URL has another scheme than ws and wss
http: server gave HTTP response to HTTPS client
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
unexpected url scheme: ""
  url.malformed | a relative URL was given
? failed to get reader: context deadline exceeded
  server.slow intermediary.policy-drop server.bad-connection server.subprotocol-missing server.http-version intermediary.http10-downgrade frame.utf8 | it waited for something that did not come
? failed to get reader: WebSocket closed: read timed out
  server.slow intermediary.policy-drop server.duplicate-headers server.malformed-response server.subprotocol-duplicate server.header-too-large frame.masked-from-server frame.length | it waited for something that did not come
## golang.org/x/net/websocket | run against a deliberately broken loopback server
websocket.Dial «url»: bad status
  server.status-200 url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.auth origin.rejected server.forbidden intermediary.waf-block server.informational intermediary.proxy-auth-required intermediary.http10-downgrade url.fragment | the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered); or the response is 401; or the response is 403
mismatch challenge/response
  server.accept-mismatch intermediary.caching server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 arrives without Sec-WebSocket-Accept
websocket.Dial «url»: missing or bad upgrade
  server.missing-upgrade intermediary.response-header-rewritten server.bad-upgrade server.missing-connection server.bad-connection server.malformed-response | 101 arrives without an Upgrade field; or 101 carries an Upgrade field other than websocket (h2c was used); or 101 arrives without a Connection field
missing or bad WebSocket-Protocol
  server.subprotocol-mismatch | the 101 selects a subprotocol that was not offered
websocket.Dial «url»: unsupported extensions
  server.extension-unrequested server.extension-params server.extension-malformed frame.compression | the 101 names an extension the client did not offer; or the 101 accepts plain permessage-deflate (refused only by clients that did not offer it, or that insist on parameters); or the 101 accepts permessage-deflate with server_max_window_bits=7
websocket.Dial «url»: unexpected EOF
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst server.truncated-response tls.alpn-h2-only | the peer closes cleanly (FIN) after the request without sending a byte; or the connection ends in the middle of the response head; or the connection is reset in the middle of the response head
websocket.Dial «url»: bad scheme
  url.scheme-unsupported url.malformed | the URL has another scheme than ws and wss
websocket.Dial «url»: EOF
  tls.sni-rejected tls.handshake-eof | the server drops the connection because of the SNI name
websocket.Dial /ws: bad scheme
  url.malformed | a relative URL was given
## coder/websocket, coder/websocket server | run
WebSocket protocol violation: Upgrade header "«rest»" does not contain websocket
  server.bad-upgrade intermediary.upgrade-stripped server.missing-upgrade intermediary.response-header-rewritten server.malformed-response | 101 carries an Upgrade field other than websocket (h2c was used); or Upgrade lost
## gorilla/websocket, coder/websocket, golang.org/x/net/websocket | run
malformed HTTP status code "«rest»"
  url.wrong-service server.malformed-response | the first bytes of the answer are not an HTTP status line
malformed HTTP response "SSH-
  url.wrong-service | the port answers with another protocol banner (SSH was used)
malformed HTTP response "\x15\x03
  url.scheme-mismatch-plain-to-tls | ws:// reached a TLS port that answers with a plaintext TLS alert record (15 03 01 ..)
malformed HTTP response "\x00\x00
  url.wrong-service tls.alpn-h2-only | the port answers with an HTTP/2 SETTINGS frame
malformed MIME header: missing colon
  server.malformed-response | a response header line without a colon
malformed HTTP version "\x81
  server.early-data | a WebSocket frame is sent before the 101
dial tcp «addr»: connect: connection refused
  url.refused | nothing listens on host:port (TCP RST to the SYN)
remote error: tls: certificate required
  certificate.client-cert-required | the server demands a client certificate
dial tcp: lookup «host» on «addr»: no such host
  url.dns | the host name does not resolve
remote error: tls: protocol version not supported
  tls.version | the server speaks at most TLS 1.1
x509: certificate has expired or is not yet valid: current time «rest» is after
  certificate.expired certificate.clock-skew | the leaf certificate is past notAfter
x509: certificate has expired or is not yet valid: current time «rest» is before
  certificate.not-yet-valid certificate.clock-skew | the leaf certificate is before notBefore
x509: certificate is valid for «rest», not «host»
  certificate.name-mismatch | no SAN of the certificate matches the host
x509: certificate relies on legacy Common Name field, use SANs instead
  certificate.no-san | the certificate has only a common name
x509: certificate signed by unknown authority
  certificate.self-signed intermediary.tls-interception certificate.unknown-ca certificate.incomplete-chain certificate.weak-signature | the leaf is self-signed; or the chain (root included) ends in a root the client does not trust; or only the leaf is sent and its issuer is not trusted
x509: certificate signed by unknown authority (possibly because of "x509: cannot verify signature: insecure algorithm SHA1-RSA
  certificate.weak-signature | a SHA-1 signature on the leaf
x509: certificate specifies an incompatible key usage
  certificate.wrong-purpose | the leaf has only the clientAuth purpose
## gorilla/websocket, golang.org/x/net/websocket, coder/websocket | run
read tcp «addr»: read: connection reset by peer
  server.reset intermediary.policy-rst server.rst-after-101 frame.truncated | the peer resets the connection (RST) after the request; or valid 101, then RST; or RST inside a frame
## gorilla/websocket, golang.org/x/net/websocket | run
tls: first record does not look like a TLS handshake
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
`;
