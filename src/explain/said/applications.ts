/** What applications and libraries on top of WebSockets say, and Rust as it prints for developers. The format stands in ../read-said.ts. */
export const applications = `
## tungstenite | snapview/tungstenite-rs src/error.rs, as derive(Debug) prints it; github issues snapview/tungstenite-rs 290, servo/servo 34520
Http(Response { status: «status»
  @status | the handshake response status is not 101
Protocol(HandshakeIncomplete)
  server.empty-reply url.scheme-mismatch-plain-to-tls server.truncated-response intermediary.policy-rst client.tls-not-built | EOF during the handshake
Protocol(HttparseError(
  url.wrong-service server.malformed-response server.http-version | the response is not HTTP/1.1
Protocol(ResetWithoutClosingHandshake)
  frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime server.close-after-101 | TCP ended without Close
Protocol(SecWebSocketAcceptKeyMismatch)
  server.accept-mismatch server.accept-missing | accept absent or wrong
Protocol(MissingConnectionUpgradeHeader)
  server.missing-connection server.bad-connection intermediary.connection-header-lost | Connection absent or without upgrade
Protocol(MissingUpgradeWebSocketHeader)
  server.missing-upgrade server.bad-upgrade intermediary.upgrade-stripped | Upgrade absent or another
Protocol(NonZeroReservedBits)
  frame.rsv server.http-after-101 | RSV bits set
Protocol(MaskedFrameFromServer)
  frame.masked-from-server | masked server frame
Protocol(UnmaskedFrameFromClient)
  frame.unmasked-from-client | server side: unmasked client frame
Protocol(SendAfterClosing)
  client.not-open | sent after the Close
Protocol(InvalidHeader(
  client.protocol-argument server.bad-request | a request header the caller built by hand is wrong
Url(TlsFeatureNotEnabled)
  client.tls-not-built | wss:// with no TLS feature enabled
Url(UnsupportedUrlScheme)
  url.scheme-unsupported | scheme is not ws or wss
Url(UnableToConnect(
  url.refused url.unreachable | every resolved address failed
Tls(Native(
  certificate.unknown-ca certificate.self-signed certificate.name-mismatch certificate.expired url.scheme-mismatch-tls-to-plain | TLS failed
~ kind: ConnectionRefused, message: "Connection refused"
  url.refused | nothing listens on host:port
~ kind: ConnectionReset, message: "Connection reset by peer"
  server.reset intermediary.policy-rst server.rst-after-101 | the peer resets the connection
~ IO error: Connection refused (os error «n»)
  url.refused | nothing listens on host:port
~ IO error: Connection reset by peer (os error «n»)
  server.reset intermediary.policy-rst server.rst-after-101 | the peer resets the connection
~ invalid peer certificate: UnknownIssuer
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | the issuer of the certificate is not trusted
~ invalid peer certificate: Expired
  certificate.expired certificate.clock-skew | the certificate has expired
~ invalid peer certificate: NotValidForName
  certificate.name-mismatch | the certificate is for another name
~ received corrupt message of type InvalidContentType
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
~ function: "SSL23_GET_SERVER_HELLO", reason: "unknown protocol"
  url.scheme-mismatch-tls-to-plain url.wrong-service | wss:// reached a port that speaks plain HTTP
## websocat, rust-websocket | websockets-rs/rust-websocket src/result.rs; github issues vi/websocat 55, websockets-rs/rust-websocket 275
Received unexpected status code («status»
  @status | the response status is not 101
% WebSocketError: Received unexpected status code
  @refused | the response status is not 101
% Other(StatusCodeError(
  @refused | the response status is not 101
? WebSocketError: WebSocket protocol error
  client.no-detail server.empty-reply server.malformed-response @refused | the handshake failed
Other(TlsHandshakeFailure)
  certificate.unknown-ca certificate.self-signed certificate.name-mismatch tls.version url.scheme-mismatch-tls-to-plain | TLS failed
## ws-rs | housleyjk/ws-rs src/handshake.rs; its issue 29
Unable to parse WebSocket key.
  url.wrong-endpoint intermediary.upgrade-stripped server.bad-request | server side: request without key
## gobwas/ws | gobwas/ws dialer.go, errors.go; github issue gobwas/ws-examples 16
handshake error: bad "Upgrade" header
  intermediary.upgrade-stripped server.missing-upgrade server.bad-upgrade | Upgrade absent or another, in the request (server) or the answer (client)
handshake error: bad "Connection" header
  intermediary.connection-header-lost intermediary.upgrade-stripped server.missing-connection server.bad-connection | Connection absent or without upgrade, in the request (server) or the answer (client)
handshake error: bad "Sec-Websocket-Accept" header
  server.accept-mismatch server.accept-missing | accept absent or wrong
handshake error: bad "Sec-Websocket-Key" header
  intermediary.upgrade-stripped server.bad-request | request without key
handshake error: bad HTTP protocol version
  intermediary.http10-downgrade server.http-version | HTTP/1.0
handshake error: bad HTTP request method
  server.method url.wrong-endpoint | not GET
~ unexpected HTTP response status: «status»
  @status | the response status is not 101
## coder/websocket | coder/websocket read.go
received close frame: status = «rest» and reason = "«rest»"
  server.close-policy | the server closed it with that code and reason
## gorilla/websocket | gorilla/websocket conn.go
websocket: close sent
  client.not-open | written after the own Close
repeated read on failed websocket connection
  client.library-bug frame.abnormal-close | the program reads on after an error
## ws | websockets/ws lib/WebSocket.js (1 to 3); its issues 397, 1208
unexpected server response («status»)
  @status | the response status is not 101
invalid server key
  server.accept-mismatch server.accept-missing | accept absent or wrong
## ws, WebSocket-Node, faye-websocket, socket.io-client | Node, libuv
~ getaddrinfo EAI_AGAIN «host»
  url.dns | the resolver does not answer, or the name does not resolve
~ connect ETIMEDOUT «addr»
  url.unreachable intermediary.policy-drop | SYN never answered
~ connect EHOSTUNREACH «addr»
  url.unreachable | no route to the host
~ connect ENETUNREACH «addr»
  url.unreachable | no route to the network
~ AggregateError [ECONNREFUSED]
  url.refused | nothing listens on host:port, at any address of the name
~ AggregateError [ETIMEDOUT]
  url.unreachable intermediary.policy-drop | no address of the name answers
~ UNABLE_TO_VERIFY_LEAF_SIGNATURE
  certificate.incomplete-chain certificate.unknown-ca | the intermediate certificate was not sent, or the issuer is not trusted
~ DEPTH_ZERO_SELF_SIGNED_CERT
  certificate.self-signed intermediary.tls-interception | the certificate signed itself
~ SELF_SIGNED_CERT_IN_CHAIN
  certificate.unknown-ca intermediary.tls-interception | the chain ends in a CA that is not trusted
~ CERT_HAS_EXPIRED
  certificate.expired certificate.clock-skew | the certificate has expired
## Playwright, Puppeteer | microsoft/playwright packages/playwright-core/src/server/transport.ts; github issues browser-use/browser-use 536, lightpanda-io/browser 1381
<ws unexpected response> «url» «status»
  @status client.library-bug | the browser's endpoint answered the handshake with that status
WebSocket error: «url» «status» 
  @status client.library-bug | the browser's endpoint answered the handshake with that status
browserType.connectOverCDP: connect ECONNREFUSED «addr»
  url.refused | no browser listens on that port: was it started with --remote-debugging-port
## Chromium | chromium/chromium net/socket/ssl_client_socket_impl.cc, the log of Chromium and Electron on stderr
handshake failed; returned -1, SSL error code 1, net_error -202
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | the certificate is not trusted
handshake failed; returned -1, SSL error code 1, net_error -200
  certificate.name-mismatch certificate.no-san | the certificate is for another name
handshake failed; returned -1, SSL error code 1, net_error -201
  certificate.expired certificate.clock-skew certificate.not-yet-valid | the dates of the certificate
handshake failed; returned -1, SSL error code 1, net_error -101
  server.reset intermediary.policy-rst | the connection was reset during TLS
handshake failed; returned -1, SSL error code 1, net_error -100
  tls.handshake-eof tls.sni-rejected | the connection ended during TLS
handshake failed; returned -1, SSL error code 1, net_error -107
  url.scheme-mismatch-tls-to-plain tls.cipher | TLS failed
handshake failed; returned -1, SSL error code 1, net_error -113
  tls.version tls.cipher | no version or cipher suite in common
## webpack-dev-server, SockJS | npm packages webpack-dev-server, sockjs-client; github issue webpack/webpack-dev-server 619
sockjs-node/info«rest» net::ERR_CONNECTION_REFUSED
  url.refused | nothing listens where the page looks for the development server
sockjs-node/info«rest» 404
  url.not-found | the server at that port is not webpack-dev-server
Incompatibile SockJS! Main site uses: "«rest»", the iframe: "
  server.version-unsupported client.library-bug | two versions of SockJS
? [WDS] Disconnected!
  client.no-detail url.refused intermediary.upgrade-stripped frame.abnormal-close | the socket of the development server ended
? [webpack-dev-server] Disconnected!
  client.no-detail url.refused intermediary.upgrade-stripped frame.abnormal-close | the socket of the development server ended
## Vite | npm package vite dist/client
? [vite] server connection lost. Polling for restart...
  client.no-detail url.refused intermediary.upgrade-stripped frame.abnormal-close | the HMR socket ended, or never opened
## Paho MQTT | eclipse/paho.mqtt.javascript src/paho-mqtt.js; its issues 98, 99, 105
? AMQJS0007E Socket error
  client.no-detail url.refused url.wrong-endpoint server.subprotocol-missing certificate.unknown-ca @refused | the WebSocket did not open, or ended; the browser's console says more
AMQJSC0001E Connect timed out
  server.slow url.unreachable intermediary.policy-drop url.wrong-service | no CONNACK in time
AMQJSC0000I OK
  client.closed-early | the client ended it
AMQJS0008I Socket closed
  frame.abnormal-close server.close-policy intermediary.idle-timeout | the connection ended
AMQJS0011E Invalid state not connected
  client.not-open | published before the connection was open
## MQTT.js | npm package mqtt build/lib/client.js
connack timeout
  server.slow url.wrong-service server.subprotocol-missing | no CONNACK in time
## Grafana | grafana/grafana pkg/services/live; its issues 36614, 36693
"Request Origin is not authorized"
  origin.rejected origin.mismatch-scheme-port | neither root_url nor allowed_origins of [live] fits the Origin (403)
Request Origin is not authorized
  origin.rejected origin.mismatch-scheme-port | neither root_url nor allowed_origins of [live] fits the Origin (403)
## Jupyter | jupyter-server/jupyter_server jupyter_server/base/handlers.py; github issue jupyter/services 51
Blocking Cross Origin WebSocket Attempt.
  origin.rejected origin.host-rewritten | allow_origin does not list the Origin, and it is not that of the Host
WebSocket ping timeout after «n» ms.
  frame.ping-timeout intermediary.idle-timeout | no Pong in time
Couldn't authenticate WebSocket connection
  server.auth server.forbidden | no cookie and no token came with the handshake
## graphql-ws | enisdenjo/graphql-ws src/server.ts; its issue 164; github issue apollographql/apollo-ios 2819
Subprotocol not acceptable
  server.subprotocol-mismatch server.subprotocol-missing server.close-policy | the client speaks graphql-ws (the old protocol), the server graphql-transport-ws, or the other way round (close code 4406)
WebSocket protocol error occured. It was most likely caused due to an unsupported subprotocol
  server.subprotocol-mismatch server.subprotocol-missing | the client speaks graphql-ws (the old protocol), the server graphql-transport-ws, or the other way round
caused due to an unsupported subprotocol "«rest»" requested by the client
  server.subprotocol-mismatch server.subprotocol-missing | the client speaks graphql-ws (the old protocol), the server graphql-transport-ws, or the other way round
Connection initialisation timeout
  server.close-policy | no connection_init came in time (close code 4408)
## Chromium | chromium/chromium third_party/blink/renderer/modules/websockets, core/frame/csp
Refused to connect to '«url»' because it violates the following Content Security Policy directive: "«rest»"
  origin.csp-blocked | the page CSP (connect-src, or default-src where that is not set) does not list the WebSocket URL
Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.
  client.not-open | send() before open
WebSocket is already in CLOSING or CLOSED state.
  client.not-open | send() after the end
Failed to execute 'close' on 'WebSocket': «rest»
  client.protocol-argument | close() with a code or reason that a page may not send
The URL's scheme must be either 'http', 'https', 'ws', or 'wss'. '«word»' is not allowed.
  url.scheme-unsupported | no scheme, or another
WebSocket is closed due to suspension
  client.throttled client.closed-early | the page or the machine went to sleep
Error in connection establishment: net::ERR_TUNNEL_CONNECTION_FAILED
  intermediary.connect-refused intermediary.connect-timeout | the proxy answered CONNECT with an error
Error in connection establishment: net::ERR_ADDRESS_UNREACHABLE
  url.unreachable | no route to the host
Error in connection establishment: net::ERR_NETWORK_CHANGED
  client.closed-early | the network of the machine changed
Error in connection establishment: net::ERR_CONNECTION_RESET
  server.reset intermediary.policy-rst tls.handshake-eof | the connection was reset before the request was answered
Error in connection establishment: net::ERR_EMPTY_RESPONSE
  server.empty-reply | the peer closes without an answer
Error in connection establishment: net::ERR_PROXY_CERTIFICATE_INVALID
  intermediary.connect-malformed certificate.unknown-ca | the certificate of an HTTPS proxy
Error during WebSocket handshake: net::ERR_HTTP2_PROTOCOL_ERROR
  intermediary.h2-no-extended-connect | the HTTP/2 stream of an extended CONNECT (RFC 8441) was refused
Error during WebSocket handshake: net::ERR_EMPTY_RESPONSE
  server.empty-reply | the peer closes without an answer
Error during WebSocket handshake: net::ERR_TIMED_OUT
  server.slow intermediary.policy-drop | no answer in time
## Chromium, Firefox, Safari | Fetch, CORS protocol, as the consoles print it for the request before a WebSocket
/socket.io/«rest» has been blocked by CORS policy
  origin.cors-on-http-leg | the polling request, not the WebSocket: the server sends no Access-Control-Allow-Origin for this page
/negotiate«rest» has been blocked by CORS policy
  origin.cors-on-http-leg | the negotiate request, not the WebSocket: the server sends no Access-Control-Allow-Origin for this page
/info?t=«rest» has been blocked by CORS policy
  origin.cors-on-http-leg | the info request of SockJS, not the WebSocket: the server sends no Access-Control-Allow-Origin for this page
## Go servers | net/http, crypto/tls
~ http: TLS handshake error from «addr»: remote error: tls: unknown certificate
  certificate.unknown-ca certificate.self-signed | server side: the client does not trust the certificate
~ http: TLS handshake error from «addr»: tls: first record does not look like a TLS handshake
  url.scheme-mismatch-plain-to-tls | server side: plain ws:// came to the TLS port
`;
