import type { Head } from '../model/head.js';

/** One line of a head as it stands in the raw bytes, without its line end; `offset` in bytes from the start of the head. */
export interface FieldLine {
  readonly text: string;
  readonly offset: number;
}

/** The lines of every field with that name (any case), in order: what evidence points at. */
export const fieldLines = (head: Pick<Head, 'raw'>, name: string): FieldLine[] => {
  const wanted = name.toLowerCase();
  const found: FieldLine[] = [];
  for (let at = head.raw.indexOf('\n') + 1; at > 0 && at < head.raw.length; ) {
    const end = head.raw.indexOf('\n', at);
    const text = head.raw.slice(at, end === -1 ? undefined : end).replace(/\r$/, '');
    if (text === '') break;
    // A pseudo-header field of HTTP/2 begins with a colon of its own.
    const colon = text.indexOf(':', 1);
    if (colon > 0 && text.slice(0, colon).trim().toLowerCase() === wanted) found.push({ text, offset: at });
    at = end === -1 ? head.raw.length : end + 1;
  }
  return found;
};
