import { readSocks5Greeting, readSocks5Password } from '../../wire/socks.js';

/** One word of a talk by SOCKS. */
export interface Turn {
  readonly from: 'asker' | 'proxy';
  readonly bytes: Uint8Array;
}

const turn = (from: Turn['from'], bytes: Uint8Array): Turn[] => (bytes.length > 0 ? [{ from, bytes }] : []);

/**
 * The words of SOCKS5 in their order (RFC 1928 section 3, RFC 1929), of which the recording has each side's in one piece. `replies`: all that the
 * proxy said; null where its last reply alone is recorded: the two bytes that chose a method, and the two that took a password, follow from what
 * the asker said next.
 */
export const socks5Turns = (request: Uint8Array, replies: Uint8Array | null): Turn[] => {
  const greeting = readSocks5Greeting(request).length;
  const rest = greeting > 0 ? request.subarray(greeting) : request.subarray(request.length);
  if (rest.length === 0) return [...turn('asker', request), ...turn('proxy', replies ?? new Uint8Array(0))];
  const password = rest[0] === 1 ? Math.max(0, readSocks5Password(rest).length) : 0;
  const said = replies ?? Uint8Array.of(5, password > 0 ? 2 : 0, ...(password > 0 ? [1, 0] : []));
  const permitted = password > 0 ? 4 : 2;
  return [
    ...turn('asker', request.subarray(0, greeting)),
    ...turn('proxy', said.subarray(0, 2)),
    ...turn('asker', rest.subarray(0, password)),
    ...turn('proxy', said.subarray(2, permitted)),
    ...turn('asker', rest.subarray(password)),
    ...turn('proxy', said.subarray(permitted)),
  ];
};
