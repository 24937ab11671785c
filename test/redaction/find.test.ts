import { describe, expect, it } from 'vitest';
import { createPlaceholders } from '../../src/redaction/placeholder.js';
import { createLearner, createRewriter, patched } from '../../src/redaction/search.js';
import { createTally } from '../../src/redaction/summary.js';
import { createVault } from '../../src/redaction/vault.js';

const redact = (text: string, options = {}): string => {
  const vault = createVault();
  createLearner(vault)(text, options);
  const rewrite = createRewriter({ vault, placeholders: createPlaceholders(Buffer.alloc(32, 1)), tally: createTally() });
  return patched(text, rewrite(text, options));
};

const head = (...fields: string[]): string => `GET /chat HTTP/1.1\r\nHost: a.test\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`;
const pem = (label: string, body: string): string => ['-----BEGIN ', label, '-----\n', body, '\n-----END ', label, '-----'].join('');
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** A text, and the secret in it. */
const secrets: readonly (readonly [text: string, secret: string])[] = [
  [head('Authorization: Bearer abc.DEF-123_xyz'), 'abc.DEF-123_xyz'],
  [head('authorization: tok3nWithoutScheme'), 'tok3nWithoutScheme'],
  [head('Authorization: Basic YWxpY2U6aHVudGVyMg=='), 'YWxpY2U6aHVudGVyMg=='],
  [head('Authorization: Digest username="alice", response="6629fae49393a05397450978507c4ef1"'), '6629fae49393a05397450978507c4ef1'],
  [head('Proxy-Authorization: Basic cHJveHk6c2VjcmV0'), 'cHJveHk6c2VjcmV0'],
  [head('Cookie: sid=s%3Aabc123.def; theme=dark'), 's%3Aabc123.def'],
  [head('Cookie: sid=1; theme=dark'), 'dark'],
  [head('Cookie: a=1;', ' lonely-cookie-value'), 'lonely-cookie-value'],
  [head('X-Api-Key: 0123456789abcdef'), '0123456789abcdef'],
  [head('X-Foo-Token: word'), 'word'],
  [head('X-My-Secret: s3'), 's3'],
  [head('X-Service-Auth: blue-dolphin'), 'blue-dolphin'],
  [head('apikey: pub-anon-key-1'), 'pub-anon-key-1'],
  [head('X-Amz-Security-Token: FwoGZXIvYXdzE'), 'FwoGZXIvYXdzE'],
  [head('Sec-WebSocket-Protocol: graphql-ws, access_token, kZ83hd72Ls0aQ'), 'kZ83hd72Ls0aQ'],
  [head('Sec-WebSocket-Protocol: v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.c2VjcmV0LXRva2Vu'), 'c2VjcmV0LXRva2Vu'],
  [head('Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.sk-proj-Ab12Cd34Ef56Gh78'), 'sk-proj-Ab12Cd34Ef56Gh78'],
  [head(`Sec-WebSocket-Protocol: ${jwt}`), jwt],
  [head('Sec-WebSocket-Protocol: chat, 9f86d081884c7d659a2feaa0c55ad015'), '9f86d081884c7d659a2feaa0c55ad015'],
  [head('Referer: https://a.test/x?code=4%2F0AX4XfWh'), '4%2F0AX4XfWh'],
  [head('Origin: https://bob:pa55word@a.test'), 'pa55word'],
  ['CONNECT bob:pa55word@a.test:443 HTTP/1.1\r\n\r\n', 'pa55word'],
  ['GET ws://bob:pa55word@a.test/ HTTP/1.1\r\n\r\n', 'pa55word'],
  ['GET /ws?token=abc123&room=1 HTTP/1.1\r\n\r\n', 'abc123'],
  ['HTTP/1.1 302 Found\r\nLocation: https://a.test/#access_token=ya29abc\r\nSet-Cookie: id=a3fWa; Path=/; HttpOnly\r\n\r\n', 'ya29abc'],
  ['HTTP/1.1 200 OK\r\nSet-Cookie: id=a3fWa; Path=/; HttpOnly\r\n\r\n', 'a3fWa'],
  ...[
    'access_token',
    'id_token',
    'refresh_token',
    'key',
    'api_key',
    'apikey',
    'sig',
    'signature',
    'code',
    'auth',
    'password',
    'secret',
  ].map((name) => [`/ws?v=2&${name}=Zx81_qW2&room=1`, 'Zx81_qW2'] as const),
  ...['session', 'sid', 'jwt', 'ticket', 'X-Amz-Signature', 'X-Amz-Credential'].map(
    (name) => [`/ws?${name}=Zx81_qW2`, 'Zx81_qW2'] as const,
  ),
  ...[
    'password',
    'passwd',
    'pwd',
    'secret',
    'token',
    'accessToken',
    'apiKey',
    'api_key',
    'authorization',
    'cookie',
    'session',
    'sessionId',
    'private_key',
    'client_secret',
    'clientSecret',
    'refreshToken',
    'x-api-key',
    'passphrase',
    'newPassword',
    'passwordConfirmation',
    'otp',
  ].map((name) => [`{"a":{"${name}":"Zx81 qW2"}}`, 'Zx81 qW2'] as const),
  ['{"pin":"4711"}', '4711'],
  ['{"cvv": 837}', '837'],
  ['{"password":8374655}', '8374655'],
  ['{"password":"quo\\"ted-Pass"}', 'quo\\"ted-Pass'],
  ['{"data":"{\\"password\\":\\"nested-Pass\\"}"}', 'nested-Pass'],
  ['{"data":"{\\"data\\":\\"{\\\\\\"password\\\\\\":\\\\\\"nested-Pass\\\\\\"}\\"}"}', 'nested-Pass'],
  ['{"credentials":{"user":"alice8","key":["k1-abcdef"]}}', 'k1-abcdef'],
  ['{"headers":[{"name":"X-Api-Key","value":"zYx12345"}]}', 'zYx12345'],
  ['42["login",{"passwd":"mellon!"}]', 'mellon!'],
  ['40{"apiThing":"mellon-9"}', 'mellon-9'],
  ['40/admin,{"apiThing":"mellon-9"}', 'mellon-9'],
  ['0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"]}', 'lv_VI97HAXpY6yYWAAAC'],
  ['{"type":"connection_init","payload":{"x-anything":"mellon-9"}}', 'mellon-9'],
  ['{"payload":{"Authorization":"Bearer mellon-9"},"type":"connection_init"}', 'mellon-9'],
  ['CONNECT\naccept-version:1.2\nlogin:alice\npasscode:mellon\n\n\0', 'mellon'],
  ['CONNECT\naccept-version:1.2\nlogin:alice\npasscode:mellon\n\n\0', 'alice'],
  ['grant_type=password&username=alice&password=mel%20lon', 'mel%20lon'],
  ['the server said Bearer abcdef123456 is bad', 'abcdef123456'],
  [`log: ${jwt} expired`, jwt],
  ['use ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij.', 'ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij'],
  ['AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['xoxb-123456789012-abcdefABCDEF', 'xoxb-123456789012-abcdefABCDEF'],
  ['glpat-AbCdEf123456_7890xyz', 'glpat-AbCdEf123456_7890xyz'],
  [pem('PRIVATE KEY', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'), 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'],
  [JSON.stringify({ k: pem('EC PRIVATE KEY', 'MHcCAQEEIIGlRHqGdRbzL7') }), 'MHcCAQEEIIGlRHqGdRbzL7'],
  ['<user><password>mellon</password></user>', 'mellon'],
  ["<auth mechanism='PLAIN'>AGFsaWNlAG1lbGxvbg==</auth>", 'AGFsaWNlAG1lbGxvbg=='],
  ['/login?next=https%3A%2F%2Fa.test%2F%3Ftoken%3Dmellon42', 'mellon42'],
  ['\x05\x01\x02\x01\x05alice\x06mellon\x05\x01\x00\x01', 'mellon'],
  ['\x04\x01\x00\x50\x7f\x00\x00\x01alice\0', 'alice'],
  ['\x10\x1d\0\x04MQTT\x04\xc2\0\x3c\0\x03dev\0\x05alice\0\x06mellon', 'mellon'],
];

describe('a secret in its place', () => {
  it.each(secrets)('is replaced in %j', (text, secret) => {
    const result = redact(text, { socks: true });
    expect(result).not.toContain(secret);
    expect(result).toHaveLength(text.length);
  });

  it('leaves everything around it as it was', () => {
    expect(redact(head('Authorization: Bearer aaaa-bbbb-cccc-dddd1', 'X-Other: 1'))).toMatch(
      /^GET \/chat HTTP\/1\.1\r\nHost: a\.test\r\nAuthorization: Bearer redacted-[a-z2-9]{8}xxx\r\nX-Other: 1\r\n\r\n$/,
    );
    expect(redact('{"a":1,"password":"aaaa-bbbb-cccc-dddd1","b":[true]}')).toMatch(
      /^\{"a":1,"password":"redacted-[a-z2-9]{8}xxx","b":\[true\]\}$/,
    );
    expect(JSON.parse(redact('{"pin":4711}')).pin).toBeGreaterThan(999);
  });
});

/** What looks like a secret to whoever looks too quickly. */
const harmless: readonly string[] = [
  head('Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws, mqtt, v12.stomp, wamp.2.json, ocpp1.6, actioncable-v1-json'),
  head(
    'Sec-WebSocket-Protocol: v5.channel.k8s.io, json.webpubsub.azure.v1, protobuf.reliable.webpubsub.azure.v1, soap, xmpp, binary, base64',
  ),
  head('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13', 'Upgrade: websocket', 'Connection: Upgrade'),
  head('Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'),
  'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm="api", error="invalid_token"\r\n\r\n',
  'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="squid"\r\n\r\n',
  head('User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'),
  head('X-Request-Id: 5f2b1c9e-8a3d-4c7e-9f10-2b3c4d5e6f70', 'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
  head('Access-Control-Allow-Headers: Authorization, X-Api-Key', 'Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324'),
  head('Accept: text/html,application/xhtml+xml;q=0.9', 'Accept-Language: en-US,en;q=0.5', 'Cache-Control: no-cache'),
  head('Referer: https://a.test/rooms/550e8400-e29b-41d4-a716-446655440000?page=2#top'),
  '/rooms/550e8400-e29b-41d4-a716-446655440000?v=13&EIO=4&transport=websocket&t=OqJ8Qx1',
  '{"type":"message","room":"550e8400-e29b-41d4-a716-446655440000","text":"hello"}',
  '{"id":42,"jsonrpc":"2.0","method":"subscribe","params":["newHeads"]}',
  '{"type":"connection_ack"}',
  '{"type":"error","code":1006,"message":"token: expired"}',
  '{"token_type":"bearer","expires_in":3600,"scope":"read"}',
  '{"max_tokens":1024,"prompt_tokens":17,"total_tokens":39}',
  '{"hasPassword":true,"password_required":false,"passwordResetUrl":"/reset"}',
  '{"key":"ArrowLeft","code":"ArrowLeft","keyCode":37}',
  '{"primaryKey":"id","sortKey":"created_at","cacheKey":"user:17","publicKey":"BEl62iUYgUivxIkv69yViEuiBIa"}',
  '{"author":"Alice","authority":"example.com:443","authenticated":true}',
  '{"secretary":"Bob","keyboard":"us","monkey":"see","compass":"north","passenger":3}',
  '{"token":null,"password":"","secret":false,"session":"********"}',
  '{"pin":13,"mode":"output"}',
  '{"signatureCount":3,"sigma":0.5,"signal":"SIGTERM","design":"flat"}',
  '{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}',
  '{"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","etag":"W/\\"5e-abc123\\""}',
  '{"image":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}',
  '{"time":"2026-01-31T09:05:00.000Z","seq":1769850300000,"price":"64231.50"}',
  'the password is wrong, and the token has expired; ask for a new key',
  'Basic authentication and Bearer authentication are schemes',
  'class="sk-loading-indicator-spinner" npm_config_user_agent',
  'SELECT key, code FROM tokens WHERE session IS NULL',
  'if (key == code || pin === otp) return signature;',
  'country_code=de&zip_code=10115&sort_key=name&page_size=20',
  'mail bob@example.com or see https://example.com/@bob and //cdn.example.com/x.js',
  '2probe',
  '3probe',
  '40',
  '40{"sid":""}',
  '42["message",{"text":"hi"}]',
  '2',
  '3',
  '451-["upload",{"_placeholder":true,"num":0}]',
  'CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0',
  'SUBSCRIBE\nid:sub-0\ndestination:/topic/prices\n\n\0',
  '\x10\x0f\0\x04MQTT\x04\x02\0\x3c\0\x03dev',
  '\x05\x01\x00\x05\x01\x00\x03\x06a.test\x01\xbb',
  '<iq type="get" id="b1"><query xmlns="jabber:iq:roster"/></iq>',
  'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=',
];

describe('a harmless text', () => {
  it.each(harmless)('stays as it is: %j', (text) => {
    expect(redact(text, { socks: true })).toBe(text);
  });
});
