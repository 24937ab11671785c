// @ts-check

/**
 * What one asks of a recording with jq. Each is run by test/recording/recipes.test.ts, where jq is installed: FILE is
 * test/recordings/v1.jsonl, and it must print just this.
 *
 * @type {readonly { readonly about: string, readonly command: string, readonly prints: string }[]}
 */
export const recipes = [
  {
    about: 'What went wrong, in the words of the wire',
    command: `jq -r 'select(.type == "refused" or .type == "dial-failed" or .type == "tls-failed") | "\\(.exchange) \\(.type): \\(.why // .failure.code)"' FILE`,
    prints: `5 tls-failed: SHK_TLS_EOF
7 tls-failed: SHK_TLS_EOF
8 dial-failed: ECONNREFUSED
8 refused: dial-failed
9 tls-failed: ERR_SSL_WRONG_VERSION_NUMBER
9 tls-failed: ERR_SSL_WRONG_VERSION_NUMBER
13 refused: ambiguous-head
15 refused: landing-page
`,
  },
  {
    about: 'What is wrong, as shakedown judges it today (here: only what concerns certificates)',
    command: `shakedown inspect FILE --json | jq -r 'select(.findings[0].cause == "certificate") | [.id, .findings[0].code, .url] | join(" ")'`,
    prints: `5 certificate.expired wss://echo.localhost:35655
7 certificate.self-signed wss://self.localhost:42201
`,
  },
  {
    about: 'The status line of every answer',
    command: `jq -r 'select(.type == "head" and .site == "serverSent") | "\\(.exchange) \\(.raw | split("\\r\\n")[0])"' FILE`,
    prints: `1 HTTP/1.1 200 OK
2 HTTP/1.1 101 Switching Protocols
3 HTTP/1.1 101 Switching Protocols
4 HTTP/1.1 403 Forbidden
6 HTTP/1.1 403 Forbidden
11 HTTP/1.1 103 Early Hints
11 HTTP/1.1 101 Switching Protocols
12 HTTP/1.1 200 OK
17 HTTP/1.1 101 Switching Protocols
`,
  },
  {
    about: 'Which Origins were sent',
    command: `jq -r 'select(.type == "head" and .site == "clientSent") | .raw | capture("\\r\\nOrigin: (?<origin>[^\\r]*)").origin' FILE | sort -u`,
    prints: `https://app.example
https://evil.example
`,
  },
  {
    about: 'The texts that crossed on one exchange',
    command: `shakedown inspect FILE --messages --json | jq -r 'select(.exchange == "3" and .type == "text") | "\\(.from): \\(.text)"'`,
    prints: `client: secret
server: secret
`,
  },
  {
    about: "One side's bytes after the handshake, as they crossed (TLS removed, frame headers and masks included)",
    command: `jq -r 'select(.exchange == "3" and .type == "bytes" and .from == "server") | .data' FILE | while read -r data; do echo "$data" | base64 -d; done | od -A d -t x1`,
    prints: `0000000 81 06 73 65 63 72 65 74 88 0b 0f a1 64 6f 6e 65
0000016 20 68 65 72 65
0000021
`,
  },
  {
    about: "A server's certificate",
    command: `jq -r 'select(.exchange == "3" and .type == "tls" and .leg == "server") | .tls.chain[0].der' FILE | base64 -d | openssl x509 -inform der -noout -subject -enddate`,
    prints: `subject=CN = echo.localhost
notAfter=Dec 12 20:23:40 2026 GMT
`,
  },
  {
    about: 'What each fault did',
    command: `jq -r 'select(.type == "fault") | "\\(.exchange) \\(.fault.id) at \\(.fault.stage), \\(.fault.leg) leg"' FILE`,
    prints: `1 drop-upgrade at request, server leg
5 bad-cert at client-tls, client leg
6 wrong-origin at request, server leg
`,
  },
];
