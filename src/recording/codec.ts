import type { Event } from '../model/event.js';
import { checksOf } from './event-shapes.js';
import type { Step } from './migrate.js';
import { currentVersion } from './migrate.js';
import { readTime } from './read-time.js';
import { isRecord, own } from './shape.js';

export const formatName = 'shakedown-recording';

/** The longest line that is read, in bytes; a longer one is damage (threat T58: a line of 1 GiB). */
export const lineLimit = 16 * 1024 * 1024;

/**
 * JSON of one line that no terminal obeys. JSON.stringify escapes what is under U+0020 only; a C1 control (CSI is U+009B) or a
 * character that turns the reading direction would reach whoever runs `tail -f` on a recording.
 */
export const safeJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * The first line of a recording, without its line feed. `startedAt` is an ISO time, `shakedown` the version that writes. `lastLine` promises an
 * event `stopped` as the last line, so that a reader can tell when the end is missing.
 */
export const encodeFirstLine = (first: { readonly startedAt: string; readonly shakedown: string; readonly lastLine?: 'stopped' }): string =>
  safeJson({
    format: formatName,
    version: currentVersion,
    startedAt: first.startedAt,
    shakedown: first.shakedown,
    lastLine: first.lastLine,
  });

/** One event as one line, without its line feed: `at`, `exchange`, `type`, then the rest, so that a column of lines reads well. */
export const encodeEvent = ({ at, exchange, type, ...rest }: Event): string => safeJson({ at, exchange, type, ...rest });

export type DecodedLine =
  | { readonly type: 'event'; readonly event: Event }
  /** An event of a later version: told apart from damage, and skipped. */
  | { readonly type: 'unknown'; readonly name: string }
  | { readonly type: 'damage'; readonly why: string };

const damage = (why: string): DecodedLine => ({ type: 'damage', why });

/** Reads one line; never throws. `upgrade` turns a line of an older version into one of the current. */
export const decodeLine = (line: string, upgrade?: Step): DecodedLine => {
  const parsed = parse(line);
  if (!isRecord(parsed)) return damage(parsed === undefined ? 'it is not JSON' : 'it is not a JSON object');
  const value = upgrade ? upgrade(parsed) : parsed;
  const at = own(value, 'at');
  const type = own(value, 'type');
  if (typeof at !== 'string' || !Number.isFinite(readTime(at))) return damage('its field `at` is not an ISO time in UTC');
  if (typeof own(value, 'exchange') !== 'string') return damage('its field `exchange` is not a text');
  if (typeof type !== 'string') return damage('its field `type` is not a text');
  const checks = checksOf(type);
  if (!checks) return { type: 'unknown', name: type };
  for (const [key, check] of checks) {
    if (!check(own(value, key))) return damage(`the field \`${key}\` of its \`${type}\` event is missing or not as it should be`);
  }
  return { type: 'event', event: value as unknown as Event };
};

export interface FirstLine {
  readonly version: number;
  /** ISO time, or '' when the file does not say. */
  readonly startedAt: string;
  /** The version of shakedown that wrote it, or ''. */
  readonly shakedown: string;
  /** The type of the event that ends a recording which was ended in order, or '' when the file promises none. */
  readonly lastLine: string;
}

/** Reads the first line of a file; undefined when it is not the first line of a recording. */
export const decodeFirstLine = (line: string): FirstLine | undefined => {
  const value = parse(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line);
  if (!isRecord(value) || own(value, 'format') !== formatName) return undefined;
  const version = own(value, 'version');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return undefined;
  const textOf = (key: string): string => {
    const found = own(value, key);
    return typeof found === 'string' ? found : '';
  };
  return { version, startedAt: textOf('startedAt'), shakedown: textOf('shakedown'), lastLine: textOf('lastLine') };
};

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
