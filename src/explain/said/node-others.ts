/** What other clients and development servers on Node say. The format stands in ../read-said.ts. */
export const nodeOthers = `
## faye-websocket, WebSocket-Node | run
connect ECONNRESET «addr»
  intermediary.policy-rst server.reset | the TCP connection is accepted and reset at once
## faye-websocket, WebKit (older), websocket-driver (Ruby) | run
Error during WebSocket handshake: Sec-WebSocket-Accept mismatch
  server.accept-mismatch intermediary.caching server.duplicate-headers server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 carries Sec-WebSocket-Accept twice; or 101 arrives without Sec-WebSocket-Accept
Error during WebSocket handshake: 'Connection' header value is not 'Upgrade'
  server.bad-connection intermediary.response-header-rewritten | 101 carries Connection: close; or 101 carries Connection: keep-alive, Upgrade (legal list; strict clients refuse it); or Connection is not exactly upgrade
Error during WebSocket handshake: Sec-WebSocket-Protocol mismatch
  server.subprotocol-unrequested server.subprotocol-mismatch server.subprotocol-duplicate | the 101 selects a subprotocol although none was offered; or the 101 selects a subprotocol that was not offered; or the 101 carries Sec-WebSocket-Protocol twice
## faye-websocket | run against a deliberately broken loopback server
Error during WebSocket handshake: Server sent an extension response for unknown extension "permessage-deflate"
  frame.compression server.extension-params server.extension-malformed server.extension-unrequested | a compressed message whose DEFLATE data is corrupt (or RSV1 where compression was not agreed); or the 101 accepts permessage-deflate with server_max_window_bits=7; or the 101 lists permessage-deflate twice
Error during WebSocket handshake: 'Upgrade' header value is not 'WebSocket'
  server.bad-upgrade server.duplicate-headers | 101 carries an Upgrade field other than websocket (h2c was used); or 101 carries Upgrade twice
Could not decode a text frame as UTF-8
  frame.utf8 | a text frame that is not valid UTF-8
Error during WebSocket handshake: max header size exceeded
  server.header-too-large | one response field of 300 000 bytes
Received control frame having too long payload: «n»
  frame.control-too-long | a Ping of 126 bytes
Received unexpected continuation frame
  frame.continuation | a continuation frame with nothing to continue
Error during WebSocket handshake: Parse Error
  server.early-data url.wrong-service server.malformed-response | a WebSocket frame is sent before the 101; or the first bytes of the answer are not an HTTP status line; or the port answers with another protocol banner (SSH was used)
Error during WebSocket handshake: Invalid Sec-WebSocket-Extensions header: 
  server.extension-malformed | Sec-WebSocket-Extensions in the 101 cannot be parsed
Error during WebSocket handshake: Server sent an extension response for unknown extension "«rest»"
  server.extension-unrequested frame.compression server.extension-malformed server.extension-params | the 101 names an extension the client did not offer
Received fragmented control frame: opcode = «n»
  frame.control-fragmented | a Ping without FIN
One or more reserved bits are on: reserved1 = 0, reserved2 = 1, reserved3 = 1
  server.http-after-101 | valid 101, then HTML or HTTP text where frames are expected
WebSocket frame length too large
  frame.too-big frame.length | a frame header that announces 2^40 bytes; or a 64-bit length with the top bit set
Received new data frame but previous continuous frame is unfinished
  frame.interleaved | a new data frame inside an unfinished fragmented message
## faye-websocket | run through a refusing proxy
Can't establish a connection to the server at «url»
  intermediary.connect-refused intermediary.proxy-auth-required intermediary.connect-malformed | CONNECT was refused or garbled
## faye-websocket, websocket-driver (Ruby) | run
«url» is not a valid WebSocket URL
  url.malformed url.scheme-unsupported | the port is above 65535; or an http: URL was given to a client that wants ws:; or bad URL or scheme
## faye-websocket, Chromium, websocket-driver (Ruby) | run
Error during WebSocket handshake: Unexpected response code: «status»
  @status server.status-200 intermediary.http10-downgrade server.informational url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.status-unexpected server.redirect | an HTTP/1.0 200 arrives; or a 103 Early Hints precedes the 101; or the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered)
## faye-websocket, Chromium, WebKit (older) | run
Error during WebSocket handshake: 'Connection' header is missing
  server.missing-connection intermediary.response-header-rewritten | 101 arrives without a Connection field; or 101 without Connection
## faye-websocket, Chromium, WebKit (older), websocket-driver (Ruby) | run
Error during WebSocket handshake: 'Upgrade' header is missing
  server.missing-upgrade intermediary.response-header-rewritten server.malformed-response | 101 arrives without an Upgrade field; or white space before the colon of a response field; or 101 without Upgrade
## faye-websocket, Chromium | run
Unrecognized frame opcode: «n»
  frame.opcode | reserved control opcode 11; or reserved data opcode 3
One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0
  frame.rsv | RSV1 set although no extension was agreed
One or more reserved bits are on: reserved1 = 0, reserved2 = 1, reserved3 = 0
  frame.rsv | RSV2 set
## WebSocket-Node | run against a deliberately broken loopback server
Sec-WebSocket-Accept header from server didn't match expected value of «host»
  server.accept-mismatch intermediary.caching server.duplicate-headers | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 carries Sec-WebSocket-Accept twice
Unsupported usage of rsv bits without negotiated extension.
  frame.compression frame.rsv | a compressed message whose DEFLATE data is corrupt (or RSV1 where compression was not agreed); or RSV1 set although no extension was agreed; or RSV2 set
Port should be >= 0 and < 65536. Received type «rest».
  url.malformed | the port is above 65535
Expected an Upgrade: websocket header from the server
  server.bad-upgrade server.duplicate-headers | 101 carries an Upgrade field other than websocket (h2c was used); or 101 carries Upgrade twice
Invalid UTF-8 Data Received
  frame.utf8 frame.close-payload | a text frame that is not valid UTF-8; or a Close reason that is not UTF-8
Illegal control frame longer than 125 bytes.
  frame.control-too-long | a Ping of 126 bytes
Abnormal closure, no further detail available
  frame.close-code | a Close frame that carries 1006
Expected a Connection: Upgrade header from the server
  server.bad-connection | 101 carries Connection: keep-alive, Upgrade (legal list; strict clients refuse it)
Unexpected Continuation Frame
  frame.continuation | a continuation frame with nothing to continue
Connection dropped by remote peer.
  server.close-after-101 frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime frame.truncated | valid 101, then FIN at once without a Close frame; or the established connection ends with FIN and no Close frame; or the stream ends inside a frame
Control frames must not be fragmented.
  frame.control-fragmented server.http-after-101 | a Ping without FIN; or valid 101, then HTML or HTTP text where frames are expected
Unsupported 64-bit length frame received
  frame.too-big frame.length | a frame header that announces 2^40 bytes; or a 64-bit length with the top bit set
Socket Error: read ECONNRESET
  frame.truncated server.rst-after-101 intermediary.policy-rst | RST inside a frame; or valid 101, then RST
Illegal frame opcode 0x«word» received in middle of fragmented message.
  frame.interleaved | a new data frame inside an unfinished fragmented message
Expected Sec-WebSocket-Accept header from server
  server.accept-missing | 101 arrives without Sec-WebSocket-Accept
You must specify a full WebSocket URL, including hostname. Relative URLs are not supported.
  url.malformed | the URL has no host
Unrecognized Opcode: 0x«word»
  frame.opcode | reserved control opcode 11; or reserved data opcode 3
Server did not respond with a requested protocol.
  server.subprotocol-mismatch server.subprotocol-duplicate | the 101 selects a subprotocol that was not offered; or the 101 carries Sec-WebSocket-Protocol twice
Expected a Sec-WebSocket-Protocol header.
  server.subprotocol-mismatch server.subprotocol-missing | the 101 carries an empty Sec-WebSocket-Protocol; or a subprotocol was offered and the 101 selects none
You must specify a full WebSocket URL, including protocol.
  url.malformed | a relative URL was given
httpResponse «status»
  @status server.status-200 | the answer was not 101
## socket.io-client | run against a deliberately broken loopback server
connect_error Error: timeout
  server.close-after-101 server.slow intermediary.policy-drop | valid 101, then FIN at once without a Close frame; or TCP connects and nothing at all is answered
## socket.io-client | npm packages engine.io-client and socket.io-client build/cjs
? websocket error
  client.no-detail url.refused url.not-found origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler certificate.self-signed url.dns url.scheme-mismatch-plain-to-tls server.forbidden server.empty-reply certificate.expired server.accept-mismatch intermediary.caching intermediary.policy-rst intermediary.waf-block certificate.clock-skew intermediary.tls-interception | the WebSocket did not open, or ended, for whatever reason
xhr poll error
  origin.cors-on-http-leg url.not-found url.refused | the polling request failed: HTTP error, network, or real CORS in a browser
xhr post error
  intermediary.sticky-session | a polling POST failed; behind several servers usually missing stickiness
It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)
  server.version-unsupported | protocol generations differ
transport close
  frame.abnormal-close intermediary.idle-timeout | the connection ended (disconnect reason)
ping timeout
  frame.ping-timeout intermediary.buffering | no Engine.IO ping inside pingInterval+pingTimeout
probe error
  intermediary.upgrade-stripped intermediary.sticky-session | the upgrade from polling to WebSocket failed
## SignalR | run against a deliberately broken loopback server
? WebSocket failed to connect. The connection could not be found on the server, either the endpoint may not be a SignalR endpoint, the connection ID is not present on the server, or there is a proxy blocking WebSockets. If you have multiple servers check that sticky sessions are enabled.
  client.no-detail url.refused url.not-found origin.rejected intermediary.upgrade-stripped url.wrong-endpoint server.status-200 server.no-upgrade-handler certificate.self-signed url.dns url.scheme-mismatch-plain-to-tls server.forbidden server.empty-reply certificate.expired server.accept-mismatch intermediary.caching intermediary.policy-rst intermediary.waf-block certificate.clock-skew intermediary.tls-interception | the WebSocket did not open, or ended, for whatever reason
WebSocket closed with status code: «status»6 (no reason given).
  server.close-after-101 | valid 101, then FIN at once without a Close frame
## SignalR | npm package @microsoft/signalr dist/cjs
Failed to complete negotiation with the server: TypeError: Failed to fetch
  origin.cors-on-http-leg url.refused certificate.unknown-ca | negotiate request failed in a browser: network, TLS or real CORS (this leg is ordinary fetch)
Failed to complete negotiation with the server: Error: «rest»: Status code '«status»'
  @status url.not-found origin.rejected server.auth | negotiate answered with an HTTP error
? Failed to start the transport 'WebSockets': Error: WebSocket failed to connect.
  client.no-detail intermediary.upgrade-stripped intermediary.sticky-session | the WebSocket did not open, or ended, for whatever reason
WebSocket closed with status code: «n» («rest»).
  frame.abnormal-close server.close-policy intermediary.idle-timeout server.close-after-101 | closed after open
Server timeout elapsed without receiving a message from the server.
  frame.ping-timeout intermediary.buffering | no hub message for serverTimeout (30 s default)
Unable to connect to the server with any of the available transports.
  url.wrong-endpoint intermediary.upgrade-stripped origin.rejected | every transport failed
Negotiation can only be skipped when using the WebSocket transport directly.
  client.protocol-argument | option misuse
## ws with https-proxy-agent | run through a broken proxy
Proxy connection ended before receiving CONNECT response
  intermediary.connect-malformed | the proxy closed during CONNECT
## webpack-dev-server | npm package webpack-dev-server lib/Server.js
Invalid Host/Origin header
  origin.rejected url.wrong-host server.close-policy | allowedHosts refuses Host or Origin: sent as a message after the 101, then closed
## Vite | npm package vite dist
failed to connect to websocket
  url.wrong-endpoint intermediary.upgrade-stripped url.refused | HMR socket could not be opened (proxy, port or token)
ws proxy error:
  intermediary.bad-gateway url.refused | server.proxy target refused or failed
Blocked request. This host («host») is not allowed.
  url.wrong-host origin.rejected | server.allowedHosts
`;
