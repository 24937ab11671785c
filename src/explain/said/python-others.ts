/** What aiohttp, tornado and websocket-client say. The format stands in ../read-said.ts. */
export const pythonOthers = `
## aiohttp | run against a deliberately broken loopback server
«status», message='Invalid response status', url=URL('«url»')
  @status server.status-200 url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.status-unexpected server.redirect server.auth server.bad-request | the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered); or the response is 204; or the response is a 302 redirect with a relative Location
Connect call failed («addr»
  server.redirect intermediary.redirect-https url.wrong-endpoint url.refused intermediary.policy-rst server.reset | the response is a 301 redirect; or nothing listens on host:port (TCP RST to the SYN); or the TCP connection is accepted and reset at once
«status», message='Invalid challenge response', url=URL('«url»')
  server.accept-mismatch intermediary.caching server.accept-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 arrives without Sec-WebSocket-Accept
«status», message='Invalid upgrade header', url=URL('«url»')
  server.missing-upgrade intermediary.response-header-rewritten server.bad-upgrade | 101 arrives without an Upgrade field; or 101 carries an Upgrade field other than websocket (h2c was used)
«status», message='Invalid connection header', url=URL('«url»')
  server.missing-connection intermediary.response-header-rewritten server.bad-connection | 101 arrives without a Connection field; or 101 carries Connection: close; or 101 carries Connection: keep-alive, Upgrade (legal list; strict clients refuse it)
«status», message='Expected HTTP/', url=URL('«url»')
  url.wrong-service server.malformed-response url.scheme-mismatch-plain-to-tls tls.alpn-h2-only server.early-data | the first bytes of the answer are not an HTTP status line; or the port answers with another protocol banner (SSH was used); or ws:// reached a TLS port that answers with a plaintext TLS alert record (15 03 01 ..)
ServerDisconnectedError: Server disconnected
  server.empty-reply url.scheme-mismatch-plain-to-tls server.no-upgrade-handler intermediary.policy-rst tls.alpn-h2-only | the peer closes cleanly (FIN) after the request without sending a byte; or the TCP connection is accepted and closed before the request is read; or ws:// reached a TLS port of a Node https server (it just closes)
ServerDisconnectedError: <RawResponseMessage(«rest»)>
  server.truncated-response | the connection ends in the middle of the response head
400, message=«quote»Got more than «n» bytes
  server.header-too-large | one response field of 300 000 bytes
«status», message='Too many headers received', url=URL('«url»')
  server.header-too-large | 3 000 response fields
«status», message='Invalid header token', url=URL('«url»')
  server.malformed-response | a response header line without a colon
«status», message='Invalid header field char', url=URL('«url»')
  server.malformed-response | white space before the colon of a response field
«status», message='Invalid header value char', url=URL('«url»')
  server.malformed-response | a control character in a response field value
Received frame with non-zero reserved bits
  server.http-after-101 frame.rsv frame.compression | valid 101, then HTML or HTTP text where frames are expected; or RSV1 set although no extension was agreed; or RSV2 set
Unexpected opcode=«word»
  frame.opcode frame.continuation | reserved data opcode 3; or reserved control opcode 11
Invalid UTF-8 text message
  frame.utf8 frame.close-payload | a text frame that is not valid UTF-8; or a Close reason that is not UTF-8
Control frame payload cannot be larger than 125 bytes
  frame.control-too-long | a Ping of 126 bytes
Received fragmented control frame
  frame.control-fragmented | a Ping without FIN
Unexpected opcode=0
  frame.continuation | a continuation frame with nothing to continue
The opcode in non-fin frame is expected to be zero, got «n»
  frame.interleaved | a new data frame inside an unfinished fragmented message
Invalid close code: «n»
  frame.close-code | a Close frame with code 999
Invalid close frame: «word» «n» bytearray(«rest»)
  frame.close-payload | a Close frame with a one-byte body
Message size «n» exceeds limit «n»
  frame.too-big frame.length | a frame header that announces 2^40 bytes; or a 64-bit length with the top bit set
Name or service not known
  url.dns url.malformed | the host name does not resolve
SSL: WRONG_VERSION_NUMBER] wrong version number
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP; or wss:// reached a plain-HTTP nginx-like port that answers the ClientHello with "HTTP/1.1 400"
aiohttp.client_exceptions.InvalidURL: «url»
  url.malformed | the port is above 65535
SSL] legacy sigalg disallowed or unsupported
  tls.version | the server speaks at most TLS 1.1
[Errno 1] [SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required
  certificate.client-cert-required | the server demands a client certificate
Cannot connect to host «addr» ssl:«rest» [None]
  tls.sni-rejected tls.handshake-eof | the server drops the connection because of the SNI name
## aiohttp | run through a refusing proxy
«status», message='«rest»', url=URL('«url»')
  @status intermediary.connect-refused intermediary.proxy-auth-required | CONNECT refused
## tornado | run against a deliberately broken loopback server
WebSocketError: Non-websocket response
  server.status-200 url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.status-unexpected intermediary.http10-downgrade | the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered); or the response is 204; or an HTTP/1.0 200 arrives
HTTPClientError: HTTP «status»: 
  @status server.redirect intermediary.redirect-https url.wrong-endpoint server.auth server.bad-request intermediary.upgrade-stripped intermediary.connection-header-lost origin.rejected | the response is a 301 redirect; or the response is a 302 redirect with a relative Location; or the response is a 302 without a Location field
? StreamClosedError: Stream is closed
  client.no-detail server.duplicate-headers intermediary.response-header-rewritten server.extension-unrequested server.extension-params server.extension-malformed server.accept-mismatch intermediary.caching server.accept-missing server.missing-upgrade server.bad-upgrade server.missing-connection server.bad-connection server.malformed-response frame.compression | the WebSocket did not open, or ended, for whatever reason
HTTPTimeoutError: Timeout during request
  url.wrong-service server.malformed-response server.slow intermediary.policy-drop intermediary.buffering server.early-data | the first bytes of the answer are not an HTTP status line; or TCP is open, the request was sent, no answer arrives before the client gives up; or a response header line without a colon
HTTPStreamClosedError: Stream closed
  url.wrong-service url.scheme-mismatch-plain-to-tls tls.alpn-h2-only server.empty-reply server.no-upgrade-handler intermediary.policy-rst server.truncated-response | the port answers with another protocol banner (SSH was used); or ws:// reached a TLS port that answers with a plaintext TLS alert record (15 03 01 ..); or the port answers with an HTTP/2 SETTINGS frame
UnsatisfiableReadError: delimiter re.compile(«rest») not found within «n» bytes
  server.header-too-large | one response field of 300 000 bytes
## tornado, websocket-client | run
[Errno 111] Connection refused
  url.refused url.malformed | nothing listens on host:port (TCP RST to the SYN); or the port is above 65535
TLS/SSL connection has been closed (EOF)
  tls.sni-rejected tls.handshake-eof | the server drops the connection because of the SNI name
## websocket-client | run against a deliberately broken loopback server
Handshake status «status»
  @status server.status-200 url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.status-unexpected server.bad-request intermediary.connection-header-lost server.auth | the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered); or the response is 204; or the response is 400
ValueError: scheme «word» is invalid
  server.redirect intermediary.redirect-https url.wrong-endpoint url.scheme-unsupported | the response is a 301 redirect; or the URL has another scheme than ws and wss; or an http: URL was given to a client that wants ws:
ValueError: url is invalid
  server.redirect server.auth url.malformed | the response is a 302 redirect with a relative Location; or a relative URL was given
Invalid WebSocket Header
  server.accept-mismatch intermediary.caching server.accept-missing server.missing-upgrade intermediary.response-header-rewritten server.bad-upgrade server.missing-connection server.bad-connection server.subprotocol-mismatch server.malformed-response server.subprotocol-missing | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent; or 101 arrives without Sec-WebSocket-Accept; or 101 arrives without an Upgrade field
? WebSocketTimeoutException: timed out
  server.slow intermediary.policy-drop server.extension-params server.duplicate-headers server.extension-unrequested server.extension-malformed server.header-too-large server.malformed-response server.bad-connection server.subprotocol-duplicate server.http-version intermediary.http10-downgrade intermediary.buffering server.http-after-101 frame.too-big frame.length server.subprotocol-unrequested | it waited for something that did not come
~ ValueError: invalid literal for int() with base 10
  url.wrong-service server.malformed-response | the first bytes of the answer are not an HTTP status line
Connection to remote host was lost.
  frame.abnormal-close server.close-after-101 intermediary.idle-timeout url.scheme-mismatch-plain-to-tls server.empty-reply server.no-upgrade-handler intermediary.policy-rst url.wrong-service tls.alpn-h2-only server.truncated-response server.close-policy frame.truncated | the connection ended without a Close, most often after it had opened; or ws:// reached a TLS port that answers with a plaintext TLS alert record (15 03 01 ..); or the port answers with an HTTP/2 SETTINGS frame; or the peer closes cleanly (FIN) after the request without sending a byte
WebSocketException: Invalid header
  server.malformed-response | a response header line without a colon
~ UnicodeDecodeError: 'utf-8' codec can't decode byte 0x81 in position 0: invalid start byte
  server.early-data | a WebSocket frame is sent before the 101
rsv is not implemented, yet
  frame.rsv frame.compression | RSV1 set although no extension was agreed; or RSV2 set; or a compressed message whose DEFLATE data is corrupt (or RSV1 where compression was not agreed)
('Invalid opcode %r', «word»)
  frame.opcode | reserved data opcode 3; or reserved control opcode 11
WebSocketPayloadException: cannot decode: 
  frame.utf8 | a text frame that is not valid UTF-8
WebSocketProtocolException: Ping message is too long
  frame.control-too-long | a Ping of 126 bytes
WebSocketProtocolException: Invalid ping frame.
  frame.control-fragmented | a Ping without FIN
WebSocketProtocolException: Illegal frame
  frame.continuation frame.interleaved | a continuation frame with nothing to continue; or a new data frame inside an unfinished fragmented message
WebSocketProtocolException: Invalid close opcode.
  frame.close-code | a Close frame with code 999; or a Close frame that carries 1005; or a Close frame that carries 1006
WebSocketProtocolException: Invalid close frame.
  frame.close-payload | a Close frame with a one-byte body; or a Close reason that is not UTF-8
[Errno -2] Name or service not known
  url.dns url.malformed | the host name does not resolve
ValueError: hostname is invalid
  url.malformed | the URL has no host
? WebSocketTimeoutException: Connection timed out
  server.slow intermediary.policy-drop server.extension-params server.duplicate-headers server.extension-unrequested server.extension-malformed server.header-too-large frame.length server.subprotocol-duplicate server.http-version intermediary.http10-downgrade intermediary.buffering server.malformed-response server.http-after-101 frame.masked-from-server frame.too-big server.subprotocol-unrequested server.bad-connection | it waited for something that did not come
('Invalid close opcode %r', «n»)
  frame.close-code | a Close frame with code 999; or a Close frame that carries 1005; or a Close frame that carries 1006
## websocket-client | websocket-client websocket/_socket.py; home-assistant/core issues 33006, 35063
~ socket.timeout: timed out
  server.slow intermediary.policy-drop url.unreachable frame.ping-timeout intermediary.buffering | nothing came before its own timeout
~ socket.timeout: The read operation timed out
  server.slow intermediary.policy-drop frame.ping-timeout intermediary.buffering | nothing came before its own timeout
~ The handshake operation timed out
  server.slow url.unreachable intermediary.policy-drop tls.handshake-eof | TLS got no answer before its own timeout
## tornado | tornado/websocket.py
WebSocketClosedError
  client.not-open frame.abnormal-close | the program wrote into a WebSocket that had ended
## websocket-client | run through a refusing proxy
failed CONNECT via proxy status: «status»
  @status intermediary.connect-refused intermediary.proxy-auth-required | CONNECT refused
`;
