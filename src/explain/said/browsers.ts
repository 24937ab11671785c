/** What Firefox, WebKit and Safari say. The format stands in ../read-said.ts. */
export const browsers = `
## Firefox | produced by running headless Firefox (nsIConsoleService); browser/locales/en-US/chrome/overrides/appstrings.properties
? Firefox can't establish a connection to the server at «url».
  client.no-detail url.refused url.not-found origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler certificate.unknown-ca certificate.self-signed url.dns url.scheme-mismatch-plain-to-tls server.auth server.forbidden server.empty-reply server.reset certificate.expired certificate.name-mismatch intermediary.policy-rst server.subprotocol-mismatch server.extension-malformed intermediary.http10-downgrade url.wrong-service server.malformed-response frame.rsv frame.opcode intermediary.tls-interception intermediary.waf-block intermediary.proxy-auth-required server.accept-mismatch intermediary.caching server.duplicate-headers server.bad-upgrade server.missing-connection intermediary.response-header-rewritten server.subprotocol-duplicate server.extension-unrequested server.extension-params server.http-version server.truncated-response server.slow intermediary.policy-drop intermediary.buffering server.early-data frame.utf8 frame.control-too-long frame.control-fragmented frame.continuation frame.interleaved frame.compression url.port-blocked certificate.clock-skew certificate.no-san certificate.weak-signature certificate.wrong-purpose tls.version tls.alpn-h2-only certificate.client-cert-required tls.sni-rejected tls.handshake-eof | the WebSocket did not open, or ended, for whatever reason
The connection to «url» was interrupted while the page was loading.
  server.rst-after-101 intermediary.policy-rst frame.truncated | valid 101, then RST; or RST inside a frame
SyntaxError: An invalid or illegal string was specified
  url.scheme-unsupported url.fragment url.malformed client.protocol-argument | the URL has another scheme than ws and wss; or the URL has a #fragment; or the port is above 65535
NS_ERROR_CONTENT_BLOCKED
  origin.csp-blocked | the page CSP connect-src does not list the WebSocket URL
Content-Security-Policy: The page's settings blocked the loading of a resource (connect-src) at «url» because it violates the following directive
  origin.csp-blocked | the page CSP connect-src does not list the WebSocket URL
SecurityError: The operation is insecure.
  url.mixed-content | an https page opens ws:// to a host that is not loopback
NS_ERROR_WEBSOCKET_CONNECTION_REFUSED
  url.refused server.no-upgrade-handler @refused certificate.unknown-ca | the WebSocket did not open
NS_ERROR_NET_INTERRUPT
  server.rst-after-101 intermediary.policy-rst frame.truncated | the connection ended in the middle
## Firefox | the localisations of the same sentence
? ~ Firefox kann keine Verbindung zu dem Server unter «url» aufbauen
  @anything | the WebSocket did not open, or ended, for whatever reason
? ~ Firefox ne peut établir de connexion avec le serveur à l'adresse «url»
  @anything | the WebSocket did not open, or ended, for whatever reason
? ~ Firefox no puede establecer una conexión con el servidor en «url»
  @anything | the WebSocket did not open, or ended, for whatever reason
? ~ Firefox não conseguiu estabelecer uma conexão com o servidor «url»
  @anything | the WebSocket did not open, or ended, for whatever reason
? ~ Firefox 无法建立到 «url» 服务器的连接
  @anything | the WebSocket did not open, or ended, for whatever reason
? ~ Firefox не может установить соединение с сервером «url»
  @anything | the WebSocket did not open, or ended, for whatever reason
## WebKit | run against a deliberately broken loopback server
? The server did not accept the WebSocket handshake.
  client.no-detail origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler server.forbidden intermediary.waf-block | the WebSocket did not open, or ended, for whatever reason
Server returned incorrect "Sec-WebSocket-Accept" key
  server.accept-mismatch intermediary.caching server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 arrives without Sec-WebSocket-Accept
Server ignored WebSocket handshake
  server.missing-upgrade intermediary.response-header-rewritten server.bad-upgrade server.missing-connection server.bad-connection server.http-version intermediary.http10-downgrade | 101 arrives without an Upgrade field; or 101 carries an Upgrade field other than websocket (h2c was used); or 101 arrives without a Connection field
Server requested unsupported extension
  server.extension-unrequested | the 101 names an extension the client did not offer
Could not parse HTTP response
  url.wrong-service server.malformed-response | the first bytes of the answer are not an HTTP status line
Connection terminated unexpectedly
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst | the peer closes cleanly (FIN) after the request without sending a byte
Error receiving data: Connection reset by peer
  server.reset intermediary.policy-rst | the peer resets the connection (RST) after the request
Received invalid WebSocket response from the server
  frame.masked-from-server frame.rsv frame.close-code frame.control-too-long | a masked frame from the server; or RSV1 set although no extension was agreed; or a Close frame that carries 1006
Received invalid WebSocket data from the server
  frame.utf8 | a text frame that is not valid UTF-8
Server requested unsupported protocol
  server.subprotocol-mismatch | the 101 selects a subprotocol that was not offered
Could not connect to «host»: Connection refused
  url.refused | nothing listens on host:port (TCP RST to the SYN)
Error resolving "«host»": Name or service not known
  url.dns | the host name does not resolve
Error performing TLS handshake: An unexpected TLS packet was received.
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
Unacceptable TLS certificate
  certificate.expired certificate.clock-skew certificate.self-signed intermediary.tls-interception certificate.name-mismatch | the leaf certificate is past notAfter; or the leaf is self-signed; or no SAN of the certificate matches the host
The string did not match the expected pattern.
  url.fragment url.scheme-unsupported | the URL has a #fragment; or the URL has another scheme than ws and wss
## Safari | github issues miroslavpejic85/mirotalk 227, k-yle/rtsp-relay 218
? There was a bad response from the server.?
  client.no-detail url.not-found origin.rejected server.status-200 server.accept-mismatch server.subprotocol-mismatch server.extension-params | the WebSocket did not open, or ended, for whatever reason
## Safari, WebKit (older) | run
Unexpected response code: «status»
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | old WebKit-based check: status not 101; or status is not 101
## WebKit (older) | WebKit/WebKit Source/WebCore/Modules/websockets/WebSocketHandshake.cpp
The Sec-WebSocket-Accept header MUST NOT appear more than once in an HTTP response
  server.duplicate-headers | duplicate accept
No response code found: «rest»
  url.wrong-service | no HTTP status line
Status line does not end with CRLF
  server.malformed-response | bare LF
`;
