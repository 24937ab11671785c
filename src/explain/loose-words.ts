import { anything } from './anything.js';

/** What the words of a line tell where no table has the message. */
export interface LooseWord {
  readonly from: number;
  readonly to: number;
  readonly when: string;
  readonly codes: readonly string[];
  readonly saysNothing: boolean;
}

interface Rule {
  readonly says: RegExp;
  readonly when: string;
  readonly codes: string;
}

const tls = 'certificate.unknown-ca certificate.self-signed tls.version url.scheme-mismatch-tls-to-plain tls.handshake-eof';
const lost = 'frame.abnormal-close intermediary.idle-timeout server.close-after-101 server.reset intermediary.max-lifetime';

/** The first that holds is the answer of a line. Every distance is bounded: a line may be long and hostile. */
const rules: readonly Rule[] = [
  {
    says: /\borigin\b.{0,40}\b(?:not allowed|reject\w*|denied|forbidden|mismatch\w*|not match|invalid|blocked)|\b(?:disallowed|invalid|bad|reject\w*|unexpected|check) (?:request )?origin\b/i,
    when: 'the server did not like the Origin',
    codes: 'origin.rejected origin.mismatch-scheme-port origin.host-rewritten',
  },
  {
    says: /\bconnection(?:' | )?(?:header|field|token)\b.{0,60}\b(?:missing|not found|invalid|without|upgrade|absent)|\b(?:missing|no|invalid|could not find|without|bad) '?connection'?\b.{0,20}\b(?:header|field|token)/i,
    when: 'Connection: upgrade was lost on the way',
    codes: 'intermediary.connection-header-lost intermediary.upgrade-stripped',
  },
  {
    says: /\bupgrade'? (?:header|field|token)\b.{0,60}\b(?:missing|not found|invalid|empty|absent|incorrect)|\b(?:missing|no|invalid|could not find|without|bad|expected) '?upgrade'? (?:header|field|token|request)|\bnot (?:a|an) (?:websocket|upgrade) (?:request|handshake|upgrade)|\b(?:websocket )?upgrade (?:is )?required\b/i,
    when: 'the request came without Upgrade: websocket, most often because of a proxy',
    codes: 'intermediary.upgrade-stripped server.upgrade-required intermediary.connection-header-lost url.wrong-endpoint',
  },
  {
    says: /\b(?:incorrect|unexpected|failed|rejected|refused) (?:websocket )?upgrade\b|\bupgrade (?:failed|rejected|refused|denied|error)|\bnot (?:been )?upgraded\b/i,
    when: 'the answer did not upgrade the connection',
    codes: 'intermediary.upgrade-stripped url.not-found url.wrong-endpoint origin.rejected server.auth server.status-200',
  },
  {
    says: /sec-websocket-accept/i,
    when: 'Sec-WebSocket-Accept was absent, or another',
    codes: 'server.accept-mismatch server.accept-missing intermediary.caching',
  },
  {
    says: /sec-websocket-version|\b(?:unsupported|unknown|wrong) websocket (?:protocol )?version/i,
    when: 'the server speaks another version of the protocol',
    codes: 'server.version-unsupported',
  },
  {
    says: /(?:sub-?protocol|sec-websocket-protocol).{0,60}\b(?:not supported|unsupported|mismatch\w*|invalid|not match|missing|unknown|rejected|no common)|\b(?:unsupported|invalid|no common|unknown|missing) sub-?protocol/i,
    when: 'no agreement about the subprotocol',
    codes: 'server.subprotocol-mismatch server.subprotocol-missing',
  },
  {
    says: /\b(?:ping|pong|heart-?beat|keep-?alive)s?\b.{0,60}(?:time(?:d)?[- ]?out|n[o']t (?:been )?received|missed|missing|expired|no response|failed)|\b(?:no|missed|missing) (?:ping|pong|heart-?beat)/i,
    when: 'no Pong, or no other sign of life, came in time',
    codes: 'frame.ping-timeout intermediary.idle-timeout intermediary.buffering',
  },
  {
    says: /\bidle(?:d|ness)?[- ]?time(?:d)?[- ]?out|\binactivity\b/i,
    when: 'the connection was idle for too long',
    codes: 'intermediary.idle-timeout',
  },
  { says: /\bself[- ]?signed\b/i, when: 'the certificate signed itself', codes: 'certificate.self-signed intermediary.tls-interception' },
  {
    says: /\bcertificate\b.{0,40}\bexpired|\bexpired\b.{0,20}\bcertificate/i,
    when: 'the certificate has expired',
    codes: 'certificate.expired certificate.clock-skew',
  },
  {
    says: /\bhost ?name\b.{0,30}\b(?:mismatch|does not match|doesn't match|not match|not verified)|\bcertificate\b.{0,40}\bnot valid for/i,
    when: 'the certificate is for another name',
    codes: 'certificate.name-mismatch',
  },
  {
    says: /\bcertificate\b.{0,60}\b(?:unknown|untrusted|not trusted|verif\w+|reject\w*|invalid|issuer|authority)|\b(?:untrusted|invalid|unknown|bad) certificate/i,
    when: 'the certificate is not trusted',
    codes: 'certificate.unknown-ca certificate.self-signed certificate.incomplete-chain certificate.name-mismatch certificate.expired',
  },
  {
    says: /(?:tls|ssl).{0,40}(?:handshake|negotiation|fail|error)|(?:error|fail\w*).{0,20}\b(?:tls|ssl)\b/i,
    when: 'TLS failed before the WebSocket began',
    codes: tls,
  },
  {
    says: /\bmixed content\b|\binsecure websocket\b/i,
    when: 'a page of https opens ws://',
    codes: 'url.mixed-content',
  },
  {
    says: /\b(?:message|frame|payload)\b.{0,30}\btoo (?:big|large|long)|\bmax(?:imum)? (?:payload|message|frame) (?:size|length)/i,
    when: 'a message or a frame is over the limit',
    codes: 'frame.too-big frame.length',
  },
  { says: /\b(?:invalid|malformed|bad|not valid) utf-?8/i, when: 'a text that is not UTF-8', codes: 'frame.utf8' },
  {
    says: /\b(?:invalid|unknown|reserved|unexpected|bad) op-?code/i,
    when: 'an opcode that nobody may send',
    codes: 'frame.opcode server.http-after-101',
  },
  { says: /\breserved bits?\b|\brsv[123]?\b/i, when: 'a reserved bit is set', codes: 'frame.rsv frame.compression server.http-after-101' },
  { says: /\b(?:inflate|deflate|decompress\w*)\b/i, when: 'a compressed message cannot be read', codes: 'frame.compression' },
  {
    says: /\b(?:unauthori[sz]ed|not authori[sz]ed|authentication (?:failed|required)|not authenticated|invalid (?:auth )?token)\b/i,
    when: 'the server wants to know who it is',
    codes: 'server.auth origin.credentials-missing server.forbidden server.close-policy',
  },
  {
    says: /\b(?:forbidden|access denied|permission denied)\b/i,
    when: 'the server forbids it',
    codes: 'server.forbidden origin.rejected server.auth intermediary.waf-block',
  },
  {
    says: /\b(?:resolve|resolution|dns|unknown host|host not found|no such host)\b/i,
    when: 'the host name does not resolve',
    codes: 'url.dns',
  },
  { says: /\brefused\b/i, when: 'nothing listens on host:port', codes: 'url.refused' },
  { says: /\b(?:unreachable|no route)\b/i, when: 'there is no way to the host', codes: 'url.unreachable' },
  {
    says: /\b(?:connect\w*|handshake|open\w*|upgrade)\b.{0,40}\btime(?:d)?[- ]?out|\btime(?:d)?[- ]?out\b.{0,40}\b(?:connect\w*|handshake|open\w*|upgrade)/i,
    when: 'no answer came in time',
    codes: 'server.slow url.unreachable intermediary.policy-drop intermediary.buffering',
  },
  {
    says: /\b(?:not|isn't|wasn't) (?:yet )?(?:open|connected|ready)\b(?! (?:a |an |the )?(?:web|socket|connection))|\balready (?:closed|closing|in closing)|\bstill (?:connecting|in connecting)/i,
    when: 'the program used a WebSocket that was not open',
    codes: 'client.not-open frame.abnormal-close',
  },
  {
    says: /\bunex\w{3,9}ly\b|\bclosed unex\w+|\babnormal\w*|\b(?:connection|socket)\b.{0,20}\b(?:lost|dropped|reset|aborted|interrupted|died|broken)|\b(?:lost|dropped)\b.{0,20}\bconnection/i,
    when: 'the connection ended without a Close',
    codes: lost,
  },
];

const speaks = /web[ -]?socket|\bwss?:\/\/|socket\.io|signalr|sockjs/i;
const fails =
  /\bfail\w*|\w*error\b|\bcould ?n[o']t\b|\bcannot\b|\bcan't\b|\bunable\b|\bexception\b|\brefused\b|\breject\w*|\bdenied\b|\bforbidden\b|\bnot allowed\b|\bunauthori[sz]ed|\binvalid\b|\bunex\w+|\bincorrect\b|\bbad\b|\bmissing\b|\bnot (?:found|open|received|connected|ready|supported|be established)\b|n't (?:open|received|connect)|\btime(?:d)?[- ]?out\b|\blost\b|\bdropped\b|\babnormal\w*|\babort\w*|\bunreachable\b|\bdied\b|\bwarn(?:ing)?\b/i;
/** A failure of the WebSocket itself, and not of what came over it. */
const failsToOpen =
  /(?:web[ -]?socket\w*|wss?:\/\/[^\s"']{1,300}|sockjs|signalr)["']?[^\n]{0,60}?(?:\bfail\w*|\w*error\b|\bcould ?n[o']t\b|\bcannot\b|\bcan't\b|\bunable\b|\bunex\w+ly\b|\bdisconnected\b|\bunreachable\b|\bdied\b)|(?:\bfail\w*|\w*error\b|\bcould ?n[o']t\b|\bcannot\b|\bcan't\b|\bunable\b|\bunreachable\b)[^\n]{0,60}?(?:web[ -]?socket|wss?:\/\/)/i;
/** A package or a header of that name which is not there, or does not compile: no connection failed. */
const building =
  /\b(?:npm|yarn|pnpm|pip3?|cargo|gem|composer|apt(?:-get)?|maven|gradle|docker|git)\b|fatal error:|\bno such file\b|\b(?:cannot|can't|could not|unable to) (?:find|resolve|import|load) (?:module|package|symbol|crate|name|type|dependenc\w*)|\bno module named|\bImportError\b|\bModuleNotFound|\bregistry\b|\brequirements?\b|\bfind a version\b|\berror(?: TS|\[E)\d|\bundefined (?:reference|symbol)|\bdeprecat|\b(?:test|spec)s? (?:passed|failed)|\b(?:pass|fail)(?:ed)?:/i;
const mostLine = 600;
const mostLines = 4000;
const mostFound = 5;

/** Lines that speak of a WebSocket and of a failure. Those that tell nothing but that count only in a text that somebody picked: a few lines. */
export const findWords = (text: string): readonly LooseWord[] => {
  const found: LooseWord[] = [];
  const few = text.length <= 2000;
  let at = 0;
  for (const whole of text.split('\n', mostLines)) {
    const from = at;
    at += whole.length + 1;
    const line = whole.slice(0, mostLine).trimEnd();
    if (found.length >= mostFound) break;
    if (!speaks.test(line) || !fails.test(line) || building.test(line)) continue;
    const rule = rules.find(({ says }) => says.test(line));
    const start = from + line.length - line.trimStart().length;
    const place = { from: start, to: from + line.length };
    if (rule) found.push({ ...place, when: rule.when, codes: rule.codes.split(' '), saysNothing: false });
    else if (few && failsToOpen.test(line)) {
      found.push({ ...place, when: 'the WebSocket did not open, or ended, for whatever reason', codes: anything, saysNothing: true });
    }
  }
  return found;
};
