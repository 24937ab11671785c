import { defineFault } from '../fault.js';

const banners = {
  ssh: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u5\r\n',
  // SETTINGS: MAX_CONCURRENT_STREAMS 100; then GOAWAY with PROTOCOL_ERROR, as a server says to a preface that is none.
  http2: '\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01',
  smtp: '220 mail.example ESMTP Postfix (Debian/GNU)\r\n',
  ftp: '220 (vsFTPd 3.0.3)\r\n',
  imap: '* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS LOGINDISABLED] Dovecot (Debian) ready.\r\n',
  pop3: '+OK Dovecot (Debian) ready.\r\n',
  // Version 10 of the handshake, a connection id, a challenge, the capabilities.
  mysql:
    '\x4a\x00\x00\x00\x0a8.0.36\x00\x08\x00\x00\x00dPgW\x7a0l\x20\x00\xff\xff\xff\x02\x00\xff\xdf\x15\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00i8t-vR#1bX9q\x00mysql_native_password\x00',
  postgres: 'E\x00\x00\x00\x53SFATAL\x00VFATAL\x00C0A000\x00Munsupported frontend protocol 18245.21536: server supports 3.0 to 3.0\x00\x00',
  redis: "-ERR wrong number of arguments for 'get' command\r\n",
  amqp: 'AMQP\x00\x00\x09\x01',
  vnc: 'RFB 003.008\n',
} as const;

export const fault = defineFault({
  id: 'foreign-banner',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'Another service answers on that port',
  about:
    'In place of an HTTP answer the client gets the first bytes of another protocol, and then the end of the connection: what a wrong port number looks like.',
  imitates: 'A URL with the port of SSH, of a mail server, of a database, of a gRPC server that speaks HTTP/2 only.',
  params: {
    service: {
      type: 'string',
      default: 'ssh',
      choices: Object.keys(banners) as readonly (keyof typeof banners)[],
      about: 'Which service; `http2` is a server that speaks only HTTP/2.',
    },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset', 'silence'], about: 'What follows.' },
  },
  example: 'foreign-banner:service=ssh',
  expects: ['url.wrong-service'],
  effects: [
    { client: 'ws (Node)', sees: 'Parse Error: Expected HTTP/, RTSP/ or ICE/ (HPE_INVALID_CONSTANT).' },
    { client: 'Chromium', sees: 'Console: net::ERR_INVALID_HTTP_RESPONSE; close 1006.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
    { client: 'faye-websocket', sees: 'Parse Error; with HTTP/2 close 1006 and no error.' },
    { client: 'Python websockets 10', sees: 'InvalidMessage: did not receive a valid HTTP response.' },
    { client: 'Python aiohttp', sees: "ClientResponseError: 400, message='Expected HTTP/'." },
    { client: 'Python websocket-client', sees: 'IndexError: list index out of range, or WebSocketConnectionClosedException.' },
    { client: 'Go (gorilla, coder)', sees: 'malformed HTTP response "SSH-2.0-OpenSSH_9.2p1".' },
  ],
  rows: ['url.foreign-banner'],
  apply: (_, { service, end }) => ({ raw: banners[service], end }),
});
