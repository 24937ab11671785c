/** What clients on iOS and macOS say, React Native among them. The format stands in ../read-said.ts. */
export const apple = `
## Starscream | daltoniam/Starscream Sources/Starscream/WebSocket.swift (2, 3) and Sources/Framer/FoundationHTTPHandler.swift (4); its issues 392, 427, 747, 864
Domain=WebSocket Code=«status» "Invalid HTTP upgrade"
  @status | the response status is not 101, and the error carries it as its code
message: "Invalid HTTP upgrade", code: «status»
  @status | the response status is not 101, and the error carries it as its code
% Invalid HTTP upgrade
  @refused | the response status is not 101
? Starscream.HTTPUpgradeError error «n»
  client.no-detail @refused | an enum was printed by its localized description, so that its status was lost
? Starscream.WSError error «n»
  client.no-detail @refused server.close-policy frame.close-code | an error was printed by its localized description, so that its message and code were lost
type: Starscream.ErrorType.compressionError
  frame.compression | a compressed message cannot be inflated
failed to find a Sec-WebSocket-Key
  client.library-bug | the request lost its own key
Starscream.HTTPUpgradeError.invalidData
  url.wrong-service server.malformed-response | the response is not HTTP
## SocketRocket, React Native (iOS) | facebookincubator/SocketRocket SocketRocket/SRWebSocket.m
received bad response code from server «status»
  @status | the response status is 400 or above
Received bad response code from server: «status»
  @status | the response status is 400 or above
Invalid Sec-WebSocket-Accept response
  server.accept-mismatch server.accept-missing server.status-200 intermediary.caching | accept absent or wrong; also any answer below 400 that is no 101, whose status is not looked at
Server specified Sec-WebSocket-Protocol that wasn't requested.
  server.subprotocol-mismatch server.subprotocol-unrequested | the 101 selects a subprotocol that was not offered
Stream end encountered
  server.empty-reply server.close-after-101 frame.abnormal-close intermediary.idle-timeout url.scheme-mismatch-plain-to-tls | the connection ended without a Close
Timed out connecting to server
  url.unreachable server.slow intermediary.policy-drop | no connection and no answer inside the request's timeout
Server used RSV bits
  frame.rsv frame.compression server.http-after-101 | RSV bits set
Fragmented control frames not allowed
  frame.control-fragmented | a control frame without FIN
Control frames cannot have payloads larger than 126 bytes
  frame.control-too-long | control payload above 125
Client must receive unmasked data
  frame.masked-from-server | a masked frame from the server
Text frames must be valid UTF-8
  frame.utf8 | text frame not UTF-8
## SocketRocket, URLSession, Starscream, Safari | Apple Foundation NSPOSIXErrorDomain; errno of Darwin
~ NSPOSIXErrorDomain Code=61
  url.refused | nothing listens on host:port
~ NSPOSIXErrorDomain Code=60
  url.unreachable intermediary.policy-drop | SYN never answered
~ NSPOSIXErrorDomain Code=57
  frame.abnormal-close client.not-open server.reset | the connection was gone, or never opened, when something was sent or read
~ NSPOSIXErrorDomain Code=54
  server.reset intermediary.policy-rst server.rst-after-101 | the peer resets the connection
~ NSPOSIXErrorDomain Code=53
  client.closed-early frame.abnormal-close | iOS ends the sockets of an app that sleeps
~ NSPOSIXErrorDomain Code=32
  frame.abnormal-close client.not-open | written into a connection that the other side has closed
~ NSPOSIXErrorDomain Code=100
  server.malformed-response frame.rsv frame.compression | a protocol error: an answer or a frame that URLSession does not take
## URLSession, Safari | Apple CFNetwork NSURLErrorDomain
? NSURLErrorDomain Code=-1011
  client.no-detail @refused server.accept-mismatch server.subprotocol-mismatch server.extension-params | URLSession says so of any answer that is no good 101
~ NSURLErrorDomain Code=-1001
  server.slow url.unreachable intermediary.policy-drop | nothing came in time
~ NSURLErrorDomain Code=-1003
  url.dns | the host name does not resolve
~ NSURLErrorDomain Code=-1004
  url.refused url.unreachable | nothing listens on host:port, or it cannot be reached
~ NSURLErrorDomain Code=-1005
  frame.abnormal-close server.reset intermediary.idle-timeout | the network connection was lost
~ NSURLErrorDomain Code=-1009
  url.unreachable | no network
~ NSURLErrorDomain Code=-1022
  url.mixed-content client.protocol-argument | App Transport Security lets an app open no ws://
~ NSURLErrorDomain Code=-1200
  tls.version tls.cipher url.scheme-mismatch-tls-to-plain tls.handshake-eof | TLS failed
~ NSURLErrorDomain Code=-1202
  certificate.unknown-ca certificate.self-signed certificate.name-mismatch certificate.expired intermediary.tls-interception | the certificate is not trusted
## Safari, SocketRocket | Apple Security SecureTransport.h (OSStatus); github issues cameronhunter/local-ssl-proxy 100, Building42/Telegraph 39
~ OSStatus error -9807
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | the chain ends in a root that is not trusted
~ OSStatus Error -9807
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | the chain ends in a root that is not trusted
~ NSOSStatusErrorDomain Code=-9807
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | the chain ends in a root that is not trusted
~ NSOSStatusErrorDomain Code=-9810
  tls.handshake-eof tls.cipher url.scheme-mismatch-tls-to-plain | TLS failed
~ NSOSStatusErrorDomain Code=-9800
  tls.version tls.cipher tls.handshake-eof url.scheme-mismatch-tls-to-plain | TLS failed
~ OSStatus error -9806
  tls.handshake-eof tls.sni-rejected | the server closed during TLS
~ OSStatus error -9814
  certificate.expired certificate.clock-skew | the certificate has expired
~ OSStatus error -9843
  certificate.name-mismatch certificate.no-san | the certificate is for another name
~ OSStatus error -9836
  tls.version url.scheme-mismatch-tls-to-plain | no version of TLS that both ends speak
~ OSStatus error -9824
  tls.cipher tls.version | no common cipher suite
## Safari | WebKit Source/WebCore/Modules/websockets; github issue hack-as-a-service/frontend 10
WebSocket network error: The operation couldn't be completed. Connection refused
  url.refused | nothing listens on host:port
? WebSocket network error:
  client.no-detail url.refused certificate.unknown-ca certificate.self-signed tls.version server.reset | TCP or TLS failed
? there was a bad response from the server
  client.no-detail @refused server.accept-mismatch server.subprotocol-mismatch server.extension-params | any answer that is no good 101
WebSocket is closed due to suspension.
  client.throttled client.closed-early | the page or the machine went to sleep
## React Native (Android) | square/okhttp, through com.facebook.react.modules.websocket
"message":"Failed to connect to /«addr»"
  url.refused url.unreachable | nothing listens on host:port; in an emulator, localhost is the emulator
`;
