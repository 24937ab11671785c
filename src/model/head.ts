/** One way in which a head breaks HTTP syntax. Data, not an error: a debugger must see the second defect too. */
export interface Defect {
  readonly code:
    | 'bare-lf'
    | 'bare-cr'
    | 'nul'
    | 'control-character'
    | 'obs-fold'
    | 'space-before-colon'
    | 'no-colon'
    | 'empty-name'
    | 'bad-name'
    | 'bad-start-line'
    | 'two-hosts'
    | 'no-host'
    | 'host-against-target'
    | 'length-and-encoding'
    | 'two-lengths'
    | 'bad-length'
    | 'bad-encoding'
    | 'too-large'
    | 'too-many-fields'
    | 'truncated';
  /** Offset in bytes from the start of the head. */
  readonly offset: number;
  /** A sentence for people. */
  readonly note: string;
  /** Two parties can read this head in two ways (request smuggling): refused unless `--lenient`. */
  readonly ambiguous: boolean;
}

export type HeaderField = readonly [name: string, value: string];

/** A request or response head. `raw` is the truth: latin1 text, one character a byte, the blank line included. */
export interface Head {
  readonly raw: string;
  readonly startLine: string;
  /** In order, case kept, surrounding white space removed from the value. */
  readonly headers: readonly HeaderField[];
  readonly defects: readonly Defect[];
}

/** The four places at which a head is seen. */
export type HeadSite = 'clientSent' | 'serverGot' | 'serverSent' | 'clientGot';

/** Values of every field with that name (any case), in order. */
export const fieldValues = (head: Pick<Head, 'headers'> | undefined, name: string): string[] => {
  const wanted = name.toLowerCase();
  return (head?.headers ?? []).filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
};

/** The first value of a field, or undefined. */
export const field = (head: Pick<Head, 'headers'> | undefined, name: string): string | undefined => fieldValues(head, name)[0];

/** `{ method, target, version }` of a request's start line, tolerant of odd spacing. */
export const requestLine = (head: Pick<Head, 'startLine'>): { method: string; target: string; version: string } => {
  const parts = head.startLine.split(' ');
  const version = parts.length > 2 ? (parts.at(-1) ?? '') : '';
  return { method: parts[0] ?? '', target: parts.slice(1, parts.length > 2 ? -1 : undefined).join(' '), version };
};

/** `{ version, status, reason }` of a response's start line; status is 0 when there is none. */
export const statusLine = (head: Pick<Head, 'startLine'>): { version: string; status: number; reason: string } => {
  const match = /^(\S*) +(\d{3})(?: (.*))?$/.exec(head.startLine);
  return { version: match?.[1] ?? '', status: Number(match?.[2] ?? 0), reason: match?.[3] ?? '' };
};

/** Whether a head is the text of one of HTTP/2 (see wire/http2/head.ts). */
export const isHttp2 = ({ startLine }: Pick<Head, 'startLine'>): boolean => /(^HTTP\/2 \d)|( HTTP\/2$)/.test(startLine);

/**
 * Whether an answer to a handshake opens the WebSocket: 101, or in HTTP/2 any 2xx to an extended CONNECT (RFC 8441 section 5, RFC 9113
 * section 8.5).
 */
export const opens = (answer: Pick<Head, 'startLine'>): boolean => {
  const { status } = statusLine(answer);
  return status === 101 || (isHttp2(answer) && status >= 200 && status < 300);
};
