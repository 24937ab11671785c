import { type Defect, type Head, type HeaderField, isHttp2 } from '../model/head.js';

/** The most that a head may take, bytes (threats.md's figure; Node allows 16 KiB, which is too little for real cookies). */
export const headLimit = 64 * 1024;
/** Fields over this count make a head unreadable for us. */
export const fieldLimit = 1000;

const mostDefects = 50;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Where a head ends: the offset just behind its blank line, or -1 while there is none. Takes CRLF and bare LF alike, because a
 * debugger must see both; `from` is where the last search stopped.
 */
export const findHeadEnd = (bytes: Uint8Array, from = 0): number => {
  for (let at = bytes.indexOf(LF, Math.max(0, from - 3)); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
};

/** The same for a response: 0 says that this will never be a status line, which is `HTTP/` in any case and what is not yet long enough to tell. */
export const findResponseHeadEnd = (bytes: Uint8Array, from = 0): number => {
  const start = latin1(bytes.subarray(0, 5)).toUpperCase();
  return 'HTTP/'.startsWith(start) ? findHeadEnd(bytes, from) : 0;
};

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Reads any head and describes what is odd about it; never throws. `raw` is latin1, the blank line included when there was one. */
export const parseHead = (raw: string, kind: 'request' | 'response'): Head => {
  const defects: Defect[] = [];
  const note = (code: Defect['code'], offset: number, text: string, ambiguous = false) => {
    // The first one with two meanings is always told: behind any number of harmless ones it would slip through.
    if (defects.length < mostDefects || (ambiguous && !defects.some((defect) => defect.ambiguous)))
      defects.push({ code, offset, note: text, ambiguous });
  };
  // Two meanings matter in a request only: what a server says is forwarded as it came.
  const twice = kind === 'request';
  const lines = splitLines(raw, (code, offset, text) => note(code, offset, text, twice));
  const startLine = lines[0]?.text ?? '';
  if (!(kind === 'request' ? /^\S+ \S+ HTTP\/(\d\.\d|2)$/ : /^HTTP\/(\d\.\d \d{3}( .*)?|2 \d{3})$/).test(startLine)) {
    note('bad-start-line', 0, `the ${kind === 'request' ? 'request' : 'status'} line is not as RFC 9112 has it`);
  }
  const http2 = isHttp2({ startLine });
  const headers = readFields(lines.slice(1), note, { twice, http2 });
  if (twice && !http2) judgeRequest({ startLine, headers, lines }, note);
  return { raw, startLine, headers, defects };
};

interface Line {
  readonly text: string;
  readonly offset: number;
}
type Note = (code: Defect['code'], offset: number, text: string, ambiguous?: boolean) => void;

const splitLines = (raw: string, note: Note): Line[] => {
  const lines: Line[] = [];
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf('\n', at);
    const stop = end === -1 ? raw.length : end;
    const crlf = raw[stop - 1] === '\r' && stop > at;
    const text = raw.slice(at, crlf ? stop - 1 : stop);
    if (end !== -1 && !crlf) note('bare-lf', end, 'a line ends with LF alone');
    const cr = text.indexOf('\r');
    if (cr !== -1) note('bare-cr', at + cr, 'a CR stands without its LF');
    const nul = text.indexOf('\0');
    if (nul !== -1) note('nul', at + nul, 'a NUL byte');
    if (text === '') break;
    lines.push({ text, offset: at });
    if (end === -1) break;
    at = end + 1;
  }
  return lines;
};

/** Without surrounding spaces and tabs, in linear time: a pattern that ends with `[ \t]+$` takes quadratic time on inner runs (threats.md T28). */
const trimmed = (text: string): string => {
  let from = 0;
  let to = text.length;
  while (from < to && (text[from] === ' ' || text[from] === '\t')) from++;
  while (to > from && (text[to - 1] === ' ' || text[to - 1] === '\t')) to--;
  return text.slice(from, to);
};

const readFields = (
  lines: readonly Line[],
  note: Note,
  { twice, http2 }: { readonly twice: boolean; readonly http2: boolean },
): HeaderField[] => {
  const fields: HeaderField[] = [];
  for (const { text, offset } of lines) {
    const previous = fields.at(-1);
    if (/^[ \t]/.test(text)) {
      note('obs-fold', offset, 'a field goes on over the next line (obs-fold)', twice);
      if (previous) fields[fields.length - 1] = [previous[0], previous[1] === '' ? text.trim() : `${previous[1]} ${text.trim()}`];
      continue;
    }
    // A pseudo-header field of HTTP/2 begins with a colon of its own.
    const pseudo = http2 && text.startsWith(':');
    const colon = text.indexOf(':', pseudo ? 1 : 0);
    if (colon === -1) {
      note('no-colon', offset, 'a field line has no colon', twice);
      continue;
    }
    const name = text.slice(0, colon);
    if (name === '') note('empty-name', offset, 'a field has no name', twice);
    else if (/[ \t]$/.test(name)) note('space-before-colon', offset + name.length - 1, 'white space before the colon', twice);
    else if (!token.test(pseudo ? name.slice(1) : name))
      note('bad-name', offset, 'a field name has a character that RFC 9110 does not allow', twice);
    const value = trimmed(text.slice(colon + 1));
    const control = value.search(/[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/);
    if (control !== -1) note('control-character', offset + text.indexOf(value) + control, 'a control character in a field value');
    fields.push([name.trimEnd(), value]);
  }
  if (fields.length > fieldLimit) note('too-many-fields', 0, `${fields.length} fields; the limit is ${fieldLimit}`, twice);
  return fields;
};

/** What makes two servers read one request in two ways: RFC 9112 sections 3.2 and 6.3. */
const judgeRequest = (
  { startLine, headers, lines }: { startLine: string; headers: readonly HeaderField[]; lines: readonly Line[] },
  note: Note,
) => {
  const where = (name: string, nth: number) =>
    lines.slice(1).filter((line) => line.text.toLowerCase().startsWith(`${name}:`))[nth]?.offset ?? 0;
  const all = (name: string) => headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const hosts = all('host');
  const lengths = all('content-length');
  const encodings = all('transfer-encoding');
  if (hosts.length > 1) note('two-hosts', where('host', 1), 'two Host fields', true);
  if (hosts.length === 0 && startLine.endsWith('HTTP/1.1')) note('no-host', 0, 'no Host field');
  const authority = /^\S+ [a-z][a-z0-9+.-]*:\/\/([^/?# ]*)/i.exec(startLine)?.[1];
  if (authority !== undefined && hosts.length === 1 && !sameAuthority(authority, hosts[0] ?? '')) {
    note('host-against-target', where('host', 0), `the request line names ${authority}, the Host field ${hosts[0]}`, true);
  }
  if (lengths.length > 0 && encodings.length > 0)
    note('length-and-encoding', where('content-length', 0), 'Content-Length together with Transfer-Encoding', true);
  if (new Set(lengths).size > 1) note('two-lengths', where('content-length', 1), 'two different Content-Length fields', true);
  if (lengths.some((value) => !/^\d+$/.test(value))) note('bad-length', where('content-length', 0), 'Content-Length is no number', true);
  if (encodings.some((value) => value.toLowerCase() !== 'chunked'))
    note('bad-encoding', where('transfer-encoding', 0), 'Transfer-Encoding is not chunked', true);
};

const sameAuthority = (one: string, other: string): boolean => {
  const plain = (text: string) =>
    text
      .slice(text.lastIndexOf('@') + 1)
      .toLowerCase()
      .replace(/:(80|443)$/, '');
  return plain(one) === plain(other);
};
