/** What clients in C and C++ and on small devices say. The format stands in ../read-said.ts. */
export const cpp = `
## Boost.Beast | boostorg/beast include/boost/beast/websocket/impl/error.ipp
% The WebSocket handshake was declined by the remote peer
  @refused | the response status is not 101; the response that handshake() gives back holds it
The WebSocket handshake was not HTTP/1.1
  server.http-version intermediary.http10-downgrade | HTTP/1.0 status or request line
The WebSocket handshake Connection field is missing
  server.missing-connection server.bad-connection intermediary.connection-header-lost intermediary.upgrade-stripped | Connection absent, or without upgrade
The WebSocket handshake Upgrade field is missing
  server.missing-upgrade server.bad-upgrade intermediary.upgrade-stripped | Upgrade absent, or without websocket
The WebSocket handshake Sec-WebSocket-Key field is «word»
  intermediary.upgrade-stripped server.bad-request | server side: request without a good key
The WebSocket handshake Sec-WebSocket-Version field is «word»
  server.version-unsupported | server side: request without version 13
The WebSocket handshake Sec-WebSocket-Accept field is missing
  server.accept-missing | accept absent
The WebSocket handshake Sec-WebSocket-Accept field is invalid
  server.accept-mismatch intermediary.caching | accept wrong
The WebSocket message exceeded the locally configured limit
  frame.too-big | message above read_message_max
The WebSocket frame contained an illegal opcode
  frame.opcode server.http-after-101 | reserved opcode
The WebSocket data frame was unexpected
  frame.interleaved | new data frame inside a message
The WebSocket continuation frame was unexpected
  frame.continuation | stray continuation
The WebSocket frame contained illegal reserved bits
  frame.rsv server.http-after-101 | RSV bits set
The WebSocket control frame was fragmented
  frame.control-fragmented | control frame without FIN
The WebSocket control frame size was invalid
  frame.control-too-long | control payload above 125
The WebSocket frame was masked
  frame.masked-from-server | masked server frame
The WebSocket frame was unmasked
  frame.unmasked-from-client | server side: unmasked client frame
The WebSocket frame size was not canonical
  frame.length | length
The WebSocket frame payload was not valid utf8
  frame.utf8 | text frame not UTF-8
The WebSocket close frame reason code was invalid
  frame.close-code | Close code outside the legal range
The WebSocket close frame payload size was invalid
  frame.close-payload | a one-byte Close body
bad version [beast.http:«n»
  url.wrong-service server.malformed-response url.scheme-mismatch-plain-to-tls | the response is not HTTP
end of stream [beast.http:«n»
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler | the peer closes without an answer
## IXWebSocket | machinezone/IXWebSocket ixwebsocket/IXWebSocketHandshake.cpp
Expecting status 101 (Switching Protocol), got «status»
  @status | the response status is not 101
Got bad status connecting to «host», status: «status»
  @status | the response status is not 101
Expecting HTTP/1.1, got «rest»
  server.http-version url.wrong-service intermediary.http10-downgrade | the status line is not HTTP/1.1
Invalid or missing Sec-WebSocket-Accept header
  server.accept-mismatch server.accept-missing | accept absent or wrong
Invalid Sec-WebSocket-Accept value
  server.accept-mismatch intermediary.caching | accept wrong
Invalid or missing Upgrade value
  server.missing-upgrade server.bad-upgrade | Upgrade absent or another
Failed reading HTTP status line from «url»
  server.empty-reply url.scheme-mismatch-plain-to-tls server.slow intermediary.policy-rst | no answer came
## Qt | qt/qtwebsockets src/websockets/qwebsocket_p.cpp, qwebsockethandshakeresponse.cpp
processHandshake: Unhandled http status code: «status»
  @status | the response status is not 101
processHandshake: Connection closed while reading header.
  server.empty-reply server.truncated-response url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst | the peer closes before the head of its answer is complete
processHandshake: Invalid statusline in response: «rest»
  url.wrong-service server.malformed-response server.http-version | the response is not HTTP/1.1
Accept-Key received from server «rest» does not match the client key
  server.accept-mismatch intermediary.caching server.accept-missing | accept wrong
Handshake: Server requests a version that we don't support: «rest»
  server.version-unsupported | version
processHandshake: Host requires authentication
  server.auth | the response is 401
processHandshake: Unknown error condition encountered. Aborting connection.
  server.bad-request server.version-unsupported intermediary.upgrade-stripped | the response is 400
processHandshake: Invalid parameter encountered during protocol upgrade: «rest»
  server.missing-upgrade server.missing-connection server.bad-upgrade server.accept-missing | a field of the 101 is absent or wrong
## libwebsockets | warmcat/libwebsockets lib/roles/http/client, lib/roles/ws/client-ws.c; its issues 1629, 1775, 2837
got bad HTTP response '«status»
  @status | the response status is not 101
CLIENT_CONNECTION_ERROR: Unable to connect
  url.refused url.unreachable | TCP connect failed
CLIENT_CONNECTION_ERROR: Timed out waiting SSL
  tls.handshake-timeout url.scheme-mismatch-tls-to-plain | TLS was never answered
CLIENT_CONNECTION_ERROR: closed before established
  server.empty-reply server.no-upgrade-handler url.scheme-mismatch-plain-to-tls intermediary.policy-rst | the peer closes without an answer
tls=invalidca, use_ssl=«rest»
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain | the chain ends in a root that is not trusted
server's cert didn't look good, invalidca
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain | the chain ends in a root that is not trusted
server's cert didn't look good, hostname
  certificate.name-mismatch | the certificate is for another name
## ESP-IDF | espressif/esp-idf components/tcp_transport/transport_ws.c, espressif/esp-protocols; their issues 8631, 12993, 512
% Sec-WebSocket-Accept not found
  @refused server.accept-missing server.header-too-large | the answer holds no Sec-WebSocket-Accept: most often it is no 101, or longer than the buffer
esp_ws_handshake_status_code=«status»
  @status | the response status is not 101
transport_ws: HTTP upgrade failed
  url.wrong-service server.malformed-response | the response is not HTTP
transport_ws: Header size exceeded buffer size
  server.header-too-large | the head of the answer is longer than CONFIG_WS_BUFFER_SIZE
transport_ws: Invalid websocket key
  server.accept-mismatch intermediary.caching | accept wrong
Error read response for Upgrade header
  server.empty-reply server.reset server.slow url.scheme-mismatch-plain-to-tls intermediary.policy-rst | no answer came
## arduinoWebSockets | Links2004/arduinoWebSockets src/WebSocketsClient.cpp; its issue 523
[WS-Client][handleHeader] no Websocket connection close.
  @refused | the response is no 101
[WS-Client][handleHeader] Sec-WebSocket-Accept is wrong
  server.accept-mismatch | accept wrong
## curl | curl/curl lib/ws.c, lib/http.c
Refused WebSockets upgrade: «status»
  @status | the response status is not 101
Refused WebSocket upgrade: «status»
  @status | the response status is not 101
`;
