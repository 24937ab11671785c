/** What OpenSSL says, through every client that stands on it. The format stands in ../read-said.ts. */
export const shared = `
## ws, WebSocket-Node, faye-websocket, socket.io-client, Python websockets, tornado, websocket-client, aiohttp, curl | run
certificate has expired
  certificate.expired certificate.clock-skew certificate.not-yet-valid | the leaf certificate is past notAfter
self-signed certificate
  certificate.self-signed intermediary.tls-interception certificate.unknown-ca | the leaf is self-signed
## ws, WebSocket-Node, faye-websocket, Python websockets, tornado, websocket-client, curl | run
tlsv13 alert certificate required
  certificate.client-cert-required | the server demands a client certificate
## ws, WebSocket-Node, faye-websocket, Python websockets, tornado, websocket-client, aiohttp | run
certificate is not yet valid
  certificate.not-yet-valid certificate.clock-skew | the leaf certificate is before notBefore
## ws, WebSocket-Node, faye-websocket, Python websockets, tornado, websocket-client, aiohttp, curl | run
CA signature digest algorithm too weak
  certificate.weak-signature | a SHA-1 signature on the leaf
self-signed certificate in certificate chain
  certificate.unknown-ca intermediary.tls-interception | the chain (root included) ends in a root the client does not trust
unsuitable certificate purpose
  certificate.wrong-purpose | the leaf has only the clientAuth purpose
## Node, Python, curl | OpenSSL 3 ssl/ssl_err.c, ssl/record; RFC 8446 6.2 names the alerts
wrong version number
  url.scheme-mismatch-tls-to-plain | wss:// reached a port that speaks plain HTTP
packet length too long
  url.scheme-mismatch-tls-to-plain | the port answers TLS with something that is none
unable to get local issuer certificate
  certificate.unknown-ca certificate.incomplete-chain intermediary.tls-interception | the issuer of the certificate is not trusted, or was not sent
unable to get issuer certificate
  certificate.incomplete-chain certificate.unknown-ca | an issuer in the chain was not sent
self signed certificate
  certificate.self-signed intermediary.tls-interception | the certificate signed itself (the wording before OpenSSL 3)
self signed certificate in certificate chain
  certificate.unknown-ca intermediary.tls-interception | the chain ends in a CA that is not trusted (the wording before OpenSSL 3)
EE certificate key too weak
  certificate.weak-key | an RSA key under 2048 bits
ssl/tls alert handshake failure
  tls.cipher certificate.client-cert-required tls.sni-rejected | no common cipher suite; in TLS 1.2 also a client certificate that was not sent
sslv3 alert handshake failure
  tls.cipher certificate.client-cert-required tls.sni-rejected | no common cipher suite; in TLS 1.2 also a client certificate that was not sent
sslv3 alert bad certificate
  certificate.client-cert-rejected certificate.client-cert-required | the server did not like the client certificate
sslv3 alert certificate unknown
  certificate.client-cert-rejected certificate.unknown-ca | the other side did not accept a certificate
sslv3 alert certificate expired
  certificate.client-cert-rejected certificate.expired | the other side found a certificate expired
sslv3 alert certificate revoked
  certificate.revoked certificate.client-cert-rejected | the other side found a certificate revoked
tlsv1 alert unknown ca
  certificate.client-cert-rejected certificate.unknown-ca | the other side does not know the CA of a certificate
tlsv1 alert access denied
  certificate.client-cert-rejected | the client certificate is good, and not let in
tlsv1 unrecognized name
  tls.sni-rejected | the server knows no certificate for this name
tlsv1 alert no application protocol
  tls.alpn-h2-only | the server speaks HTTP/2 only
unsupported protocol
  tls.version | no version of TLS that both ends speak
no protocols available
  tls.version | no version of TLS that both ends speak
unsafe legacy renegotiation disabled
  tls.version | an old TLS server or a TLS-inspecting proxy
## any client | errno of POSIX and Windows, in words that every language takes from the system
~ ECONNREFUSED
  url.refused | nothing listens on host:port
~ Connection refused
  url.refused | nothing listens on host:port
~ connection refused
  url.refused | nothing listens on host:port
~ ECONNRESET
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close | the peer resets the connection
~ Connection reset by peer
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close | the peer resets the connection
~ connection reset by peer
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close | the peer resets the connection
~ Socket is not connected
  frame.abnormal-close client.not-open server.reset | the connection was gone, or never opened, when something was sent or read
~ Broken pipe
  frame.abnormal-close client.not-open server.reset | written into a connection that the other side has closed
~ broken pipe
  frame.abnormal-close client.not-open server.reset | written into a connection that the other side has closed
~ No route to host
  url.unreachable | no route to the host
~ no route to host
  url.unreachable | no route to the host
~ Network is unreachable
  url.unreachable | no route to the network
~ Temporary failure in name resolution
  url.dns | the resolver does not answer
~ nodename nor servname provided, or not known
  url.dns | the host name does not resolve
~ certificate verify failed
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain certificate.expired certificate.name-mismatch | the certificate is not trusted
## WebSocket-Node, web3.js | theturtle32/WebSocket-Node lib/W3CWebSocket.js; web3/web3.js packages/web3-providers-ws, web3-core-helpers; its issues 930, 1654, 1965, 3675
cannot call send() while not connected
  client.not-open | sent before the connection was open
connection not open on send()
  client.not-open url.refused @refused | sent while the connection was not open, or had just failed to open
~ connection not open
  client.not-open url.refused @refused | sent while the connection was not open, or had just failed to open
? Couldn't connect to node on WS.
  client.no-detail url.refused @refused | the WebSocket did not open
`;
