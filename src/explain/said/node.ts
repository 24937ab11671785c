/** What ws, undici and the WebSocket of Node say. The format stands in ../read-said.ts. */
export const node = `
## ws, WebSocket-Node, socket.io-client | run
socket hang up
  intermediary.policy-rst server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler server.truncated-response tls.alpn-h2-only | the TCP connection is accepted and closed before the request is read; or the peer closes cleanly (FIN) after the request without sending a byte; or the connection ends in the middle of the response head
## ws, WebSocket-Node, faye-websocket | run
read ECONNRESET
  intermediary.policy-rst server.reset server.truncated-response frame.truncated server.rst-after-101 | the TCP connection is accepted and reset at once; or the connection is reset in the middle of the response head; or the peer resets the connection (RST) after the request
unable to verify the first certificate
  certificate.incomplete-chain certificate.unknown-ca | the intermediate certificate is not sent; or only the leaf is sent and its issuer is not trusted
tlsv1 alert protocol version
  tls.version | the server speaks at most TLS 1.1
Hostname/IP does not match certificate's altnames: Host: «host» is not in the cert's altnames: 
  certificate.name-mismatch | no SAN of the certificate matches the host
## ws, socket.io-client | run
Invalid Sec-WebSocket-Accept header
  server.accept-mismatch intermediary.caching server.duplicate-headers server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 carries Sec-WebSocket-Accept twice; or 101 arrives without Sec-WebSocket-Accept
## ws | run; text in websockets/ws lib/websocket.js, lib/receiver.js
invalid block type
  frame.compression | a compressed message whose DEFLATE data is corrupt (or RSV1 where compression was not agreed)
Invalid URL: «url»
  url.malformed | the port is above 65535
The URL's protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"
  url.scheme-unsupported | the URL has another scheme than ws and wss
Invalid WebSocket frame: invalid UTF-8 sequence
  frame.utf8 frame.close-payload | a text frame that is not valid UTF-8; or a Close reason that is not UTF-8
Invalid WebSocket frame: invalid payload length «n»
  frame.control-too-long | a Ping of 126 bytes
Invalid WebSocket frame: invalid status code «n»
  frame.close-code | a Close frame that carries 1005; or a Close frame that carries 1006; or a Close frame with code 999
Invalid WebSocket frame: invalid payload length 1
  frame.close-payload frame.control-too-long | a Close frame with a one-byte body
Invalid WebSocket frame: invalid opcode 0
  frame.continuation | a continuation frame with nothing to continue
Invalid Sec-WebSocket-Extensions header
  server.extension-params server.extension-malformed | the 101 accepts permessage-deflate with server_max_window_bits=7; or Sec-WebSocket-Extensions in the 101 cannot be parsed; or the 101 accepts permessage-deflate with an undefined parameter
Server indicated an extension that was not requested
  server.extension-unrequested | the 101 names an extension the client did not offer
The URL contains a fragment identifier
  url.fragment | the URL has a #fragment
Invalid WebSocket frame: FIN must be set
  frame.control-fragmented | a Ping without FIN
Invalid WebSocket frame: RSV2 and RSV3 must be clear
  server.http-after-101 frame.rsv | valid 101, then HTML or HTTP text where frames are expected; or RSV2 set
Max payload size exceeded
  frame.too-big | a frame header that announces 2^40 bytes
Unsupported WebSocket frame: payload length > 2^53 - 1
  frame.length | a 64-bit length with the top bit set
Invalid WebSocket frame: MASK must be clear
  frame.masked-from-server | a masked frame from the server
Invalid WebSocket frame: invalid opcode 1
  frame.interleaved frame.opcode | a new data frame inside an unfinished fragmented message
Invalid WebSocket frame: invalid opcode «word»
  frame.opcode frame.continuation | reserved control opcode 11; or reserved data opcode 3
Server sent a subprotocol but none was requested
  server.subprotocol-unrequested | the 101 selects a subprotocol although none was offered
Server sent an invalid subprotocol
  server.subprotocol-mismatch server.subprotocol-duplicate | the 101 selects a subprotocol that was not offered; or the 101 carries Sec-WebSocket-Protocol twice; or the 101 carries an empty Sec-WebSocket-Protocol
Server sent no subprotocol
  server.subprotocol-missing | a subprotocol was offered and the 101 selects none
Invalid WebSocket frame: RSV1 must be clear
  frame.rsv | RSV1 set although no extension was agreed
Opening handshake has timed out
  server.slow intermediary.policy-drop intermediary.buffering | TCP connects and nothing at all is answered; or TCP is open, the request was sent, no answer arrives before the client gives up
## ws | run; websockets/ws lib/websocket.js
WebSocket was closed before the connection was established
  client.closed-early server.slow | close()/terminate() while CONNECTING
WebSocket is not open: readyState «n» («word»)
  client.not-open | send() outside OPEN
Server sent a Sec-WebSocket-Extensions header but no extension was requested
  server.extension-unrequested | perMessageDeflate:false and the server accepts it anyway
Unsupported protocol version: «n» (supported versions: 8, 13)
  client.protocol-argument | bad protocolVersion option
An invalid or duplicated subprotocol was specified
  client.protocol-argument | bad subprotocol argument
Maximum redirects exceeded
  server.redirect | followRedirects and more than maxRedirects
server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration
  server.double-handler | server side: two WebSocketServers on one http server, or handleUpgrade twice
## ws, WebSocket-Node | run
Parse Error: Invalid header token
  server.malformed-response | a response header line without a colon
Parse Error: Header overflow
  server.header-too-large | one response field of 300 000 bytes; or 3 000 response fields
Parse Error: Invalid header value char
  server.malformed-response | a control character in a response field value
Parse Error: Expected HTTP/, RTSP/ or ICE/
  server.early-data url.wrong-service server.malformed-response tls.alpn-h2-only url.scheme-mismatch-plain-to-tls | a WebSocket frame is sent before the 101; or the first bytes of the answer are not an HTTP status line; or the port answers with an HTTP/2 SETTINGS frame
Parse Error: Missing expected CR after response line
  server.malformed-response | the response head uses bare LF line ends
Parse Error: Invalid header field char
  server.malformed-response | white space before the colon of a response field
Client network socket disconnected before secure TLS connection was established
  tls.sni-rejected tls.handshake-eof | the server drops the connection because of the SNI name
## ws, ws server | run
Invalid Upgrade header
  server.bad-upgrade server.duplicate-headers server.bad-request | 101 carries an Upgrade field other than websocket (h2c was used); or 101 carries Upgrade twice; or upgrade event fired for another protocol
## ws, ws with https-proxy-agent, socket.io-client | run
Unexpected server response: «status»
  @status server.bad-connection intermediary.response-header-rewritten server.status-200 intermediary.http10-downgrade server.missing-connection server.missing-upgrade url.wrong-endpoint intermediary.upgrade-stripped | 101 carries Connection: close; or an HTTP/1.0 200 arrives; or 101 arrives without a Connection field
## ws, WebSocket-Node, faye-websocket, socket.io-client | run
getaddrinfo ENOTFOUND «host»
  url.dns | the host name does not resolve
connect ECONNREFUSED «addr»
  url.refused url.scheme-unsupported | nothing listens on host:port
## undici | run; nodejs/undici lib/web/websocket
TypeError: Invalid URL
  url.malformed | the port is above 65535; or the URL has no host; or a relative URL was given
expected a ws: or wss: url
  url.scheme-unsupported | the URL has another scheme than ws and wss
## undici | run (92 broken-server scenarios, same result); nodejs/undici lib/web/websocket/connection.js failWebsocketConnection
? error message="" error=TypeError
  client.no-detail url.refused url.not-found origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler certificate.unknown-ca certificate.self-signed url.dns url.scheme-mismatch-plain-to-tls intermediary.bad-gateway intermediary.unavailable server.auth server.forbidden server.redirect server.bad-request server.empty-reply server.reset server.close-after-101 frame.abnormal-close certificate.expired certificate.name-mismatch intermediary.policy-rst server.malformed-response server.header-too-large frame.close-code intermediary.response-header-rewritten server.status-unexpected frame.close-payload server.bad-connection server.duplicate-headers url.wrong-service frame.truncated server.rst-after-101 frame.opcode server.truncated-response server.subprotocol-mismatch frame.rsv server.slow intermediary.policy-drop certificate.clock-skew certificate.incomplete-chain server.accept-mismatch intermediary.caching frame.compression frame.control-too-long frame.continuation server.early-data server.extension-malformed server.extension-unrequested intermediary.idle-timeout intermediary.max-lifetime intermediary.http10-downgrade server.http-after-101 frame.too-big frame.length frame.masked-from-server frame.interleaved server.accept-missing server.missing-connection server.missing-upgrade server.subprotocol-unrequested server.subprotocol-duplicate server.subprotocol-missing server.informational intermediary.redirect-https intermediary.connection-header-lost intermediary.waf-block intermediary.proxy-auth-required url.wrong-host server.too-early intermediary.rate-limited server.internal-error server.overloaded intermediary.gateway-timeout server.http-version intermediary.buffering tls.alpn-h2-only certificate.client-cert-required certificate.not-yet-valid tls.version intermediary.tls-interception certificate.weak-signature tls.sni-rejected tls.handshake-eof certificate.wrong-purpose | the WebSocket did not open, or ended, for whatever reason
## undici | nodejs/undici lib/web/websocket/connection.js
Received network error or non-200 status code.
  intermediary.h2-no-extended-connect | the same over HTTP/2
Server did not set Upgrade header to "websocket".
  server.missing-upgrade server.bad-upgrade | Upgrade wrong
Protocol was not set in the opening handshake.
  server.subprotocol-mismatch | subprotocol not in the offer
## Node built-in WebSocket, undici | run
? Received network error or non-101 status code.
  client.no-detail url.refused url.not-found origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler url.scheme-mismatch-plain-to-tls intermediary.bad-gateway server.auth server.redirect server.empty-reply certificate.expired intermediary.policy-rst certificate.clock-skew | the WebSocket did not open, or ended, for whatever reason
Incorrect hash received in Sec-WebSocket-Accept header.
  server.accept-mismatch intermediary.caching server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or accept wrong or absent
Server did not set Connection header to "upgrade".
  server.bad-connection server.missing-connection | 101 carries Connection: keep-alive, Upgrade (legal list; strict clients refuse it); or Connection is not exactly upgrade (lists refused)
Sec-WebSocket-Extensions header does not match.
  server.extension-unrequested | the 101 names an extension the client did not offer; or extension not offered
Server did not respond with sent protocols.
  server.subprotocol-missing | a subprotocol was offered and the 101 selects none; or offer made, none selected
## Node built-in WebSocket | run against a deliberately broken loopback server
Expected RSV1 to be clear.
  frame.rsv | RSV1 set although no extension was agreed
Frame cannot be masked
  frame.masked-from-server | a masked frame from the server
Received invalid UTF-8 in text frame.
  frame.utf8 | a text frame that is not valid UTF-8
Invalid status code
  frame.close-code | a Close frame that carries 1006
Control frame either too large or fragmented
  frame.control-too-long | a Ping of 126 bytes
`;
