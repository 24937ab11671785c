/** What clients of the JVM and of .NET say. The format stands in ../read-said.ts. */
export const javaDotnet = `
## OkHttp | square/okhttp okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal/ws/RealWebSocket.kt
Expected HTTP 101 response but was '«status»
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | any status other than 101 (the status is in the message)
Expected 'Connection' header value 'Upgrade' but was '«rest»'
  server.missing-connection server.bad-connection intermediary.response-header-rewritten | 101 whose Connection field is not exactly Upgrade; a list such as "keep-alive, Upgrade" is refused too
Expected 'Upgrade' header value 'websocket' but was '«rest»'
  server.missing-upgrade server.bad-upgrade | 101 whose Upgrade field is absent (null) or another value
Expected 'Sec-WebSocket-Accept' header value '«rest»' but was '«rest»'
  server.accept-mismatch server.accept-missing intermediary.caching | accept value absent or wrong
Request header not permitted: 'Sec-WebSocket-Extensions'
  client.protocol-argument | the application set Sec-WebSocket-Extensions itself
Request must be GET: «word»
  client.protocol-argument | the Request object has another method
Web Socket socket missing: bad interceptor?
  client.library-bug | an interceptor swallowed the upgraded socket
## OkHttp | square/okhttp okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal/ws/WebSocketReader.kt
Control frames must be final.
  frame.control-fragmented | a control frame without FIN
Unexpected rsv1 flag
  frame.rsv | RSV1 on a control frame or without agreed compression
Unexpected rsv2 flag
  frame.rsv | RSV2 set
Unexpected rsv3 flag
  frame.rsv | RSV3 set
Server-sent frames must not be masked.
  frame.masked-from-server | a masked frame from the server
Malformed close payload length of 1.
  frame.close-payload | a one-byte Close body
Control frame must be less than «n»B.
  frame.control-too-long | a control payload above 125 bytes
Unknown control opcode: «word»
  frame.opcode | reserved control opcode
Unknown opcode: «word»
  frame.opcode frame.continuation | reserved data opcode, or a continuation with nothing to continue
Expected continuation opcode. Got: «word»
  frame.interleaved | a new data frame inside an unfinished message
## OkHttp | square/okhttp okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal/ws/WebSocketProtocol.kt
Code must be in range [1000,5000): «n»
  frame.close-code | Close code outside the legal range
Code «n» is reserved and may not be used.
  frame.close-code | Close code 1004-1006 or 1015-2999
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/drafts/Draft.java
Invalid status code received: «status» Status line: 
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | the response status is not 101 (the status line is quoted)
Invalid status line received: «rest» Status line: 
  server.http-version url.wrong-service intermediary.http10-downgrade | the status line is not HTTP/1.1
not an http header
  server.malformed-response url.wrong-service | a response line without a colon
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/WebSocketImpl.java
draft «rest» refuses handshake
  server.accept-mismatch server.missing-upgrade server.missing-connection server.subprotocol-mismatch server.extension-unrequested | Upgrade/Connection/accept/subprotocol/extension check failed (one message for all of them)
the handshake did finally not match
  server.bad-request intermediary.upgrade-stripped | server side: the chosen draft rejects the request
no draft matches
  server.version-unsupported | server side: no known version
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/drafts/Draft_6455.java
missing Sec-WebSocket-Key
  intermediary.upgrade-stripped | server side: request without key
more than 125 octets
  frame.control-too-long | control payload above 125
Unknown opcode «word»
  frame.opcode | reserved opcode
Continuous frame sequence was not started.
  frame.continuation | stray continuation
Previous continuous frame sequence not completed.
  frame.interleaved | new data frame inside a message
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/client/WebSocketClient.java
unknown scheme: «word»
  url.scheme-unsupported | scheme is not ws or wss
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/AbstractWebSocket.java
The connection was closed because the other endpoint did not respond with a pong in time. For more information check: https://github.com/TooTallNate/Java-WebSocket/wiki/Lost-connection-detection
  frame.ping-timeout intermediary.buffering | no Pong inside the lost-connection timeout
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/extensions/DefaultExtension.java
bad rsv RSV1: «rest» RSV2: «rest» RSV3: 
  frame.rsv | RSV bits set
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/framing/TextFrame.java
Received text is no valid utf8 string!
  frame.utf8 frame.close-payload | text frame or Close reason not UTF-8
## Java-WebSocket | TooTallNate/Java-WebSocket src/main/java/org/java_websocket/SSLSocketChannel2.java
connection closed unexpectedly by peer
  tls.handshake-eof tls.sni-rejected | EOF during the TLS handshake
## Tyrus | eclipse-ee4j/tyrus core/src/main/resources/org/glassfish/tyrus/core/l10n/localization.properties
Received HTTP response status code: «status» and redirect processing is not enabled.
  @status server.redirect intermediary.redirect-https | 3xx answer, redirects off
Redirect attempts exceeded maximum allowed limit of («n») redirects.
  server.redirect | too many redirects
Infinite HTTP Redirection loop detected.
  server.redirect | redirect loop
Missing or empty Location header in 3xx HTTP Redirect response.
  server.redirect | 3xx without Location
HTTP Status code 503 - Service Unavailable.
  intermediary.unavailable server.overloaded | 503 with or without Retry-After
## Tyrus | eclipse-ee4j/tyrus client/src/main/java/org/glassfish/tyrus/client/ClientManager.java
Handshake response not received.
  server.slow intermediary.policy-drop | no answer inside the handshake timeout
Incorrect scheme in WebSocket endpoint URI=«url»
  url.scheme-unsupported | scheme is not ws or wss
## Tomcat (also under Spring) | apache/tomcat java/org/apache/tomcat/websocket/LocalStrings.properties
The HTTP response from the server [«status»] did not permit the HTTP upgrade to WebSocket
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | status is not 101
The HTTP request to initiate the WebSocket connection to [«url»] failed
  server.empty-reply tls.handshake-eof url.scheme-mismatch-plain-to-tls certificate.unknown-ca | EOF, TLS failure or I/O error during the handshake
Failed to connect to the configured Proxy [«url»]. The HTTP response code was [«status»]
  @status intermediary.connect-refused intermediary.proxy-auth-required | CONNECT answered with anything but 200
The WebSocket server returned multiple values for the Sec-WebSocket-Protocol header
  server.subprotocol-duplicate | two subprotocol fields
The server responded with extension parameters the client is unable to support
  server.extension-params | bad extension parameters
The scheme [«word»] is not supported. The supported schemes are ws and wss
  url.scheme-unsupported | scheme
No host was specified in URI
  url.malformed | no host
Unable to open a connection to the server
  url.refused url.dns url.unreachable | TCP connect failed
Unable to create SSLEngine to support SSL/TLS connections
  certificate.unknown-ca | trust store or TLS context problem
Failed to handle HTTP response code [«status»]
  @status server.auth intermediary.proxy-auth-required | NTLM/Negotiate challenge
Cyclic Location header [«url»] detected / reached max number of redirects [«n»] of max [«n»]
  server.redirect | redirect loop
The HTTP upgrade to WebSocket failed but partial data may have been received: Status Code [«status»], HTTP headers [«rest»]
  @status server.truncated-response | handshake aborted midway
The client frame was not masked but all client frames must be masked
  frame.unmasked-from-client | server side: unmasked frame
## .NET ClientWebSocket | dotnet/runtime src/libraries/System.Net.WebSockets.Client/src/Resources/Strings.resx
? Unable to connect to the remote server
  client.no-detail url.refused certificate.unknown-ca url.dns certificate.expired certificate.name-mismatch tls.version intermediary.connect-refused | the WebSocket did not open, or ended, for whatever reason
The server returned status code '«status»' when status code '«rest»' was expected.
  @status url.not-found url.wrong-endpoint origin.rejected server.status-200 server.auth server.redirect intermediary.upgrade-stripped intermediary.bad-gateway | status is not 101 (200 over HTTP/2)
The server's response was missing the required header '«rest»'.
  server.missing-upgrade server.missing-connection server.accept-missing intermediary.response-header-rewritten | Upgrade, Connection or Sec-WebSocket-Accept absent from the 101 (name in the message)
The '«rest»' header value '«rest»' is invalid.
  server.accept-mismatch server.bad-upgrade server.bad-connection | that field of the 101 has the wrong value
The WebSocket client request requested '«rest»' protocol(s), but server is only accepting '«rest»' protocol(s).
  server.subprotocol-mismatch server.subprotocol-unrequested | subprotocol not in the offer
Only Uris starting with 'ws://' or 'wss://' are supported.
  url.scheme-unsupported | scheme
This operation is not supported for a relative URI.
  url.malformed | relative URI
The WebSocket failed to negotiate max server window bits. The client requested «n» but the server responded with «n».
  server.extension-params | compression parameters
An HttpMessageInvoker instance must be passed to ConnectAsync when using HTTP/2.
  client.protocol-argument | HTTP/2 asked for without an invoker
## .NET ClientWebSocket | github issue dotnet/wcf 5161
The remote certificate is invalid according to the validation procedure
  certificate.name-mismatch certificate.unknown-ca certificate.expired | inner exception: RemoteCertificateNameMismatch = name, RemoteCertificateChainErrors = chain
## .NET ClientWebSocket | github issue Xabaril/AspNetCore.Diagnostics.HealthChecks 804
The remote certificate is invalid because of errors in the certificate chain
  certificate.unknown-ca certificate.incomplete-chain certificate.expired | inner exception; UntrustedRoot, PartialChain or NotTimeValid follows
`;
