/** What other clients on .NET and those of game engines say. The format stands in ../read-said.ts. */
export const dotnetOthers = `
## .NET ClientWebSocket, .NET Framework ClientWebSocket | dotnet/runtime System.Net.WebSockets Strings.resx; .NET Framework; github issue frankvHoof93/TikTokLiveSharp 82
The server returned status code '«status»' when the expected status code was '
  @status | the response status is not 101
The remote party closed the WebSocket connection without completing the close handshake.
  frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime server.close-after-101 server.rst-after-101 | the connection ended without a Close
The WebSocket didn't recieve a Pong frame in response to a Ping frame within the configured KeepAliveTimeout.
  frame.ping-timeout | no Pong in time
The WebSocket is in an invalid state ('«word»') for this operation. Valid states are:
  client.not-open | sent or read outside Open
The WebSocket received a frame with one or more reserved bits set.
  frame.rsv server.http-after-101 | RSV bits set
The WebSocket server sent a masked frame.
  frame.masked-from-server | a masked frame from the server
The WebSocket received an unknown opcode '«rest»'
  frame.opcode server.http-after-101 | reserved opcode
The WebSocket received a continuation frame from a previous message close.
  frame.continuation | a continuation frame with nothing to continue
The WebSocket expected a continuation frame after having received a previous non-final frame.
  frame.interleaved | a new data frame inside an unfinished message
## .NET ClientWebSocket, SignalR (.NET), any client on Windows | Winsock, .NET sockets
~ No connection could be made because the target machine actively refused it
  url.refused | nothing listens on host:port
~ No such host is known
  url.dns | the host name does not resolve
~ A connection attempt failed because the connected party did not properly respond after a period of time
  url.unreachable intermediary.policy-drop | SYN never answered
~ An existing connection was forcibly closed by the remote host
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close | the peer resets the connection
## .NET ClientWebSocket, SignalR (.NET) | .NET sockets and SslStream, as any client on .NET
~ System.Net.Sockets.SocketException («n»): Connection refused
  url.refused | nothing listens on host:port
~ Cannot determine the frame size or a corrupted frame was received.
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
~ The handshake failed due to an unexpected packet format.
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
~ The remote certificate was rejected by the provided RemoteCertificateValidationCallback.
  certificate.unknown-ca certificate.name-mismatch certificate.pin-mismatch | the application's own check said no
~ The SSL connection could not be established
  certificate.unknown-ca certificate.self-signed certificate.name-mismatch certificate.expired tls.version url.scheme-mismatch-tls-to-plain | TLS failed: the inner exception says why
~ Received an unexpected EOF or 0 bytes from the transport stream.
  tls.handshake-eof tls.sni-rejected intermediary.policy-rst | the connection ended during the TLS handshake
## SignalR (.NET) | dotnet/aspnetcore src/SignalR/clients/csharp
HttpConnection.NegotiateAsync
  url.not-found server.auth url.wrong-endpoint url.refused certificate.unknown-ca | the negotiate request, which comes before the WebSocket, failed: the line above says how
The server connection «rest» handshake timed out
  server.slow intermediary.policy-drop intermediary.buffering | the hub did not answer the handshake of SignalR
Server timeout («n».00ms) elapsed without receiving a message from the server.
  frame.ping-timeout intermediary.buffering intermediary.idle-timeout | no hub message for ServerTimeout
## SignalR | npm package @microsoft/signalr dist/cjs
? Failed to start the transport 'WebSockets': Error: There was an error with the transport.
  client.no-detail intermediary.upgrade-stripped intermediary.sticky-session server.slow | the WebSocket did not open, or ended, for whatever reason
? There was an error with the transport.
  client.no-detail intermediary.upgrade-stripped intermediary.sticky-session server.slow | the WebSocket did not open, or ended, for whatever reason
? Failed to start the transport 'WebSockets': null
  client.no-detail intermediary.upgrade-stripped intermediary.sticky-session | the WebSocket did not open, or ended, for whatever reason
Status code '«status»' Either this is not a SignalR endpoint or there is a proxy blocking the connection.
  @status | negotiate answered with an HTTP error
The WebSocket connection could not be found on the server
  intermediary.sticky-session url.wrong-endpoint | the connection ID belongs to another server process
## websocket-sharp | sta/websocket-sharp websocket-sharp/WebSocket.cs; its issues 159, 175, 484, 486
% Not a WebSocket handshake response.
  @refused server.http-version | the response is no 101 with Upgrade and Connection, or not HTTP/1.1
% Not a WebSocket connection response
  @refused server.http-version | the response is no 101 with Upgrade and Connection, or not HTTP/1.1
% Not WebSocket connection response.
  @refused server.http-version | the response is no 101 with Upgrade and Connection, or not HTTP/1.1
~ Indicates the redirection.
  server.redirect intermediary.redirect-https | the response is a redirect
~ The redirection is indicated.
  server.redirect intermediary.redirect-https | the response is a redirect
~ Requires the authentication.
  server.auth | the response is 401
~ The authentication is required.
  server.auth | the response is 401
Includes no Sec-WebSocket-Accept header, or it has an invalid value.
  server.accept-mismatch server.accept-missing intermediary.caching | accept absent or wrong
The Sec-WebSocket-Accept header is non-existent.
  server.accept-missing | accept absent
The Sec-WebSocket-Accept header is invalid.
  server.accept-mismatch intermediary.caching | accept wrong
Includes no Sec-WebSocket-Protocol header, or it has an invalid value.
  server.subprotocol-mismatch server.subprotocol-missing | subprotocol not in the offer, or none
The Sec-WebSocket-Protocol header is non-existent.
  server.subprotocol-missing | offer made, none selected
The Sec-WebSocket-Protocol header is invalid.
  server.subprotocol-mismatch | subprotocol not in the offer
Includes an invalid Sec-WebSocket-Extensions header.
  server.extension-unrequested server.extension-params server.extension-malformed | extensions of the 101
The Sec-WebSocket-Extensions header is invalid.
  server.extension-unrequested server.extension-params server.extension-malformed | extensions of the 101
? An exception has occurred while connecting
  client.no-detail url.refused certificate.unknown-ca tls.version url.dns server.empty-reply | TCP or TLS failed, or the connection ended: its log holds the exception
? An exception has occured while connecting
  client.no-detail url.refused certificate.unknown-ca tls.version url.dns server.empty-reply | TCP or TLS failed, or the connection ended: its log holds the exception
? An error has occurred while connecting.
  client.no-detail url.refused certificate.unknown-ca tls.version url.dns @refused | the connection did not open: its log holds the exception
An error has occurred during the TLS handshake.
  tls.version certificate.unknown-ca tls.cipher url.scheme-mismatch-tls-to-plain | TLS failed; the library asks for old versions unless told otherwise
## Unreal Engine | Runtime/Online/WebSockets Lws; libwebsockets lib/roles/ws/client-ws.c
% ws upgrade response not 101
  @refused | the response status is not 101
## Godot | godotengine/godot modules/websocket/wsl_peer.cpp, wsl_client.cpp; its issues 30415, 34523
_parse_request: Not enough response headers
  url.wrong-endpoint server.bad-request | server side: what came is no WebSocket handshake
Not enough response headers. Got: «n», expected >= 4.
  server.malformed-response url.wrong-service @refused | the response has too few fields
Invalid protocol. Got: '«rest»', expected 'HTTP/1.1'.
  server.http-version url.wrong-service server.malformed-response | the response is not HTTP/1.1
Invalid status code. Got: '«status»', expected '101'.
  @status | the response status is not 101
Missing or invalid header 'connection'
  server.missing-connection server.bad-connection intermediary.connection-header-lost | Connection absent or without upgrade
Missing or invalid header 'upgrade'
  server.missing-upgrade server.bad-upgrade intermediary.upgrade-stripped | Upgrade absent or another
Missing or invalid header 'sec-websocket-accept'
  server.accept-mismatch server.accept-missing | accept absent or wrong
!headers.has("sec-websocket-protocol")
  server.subprotocol-missing | offer made, none selected
Received unrequested sub-protocol
  server.subprotocol-unrequested server.subprotocol-mismatch | subprotocol not in the offer
`;
