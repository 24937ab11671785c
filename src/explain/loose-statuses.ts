import type { Hit } from './template.js';

/** The reason phrases that people paste with a status: RFC 9110 15, RFC 6585, and how nginx and Apache write some of them. */
const phrases: Readonly<Record<number, RegExp>> = {
  200: /^OK\b/,
  301: /^Moved Permanently/i,
  302: /^(?:Found|Moved Temporarily)\b/i,
  307: /^Temporary Redirect/i,
  308: /^Permanent Redirect/i,
  400: /^Bad ?Request/i,
  401: /^(?:Unauthorized|Authorization Required)/i,
  403: /^Forbidden/i,
  404: /^Not ?Found/i,
  405: /^(?:Method )?Not Allowed/i,
  407: /^Proxy Authentication Required/i,
  421: /^Misdirected Request/i,
  426: /^Upgrade Required/i,
  429: /^Too Many Requests/i,
  500: /^Internal Server Error/i,
  501: /^Not Implemented/i,
  502: /^Bad ?Gateway/i,
  503: /^Service (?:Temporarily )?Unavailable/i,
  504: /^Gateway Time-?out/i,
};

const failure =
  /fail|error|reject|refus|denied|handshake|upgrade|unexpected|invalid|cannot|can't|could ?n[o']t|unable|exception|\bbad\b|\bdial\b/i;
/** What calls a number the status of an answer: `HTTP 403`, `status code: 502`, `returned 404`. */
const called =
  /(?:\bstatus(?:[ _]?code)?|\bHTTP(?:\/\d(?:\.\d)?)?(?: status| error| code)?|\bresponse(?: code| status)?|\breturned|\banswered)["']?\s{0,2}[:=(]?\s{0,2}["'(]?$/i;
/** A line of an access log: the request, then its status. */
const logged = /"GET \/[^\s"]{0,1024} HTTP\/[\d.]{1,3}"\s$/;
const number = /(?<![\w.:/-])([2-5]\d\d)(?![\w.:/]?\d|\w)/g;
const most = 20;
const mostTries = 20_000;
const around = 300;

/**
 * Statuses of an HTTP answer that stand beside words of WebSockets and of failure: what most programs print that no table of messages holds.
 * `isBeside` tells whether a place is beside a word of WebSockets.
 */
export const findStatuses = (text: string, isBeside: (hit: Pick<Hit, 'from' | 'to'>) => boolean): readonly Hit[] => {
  const hits: Hit[] = [];
  let tries = 0;
  for (const match of text.matchAll(number)) {
    if (hits.length >= most || ++tries > mostTries) break;
    const status = Number(match[1]);
    const end = match.index + 3;
    const before = lastLine(text.slice(Math.max(0, match.index - around), match.index));
    const after = text.slice(end, end + around).split('\n', 1)[0] ?? '';
    const phrase = phrases[status]?.exec(after.replace(/^\W{0,3}/, ''))?.[0];
    if (phrase === undefined && (status < 300 || !called.test(before))) continue;
    const gap = /^\W{0,3}/.exec(after)?.[0].length ?? 0;
    const hit = { from: match.index, to: phrase === undefined ? end : end + gap + phrase.length, status, url: null };
    const named = status >= 400 && (phrase !== undefined || logged.test(before));
    if ((named || failure.test(before + after.slice(phrase === undefined ? 0 : gap + phrase.length))) && isBeside(hit)) hits.push(hit);
  }
  return hits;
};

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);
