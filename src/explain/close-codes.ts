/** What a close code tells, when a text holds one. */
export interface CloseCode {
  readonly name: string;
  readonly when: string;
  /** The most likely first; none for a normal end. */
  readonly codes: readonly string[];
  readonly saysNothing?: boolean;
}

const abnormal = [
  'frame.abnormal-close',
  'server.close-after-101',
  'server.rst-after-101',
  'frame.truncated',
  'intermediary.idle-timeout',
  'intermediary.max-lifetime',
  'server.empty-reply',
  'url.scheme-mismatch-plain-to-tls',
  'intermediary.policy-rst',
] as const;

/** RFC 6455 7.4.1, and the registry of IANA for 1012 to 1014, 3000 and 3003. */
const known: Readonly<Record<number, CloseCode>> = {
  1000: { name: 'normal closure', when: 'one side was done; this is how a WebSocket ends when nothing is wrong', codes: [] },
  1001: {
    name: 'going away',
    when: 'the server shuts down, a proxy ends the connection by its own rule, or the page was left',
    codes: ['server.close-policy', 'intermediary.max-lifetime', 'intermediary.idle-timeout'],
  },
  1002: {
    name: 'protocol error',
    when: 'one side got a frame that breaks RFC 6455; who sent the Close found the error in what the other sent',
    codes: [
      'server.http-after-101',
      'frame.rsv',
      'frame.opcode',
      'frame.masked-from-server',
      'frame.close-code',
      'frame.close-payload',
      'frame.compression',
    ],
  },
  1003: {
    name: 'unsupported data',
    when: 'binary where the application wants text, or the other way round',
    codes: ['server.close-policy'],
  },
  1005: {
    name: 'no status received',
    when: 'the Close frame carried no code; never sent itself',
    codes: ['server.close-policy', 'frame.close-payload', 'frame.close-code'],
  },
  1006: {
    name: 'abnormal closure',
    when: 'no Close frame came: the connection broke, or never opened; the client makes the code up and hides the reason',
    codes: abnormal,
    saysNothing: true,
  },
  1007: {
    name: 'invalid payload data',
    when: 'a text message that is not UTF-8',
    codes: ['frame.utf8', 'frame.compression', 'frame.close-payload'],
  },
  1008: {
    name: 'policy violation',
    when: 'the application closed it by a rule of its own, often Origin or login',
    codes: ['server.close-policy', 'origin.rejected', 'server.auth'],
  },
  1009: { name: 'message too big', when: 'a message above the limit of who closed', codes: ['frame.too-big', 'frame.length'] },
  1010: {
    name: 'mandatory extension',
    when: 'the client wanted an extension that the server did not agree to',
    codes: ['intermediary.extension-stripped', 'server.extension-params'],
  },
  1011: {
    name: 'internal error',
    when: 'the server failed while it handled the connection',
    codes: ['server.close-policy', 'server.internal-error'],
  },
  1012: { name: 'service restart', when: 'the server restarts', codes: ['server.close-policy', 'intermediary.unavailable'] },
  1013: { name: 'try again later', when: 'the server is overloaded', codes: ['server.overloaded', 'server.close-policy'] },
  1014: { name: 'bad gateway', when: 'a gateway got no good answer from the server behind it', codes: ['intermediary.bad-gateway'] },
  1015: {
    name: 'TLS handshake',
    when: 'TLS failed; the client makes the code up and hides the reason',
    codes: [
      'certificate.unknown-ca',
      'certificate.self-signed',
      'certificate.expired',
      'certificate.name-mismatch',
      'url.scheme-mismatch-tls-to-plain',
    ],
    saysNothing: true,
  },
  3000: { name: 'unauthorized', when: 'the application wants a login', codes: ['server.close-policy', 'server.auth'] },
  3003: { name: 'forbidden', when: 'the application does not let this user in', codes: ['server.close-policy', 'server.forbidden'] },
  4401: { name: 'of the application', when: 'by custom: not logged in', codes: ['server.close-policy', 'server.auth'] },
  4403: {
    name: 'of the application',
    when: 'by custom: not allowed',
    codes: ['server.close-policy', 'server.forbidden', 'origin.rejected'],
  },
};

export const closeCode = (code: number): CloseCode | undefined => {
  if (known[code]) return known[code];
  if (code >= 4000)
    return { name: 'of the application', when: 'the application gives it a meaning of its own', codes: ['server.close-policy'] };
  return code >= 3000
    ? { name: 'of a library', when: 'a library or framework gives it a meaning of its own', codes: ['server.close-policy'] }
    : { name: 'not to be sent', when: 'RFC 6455 7.4 keeps it for later or forbids it in a frame', codes: ['frame.close-code'] };
};

export interface CloseCodeHit {
  readonly from: number;
  readonly to: number;
  readonly code: number;
}

const strong = /web ?socket|\bwss?\b|CloseEvent|isTrusted|pusher|onclose|WSCloseCode|wasClean|clean=/i;
/** What stands directly before the number: `close `, `code: `, `with `, `(`, `CloseCode.PROTOCOL_ERROR: `. */
const connective =
  /(?:\b(?:code|status|with|clos(?:ed?|ing)|sent|received|event)\b|\bStatusCode|\bWSCloseCode\.\w{1,40})["']?\s{0,2}[:=(#,]?\s{0,2}["']?$/i;
/** `closed with code `, `"event":"close","code":`, `disconnected (`: nothing else stands between. */
const directly =
  /\b(?:clos(?:e|ed|es|ing|ure)|disconnect(?:ed|ion)?)["']?[\s,:;(]{0,3}["']?(?:(?:with|by|the|remote|peer|server|client|status|code|event|connection|error) ?){0,4}["']?[\s:=(#]{0,3}["']?$/i;
/** Nothing calls the number a code. */
const bare = /\bclosed?\W{0,3}$/i;
const bareLine = /^\W{0,8}(?:(?:connection|socket|error)\W{1,3})?closed?\W{0,3}$/i;
const codeLine = /^\s*["']?code["']?\s{0,2}[:=]\s{0,2}$/i;
/** Python's websockets: `sent 1002 (protocol error)`. */
const named =
  /^ \((?:OK|going away|protocol error|unsupported|no status|abnormal|invalid|policy|message too big|extension|mandatory|internal|unexpected|service|try again|bad gateway|TLS)/i;
const alone = /^\s*(?:close[d]?\s{0,2})?(?:code\s{0,2})?[:=]?\s{0,2}(\d{4})\s*$/i;
const most = 20;
/** Four digits that are looked at: a log may hold nothing else. */
const mostTries = 20_000;

/** Close codes in a text: four digits that something calls so. Numbers that merely look like one are none. */
export const findCloseCodes = (text: string): readonly CloseCodeHit[] => {
  const hits: CloseCodeHit[] = [];
  let tries = 0;
  for (const match of text.matchAll(/(?<![\w./-]|[\d\]]:)(?:1[0-2]\d\d|3\d{3}|4\d{3}|999)(?![\w.:/]\d|\w)/g)) {
    if (hits.length >= most || ++tries > mostTries) break;
    const code = Number(match[0]);
    const from = match.index;
    if (isCloseCode(text, from, code)) hits.push({ from, to: from + match[0].length, code });
  }
  return hits;
};

const isCloseCode = (text: string, from: number, code: number): boolean => {
  if (alone.test(text.slice(0, 200)) && text.length <= 200) return code <= 1015 || /code|close/i.test(text);
  const before =
    text
      .slice(Math.max(0, from - 160), from)
      .split('\n')
      .at(-1) ?? '';
  const after = text.slice(from + 4, from + 60).split('\n', 1)[0] ?? '';
  if (/\b(?:sent|received) $/.test(before)) return named.test(after);
  if (codeLine.test(before)) return strong.test(text.slice(Math.max(0, from - 200), from));
  // Only clients of WebSockets make these up.
  if (
    (code === 1006 || code === 1015) &&
    /\b(?:code|unexpectedly|abnormally|disconnected)\W{1,4}$/i.test(before) &&
    /connect|clos/i.test(before)
  )
    return true;
  if (!connective.test(before)) return false;
  if (strong.test(before + after)) return true;
  // `closed 1011 files`, `the door closed 1006`
  if (bare.test(before) && !(bareLine.test(before) && (/close\W{0,3}$/i.test(before) || /^\s*(?:$|["'(,.;:\]{}]|clean)/.test(after))))
    return false;
  // `closed with 1011` is enough; a ticket that is closed with 4521 is not, unless something calls that a code.
  return directly.test(before) && (code <= 1015 || /\b(?:code|status|event)\b/i.test(before.slice(-20)));
};
