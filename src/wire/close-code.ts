import { isUtf8 } from 'node:buffer';

/** Names of the codes in RFC 6455 section 7.4.1 and in IANA's registry of WebSocket close codes. */
const names: ReadonlyMap<number, string> = new Map([
  [1000, 'normal closure'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1004, 'reserved'],
  [1005, 'no code received'],
  [1006, 'abnormal closure'],
  [1007, 'invalid payload data'],
  [1008, 'policy violation'],
  [1009, 'message too big'],
  [1010, 'mandatory extension missing'],
  [1011, 'internal error'],
  [1012, 'service restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
  [1015, 'TLS handshake failed'],
  [3000, 'unauthorized'],
  [3003, 'forbidden'],
  [3008, 'timeout'],
]);

/** Whether a Close frame may carry this code (RFC 6455 section 7.4.2, and the codes that were registered since). */
export const isValidCloseCode = (code: number): boolean =>
  (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);

/** A few words for people: `going away`. Every number has an answer. */
export const closeCodeName = (code: number): string => {
  const name = names.get(code);
  if (name !== undefined) return name;
  if (code >= 3000 && code <= 3999) return 'a code of a library or framework';
  if (code >= 4000 && code <= 4999) return 'a code of the application';
  return 'not a valid code';
};

/** What the payload of a Close frame says. */
export interface CloseReading {
  /** 1005 when the payload is too short to hold a code. */
  readonly code: number;
  /** Bytes that are not UTF-8 are shown as U+FFFD. */
  readonly reason: string;
  /** Whether the reason is UTF-8, as RFC 6455 section 5.5.1 asks. */
  readonly reasonIsUtf8: boolean;
}

/** Reads an unmasked Close payload (RFC 6455 section 5.5.1); never throws. */
export const readClosePayload = (payload: Uint8Array): CloseReading => {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  if (bytes.length < 2) return { code: 1005, reason: '', reasonIsUtf8: true };
  const reason = bytes.subarray(2);
  return { code: bytes.readUInt16BE(0), reason: reason.toString('utf8'), reasonIsUtf8: isUtf8(reason) };
};
