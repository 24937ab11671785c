/** What clients in Dart, Elixir, PHP, Ruby and Lua, and in Deno and Bun, say. The format stands in ../read-said.ts. */
export const scripting = `
## Dart | dart-lang/sdk sdk/lib/_http/websocket_impl.dart; github issues flutter/flutter 11444, 96942
Connection to '«url»' was not upgraded to websocket, HTTP status code: «status»
  @status server.bad-connection | the response is no 101 with Upgrade and Connection
Connection to '«url»' was not upgraded to websocket
  @refused server.bad-connection server.missing-upgrade | the response is no 101 with Upgrade and Connection
% was not upgraded to websocket
  @refused server.bad-connection server.missing-upgrade | the response is no 101 with Upgrade and Connection
Response did not contain a 'Sec-WebSocket-Accept' header
  server.accept-missing | accept absent
Bad response 'Sec-WebSocket-Accept' header
  server.accept-mismatch intermediary.caching | accept wrong
Unsupported URL scheme '«word»'
  url.scheme-unsupported | scheme is not ws or wss
## Dart | dart-lang/sdk runtime/bin (BoringSSL, errno); github issues flutter/flutter 45967, dart-archive/web_socket_channel 189
~ CERTIFICATE_VERIFY_FAILED: unable to get local issuer certificate
  certificate.unknown-ca certificate.incomplete-chain intermediary.tls-interception | the issuer of the certificate is not trusted, or was not sent
~ CERTIFICATE_VERIFY_FAILED: self signed certificate
  certificate.self-signed certificate.unknown-ca intermediary.tls-interception | the certificate signed itself
~ CERTIFICATE_VERIFY_FAILED: certificate has expired
  certificate.expired certificate.clock-skew | the certificate has expired
~ CERTIFICATE_VERIFY_FAILED: Hostname mismatch
  certificate.name-mismatch | the certificate is for another name
~ CERTIFICATE_VERIFY_FAILED
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain certificate.name-mismatch certificate.expired | the certificate is not trusted
~ WRONG_VERSION_NUMBER(tls_record.cc:«n»)
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
~ Connection terminated during handshake
  tls.handshake-eof tls.sni-rejected intermediary.policy-rst url.scheme-mismatch-tls-to-plain | the connection ended during the TLS handshake
~ SocketException: Connection refused (OS Error: «rest», errno = «n»)
  url.refused | nothing listens on host:port; in an emulator, localhost is the emulator
~ SocketException: Failed host lookup: '«host»'
  url.dns | the host name does not resolve
~ SocketException: Connection timed out
  url.unreachable intermediary.policy-drop | SYN never answered
~ SocketException: No route to host
  url.unreachable | no route to the host
~ Connection closed before full header was received
  server.empty-reply server.truncated-response url.scheme-mismatch-plain-to-tls intermediary.policy-rst | the peer closes before the head of its answer is complete
## WebSockex | Azolo/websockex lib/websockex/errors.ex
Didn't get a proper response from the server. The response was: «status»
  @status | the response status is not 101
WebSockex.RequestError{code: «status»
  @status | the response status is not 101
WebSockex.ConnError{original: :econnrefused}
  url.refused | nothing listens on host:port
WebSockex.ConnError{original: :nxdomain}
  url.dns | the host name does not resolve
WebSockex.ConnError{original: :closed}
  server.empty-reply server.no-upgrade-handler url.scheme-mismatch-plain-to-tls intermediary.policy-rst server.bad-request | the peer closes without an answer
WebSockex.ConnError{original: :timeout}
  url.unreachable server.slow intermediary.policy-drop | nothing came in time
WebSockex.ConnError{original: {:tls_alert, «rest»
  certificate.unknown-ca tls.version tls.cipher certificate.name-mismatch certificate.expired | TLS failed: the alert says how
Connection Error: Could not resolve domain name.
  url.dns | the host name does not resolve
Handshake Failed: Response didn't match challenge.
  server.accept-mismatch server.accept-missing | accept absent or wrong
## Gun, Mint | ninenines/gun; elixir-mint/mint_web_socket
Mint.WebSocket.UpgradeFailureError{status_code: «status»
  @status | the response status is not 101
{gun_response, «rest», fin, «status»
  @status | the response status is not 101
## Textalk websocket-php | Textalk/websocket-php lib/Client.php; its issues 19, 71, 133
Connection to '«url»' failed: Server sent invalid upgrade response
  @refused server.accept-missing server.accept-mismatch | the response is no 101, or has no Sec-WebSocket-Accept
% Server sent invalid upgrade response
  @refused server.accept-missing server.accept-mismatch | the response is no 101, or has no Sec-WebSocket-Accept
Server sent bad upgrade response.
  server.accept-mismatch | accept wrong
Could not open socket to "«host»
  url.refused url.dns url.unreachable certificate.unknown-ca | TCP or TLS failed
Client handshake error: Empty read; connection dead?
  server.empty-reply url.scheme-mismatch-plain-to-tls server.slow | no answer came
## Pawl | ratchetphp/Pawl src/Connector.php; its issues 37, 74, 149
Could not connect: HTTP/1.1 «status»
  @status | the response status is not 101
DomainException: HTTP/1.1 «status»
  @status | the response status is not 101
Server did not respond with an expected Sec-WebSocket-Protocol
  server.subprotocol-missing server.subprotocol-mismatch | subprotocol not in the offer, or none
## Ratchet server | ratchetphp/RFC6455 src/Handshake/ServerNegotiator.php; github issues ratchetphp/Ratchet 860, Links2004/arduinoWebSockets 523
426 Upgrade header MUST be provided
  server.upgrade-required intermediary.upgrade-stripped | the request reached the server without Upgrade (426)
Connection Upgrade MUST be requested
  intermediary.connection-header-lost intermediary.upgrade-stripped | the request reached the server without Connection: Upgrade (400)
426 No Sec-WebSocket-Protocols requested supported
  server.subprotocol-mismatch server.upgrade-required | no offered subprotocol is known to the server (426)
## faye-websocket (Ruby), websocket-client-simple, websocket-eventmachine-client | Ruby Errno; imanel/websocket-ruby lib/websocket/error.rb
~ Errno::ECONNREFUSED
  url.refused | nothing listens on host:port
~ Errno::ECONNRESET
  server.reset intermediary.policy-rst server.rst-after-101 | the peer resets the connection
~ Errno::EHOSTUNREACH
  url.unreachable | no route to the host
% WebSocket::Error::Handshake::InvalidStatusCode
  @refused | the response status is not 101
WebSocket::Error::Handshake::InvalidHandshakeAuthentication
  server.accept-mismatch server.accept-missing | accept absent or wrong
WebSocket::Error::Handshake::InvalidHeader
  server.malformed-response server.missing-upgrade server.missing-connection | a field of the answer is wrong
WebSocket::Error::Handshake::UnsupportedProtocol
  server.subprotocol-mismatch | subprotocol not in the offer
WebSocket::HandshakeError: Not an upgrade request
  intermediary.upgrade-stripped url.wrong-endpoint | server side: the request has no Upgrade
WebSocket::HandshakeError: Invalid HTTP header
  url.scheme-mismatch-tls-to-plain url.wrong-endpoint | server side: what came is no HTTP; TLS, most often
## lua-resty-websocket | openresty/lua-resty-websocket lib/resty/websocket/client.lua
bad HTTP response: HTTP/1.1 «status»
  @status | the response status is not 101
bad HTTP response status line: «rest»
  @refused url.wrong-service | the response is not HTTP/1.1 101
failed websocket handshake: unexpected response status: «status»
  @status | the response status is not 101
## Deno | denoland/deno ext/websocket; its issue 27769, github issue lucacasonato/deno-puppeteer 81
failed to connect to WebSocket: Invalid status code «status»
  @status | the response status is not 101
% failed to connect to WebSocket: Invalid status code
  @refused | the response status is not 101
? failed to connect to WebSocket
  client.no-detail url.refused url.dns certificate.unknown-ca @refused | the WebSocket did not open
## Bun | oven-sh/bun; its issues 8088, 31800
% failed: Expected 101 status code
  @refused | the response status is not 101
? WebSocket connection failed
  client.no-detail url.refused url.dns certificate.unknown-ca @refused | the WebSocket did not open
## Cloudflare Workers | cloudflare/miniflare, workerd; its issue 174
Web Socket request did not return status 101 Switching Protocols
  server.status-unexpected server.status-200 server.forbidden | the worker answered an upgrade request with an ordinary response
`;
