/** What proxies and gateways write into their logs of a WebSocket. The format stands in ../read-said.ts. */
export const gateways = `
## nginx | nginx/nginx src/http/ngx_http_upstream.c; github issue adi90x/rancher-active-proxy 6
~ upstream prematurely closed connection while reading response header from upstream
  intermediary.bad-gateway server.empty-reply server.no-upgrade-handler | the server behind nginx closed before it answered the handshake (502)
~ connect() failed (111: Connection refused) while connecting to upstream
  intermediary.bad-gateway url.refused | nothing listens where proxy_pass points (502)
~ connect() failed (113: No route to host) while connecting to upstream
  intermediary.bad-gateway url.unreachable | nginx cannot reach the server (502)
~ upstream timed out (110: Connection timed out) while proxying upgraded connection
  intermediary.idle-timeout | proxy_read_timeout (60 s unless set): nothing crossed an open WebSocket
~ upstream timed out (110: Connection timed out) while connecting to upstream
  intermediary.gateway-timeout url.unreachable | nginx cannot reach the server (504)
~ upstream timed out (110: Connection timed out) while reading response header from upstream
  intermediary.gateway-timeout server.slow | the server behind nginx did not answer the handshake (504)
~ recv() failed (104: Connection reset by peer) while reading response header from upstream
  intermediary.bad-gateway server.reset | the server behind nginx reset the connection (502)
~ recv() failed (104: Connection reset by peer) while proxying upgraded connection
  server.rst-after-101 frame.abnormal-close | the connection was reset after it had opened
~ upstream sent no valid HTTP/1.0 header
  intermediary.bad-gateway url.scheme-mismatch-plain-to-tls url.wrong-service | proxy_pass http:// points to a port that speaks TLS or something else (502)
~ no live upstreams while connecting to upstream
  intermediary.bad-gateway intermediary.unavailable | every server of the group failed lately (502)
~ SSL_do_handshake() failed «rest» while SSL handshaking to upstream
  intermediary.bad-gateway url.scheme-mismatch-tls-to-plain tls.sni-rejected tls.version | proxy_pass https:// points to a port that speaks no TLS, or wants proxy_ssl_server_name on (502)
~ upstream sent too big header while reading response header from upstream
  intermediary.bad-gateway server.header-too-large | proxy_buffer_size (502)
## Apache | apache/httpd modules/proxy; github issues home-assistant/home-assistant.io 4126, micwallace/wallacepos 7
~ AH01102: error reading status line from remote server
  intermediary.bad-gateway server.empty-reply intermediary.upgrade-stripped | the server behind Apache closed before it answered (502); mod_proxy_http carries no WebSocket before 2.4.47
~ AH00898: Error reading from remote server
  intermediary.bad-gateway server.empty-reply | the server behind Apache closed before it answered (502)
~ AH01144: No protocol handler was valid for the URL
  intermediary.protocol-not-enabled | the module for that scheme is not loaded: mod_proxy_wstunnel for ws://, mod_proxy_http for http://
~ AH00957: «word»: attempt to connect to «addr» failed
  intermediary.bad-gateway url.refused | Apache cannot reach the server (503)
~ AH01114: HTTP: failed to make connection to backend
  intermediary.bad-gateway url.refused | Apache cannot reach the server (503)
~ AH00959: ap_proxy_connect_backend disabling worker
  intermediary.unavailable intermediary.bad-gateway | the server failed, and Apache does not ask it again for a while (503)
## HAProxy | haproxy doc/configuration.txt 8.5, the state of a session at its end
~ 101 «n» - - cD--
  intermediary.idle-timeout | timeout tunnel or timeout client: nothing came from the client for that long
~ 101 «n» - - sD--
  intermediary.idle-timeout | timeout tunnel or timeout server: nothing came from the server for that long
~ 101 «n» - - SD--
  frame.abnormal-close server.rst-after-101 | the server ended the open connection
~ 101 «n» - - CD--
  client.closed-early frame.abnormal-close | the client ended the open connection
~ 503 «n» - - SC--
  intermediary.unavailable url.refused | HAProxy cannot reach the server
~ 502 «n» - - SH--
  intermediary.bad-gateway server.empty-reply | the server closed before it answered
~ 502 «n» - - PH--
  intermediary.bad-gateway server.malformed-response | the answer of the server is not what HAProxy takes
~ 504 «n» - - sH--
  intermediary.gateway-timeout server.slow | timeout server: the server did not answer the handshake
## Traefik | vulcand/oxy forward; github issues traefik/traefik 2182, 2891, 4006
websocket: bad handshake with resp: «status»
  @status | the server behind Traefik answered the handshake with that status
## Envoy | envoyproxy/envoy, response flags of its access log; its issues 8147, 14981
~ upstream_reset_before_response_started{remote_reset}
  intermediary.bad-gateway intermediary.h2-no-extended-connect server.reset | the server reset the stream: often HTTP/2 to a server that knows no extended CONNECT (503 UR)
~ upstream_reset_before_response_started{connection_termination}
  intermediary.bad-gateway server.empty-reply intermediary.unavailable | the server closed before it answered (503 UC)
~ upstream_reset_before_response_started{connection_failure
  intermediary.bad-gateway url.refused intermediary.unavailable | Envoy cannot reach the server (503 UF)
~ upstream_reset_before_response_started{protocol_error}
  intermediary.bad-gateway intermediary.h2-no-extended-connect server.malformed-response | the answer is not what Envoy takes (502)
~ upgrade_failed
  intermediary.protocol-not-enabled | upgrade_configs does not name websocket (403)
~ upstream_response_timeout
  intermediary.gateway-timeout | the route's timeout (15 s unless set) ends what takes longer (504 UT)
~ stream_idle_timeout
  intermediary.idle-timeout | stream_idle_timeout (5 min unless set)
## Cloudflare Tunnel | cloudflare/cloudflared; its issues 324, 435; github issue aeleos/cloudflared 14
Unable to reach the origin service. The service may be down or it may not be responding to traffic from cloudflared
  intermediary.bad-gateway url.refused server.empty-reply url.scheme-mismatch-plain-to-tls | cloudflared cannot reach the server behind it, or gets no answer (502)
## kubectl, Kubernetes API server | kubernetes/kubernetes; its issues 14829, 37355, 40817, 67329
unable to upgrade: missing upgrade headers in request
  intermediary.upgrade-stripped intermediary.connection-header-lost | a proxy in front of the API server took Upgrade and Connection out
% unable to upgrade connection: «rest»
  intermediary.upgrade-stripped server.forbidden url.not-found intermediary.bad-gateway | exec, attach or port-forward was not upgraded: what follows is the answer
unable to upgrade connection: 404 page not found
  url.not-found url.wrong-endpoint | the kubelet, or a proxy before it, does not know the path
unable to upgrade connection: Forbidden
  server.forbidden server.auth | the API server may not ask the kubelet
error upgrading connection: Upgrade request required
  intermediary.upgrade-stripped server.upgrade-required | a proxy in front of the API server took Upgrade out
error dialing backend: dial tcp «addr»: «rest»: connection refused
  intermediary.bad-gateway url.refused | the API server cannot reach the kubelet of that node
% error dialing backend: 
  intermediary.bad-gateway url.refused certificate.unknown-ca url.unreachable | the API server cannot reach the kubelet of that node
lost connection to pod
  frame.abnormal-close intermediary.idle-timeout | port-forward ended
## Caddy, Traefik, Go reverse proxies | caddyserver/caddy; net/http/httputil ReverseProxy
~ dial tcp «addr»: connect: connection refused
  intermediary.bad-gateway url.refused | nothing listens on host:port
~ can't switch protocols using non-Hijacker ResponseWriter
  server.no-upgrade-handler intermediary.protocol-not-enabled | a middleware wrapped the ResponseWriter
~ backend tried to switch protocol "«rest»" when "«rest»" was requested
  server.bad-upgrade intermediary.upgrade-stripped | the server answered an upgrade that nobody asked for
## AWS | docs.aws.amazon.com API Gateway, Elastic Load Balancing
"message": "Internal server error", "connectionId":
  server.internal-error | the integration behind the route failed
"message": "Forbidden", "connectionId":
  server.forbidden server.close-policy url.wrong-endpoint | no route of the WebSocket API takes this message
`;
