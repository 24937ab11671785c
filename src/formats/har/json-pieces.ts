/** Bytes of a file. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
export type Path = readonly (string | number)[];

/** What to do with a value: look at its members one by one, give it as text, leave its bytes out of the text and tell where they are, or pass it over. */
export type Wish = 'enter' | 'take' | 'hole' | 'skip';

export interface Piece {
  readonly path: Path;
  /** Its JSON, every hole as `[]`; null when it is over the limit or too deep, `why` says so. */
  readonly text: string | null;
  readonly why: string;
  readonly holes: readonly (Range & { readonly key: string | number })[];
}

export interface PieceOptions {
  /** Asked at the begin of each value in what was entered or taken; `path` is good only until it returns. */
  readonly wish: (path: Path) => Wish;
  /** The most bytes of one piece. */
  readonly limit: number;
  /** Where in the file the first byte stands. */
  readonly offset?: number;
}

/** Cuts JSON into pieces that fit into memory, however long the whole is, without building the whole. Fed chunk by chunk. */
export interface JsonPieces {
  push(chunk: Buffer): Piece[];
  /** Why nothing further can be read, with the byte; '' while all is well. */
  readonly broken: string;
  /** The outermost value has ended. */
  readonly done: boolean;
  /** Where the reading stands. */
  readonly path: Path;
}

/** DevTools nest the stacks of asynchronous calls, a few dozen deep. */
const mostDepth = 500;
/** Of a key, bytes. A longer one is none that anybody looks for. */
const longestKey = 256;

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const emptyArray = Buffer.from('[]');

interface Level {
  readonly closes: number;
  readonly takes: boolean;
}
interface Capture {
  readonly path: Path;
  readonly parts: Buffer[];
  readonly holes: (Range & { key: string | number })[];
  bytes: number;
  why: string;
}
/** `value`: one must come; `first`: one may, or the container ends; `key`: a key; `nextKey`: a key, or the object ends. */
type Expecting = 'value' | 'first' | 'nextKey' | 'key' | 'colon' | 'comma' | 'nothing';

export const createJsonPieces = ({ wish, limit, offset = 0 }: PieceOptions): JsonPieces => {
  const levels: Level[] = [];
  const path: (string | number)[] = [];
  let expecting: Expecting = 'value';
  let broken = '';
  /** The value at hand is passed through: how deep in it we are, and whether in a string. -1: none is. */
  let depth = -1;
  let inString = false;
  let escaped = false;
  let scalar = false;
  let hole = false;
  let holeFrom = 0;
  let inKey = false;
  let key: number[] = [];
  let capture: Capture | null = null;
  /** From where on bytes of this chunk belong to the capture. */
  let keepFrom = 0;
  let base = offset;
  let pieces: Piece[] = [];

  const keep = (chunk: Buffer, to: number): void => {
    if (!capture || hole || capture.why !== '') return;
    const part = chunk.subarray(keepFrom, to);
    capture.bytes += part.length;
    if (capture.bytes > limit) {
      capture.why = `is over ${Math.floor(limit / 1024 / 1024)} MiB`;
      capture.parts.length = 0;
    } else if (part.length > 0) capture.parts.push(part);
  };
  /** `to`: behind its last byte. */
  const release = (chunk: Buffer, to: number): void => {
    if (!capture) return;
    keep(chunk, to);
    const { path: where, parts, holes, why } = capture;
    pieces.push({ path: where, text: why === '' ? Buffer.concat(parts).toString('utf8') : null, why, holes });
    capture = null;
  };
  const valueEnded = (): void => {
    expecting = levels.length === 0 ? 'nothing' : 'comma';
  };

  const begin = (chunk: Buffer, at: number): void => {
    const byte = chunk[at] as number;
    const wanted = wish(path);
    const isContainer = byte === openBrace || byte === openBracket;
    const takes = wanted === 'take' && capture === null;
    if (takes) {
      capture = { path: [...path], parts: [], holes: [], bytes: 0, why: '' };
      keepFrom = at;
    }
    if (isContainer && (wanted === 'enter' || (takes && byte === openBrace))) {
      levels.push({ closes: byte === openBrace ? closeBrace : closeBracket, takes });
      path.push(byte === openBrace ? '' : 0);
      expecting = byte === openBrace ? 'nextKey' : 'first';
      return;
    }
    if (wanted === 'hole' && byte === openBracket && capture !== null) {
      keep(chunk, at);
      hole = true;
      holeFrom = base + at;
    }
    depth = isContainer ? 1 : 0;
    inString = byte === quote;
    scalar = !isContainer && !inString;
    escaped = false;
  };

  const passed = (chunk: Buffer, to: number): void => {
    depth = -1;
    if (hole && capture) {
      capture.holes.push({ from: holeFrom, to: base + to, key: path.at(-1) ?? '' });
      if (capture.why === '') capture.parts.push(emptyArray);
      hole = false;
      keepFrom = to;
    }
    // What is taken and is no object has no level of its own.
    if (capture && capture.path.length === path.length) release(chunk, to);
    valueEnded();
  };

  /** Passes through the value at hand; where it stopped. */
  const pass = (chunk: Buffer, from: number): number => {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (depth === 0) {
            passed(chunk, at + 1);
            return at + 1;
          }
        }
      } else if (scalar) {
        if (byte === comma || byte === closeBrace || byte === closeBracket || isSpace(byte)) {
          passed(chunk, at);
          return at;
        }
      } else if (byte === quote) inString = true;
      else if (byte === openBrace || byte === openBracket) {
        depth++;
        if (depth + levels.length > mostDepth && capture && capture.why === '') {
          capture.why = `is nested over ${mostDepth} deep`;
          capture.parts.length = 0;
        }
      } else if ((byte === closeBrace || byte === closeBracket) && --depth === 0) {
        passed(chunk, at + 1);
        return at + 1;
      }
    }
    return chunk.length;
  };

  const readKey = (chunk: Buffer, from: number): number => {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (!escaped && byte === quote) {
        inKey = false;
        path[path.length - 1] = key.length < longestKey ? keyOf(Buffer.from(key)) : '';
        expecting = 'colon';
        return at + 1;
      }
      escaped = !escaped && byte === backslash;
      if (key.length < longestKey) key.push(byte);
    }
    return chunk.length;
  };

  const close = (chunk: Buffer, at: number): void => {
    const level = levels.pop();
    path.pop();
    if (level?.takes) release(chunk, at + 1);
    valueEnded();
  };

  const step = (chunk: Buffer, at: number): void => {
    const byte = chunk[at] as number;
    const level = levels.at(-1);
    const mayEnd = expecting === 'comma' || expecting === 'first' || expecting === 'nextKey';
    if (isSpace(byte)) return;
    if (mayEnd && byte === level?.closes) close(chunk, at);
    else if (expecting === 'value' || expecting === 'first') {
      if (byte === comma || byte === colon || byte === closeBrace || byte === closeBracket) fail(at);
      else begin(chunk, at);
    } else if ((expecting === 'key' || expecting === 'nextKey') && byte === quote) {
      inKey = true;
      escaped = false;
      key = [];
    } else if (expecting === 'colon' && byte === colon) expecting = 'value';
    else if (expecting === 'comma' && byte === comma) {
      const last = path.at(-1);
      if (typeof last === 'number') path[path.length - 1] = last + 1;
      expecting = typeof last === 'number' ? 'value' : 'key';
    } else if (expecting !== 'nothing') fail(at);
  };
  const fail = (at: number): void => {
    broken = `it is no JSON from byte ${base + at} on`;
  };

  return {
    push: (chunk) => {
      pieces = [];
      keepFrom = 0;
      for (let at = 0; at < chunk.length && broken === ''; ) {
        if (depth >= 0) at = pass(chunk, at);
        else if (inKey) at = readKey(chunk, at);
        else step(chunk, at++);
      }
      keep(chunk, chunk.length);
      base += chunk.length;
      return pieces;
    },
    get broken() {
      return broken;
    },
    get done() {
      return expecting === 'nothing';
    },
    get path() {
      return path;
    },
  };
};

/** A key's text; '' when it is none. */
const keyOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  if (!text.includes('\\')) return text;
  try {
    const parsed: unknown = JSON.parse(`"${text}"`);
    return typeof parsed === 'string' ? parsed : '';
  } catch {
    return '';
  }
};
