/** What servers and proxies say to a client, or in their own log. The format stands in ../read-said.ts. */
export const servers = `
## Socket.IO server | socketio/socket.io packages/engine.io/lib/server.ts
Transport unknown
  url.socketio-params server.bad-request | transport query parameter is wrong, or WebSocket transport disabled
Session ID unknown
  intermediary.sticky-session | sid belongs to another server process
Bad handshake method
  server.method | not GET
Unsupported protocol version
  url.socketio-params server.http-after-101 server.version-unsupported | EIO version not allowed; over WebSocket this text arrives AFTER a 101
## ws server | produced by running the server
Missing or invalid Sec-WebSocket-Key header
  intermediary.upgrade-stripped server.bad-request | key absent or not 16 bytes of base64
Missing or invalid Sec-WebSocket-Version header
  server.version-unsupported | version is not 13 or 8
Invalid Sec-WebSocket-Protocol header
  client.protocol-argument | offer cannot be parsed
## gorilla/websocket server | gorilla/websocket server.go
websocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header
  intermediary.connection-header-lost intermediary.upgrade-stripped | Connection lost on the way
websocket: the client is not using the websocket protocol: 'websocket' token not found in 'Upgrade' header
  intermediary.upgrade-stripped | Upgrade lost on the way
websocket: unsupported version: 13 not found in 'Sec-Websocket-Version' header
  server.version-unsupported | version
websocket: request origin not allowed by Upgrader.CheckOrigin
  origin.rejected origin.host-rewritten | Origin host differs from Host, or CheckOrigin said no (403)
websocket: not a websocket handshake: 'Sec-WebSocket-Key' header must be Base64 encoded value of 16-byte in length
  server.bad-request | key
## coder/websocket server | coder/websocket accept.go
WebSocket protocol violation: handshake request must be at least HTTP/1.1: "«rest»"
  intermediary.http10-downgrade | HTTP/1.0 request (proxy downgrade)
WebSocket protocol violation: Connection header "«rest»" does not contain Upgrade
  intermediary.connection-header-lost intermediary.upgrade-stripped intermediary.response-header-rewritten server.missing-connection server.bad-connection | Connection lost
request Origin "«rest»" is not authorized for Host "«host»"
  origin.rejected origin.host-rewritten | origin check
http.ResponseWriter does not implement http.Hijacker
  server.no-upgrade-handler | a middleware wrapped the ResponseWriter (501)
## tornado server | tornadoweb/tornado tornado/websocket.py
Can "Upgrade" only to "WebSocket".
  intermediary.upgrade-stripped | Upgrade lost (400)
"Connection" must be "Upgrade".
  intermediary.connection-header-lost | Connection lost (400)
Cross origin websockets not allowed
  origin.rejected origin.host-rewritten | check_origin refused (403)
## ActionCable server | rails/rails actioncable/lib/action_cable/connection/base.rb
Request origin not allowed: 
  origin.rejected origin.mismatch-scheme-port | allowed_request_origins does not match; the client gets 404 "Page not found"
% Failed to upgrade to WebSocket (REQUEST_METHOD: «word», HTTP_CONNECTION: «rest», HTTP_UPGRADE: «rest»)
  intermediary.upgrade-stripped intermediary.connection-header-lost origin.rejected | the request that reached Rails is not an upgrade, or the origin was refused
## Phoenix server | github issue phoenixframework/phoenix 3937
Could not check origin for Phoenix.Socket transport.
  origin.rejected origin.host-rewritten origin.mismatch-scheme-port | check_origin refused; the client gets 403
## nginx | produced by running the server
The plain HTTP request was sent to HTTPS port
  url.scheme-mismatch-plain-to-tls | ws:// to a TLS port (status 400)
## HAProxy | produced by running the server
No server is available to handle this request.
  intermediary.unavailable | 503: backend down or empty
The server didn't respond in time.
  intermediary.gateway-timeout | 504: timeout server
Request forbidden by administrative rules.
  intermediary.waf-block origin.rejected | 403 from http-request deny
## Squid | produced by running the server
ERR_ACCESS_DENIED «n»
  intermediary.connect-refused | the proxy ACL refused the CONNECT or the request (403)
ERR_CONNECT_FAIL «n»
  intermediary.unavailable url.refused | the proxy could not reach the server (503)
`;
