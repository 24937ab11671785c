/** What Chrome, Edge and whatever else stands on Chromium say in their console. The format stands in ../read-said.ts. */
export const chromium = `
## Chromium | produced by running headless Chromium (Network.webSocketFrameError); text in chromium/chromium net/websockets and third_party/blink/renderer/modules/websockets
HTTP Authentication failed; no valid credentials available
  server.auth | the response is 401
Error in connection establishment: net::ERR_UNEXPECTED_PROXY_AUTH
  intermediary.proxy-auth-required | a 407 arrives as the answer to the upgrade request itself
Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value
  server.accept-mismatch intermediary.caching | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent
Error during WebSocket handshake: 'Sec-WebSocket-Accept' header must not appear more than once in a response
  server.duplicate-headers | 101 carries Sec-WebSocket-Accept twice
Error during WebSocket handshake: 'Upgrade' header value is not 'WebSocket': 
  server.bad-upgrade | 101 carries an Upgrade field other than websocket (h2c was used)
Error during WebSocket handshake: 'Upgrade' header must not appear more than once in a response
  server.duplicate-headers | 101 carries Upgrade twice
Error during WebSocket handshake: 'Connection' header value must contain 'Upgrade'
  server.bad-connection intermediary.response-header-rewritten | 101 carries Connection: close
Error during WebSocket handshake: Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received
  server.subprotocol-missing | a subprotocol was offered and the 101 selects none
Error during WebSocket handshake: 'Sec-WebSocket-Protocol' header value '«rest»' in response does not match any of sent values
  server.subprotocol-mismatch | the 101 selects a subprotocol that was not offered
Error during WebSocket handshake: 'Sec-WebSocket-Protocol' header must not appear more than once in a response
  server.subprotocol-duplicate | the 101 carries Sec-WebSocket-Protocol twice
Error during WebSocket handshake: Found an unsupported extension '«rest»' in 'Sec-WebSocket-Extensions' header
  server.extension-unrequested | the 101 names an extension the client did not offer
Error during WebSocket handshake: Error in permessage-deflate: Received invalid server_max_window_bits parameter
  server.extension-params | the 101 accepts permessage-deflate with server_max_window_bits=7
Error during WebSocket handshake: Error in permessage-deflate: Received an unexpected permessage-deflate extension parameter
  server.extension-params | the 101 accepts permessage-deflate with an undefined parameter
Error during WebSocket handshake: 'Sec-WebSocket-Extensions' header value is rejected by the parser: 
  server.extension-malformed | Sec-WebSocket-Extensions in the 101 cannot be parsed
Error during WebSocket handshake: Received duplicate permessage-deflate response
  server.extension-malformed | the 101 lists permessage-deflate twice
Error during WebSocket handshake: net::ERR_INVALID_HTTP_RESPONSE
  url.wrong-service server.malformed-response url.scheme-mismatch-plain-to-tls tls.alpn-h2-only server.early-data | the first bytes of the answer are not an HTTP status line; or the port answers with another protocol banner (SSH was used); or ws:// reached a TLS port that answers with a plaintext TLS alert record (15 03 01 ..)
Connection closed before receiving a handshake response
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst | the peer closes cleanly (FIN) after the request without sending a byte; or ws:// reached a TLS port of a Node https server (it just closes)
Error during WebSocket handshake: net::ERR_CONNECTION_RESET
  server.reset intermediary.policy-rst server.truncated-response | the peer resets the connection (RST) after the request; or the connection is reset in the middle of the response head
Error during WebSocket handshake: net::ERR_CONNECTION_CLOSED
  server.truncated-response | the connection ends in the middle of the response head
Error during WebSocket handshake: net::ERR_RESPONSE_HEADERS_TOO_BIG
  server.header-too-large | one response field of 300 000 bytes
Invalid frame header
  server.http-after-101 frame.control-too-long frame.control-fragmented frame.length frame.compression | valid 101, then HTML or HTTP text where frames are expected; or a Ping of 126 bytes; or a Ping without FIN
A server must not mask any frames that it sends to the client.
  frame.masked-from-server | a masked frame from the server
Could not decode a text frame as UTF-8.
  frame.utf8 | a text frame that is not valid UTF-8
Received unexpected continuation frame.
  frame.continuation | a continuation frame with nothing to continue
Received start of new message but previous message is unfinished.
  frame.interleaved | a new data frame inside an unfinished fragmented message
Received a broken close frame containing a reserved status code.
  frame.close-code | a Close frame that carries 1005; or a Close frame that carries 1006
Received a broken close frame with an invalid size of 1 byte.
  frame.close-payload | a Close frame with a one-byte body
Received a broken close frame containing invalid UTF-8.
  frame.close-payload | a Close reason that is not UTF-8
Error during WebSocket handshake: Response must not include 'Sec-WebSocket-Protocol' header if not present in request
  server.subprotocol-unrequested | the 101 selects a subprotocol although none was offered
Error in connection establishment: net::ERR_CONNECTION_REFUSED
  url.refused | nothing listens on host:port (TCP RST to the SYN)
Error in connection establishment: net::ERR_NAME_NOT_RESOLVED
  url.dns | the host name does not resolve
Error in connection establishment: net::ERR_SOCKET_NOT_CONNECTED
  intermediary.policy-rst server.empty-reply server.reset | the TCP connection is accepted and closed before the request is read; or the TCP connection is accepted and reset at once
Error in connection establishment: net::ERR_SSL_PROTOCOL_ERROR
  url.scheme-mismatch-tls-to-plain tls.alpn-h2-only | wss:// reached a port that speaks plain HTTP; or wss:// reached a plain-HTTP nginx-like port that answers the ClientHello with "HTTP/1.1 400"; or the server speaks only HTTP/2 on the TLS port
Error in connection establishment: net::ERR_UNSAFE_PORT
  url.port-blocked | the port is on the browser blocklist (6666 was used)
Error in connection establishment: net::ERR_CERT_DATE_INVALID
  certificate.expired certificate.clock-skew certificate.not-yet-valid | the leaf certificate is past notAfter; or the leaf certificate is before notBefore
Error in connection establishment: net::ERR_CERT_COMMON_NAME_INVALID
  certificate.name-mismatch certificate.no-san | no SAN of the certificate matches the host; or the certificate has only a common name
Error in connection establishment: net::ERR_CERT_AUTHORITY_INVALID
  certificate.self-signed intermediary.tls-interception certificate.unknown-ca certificate.incomplete-chain | the leaf is self-signed; or only the leaf is sent and its issuer is not trusted; or the chain (root included) ends in a root the client does not trust
Error in connection establishment: net::ERR_CERT_INVALID
  certificate.weak-signature certificate.wrong-purpose | a SHA-1 signature on the leaf; or the leaf has only the clientAuth purpose
Error in connection establishment: net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH
  tls.version tls.cipher | the server speaks at most TLS 1.1; or the server offers only an RSA key-exchange CBC suite
Error in connection establishment: net::ERR_CONNECTION_CLOSED
  tls.sni-rejected tls.handshake-eof | the server drops the connection because of the SNI name
WebSocket opening handshake was canceled
  certificate.client-cert-required | the server demands a client certificate
Error in connection establishment: net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS
  origin.local-network-access | a page that is not itself local opens a socket to a loopback/private address (about:blank, opaque origin was used)
Failed to construct 'WebSocket': The URL's scheme must be either «rest» is not allowed.
  url.scheme-unsupported | the URL has another scheme than ws and wss
The URL contains a fragment identifier ('«rest»'). Fragment identifiers are not allowed in WebSocket URLs.
  url.fragment | the URL has a #fragment
Failed to construct 'WebSocket': The URL '«rest»' is invalid.
  url.malformed | the port is above 65535
Failed to construct 'WebSocket': The subprotocol '«rest»' is invalid.
  client.protocol-argument | the subprotocol argument is not a token
Failed to construct 'WebSocket': The subprotocol '«rest»' is duplicated.
  client.protocol-argument | the subprotocol argument repeats a name
Connecting to '«url»' violates the following Content Security Policy directive: "connect-src «rest»".
  origin.csp-blocked | the page CSP connect-src does not list the WebSocket URL
Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.
  url.mixed-content | an https page opens ws:// to a host that is not loopback
Mixed Content: The page at '«url»' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint '«url»'. This request has been blocked; this endpoint must be available over WSS.
  url.mixed-content | an https page opens ws:// to a host that is not loopback
## Chromium | chromium/chromium net/websockets/websocket_stream.cc
Establishing a tunnel via proxy server failed.
  intermediary.connect-refused | the proxy answered CONNECT with an error other than a usable 407
Proxy authentication failed
  intermediary.proxy-auth-required | 407 from the proxy and no credentials
WebSocket opening handshake timed out
  server.slow intermediary.policy-drop | no answer for 240 s
WebSocket is closed before the connection is established.
  client.closed-early client.throttled server.slow | close() was called, or the page went away, while CONNECTING
Error during WebSocket handshake: Invalid status line
  url.wrong-service url.scheme-mismatch-plain-to-tls | the answer was treated as HTTP/0.9
Insufficient resources
  client.too-many-sockets | too many sockets already open in the renderer
## Chromium | chromium/chromium net/websockets/websocket_stream.cc + net/base/net_error_list.h
Error in connection establishment: net::«word»
  url.refused url.dns certificate.unknown-ca intermediary.tls-interception url.scheme-mismatch-tls-to-plain certificate.clock-skew certificate.incomplete-chain intermediary.proxy-auth-required intermediary.policy-rst server.reset certificate.expired certificate.not-yet-valid certificate.name-mismatch certificate.no-san | any network error before the request was answered (the net error decides)
Error in connection establishment: net::ERR_PROXY_CONNECTION_FAILED
  intermediary.connect-timeout intermediary.connect-refused | the proxy itself is unreachable
Error in connection establishment: net::ERR_CERT_REVOKED
  certificate.revoked | revoked certificate
Error in connection establishment: net::ERR_INTERNET_DISCONNECTED
  url.unreachable | no network
Error in connection establishment: net::ERR_NETWORK_ACCESS_DENIED
  intermediary.policy-drop | local firewall or policy
Error in connection establishment: net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN
  certificate.pin-mismatch intermediary.tls-interception | key pinning
Error in connection establishment: net::ERR_BAD_SSL_CLIENT_AUTH_CERT
  certificate.client-cert-rejected | client certificate refused
Error in connection establishment: net::ERR_SSL_UNRECOGNIZED_NAME_ALERT
  tls.sni-rejected | SNI refused by alert
Error in connection establishment: net::ERR_CONNECTION_TIMED_OUT
  url.unreachable intermediary.policy-drop | SYN never answered
## Chromium | chromium/chromium net/websockets/websocket_http2_handshake_stream.cc
Stream closed with error: «word»
  intermediary.h2-no-extended-connect | the HTTP/2 stream of an extended CONNECT (RFC 8441) was closed
## Chromium, WebKit (older) | run
Error during WebSocket handshake: 'Sec-WebSocket-Accept' header is missing
  server.accept-missing | 101 arrives without Sec-WebSocket-Accept; or 101 without accept
## Chromium, WebKit | run
? WebSocket connection to '«url»' failed
  client.no-detail url.refused origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler certificate.unknown-ca certificate.self-signed url.dns url.scheme-mismatch-plain-to-tls url.scheme-mismatch-tls-to-plain server.auth server.forbidden server.redirect server.empty-reply server.reset certificate.expired certificate.name-mismatch intermediary.policy-rst intermediary.response-header-rewritten server.subprotocol-mismatch url.wrong-service frame.rsv frame.close-code certificate.clock-skew server.accept-mismatch intermediary.caching server.accept-missing server.duplicate-headers server.bad-upgrade server.missing-connection server.bad-connection server.extension-params server.extension-malformed intermediary.http10-downgrade server.malformed-response server.truncated-response server.informational frame.masked-from-server frame.close-payload frame.length intermediary.tls-interception certificate.incomplete-chain intermediary.proxy-auth-required server.missing-upgrade server.subprotocol-duplicate server.extension-unrequested server.header-too-large server.early-data server.http-after-101 frame.opcode frame.utf8 frame.control-fragmented frame.continuation frame.interleaved frame.compression server.subprotocol-unrequested certificate.not-yet-valid certificate.no-san certificate.weak-signature tls.version tls.alpn-h2-only tls.sni-rejected tls.handshake-eof certificate.client-cert-required server.status-unexpected intermediary.redirect-https url.malformed intermediary.waf-block server.http-version frame.control-too-long | the WebSocket did not open, or ended, for whatever reason
`;
