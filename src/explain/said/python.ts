/** What the Python package websockets says. The format stands in ../read-said.ts. */
export const python = String.raw`
## Python websockets | run against a deliberately broken loopback server
server rejected WebSocket connection: HTTP «status»
  @status server.status-200 url.wrong-endpoint intermediary.upgrade-stripped server.no-upgrade-handler server.status-unexpected server.redirect server.auth server.bad-request | the response to the upgrade request is 200 (an ordinary HTTP handler or a proxy that dropped Upgrade answered); or the response is 204; or the response is a 302 redirect with a relative Location
«url» isn't a valid URI: scheme isn't ws or wss
  server.redirect intermediary.redirect-https url.wrong-endpoint url.scheme-unsupported url.malformed | the response is a 301 redirect; or an http: URL was given to a client that wants ws:; or the URL has another scheme than ws and wss
missing Location header
  server.redirect | the response is a 302 without a Location field
invalid Sec-WebSocket-Accept header: «host»
  server.accept-mismatch intermediary.caching server.duplicate-headers | 101 arrives but Sec-WebSocket-Accept is not the hash of the key that was sent
missing Sec-WebSocket-Accept header
  server.accept-missing | 101 arrives without Sec-WebSocket-Accept
invalid Sec-WebSocket-Accept header: more than one Sec-WebSocket-Accept header found
  server.duplicate-headers | 101 carries Sec-WebSocket-Accept twice
empty Upgrade header
  server.missing-upgrade intermediary.response-header-rewritten | 101 arrives without an Upgrade field
invalid Upgrade header: «rest»
  server.bad-upgrade server.duplicate-headers | 101 carries an Upgrade field other than websocket (h2c was used)
invalid Upgrade header: websocket, websocket
  server.duplicate-headers | 101 carries Upgrade twice
empty Connection header
  server.missing-connection intermediary.response-header-rewritten | 101 arrives without a Connection field
invalid Connection header: 
  server.bad-connection intermediary.response-header-rewritten | 101 carries Connection: close
unsupported subprotocol: 
  server.subprotocol-mismatch | the 101 selects a subprotocol that was not offered
multiple subprotocols: «rest»
  server.subprotocol-duplicate | the 101 carries Sec-WebSocket-Protocol twice
invalid Sec-WebSocket-Protocol header: expected token at «n» in
  server.subprotocol-mismatch | the 101 carries an empty Sec-WebSocket-Protocol
Unsupported extension: name = «rest», params =
  server.extension-unrequested server.extension-params server.extension-malformed | the 101 names an extension the client did not offer
Unsupported extension: name = permessage-deflate, params = [(
  server.extension-params | the 101 accepts permessage-deflate with server_max_window_bits=7
Unsupported extension: name = permessage-deflate, params = []
  server.extension-malformed | the 101 lists permessage-deflate twice
invalid Sec-WebSocket-Extensions header: expected
  server.extension-malformed | Sec-WebSocket-Extensions in the 101 cannot be parsed
unsupported HTTP version: HTTP/1.0
  server.http-version intermediary.http10-downgrade server.status-200 | the 101 status line says HTTP/1.0; or an HTTP/1.0 200 arrives
unsupported HTTP version: 
  url.wrong-service server.malformed-response | the first bytes of the answer are not an HTTP status line
invalid HTTP status line: 
  url.wrong-service | the port answers with another protocol banner (SSH was used)
connection closed while reading HTTP status line
  url.scheme-mismatch-plain-to-tls url.wrong-service tls.alpn-h2-only server.empty-reply server.no-upgrade-handler intermediary.policy-rst server.malformed-response server.reset certificate.client-cert-required | ws:// reached a TLS port that answers with a plaintext TLS alert record (15 03 01 ..); or the port answers with an HTTP/2 SETTINGS frame; or the peer closes cleanly (FIN) after the request without sending a byte
connection closed while reading HTTP headers
  server.truncated-response intermediary.policy-rst | the connection ends in the middle of the response head; or the connection is reset in the middle of the response head
Separator is not found, and chunk exceed the limit
  server.header-too-large | one response field of 300 000 bytes
too many HTTP headers
  server.header-too-large | 3 000 response fields
invalid HTTP header line: 
  server.malformed-response | a response header line without a colon
invalid HTTP header name: 
  server.malformed-response | white space before the colon of a response field
invalid HTTP header value: 
  server.malformed-response | a control character in a response field value
«n» bytes read on a total of «n» expected bytes
  server.close-after-101 frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime | valid 101, then FIN at once without a Close frame; or the established connection ends with FIN and no Close frame
unsupported HTTP version: \x81
  server.early-data | a WebSocket frame is sent before the 101
ProtocolError: invalid opcode
  server.http-after-101 frame.opcode | valid 101, then HTML or HTTP text where frames are expected; or reserved data opcode 3; or reserved control opcode 11
ProtocolError: incorrect masking
  frame.masked-from-server | a masked frame from the server
reserved bits must be 0
  frame.rsv | RSV1 set although no extension was agreed; or RSV2 set
sent 1007 (invalid «rest»); no close frame received
  frame.utf8 frame.close-payload | a text frame that is not valid UTF-8; or a Close reason that is not UTF-8
ProtocolError: control frame too long
  frame.control-too-long | a Ping of 126 bytes
ProtocolError: fragmented control frame
  frame.control-fragmented | a Ping without FIN
ProtocolError: unexpected opcode
  frame.continuation frame.interleaved | a continuation frame with nothing to continue; or a new data frame inside an unfinished fragmented message
ProtocolError: invalid status code
  frame.close-code | a Close frame with code 999; or a Close frame that carries 1005; or a Close frame that carries 1006
received 1008 (policy violation)«rest»; then sent 1008
  server.close-policy | a proper Close 1008 right after the 101
ProtocolError: close frame too short
  frame.close-payload | a Close frame with a one-byte body
«n» bytes read on a total of «n» expected bytes
  frame.truncated server.close-after-101 frame.abnormal-close intermediary.idle-timeout | the stream ends inside a frame
over size limit («n» > «n» bytes)
  frame.too-big frame.length | a frame header that announces 2^40 bytes; or a 64-bit length with the top bit set
ProtocolError: decompression failed
  frame.compression | a compressed message whose DEFLATE data is corrupt (or RSV1 where compression was not agreed)
no subprotocols supported
  server.subprotocol-unrequested | the 101 selects a subprotocol although none was offered
[Errno 111] Connect call failed («addr»)
  url.refused server.redirect intermediary.redirect-https | nothing listens on host:port (TCP RST to the SYN)
[Errno 104] Connect call failed («addr»)
  intermediary.policy-rst server.reset | the TCP connection is accepted and reset at once
«url» isn't a valid URI: fragment identifier is meaningless
  url.fragment | the URL has a #fragment
«url» isn't a valid URI: hostname isn't provided
  url.malformed | the URL has no host
invalid Sec-WebSocket-Accept header: multiple values
  server.duplicate-headers | 101 carries Sec-WebSocket-Accept twice
missing Upgrade header
  server.missing-upgrade intermediary.response-header-rewritten | 101 arrives without an Upgrade field
missing Connection header
  server.missing-connection intermediary.response-header-rewritten | 101 arrives without a Connection field
invalid Sec-WebSocket-Protocol header: multiple values
  server.subprotocol-duplicate | the 101 carries Sec-WebSocket-Protocol twice
unsupported protocol; expected HTTP/1.1: HTTP/1.0 101
  server.http-version intermediary.http10-downgrade | the 101 status line says HTTP/1.0
unsupported protocol; expected HTTP/1.1: HTTP/1.0 «status»
  server.status-200 intermediary.http10-downgrade server.http-version | an HTTP/1.0 200 arrives
unsupported protocol; expected HTTP/1.1: 
  url.wrong-service server.malformed-response | the first bytes of the answer are not an HTTP status line
timed out during opening handshake
  server.slow intermediary.policy-drop intermediary.buffering | TCP is open, the request was sent, no answer arrives before the client gives up; or TCP connects and nothing at all is answered
HeaderLineTooLong: read «n» bytes, expected no more than «n» bytes
  server.header-too-large | one response field of 300 000 bytes
TooManyHeaders: expected no more than «n» headers
  server.header-too-large | 3 000 response fields
no close frame received or sent
  server.close-after-101 frame.truncated frame.abnormal-close intermediary.idle-timeout intermediary.max-lifetime server.rst-after-101 intermediary.policy-rst | valid 101, then FIN at once without a Close frame; or the stream ends inside a frame; or the established connection ends with FIN and no Close frame
unsupported protocol; expected HTTP/1.1: \x81
  server.early-data | a WebSocket frame is sent before the 101
timed out while closing connection
  frame.utf8 | a text frame that is not valid UTF-8
## Python websockets | python-websockets/websockets docs/howto/upgrade.rst; CPython asyncio
create_connection() got an unexpected keyword argument 'additional_headers'
  client.library-bug client.protocol-argument | a websockets before 14, or the old client, where it is called extra_headers
create_connection() got an unexpected keyword argument 'extra_headers'
  client.library-bug client.protocol-argument | a websockets from 14 on, where it is called additional_headers
## Python websockets | run through a refusing proxy
proxy rejected connection: HTTP «status»
  @status intermediary.connect-refused intermediary.proxy-auth-required | CONNECT refused
## Python websockets | run through a broken proxy
did not receive a valid HTTP response from proxy
  intermediary.connect-malformed | the proxy answered CONNECT with something that is not HTTP, or closed
## Python websockets, aiohttp, tornado, websocket-client | run
[Errno 104] Connection reset by peer
  server.reset intermediary.policy-rst server.truncated-response server.rst-after-101 frame.truncated | the peer resets the connection (RST) after the request; or the connection is reset in the middle of the response head; or valid 101, then RST
## Python websockets, tornado | run
gaierror: [Errno -2] Name or service not known
  url.dns url.malformed | the host name does not resolve; or the URL has no host
## Python websockets, tornado, websocket-client, curl | run
wrong version number
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP; or wss:// reached a plain-HTTP nginx-like port that answers the ClientHello with "HTTP/1.1 400"
legacy sigalg disallowed or unsupported
  tls.version | the server speaks at most TLS 1.1
## Python websockets, websocket-client | run
Port out of range 0-65535
  url.malformed | the port is above 65535
## Python websockets, tornado, websocket-client, aiohttp | run
certificate verify failed: Hostname mismatch, certificate is not valid for '«host»'.
  certificate.name-mismatch | no SAN of the certificate matches the host
## Python websockets, tornado, websocket-client, aiohttp, curl | run
unable to get local issuer certificate
  certificate.unknown-ca certificate.incomplete-chain | only the leaf is sent and its issuer is not trusted; or the intermediate certificate is not sent
EE certificate key too weak
  certificate.weak-key | a 1024-bit RSA leaf key
`;
