/** What autobahn, ws4py, python-socketio and the ASGI servers say. The format stands in ../read-said.ts. */
export const pythonServers = `
## autobahn | crossbario/autobahn-python autobahn/websocket/protocol.py; its issues 323, 1452; github issue crossbario/crossbar 1604
WebSocket connection upgrade failed («status» - 
  @status | the response status is not 101
peer dropped the TCP connection without previous WebSocket closing handshake
  frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime server.close-after-101 | the connection ended without a Close
peer did not finish (in time) the opening handshake
  server.slow intermediary.policy-drop url.wrong-service | no answer inside openHandshakeTimeout
peer did not finish the opening handshake in time
  server.slow intermediary.policy-drop client.closed-early | no answer, or no request, inside openHandshakeTimeout
peer did not respond (in time) in closing handshake
  frame.abnormal-close | the Close was not answered
This server only speaks WebSocket subprotocols «rest»
  server.subprotocol-mismatch server.subprotocol-missing | no offered subprotocol is known to the server (400)
HTTP Upgrade header missing
  intermediary.upgrade-stripped url.wrong-endpoint server.upgrade-required | server side: the request has no Upgrade
HTTP Sec-WebSocket-Accept header missing in opening handshake reply
  server.accept-missing | accept absent
HTTP Sec-WebSocket-Accept bogus value
  server.accept-mismatch intermediary.caching | accept wrong
WebSocket connection denied: origin '«rest»' not allowed
  origin.rejected origin.mismatch-scheme-port | allowedOrigins does not list it (403)
failing WebSocket opening handshake ('Access denied')
  server.forbidden server.auth origin.rejected url.not-found | the application refused the handshake (403)
? CONNECTION closed: unreachable
  client.no-detail url.refused @refused | the transport did not open; the log of autobahn, or that of the browser, says why
unpong'ed auto ping timeout
  frame.ping-timeout | no Pong in time
## ws4py | Lawouach/WebSocket-for-Python ws4py/client/__init__.py; its issue 203
Invalid response status: b'«status»'
  @status | the response status is not 101
Invalid response status: «status»
  @status | the response status is not 101
Invalid Upgrade header: 
  server.bad-upgrade server.missing-upgrade | Upgrade absent or another
Invalid Connection header: 
  server.bad-connection server.missing-connection | Connection absent or without upgrade
Invalid challenge response: 
  server.accept-mismatch | accept wrong
## python-socketio | miguelgrinberg/python-engineio src/engineio/client.py; its issue 243
% Connection refused by the server
  url.refused certificate.unknown-ca url.dns origin.cors-on-http-leg @refused | the request before the WebSocket failed, TLS included
~ Unexpected status code «status» in server response
  @status | the request before the WebSocket got that status
~ Unexpected response from server
  url.wrong-endpoint url.not-found server.status-200 | the request before the WebSocket got what is no Engine.IO
## python-socketio server | miguelgrinberg/python-engineio src/engineio/base_server.py
The client is using an unsupported version of the Socket.IO or Engine.IO protocols
  server.version-unsupported url.socketio-params | protocol generations differ
is not an accepted origin.
  origin.rejected origin.mismatch-scheme-port | cors_allowed_origins does not list it (400)
Invalid session «rest» (further occurrences of this error will be logged
  intermediary.sticky-session | sid belongs to another server process
## Django Channels, Daphne | django/channels, django/daphne; their issues 2062, 114
WebSocket REJECT 
  server.forbidden origin.rejected server.auth | the consumer, or the OriginValidator, refused the handshake (403)
~ No route found for path 
  url.not-found | no WebSocket route matches the path
## uvicorn, hypercorn, FastAPI, Starlette | encode/uvicorn uvicorn/protocols/websockets
"WebSocket «rest»" «status»
  @status | the application refused the handshake; without a matching route the status is 403
connection rejected («status» «rest»)
  @status | the application refused the handshake; without a matching route the status is 403
Unsupported upgrade request.
  server.no-upgrade-handler | uvicorn without websockets or wsproto: pip install 'uvicorn[standard]'
No supported WebSocket library detected.
  server.no-upgrade-handler | uvicorn without websockets or wsproto: pip install 'uvicorn[standard]'
opening handshake failed
  server.bad-request url.wrong-endpoint url.scheme-mismatch-tls-to-plain client.closed-early intermediary.upgrade-stripped | server side: what came is no handshake, or was gone before its answer
## Python websockets server | python-websockets/websockets
Failed to open a WebSocket connection: invalid Connection header: «rest»
  intermediary.connection-header-lost url.wrong-endpoint | the request reached the server without Connection: Upgrade (426)
Failed to open a WebSocket connection: missing Connection header
  intermediary.connection-header-lost intermediary.upgrade-stripped url.wrong-endpoint | the request reached the server without Connection: Upgrade (426)
You cannot access a WebSocket server directly with a browser.
  url.wrong-endpoint intermediary.upgrade-stripped | a page was asked for where only a WebSocket is (426)
Exception in opening handshake: Malformed HTTP message
  url.scheme-mismatch-tls-to-plain server.bad-request certificate.unknown-ca | server side: what came is no HTTP, or the client left during TLS
## Python websockets | python-websockets/websockets src/websockets/exceptions.py; its issues 625, 725, 977, 1231, 1318, 1620
InvalidStatusCode(«status»
  @status | the response status is not 101
keepalive ping timeout; no close frame received
  frame.ping-timeout intermediary.idle-timeout | no Pong inside ping_timeout (20 s unless set): the connection is dead, or this side was too busy to read
received «n» («rest») keepalive ping timeout
  frame.ping-timeout | the server got no Pong
? connection closed abnormally [internal]
  frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime server.close-after-101 | the connection ended without a Close
did not receive a valid HTTP response
  server.empty-reply url.wrong-service url.scheme-mismatch-plain-to-tls server.malformed-response intermediary.policy-rst server.no-upgrade-handler | the answer is no HTTP, or none came
did not receive a valid HTTP request
  url.scheme-mismatch-tls-to-plain url.wrong-endpoint client.closed-early | server side: what came is no HTTP, or the client left
## websocket-client | websocket-client/websocket-client websocket/_handshake.py, _core.py; its issues 199, 758
Handshake Status «status»
  @status | the response status is not 101
socket is already closed.
  frame.abnormal-close client.not-open intermediary.idle-timeout server.close-after-101 | the connection was gone when something was sent or read
ping/pong timed out
  frame.ping-timeout | no Pong in time
## aiohttp | aio-libs/aiohttp aiohttp/client.py (3.10 and later)
«status», message='Invalid response status', url='«url»'
  @status | the response status is not 101
«status», message='Invalid challenge response', url='«url»'
  server.accept-mismatch intermediary.caching server.accept-missing | accept absent or wrong
«status», message='Invalid upgrade header', url='«url»'
  server.missing-upgrade server.bad-upgrade | Upgrade absent or another
«status», message='Invalid connection header', url='«url»'
  server.missing-connection server.bad-connection | Connection absent or without upgrade
~ Cannot write to closing transport
  frame.abnormal-close client.not-open intermediary.idle-timeout | the connection was gone when something was sent
`;
