/** What other clients and servers on the JVM say. The format stands in ../read-said.ts. */
export const jvmOthers = `
## nv-websocket-client | TakahikoKawasaki/nv-websocket-client src/main/java/com/neovisionaries/ws/client/HandshakeReader.java
The status code of the opening handshake response is not '101 Switching Protocols'. The status line is: HTTP/1.1 «status»
  @status | the response status is not 101
% The status code of the opening handshake response is not
  @refused | the response status is not 101
The status line of the opening handshake response is badly formatted.
  url.wrong-service server.malformed-response | the response is not HTTP
The opening handshake response does not contain 'Upgrade' header.
  server.missing-upgrade intermediary.response-header-rewritten | 101 without Upgrade
The opening handshake response does not contain 'Connection' header.
  server.missing-connection intermediary.response-header-rewritten | 101 without Connection
The opening handshake response does not contain 'Sec-WebSocket-Accept' header.
  server.accept-missing | 101 without Sec-WebSocket-Accept
'websocket' was not found in 'Upgrade' header.
  server.bad-upgrade | 101 whose Upgrade is another
'Upgrade' was not found in 'Connection' header.
  server.bad-connection intermediary.response-header-rewritten | 101 whose Connection lacks Upgrade
The value of 'Sec-WebSocket-Accept' header is different from the expected one.
  server.accept-mismatch intermediary.caching | accept wrong
The protocol contained in the Sec-WebSocket-Protocol header is not supported
  server.subprotocol-mismatch | subprotocol not in the offer
The extension contained in the Sec-WebSocket-Extensions header is not supported
  server.extension-unrequested | extension not offered
~ Failed to connect to '«host»': «rest»
  url.refused url.unreachable url.dns | TCP connect failed
The certificate of the peer does not match the expected hostname
  certificate.name-mismatch | the certificate is for another name
## Netty, Vert.x, Spring WebFlux, Quarkus, Ballerina | netty/netty codec-http src/main/java/io/netty/handler/codec/http/websocketx/WebSocketClientHandshaker13.java
Invalid handshake response getStatus: «status»
  @status | the response status is not 101
Invalid handshake response upgrade: «rest»
  server.missing-upgrade server.bad-upgrade intermediary.response-header-rewritten | 101 whose Upgrade field is absent (null) or another
Invalid handshake response connection: «rest»
  server.missing-connection server.bad-connection intermediary.response-header-rewritten | 101 whose Connection field is absent (null) or lacks Upgrade
Invalid challenge. Actual: «rest». Expected:
  server.accept-mismatch server.accept-missing intermediary.caching | accept absent or wrong
Invalid subprotocol. Actual: «rest». Expected one of:
  server.subprotocol-mismatch server.subprotocol-missing | subprotocol not in the offer, or none
Websocket connection attempt returned HTTP status code «status»
  @status | the response status is not 101
WebSocket connection attempt returned HTTP status code «status»
  @status | the response status is not 101
WebSocket upgrade failure: «status»
  @status | the response status is not 101
handshake timed out after «n»ms
  server.slow intermediary.policy-drop | no answer inside the handshake timeout
Max frame length of «n» has been exceeded.
  frame.too-big | a frame above maxFramePayloadLength
## Netty server, Vert.x server | netty/netty codec-http websocketx
not a WebSocket request: a |host| header is missing
  server.bad-request | request without Host
not a WebSocket request: missing key
  intermediary.upgrade-stripped server.bad-request | request without key
"Connection" header must be "Upgrade".
  intermediary.connection-header-lost | Connection lost (400)
Can "Upgrade" only to "WebSocket".
  intermediary.upgrade-stripped | Upgrade lost (400)
## Jetty | jetty/jetty.project jetty-websocket; its issues 2946, 3115, 3903, 7126
Failed to upgrade to websocket: Unexpected HTTP Response Status Code: «status»
  @status | the response status is not 101
Didn't switch protocols, expected status <101>, but got <«status»>
  @status | the response status is not 101
org.eclipse.jetty.websocket.api.UpgradeException: «status»
  @status | the response status is not 101
Failed to upgrade to websocket: Invalid Sec-WebSocket-Accept
  server.accept-mismatch server.accept-missing | accept absent or wrong
Invalid Sec-WebSocket-Accept hash
  server.accept-mismatch server.accept-missing intermediary.caching | accept absent or wrong
% org.eclipse.jetty.websocket.api.UpgradeException
  @refused | the upgrade failed
~ Connection Idle Timeout
  intermediary.idle-timeout | nothing crossed for the idle timeout of Jetty
## Tyrus | eclipse-ee4j/tyrus core/src/main/java/org/glassfish/tyrus/core; its issues 42, 44
Response code was not 101: «status»
  @status | the response status is not 101
% DeploymentException: Handshake error.
  @refused server.accept-mismatch | the opening handshake failed: the cause stands below
## Tyrus, Tomcat (also under Spring) | jakarta.websocket
% The HTTP request to initiate the WebSocket connection failed
  server.empty-reply tls.handshake-eof url.scheme-mismatch-plain-to-tls certificate.unknown-ca url.refused | the connection ended, or TLS failed, during the handshake
## Java HttpClient | openjdk java.net.http jdk/internal/net/http/websocket/OpeningHandshake.java
~ Unexpected HTTP response status code «status»
  @status | the response status is not 101
CheckFailedException: Bad response field: upgrade
  server.missing-upgrade server.bad-upgrade | 101 whose Upgrade is absent or another
CheckFailedException: Bad response field: connection
  server.missing-connection server.bad-connection | 101 whose Connection is absent or lacks Upgrade
CheckFailedException: Bad response field: Sec-WebSocket-Accept
  server.accept-mismatch server.accept-missing | accept absent or wrong
CheckFailedException: Unexpected subprotocol
  server.subprotocol-mismatch server.subprotocol-unrequested | subprotocol not in the offer
? java.net.http.WebSocketHandshakeException
  client.no-detail @refused server.accept-mismatch | the handshake failed: getResponse() of the exception holds the status, and the cause stands below
## Ktor | ktorio/ktor ktor-client-core plugins/websocket/WebSockets.kt
Handshake exception, expected status code 101 but was «status»
  @status | the response status is not 101
Handshake exception, expected «rest» header
  server.missing-upgrade server.missing-connection server.bad-upgrade server.accept-mismatch | a field of the 101 is absent or wrong
Failed to connect websocket
  url.refused @refused | the engine did not open the WebSocket: the cause stands below
~ Ping timeout
  frame.ping-timeout | no Pong in time
## Spring server | spring-projects/spring-framework spring-websocket AbstractHandshakeHandler.java; github issue thingsboard/thingsboard 1251
Handshake failed due to invalid Upgrade header: «rest»
  intermediary.upgrade-stripped url.wrong-endpoint | the request reached the server without Upgrade: websocket, most often because of a proxy in front of it
Handshake failed due to invalid Connection header [«rest»
  intermediary.connection-header-lost intermediary.upgrade-stripped | the request reached the server without Connection: Upgrade
Handshake failed due to unsupported WebSocket version: «rest»
  server.version-unsupported | version
Missing "Sec-WebSocket-Key" header
  intermediary.upgrade-stripped server.bad-request | request without key
Invalid 'Upgrade' header: «rest»
  intermediary.upgrade-stripped url.wrong-endpoint | the request reached the server without Upgrade: websocket (400)
Invalid 'Connection' header: «rest»
  intermediary.connection-header-lost intermediary.upgrade-stripped | the request reached the server without Connection: Upgrade (400)
Handshake request rejected, Origin header value «rest» not allowed
  origin.rejected origin.mismatch-scheme-port | setAllowedOrigins does not list it (403)
Invalid SockJS path
  url.not-found url.wrong-endpoint | a SockJS endpoint is opened as a plain WebSocket without /websocket behind it, or the other way round
## Java, Android, OkHttp, Java-WebSocket, Tyrus, nv-websocket-client | openjdk and conscrypt, as any TLS client on the JVM
~ PKIX path building failed
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | the trust store of the JVM does not know the issuer
~ PKIX path validation failed
  certificate.expired certificate.revoked certificate.not-yet-valid certificate.wrong-purpose | the chain is known, and not valid
~ Trust anchor for certification path not found.
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | Android does not know the issuer; apps do not trust CAs that users add
~ SSLPeerUnverifiedException: Hostname «host» not verified
  certificate.name-mismatch | the certificate is for another name
~ No subject alternative names matching IP address «host» found
  certificate.name-mismatch certificate.no-san | the certificate is for another name
~ No subject alternative DNS name matching «host» found.
  certificate.name-mismatch certificate.no-san | the certificate is for another name
~ SSLException: Unsupported or unrecognized SSL message
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
~ Unable to parse TLS packet header
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
~ Received fatal alert: protocol_version
  tls.version | no version of TLS that both ends speak
~ Received fatal alert: handshake_failure
  tls.cipher tls.version certificate.client-cert-required tls.sni-rejected | no common cipher suite, or a client certificate that was not sent
~ Received fatal alert: unrecognized_name
  tls.sni-rejected | the server knows no certificate for this name
~ Remote host terminated the handshake
  tls.handshake-eof tls.sni-rejected intermediary.policy-rst | the connection ended during the TLS handshake
~ Connection closed by peer
  tls.handshake-eof server.empty-reply intermediary.policy-rst | the connection ended early
~ java.net.ConnectException: Connection refused
  url.refused | nothing listens on host:port
~ ConnectException: Failed to connect to
  url.refused url.unreachable | nothing listens on host:port; in an emulator, localhost is the emulator
~ Unable to resolve host "«host»": No address associated with hostname
  url.dns | the host name does not resolve
~ java.net.UnknownHostException: «host»
  url.dns | the host name does not resolve
~ java.nio.channels.UnresolvedAddressException
  url.dns | the host name does not resolve
~ java.net.NoRouteToHostException: «rest»
  url.unreachable | no route to the host
~ java.net.SocketTimeoutException: failed to connect to «addr»
  url.unreachable intermediary.policy-drop | SYN never answered
~ java.net.SocketException: Connection reset
  server.reset intermediary.policy-rst server.rst-after-101 | the peer resets the connection
~ java.net.SocketException: Software caused connection abort
  client.closed-early frame.abnormal-close | the network of the device changed, or the app slept
~ java.io.EOFException
  server.empty-reply server.close-after-101 frame.abnormal-close intermediary.idle-timeout url.scheme-mismatch-plain-to-tls | the connection ended without a Close
~ CLEARTEXT communication to «host» not permitted by network security policy
  url.mixed-content client.protocol-argument | Android lets an app open no ws:// unless its network security policy names the host
~ unexpected end of stream on «rest»
  server.empty-reply intermediary.policy-rst server.no-upgrade-handler | the peer closes without an answer
## OkHttp | square/okhttp internal/ws/RealWebSocket.kt
sent ping but didn't receive pong within «n»ms
  frame.ping-timeout intermediary.buffering | no Pong in time
`;
