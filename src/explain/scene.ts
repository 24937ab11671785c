import type { Said } from './read-said.js';

/** A message that only somebody who speaks WebSocket says. */
const own =
  /web ?socket|sec-websocket|opcode|subprotocol|\brsv\d?\b|\bmask(?:ed)?\b|\bupgrade\b|control frame|close frame|close code|\bws\b|wss?:|socket\.io|signalr|status code 101|net::ERR|101 response|request origin/i;
/** Short, and yet nobody says it by chance. */
const distinct = /ECONN|ENOTFOUND|x509|\[Errno|curl: \(|NS_ERROR|certificate|\balert\b|\bTLS\b|SSL|Error: |Exception: |handshake|\bHTTP\b/;
/** Below this many characters a text is too general to be known anywhere but on a line of its own. */
const enough = 20;

/** So long that nobody says it by chance. */
const unmistakable = 60;

export type Reach = 'own' | 'shared' | 'general' | 'beside';

/** Where a message may be believed: anywhere, where no other protocol is spoken of, only on its own, or only beside a word of WebSockets. */
export const reachOf = ({ template, beside }: Said): Reach => {
  if (beside) return 'beside';
  if (own.test(template.text) || template.weight >= unmistakable) return 'own';
  return template.weight >= enough || distinct.test(template.text) ? 'shared' : 'general';
};

const aboutWebSockets =
  /web ?socket|wstunnel|\bclos\w{1,4}\W{1,4}1006\b|\bwss?:\/\/|\bws\b|socket\.io|signalr|sockjs|engine\.?io|connect_error|connectFailed|actioncable/i;
/** Others who say `connection refused`. */
const foreign = new RegExp(
  `\\b(?:${[
    'redis\\w*|ioredis|postgres\\w*|psql|pg|pgbouncer|mysql\\w*|mariadb\\w*|mongo\\w*|sequelize\\w*|typeorm|prisma\\w*|amqps?|rabbitmq|kafka\\w*|zookeeper|cassandra|elasticsearch|opensearch|memcached?|influx(?:db)?',
    'smtp|imap|pop3|postfix|dovecot|ldap|snmp|ntpd?|sshd?|sftp|ftp|rsync|scp|git|fatal: unable to access',
    'npm|yarn|pnpm|pip3?|apt(?:-get)?|dockerd?|containerd|podman|kubelet|kubectl|kube|etcd|helm|terraform|ansible|cargo|maven|gradle|composer|rubygems|bundler|homebrew',
    'axios|AxiosError|node-fetch|fetch failed|urllib3?|requests\\.exceptions|HTTPSConnectionPool|HTTPConnectionPool|httpx|RestTemplate|Feign|jdbc|odbc|hikari(?:pool)?|sqlalchemy|grpc|rpc error|celery|sidekiq',
    'sentry|datadog|prometheus|grafana|fluentd|logstash|filebeat|consul|nomad|s3|dynamodb|lambda|vpn|openvpn|wireguard|systemd|kernel|certbot|acme|ocsp|puppeteer|page\\.goto',
    '(?:ping|wget|nc|dig|telnet|traceroute|openssl)(?=:)',
  ].join('|')})\\b`,
  'i',
);
const foreignPort =
  /:(?:21|22|25|110|143|389|465|587|636|993|995|1433|1521|2049|2181|2379|3306|5432|5672|6379|6443|9042|9092|9200|11211|15672|27017)\b/;
const http = /\bhttps?:\/\//i;
/** What loggers and shells put around a message. */
const wrapping =
  /^(?:error|err|warn|warning|info|debug|fatal|uncaught|unhandled|exception|rejection|in|promise|dial|read|open|close|closed|clean|false|true|undefined|message|msg|reason|event|code|client|log|failed|caused|by|cause|with|the|type|desc|and|builtins|websocket|socket|econnreset|econnrefused|enotfound|hpe|ws|hsresp|frameerror|connectfailed|reject|unhandledrejection|typeerror|syntaxerror|rangeerror|domexception|networkerror)$/i;

/** Its own line and three each side: where a stack trace or a log names who speaks. */
const linesAround = (text: string, from: number, to: number): string => {
  const before = text
    .slice(Math.max(0, from - near), from)
    .split('\n')
    .slice(-4);
  const after = text.slice(to, to + near).split('\n', 4);
  return [...before, ...after].join('\n');
};

const near = 500;

/** Characters of its line that are looked at, before and after. */
const around = 1000;

/** Whether the message, found at this place, is what it seems. */
export const belongs = (reach: Reach, text: string, { from, to }: { readonly from: number; readonly to: number }): boolean => {
  if (reach === 'own') return true;
  // Bounded on both sides: a log may be one line.
  const before =
    text
      .slice(Math.max(0, from - around), from)
      .split('\n')
      .at(-1) ?? '';
  const after = text.slice(to, to + around).split('\n', 1)[0] ?? '';
  const hit = text.slice(from, to);
  const beside = `${before} ${after}`;
  if (aboutWebSockets.test(before + hit + after)) return true;
  if (reach === 'beside') return !foreign.test(beside) && aboutWebSockets.test(linesAround(text, from, to));
  if (foreign.test(beside)) return false;
  if (foreignPort.test(hit) && !/lookup/.test(hit)) return false;
  if (http.test(beside)) return false;
  if (reach === 'shared') return true;
  return (beside.match(/[A-Za-z]{2,}/g) ?? []).every((word) => wrapping.test(word));
};
