/** What the clients of Go, Python, Rust and Node say where the system is macOS or Windows, or the network another. The format stands in ../read-said.ts. */
export const systems = `
## gorilla/websocket, coder/websocket, golang.org/x/net/websocket | Go net, syscall (types_windows.go, zerrors), crypto/x509 root_darwin.go
dial tcp «addr»: connectex: No connection could be made because the target machine actively refused it
  url.refused | nothing listens on host:port
dial tcp «addr»: connectex: A connection attempt failed because the connected party did not properly respond
  url.unreachable intermediary.policy-drop | SYN never answered
~ dial tcp «addr»: i/o timeout
  url.unreachable intermediary.policy-drop | SYN never answered
~ dial tcp «addr»: connect: connection timed out
  url.unreachable intermediary.policy-drop | SYN never answered
~ dial tcp «addr»: connect: operation timed out
  url.unreachable intermediary.policy-drop | SYN never answered
~ dial tcp «addr»: connect: no route to host
  url.unreachable | no route to the host
~ dial tcp «addr»: connect: network is unreachable
  url.unreachable | no route to the network
~ dial tcp: lookup «host»: no such host
  url.dns | the host name does not resolve
~ dial tcp: lookup «host» on «addr»: server misbehaving
  url.dns | the resolver failed
~ dial tcp: lookup «host»: Temporary failure in name resolution
  url.dns | the resolver does not answer
~ wsarecv: An existing connection was forcibly closed by the remote host
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close intermediary.idle-timeout | the peer resets the connection
~ wsarecv: An established connection was aborted by the software in your host machine
  frame.abnormal-close intermediary.idle-timeout server.reset | the own system gave the connection up
~ wsasend: An existing connection was forcibly closed by the remote host
  frame.abnormal-close server.reset client.not-open | written into a connection that the other side has closed
~ wsasend: An established connection was aborted by the software in your host machine
  frame.abnormal-close client.not-open intermediary.idle-timeout | written into a connection that was gone
~ write tcp «addr»: write: broken pipe
  frame.abnormal-close client.not-open server.reset | written into a connection that the other side has closed
~ write tcp «addr»: write: connection reset by peer
  frame.abnormal-close server.reset client.not-open | written into a connection that the other side has reset
~ use of closed network connection
  client.not-open frame.abnormal-close | the program closed the connection itself, and read or wrote on
~ x509: "«rest»" certificate is not trusted
  certificate.unknown-ca certificate.self-signed certificate.incomplete-chain intermediary.tls-interception | macOS does not trust the issuer
~ x509: "«rest»" certificate is expired
  certificate.expired certificate.clock-skew | the certificate is past notAfter
~ x509: "«rest»" certificate name does not match input
  certificate.name-mismatch | no SAN of the certificate matches the host
~ x509: "«rest»" certificate is not standards compliant
  certificate.wrong-purpose certificate.no-san certificate.weak-key | macOS asks more of a certificate than others do
## Python websockets, aiohttp, tornado, websocket-client | CPython asyncio, socket: errno of macOS, Winsock
[Errno 61] Connect call failed («addr»)
  url.refused | nothing listens on host:port (macOS)
[Errno 61] Connection refused
  url.refused | nothing listens on host:port (macOS)
[WinError 1225] The remote computer refused the network connection
  url.refused | nothing listens on host:port (Windows)
[WinError 10061] No connection could be made because the target machine actively refused it
  url.refused | nothing listens on host:port (Windows)
~ [Errno 113] Connect call failed («addr»)
  url.unreachable | no route to the host
~ [Errno 101] Connect call failed («addr»)
  url.unreachable | no route to the network
~ [Errno 110] Connect call failed («addr»)
  url.unreachable intermediary.policy-drop | SYN never answered
~ [Errno 60] Connect call failed («addr»)
  url.unreachable intermediary.policy-drop | SYN never answered (macOS)
~ [WinError 121] The semaphore timeout period has expired
  url.unreachable intermediary.policy-drop frame.abnormal-close | nothing came back from the other side (Windows)
~ [WinError 10060] A connection attempt failed because the connected party did not properly respond
  url.unreachable intermediary.policy-drop | SYN never answered (Windows)
~ [WinError 10054] An existing connection was forcibly closed by the remote host
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close intermediary.idle-timeout | the peer resets the connection (Windows)
~ [WinError 10053] An established connection was aborted by the software in your host machine
  frame.abnormal-close intermediary.idle-timeout server.reset | the own system gave the connection up (Windows)
~ [WinError 64] The specified network name is no longer available
  frame.abnormal-close server.reset intermediary.policy-rst | the other side went away (Windows)
~ [WinError 1236] The network connection was aborted by the local system
  frame.abnormal-close client.not-open | the own system gave the connection up (Windows)
~ [Errno 54] Connection reset by peer
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close | the peer resets the connection (macOS)
~ [Errno 11001] getaddrinfo failed
  url.dns | the host name does not resolve (Windows)
~ [Errno 11002] getaddrinfo failed
  url.dns | the resolver does not answer (Windows)
~ [Errno 8] nodename nor servname provided, or not known
  url.dns | the host name does not resolve (macOS)
~ [Errno -3] Temporary failure in name resolution
  url.dns | the resolver does not answer
~ [Errno -5] No address associated with hostname
  url.dns | the name has no address
## tungstenite | Rust std io::ErrorKind
~ kind: ConnectionRefused
  url.refused | nothing listens on host:port
~ kind: ConnectionReset
  server.reset intermediary.policy-rst server.rst-after-101 frame.abnormal-close | the peer resets the connection
~ kind: ConnectionAborted
  frame.abnormal-close server.reset intermediary.idle-timeout | the own system gave the connection up
~ kind: BrokenPipe
  frame.abnormal-close client.not-open server.reset | written into a connection that the other side has closed
~ kind: HostUnreachable
  url.unreachable | no route to the host
~ kind: NetworkUnreachable
  url.unreachable | no route to the network
~ kind: TimedOut
  url.unreachable intermediary.policy-drop server.slow | no answer in time
~ failed to lookup address information
  url.dns | the host name does not resolve
## ws, WebSocket-Node, faye-websocket, socket.io-client | Node, libuv
~ read ETIMEDOUT
  frame.abnormal-close intermediary.policy-drop intermediary.idle-timeout | nothing came back from the other side
~ write EPIPE
  frame.abnormal-close client.not-open server.reset | written into a connection that the other side has closed
~ write ECONNABORTED
  frame.abnormal-close client.not-open | the own system gave the connection up
~ connect ECONNRESET «addr»
  server.reset intermediary.policy-rst | the peer resets the connection
## any client | Winsock and errno, in words that every language takes from the system
~ An established connection was aborted by the software in your host machine
  frame.abnormal-close intermediary.idle-timeout server.reset | the own system gave the connection up
~ Operation timed out
  url.unreachable intermediary.policy-drop server.slow | no answer in time
~ Connection timed out
  url.unreachable intermediary.policy-drop server.slow | no answer in time
~ Host is down
  url.unreachable | the host does not answer
`;
