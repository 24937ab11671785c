import type { AcceptChange, Delivery, Ending } from './changes.js';

const howTexts: Readonly<Record<Ending['end'], string>> = {
  fin: 'the connection ends (FIN)',
  reset: 'the connection is reset (RST)',
  silence: 'then silence, and no end',
};

/** What an end does, for the record. */
export const endingText = ({ end, endMs = 0 }: Ending): string => `${howTexts[end]}${endMs > 0 ? ` after ${endMs} ms` : ''}`;

/** What becomes of a fresh connection, for the record. */
export const acceptText = ({ holdMs, socksMethod, end, endMs }: AcceptChange): string =>
  [
    holdMs === undefined ? '' : `let in after ${holdMs} ms`,
    socksMethod === undefined ? '' : 'no way to authenticate is taken',
    end === undefined ? '' : endingText({ end, ...(endMs !== undefined && { endMs }) }),
  ]
    .filter((text) => text !== '')
    .join('; ');

/** What is delivered, for the record: how on lines of its own, around the bytes. */
export const deliveryText = ({ raw, ahead = '', body = '', holdMs = 0, slice, end, endMs, endOn }: Delivery): string =>
  [
    holdMs > 0 ? `held back ${holdMs === Number.POSITIVE_INFINITY ? 'for ever' : `for ${holdMs} ms`}\n` : '',
    slice ? `in pieces of ${slice.bytes} bytes, ${slice.everyMs} ms apart\n` : '',
    `${ahead}${raw}${body}`,
    end === undefined || (end === 'fin' && body !== '')
      ? ''
      : `\n${endOn ? "at the client's next word " : ''}${endingText({ end, ...(endMs !== undefined && { endMs }) })}`,
  ].join('');

/** `place: 127.0.0.1:9; holdMs: 200`. */
export const factsText = (facts: object): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}`)
    .join('; ');
