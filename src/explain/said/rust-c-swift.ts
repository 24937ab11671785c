/** What clients in Rust, C, C++, Swift and Ruby say, and curl. The format stands in ../read-said.ts. */
export const rustCSwift = `
## curl | run against a deliberately broken loopback server
curl: (7) Failed to connect to «host» port «n»
  url.refused | nothing listens on host:port (TCP RST to the SYN)
curl: (6) Could not resolve host: «host»
  url.dns | the host name does not resolve
curl: (28) Operation timed out after «n» milliseconds with 0 bytes received
  server.slow intermediary.policy-drop | TCP connects and nothing at all is answered
curl: (52) Empty reply from server
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst | the peer closes cleanly (FIN) after the request without sending a byte; or ws:// reached a TLS port of a Node https server (it just closes)
curl: (56) Recv failure: Connection reset by peer
  server.reset intermediary.policy-rst | the peer resets the connection (RST) after the request
curl: (1) Received HTTP/0.9 when not allowed
  url.wrong-service server.malformed-response | the first bytes of the answer are not an HTTP status line
SSL: no alternative certificate subject name matches target host name '«host»'
  certificate.name-mismatch | no SAN of the certificate matches the host
tlsv1 alert no application protocol
  tls.alpn-h2-only | the server speaks only HTTP/2 on the TLS port
curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to «addr»
  tls.sni-rejected tls.handshake-eof | the server drops the connection because of the SNI name
## curl | run through a refusing proxy
curl: (56) CONNECT tunnel failed, response «status»
  @status intermediary.connect-refused intermediary.proxy-auth-required | CONNECT refused
## curl | run through a broken proxy
curl: (56) Proxy CONNECT aborted
  intermediary.connect-malformed | the proxy closed during CONNECT
## curl | run
curl: (1) Protocol "ws" not supported or disabled in libcurl
  client.tls-not-built client.protocol-argument | curl built without WebSocket support
## curl | curl/curl lib/ws.c
[WS] invalid reserved bits: «word»
  frame.rsv | RSV
[WS] invalid opcode: «word»
  frame.opcode | opcode
[WS] masked input frame
  frame.masked-from-server | masked server frame
[WS] received PING frame is too big
  frame.control-too-long | control length
[WS] invalid fragmented PING frame
  frame.control-fragmented | control FIN
[WS] no ongoing fragmented message to resume
  frame.continuation | stray continuation
[WS] fragmented message interrupted by new TEXT msg
  frame.interleaved | interleaved
[WS] frame length longer than 63 bits not supported
  frame.length | length
## tungstenite | snapview/tungstenite-rs src/error.rs
HTTP error: «status»
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | the handshake response status is not 101
WebSocket protocol error: No "Connection: upgrade" header
  server.missing-connection server.bad-connection intermediary.response-header-rewritten | 101 without Connection: upgrade
WebSocket protocol error: No "Upgrade: websocket" header
  server.missing-upgrade server.bad-upgrade | 101 without Upgrade: websocket
WebSocket protocol error: Key mismatch in "Sec-WebSocket-Accept" header
  server.accept-mismatch server.accept-missing | accept absent or wrong
WebSocket protocol error: SubProtocol error: Server sent a subprotocol but none was requested
  server.subprotocol-unrequested | unrequested subprotocol
WebSocket protocol error: SubProtocol error: Server sent an invalid subprotocol
  server.subprotocol-mismatch | subprotocol not in the offer
WebSocket protocol error: SubProtocol error: Server sent no subprotocol
  server.subprotocol-missing | offer made, none selected
WebSocket protocol error: HTTP version must be 1.1 or higher
  server.http-version intermediary.http10-downgrade | HTTP/1.0 status or request line
WebSocket protocol error: httparse error: 
  url.wrong-service server.malformed-response url.scheme-mismatch-plain-to-tls | the response is not HTTP
WebSocket protocol error: Handshake not finished
  server.empty-reply server.truncated-response intermediary.policy-rst | EOF during the handshake
WebSocket protocol error: No "Sec-WebSocket-Key" header
  intermediary.upgrade-stripped server.bad-request | server side: request without key
WebSocket protocol error: No "Sec-WebSocket-Version: 13" header
  server.version-unsupported | server side: request without version 13
WebSocket protocol error: Missing, duplicated or incorrect header
  client.protocol-argument | a request header the caller built by hand is wrong
WebSocket protocol error: Reserved bits are non-zero
  frame.rsv | RSV bits set
WebSocket protocol error: Received a masked frame from server
  frame.masked-from-server | masked server frame
WebSocket protocol error: Received an unmasked frame from client
  frame.unmasked-from-client | server side: unmasked client frame
WebSocket protocol error: Fragmented control frame
  frame.control-fragmented | control frame without FIN
WebSocket protocol error: Control frame too big (payload must be 125 bytes or less)
  frame.control-too-long | control payload above 125
WebSocket protocol error: Continue frame but nothing to continue
  frame.continuation | stray continuation
WebSocket protocol error: While waiting for more fragments received: 
  frame.interleaved | new data frame inside a message
WebSocket protocol error: Connection reset without closing handshake
  frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime | TCP ended without Close
WebSocket protocol error: Encountered invalid opcode: «word»
  frame.opcode | reserved opcode
WebSocket protocol error: Invalid close sequence
  frame.close-payload frame.close-code | bad Close payload
Space limit exceeded: Message too long: «n» > «n»
  frame.too-big | message above max_message_size
Space limit exceeded: Too many headers
  server.header-too-large | more response fields than the parser allows
UTF-8 encoding error: 
  frame.utf8 | text frame not UTF-8
URL error: TLS support not compiled in
  client.tls-not-built | wss:// with no TLS feature enabled
URL error: URL scheme not supported
  url.scheme-unsupported | scheme is not ws or wss
URL error: No host name in the URL
  url.malformed | no host
URL error: Unable to connect to «url»
  url.refused url.unreachable | every resolved address failed
## libwebsockets | warmcat/libwebsockets lib/roles/ws/client-ws.c
% HS: ws upgrade response not 101
  url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | status is not 101
HS: ws upgrade response not 200
  intermediary.h2-no-extended-connect | HTTP/2 CONNECT answered with another status
HS: ACCEPT missing
  server.accept-missing | no Sec-WebSocket-Accept
HS: Accept hash wrong
  server.accept-mismatch | accept wrong
HS: UPGRADE missing
  server.missing-upgrade | no Upgrade
HS: Upgrade to something other than websocket
  server.bad-upgrade | wrong Upgrade
HS: UPGRADE malformed
  server.missing-connection server.bad-connection | Connection field absent or without upgrade
HS: Cannot match protocol
  server.subprotocol-mismatch | subprotocol not in the offer
HS: PROTOCOL malformed
  server.subprotocol-missing | no subprotocol where one is required
HS: EXT: unknown ext
  server.extension-unrequested | extension not offered
HS: EXT: Rejects server options
  server.extension-params | extension parameters
## websocketpp | zaphoyd/websocketpp websocketpp/processors/base.hpp
% Invalid HTTP status.
  url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | status is not 101
A required HTTP header is missing
  server.missing-upgrade server.missing-connection server.accept-mismatch server.accept-missing | Upgrade, Connection or accept absent or wrong (one text for all)
Invalid HTTP version.
  server.http-version intermediary.http10-downgrade | not HTTP/1.1
Invalid use of reserved bits
  frame.rsv | RSV
Control messages are limited to fewer than 125 characters
  frame.control-too-long | control length
Control messages cannot be fragmented
  frame.control-fragmented | control FIN
Servers may not send masked frames
  frame.masked-from-server | masked
Clients may not send unmasked frames
  frame.unmasked-from-client | server side
Payload length was not minimally encoded
  frame.length | length
Invalid UTF8 encoding
  frame.utf8 | UTF-8
## websocketpp | zaphoyd/websocketpp websocketpp/error.hpp
The opening handshake timed out
  server.slow intermediary.policy-drop | no answer in time
Selected subprotocol was not requested by the client
  server.subprotocol-unrequested server.subprotocol-mismatch | subprotocol
## Starscream | daltoniam/Starscream Sources/Framer/FoundationHTTPHandler.swift
notAnUpgrade(«status»
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | status is not 101 (enum HTTPUpgradeError)
## Starscream | daltoniam/Starscream Sources/Security/FoundationSecurity.swift
accept header doesn't match
  server.accept-mismatch | accept wrong
## Starscream | daltoniam/Starscream Sources/Framer/Framer.swift
masked and rsv data is not currently supported
  frame.masked-from-server frame.rsv | masked or RSV
control frames can't be fragmented
  frame.control-fragmented | control FIN
## websocket-driver (Ruby) | faye/websocket-driver-ruby lib/websocket/driver/client.rb
Error during WebSocket handshake: Invalid HTTP response
  url.wrong-service server.malformed-response | not HTTP
`;
